import type { KnackField } from '../app';
import { shortened } from '../../texts';
import type { FieldValue } from './fieldValue';

/** A value in the form in which Knack takes it, or why it cannot be written. */
export type Encoded =
	| { readonly ok: true; readonly value: unknown }
	| { readonly ok: false; readonly message: string; readonly fix: string };

export interface FieldCodec {
	/**
	 * Reads what Knack sent, never blank: the `_raw` value, or the shown one where there is no raw
	 * one (an app that answers in one format only).
	 */
	decode(raw: unknown, field: KnackField): FieldValue;
	/** Reads what `encode` gave; where it is not there, `decode` reads both. */
	decodeWritten?(written: unknown, field: KnackField): FieldValue;
	/** Absent for what Knack computes itself. `zone` is the app's IANA zone. */
	encode?(value: unknown, field: KnackField, zone: string): Encoded;
}

export function encoded(value: unknown): Encoded {
	return { ok: true, value };
}

export function notEncoded(message: string, fix: string): Encoded {
	return { ok: false, message, fix };
}

/** A value as a person would recognise it in a message, cut short. */
export function shownInMessage(value: unknown): string {
	const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
	return shortened(text, 60);
}

export function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
	const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
	return isObject ? Object.fromEntries(Object.entries(value)) : undefined;
}

/** Trimmed text of a string or number; undefined when there is none. */
export function textOf(value: unknown): string | undefined {
	if (typeof value === 'number') return String(value);
	if (typeof value !== 'string') return undefined;
	const text = value.trim();
	return text === '' ? undefined : text;
}
