import { shortened } from '../../texts';
import type { IssueCode } from '../../issueCodes';
import type { FieldValue } from '../../xero/documents/definition';
import type { OrganisationSettings } from '../../xero/settings';

/** What a value of an item turned out to be for a field. */
export type FieldReading =
	| { readonly kind: 'value'; readonly value: FieldValue }
	/** Nothing stands there. */
	| { readonly kind: 'blank' }
	| {
			readonly kind: 'unreadable';
			readonly code: IssueCode;
			/** Continues the field's label: 'holds "abc", which is not a number.' */
			readonly message: string;
			readonly fix: string;
	  };

export interface ReadingContext {
	/** Absent when a form is only being pre-filled: names are then taken as they are. */
	readonly settings?: OrganisationSettings;
	/** IANA zone in which an instant ("…Z") is taken to its day. */
	readonly timeZone: string;
}

export function readValue(value: FieldValue): FieldReading {
	return value === '' ? { kind: 'blank' } : { kind: 'value', value };
}

export function unreadable(code: IssueCode, message: string, fix: string): FieldReading {
	return { kind: 'unreadable', code, message, fix };
}

/** The value as a message shows it, cut to a readable length. */
export function quoted(value: string): string {
	return `"${shortened(value, 60)}"`;
}
