import type { CalendarDate } from '../../dates';
import type { Decimal } from '../../money';

/** A point on the app's own wall clock; it belongs to no time zone. */
export interface Moment {
	/** Absent for a field that ignores the date. */
	readonly date?: CalendarDate;
	/** `HH:mm`, 24 hours; absent for a field that ignores the time. */
	readonly time?: string;
}

export interface LinkedRecord {
	readonly id: string;
	/** The linked record's display text; never a key: it may be blank or repeated. */
	readonly label: string;
}

/** What a field of a record holds, freed from Knack's two spellings of it. */
export type FieldValue =
	| { readonly kind: 'blank' }
	| { readonly kind: 'text'; readonly text: string }
	| { readonly kind: 'number'; readonly value: Decimal }
	| { readonly kind: 'flag'; readonly value: boolean }
	| {
			readonly kind: 'moment';
			readonly from: Moment;
			readonly to?: Moment;
			readonly allDay: boolean;
	  }
	| { readonly kind: 'choices'; readonly values: readonly string[] }
	| {
			readonly kind: 'connections';
			readonly records: readonly LinkedRecord[];
			/** Whether the field may connect to several records. */
			readonly many: boolean;
	  }
	| {
			readonly kind: 'name';
			readonly title?: string;
			readonly first?: string;
			readonly middle?: string;
			readonly last?: string;
			readonly suffix?: string;
	  }
	| { readonly kind: 'email'; readonly email: string; readonly label?: string }
	| { readonly kind: 'phone'; readonly text: string; readonly digits: string }
	| {
			readonly kind: 'address';
			readonly street?: string;
			readonly street2?: string;
			readonly city?: string;
			readonly state?: string;
			readonly zip?: string;
			readonly country?: string;
			readonly latitude?: Decimal;
			readonly longitude?: Decimal;
	  }
	| { readonly kind: 'link'; readonly url: string; readonly label?: string }
	| {
			readonly kind: 'asset';
			/** Absent for an image that is only an address. */
			readonly id?: string;
			readonly url: string;
			readonly fileName?: string;
			/** Bytes. */
			readonly size?: number;
	  }
	| { readonly kind: 'signature'; readonly strokes: string }
	| {
			readonly kind: 'timer';
			readonly milliseconds: number;
			readonly periods: ReadonlyArray<{ readonly from?: Moment; readonly to?: Moment }>;
	  }
	/** A password: Knack never tells it. */
	| { readonly kind: 'secret' };

export const BLANK: FieldValue = { kind: 'blank' };

const DEEPEST_LIST = 20;

/** The ways in which Knack says that nothing is there: missing, "", null, [] and [null]. */
export function isBlank(raw: unknown, depth = 0): boolean {
	if (raw === undefined || raw === null || raw === '') return true;
	if (!Array.isArray(raw) || depth > DEEPEST_LIST) return false;
	return raw.every((entry) => isBlank(entry, depth + 1));
}

export function textValue(text: string): FieldValue {
	return text === '' ? BLANK : { kind: 'text', text };
}
