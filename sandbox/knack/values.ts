/**
 * Values as the twin keeps them: plain, immutable data, one shape for each kind of field, from
 * which Knack's formatted and raw forms are made when a record is read.
 */

/** A moment on the app's own wall clock; Knack keeps no zone with it. */
export interface WallClock {
	/** 'YYYY-MM-DD' */
	date: string;
	/** Minutes since midnight, 0 to 1439. */
	minutes: number;
}

export interface DateValue {
	from: WallClock;
	to?: WallClock;
	allDay?: boolean;
	repeat?: unknown;
}

export interface TimerValue {
	times: ReadonlyArray<{ from: WallClock; to: WallClock }>;
}

/** A name, e-mail, phone, address, link, signature or uploaded file, by its parts. */
export type PartsValue = { readonly [part: string]: string | number | undefined };

export type StoredValue =
	| string
	| number
	| boolean
	| readonly string[]
	| DateValue
	| TimerValue
	| PartsValue;

export interface StoredRecord {
	readonly id: string;
	/** By field key; a blank is absent. */
	readonly values: Readonly<Record<string, StoredValue | undefined>>;
}

export function isDateValue(value: StoredValue | undefined): value is DateValue {
	return typeof value === 'object' && 'from' in value && typeof value.from === 'object';
}

export function isTimerValue(value: StoredValue | undefined): value is TimerValue {
	return typeof value === 'object' && 'times' in value && Array.isArray(value.times);
}

export function isList(value: StoredValue | undefined): value is readonly string[] {
	return Array.isArray(value);
}

export function isParts(value: StoredValue | undefined): value is PartsValue {
	return typeof value === 'object' && !isList(value) && !isDateValue(value) && !isTimerValue(value);
}

/** A JSON object from a request body, or undefined for anything else. */
export function asObject(input: unknown): Record<string, unknown> | undefined {
	return typeof input === 'object' && input !== null && !Array.isArray(input)
		? { ...input }
		: undefined;
}

/** Text as Knack would take it from JSON: numbers and booleans become their digits and words. */
export function asText(input: unknown): string | undefined {
	if (typeof input === 'string') return input;
	if (typeof input === 'number' || typeof input === 'boolean') return String(input);
	return undefined;
}
