import { dateText, readCalendarDate } from '../../dates';
import type { Issue } from '../../issue';
import type { IssueCode } from '../../issueCodes';
import { replaceEach } from '../../replaceEach';
import { nameKey } from './fieldNames';
import { isBlank } from './readFieldValue';
import { isRecord, type ItemRecord } from './sampleShape';

/**
 * Codes of what keeps a template from making a number.
 * @internal
 */
export const NUMBER_TEMPLATE = {
	malformed: 'MAPPING_NUMBER_TEMPLATE_MALFORMED',
	fieldGone: 'MAPPING_NUMBER_FIELD_GONE',
	fieldBlank: 'MAPPING_NUMBER_FIELD_BLANK',
	valueUnfit: 'MAPPING_NUMBER_VALUE_UNFIT',
	tooLong: 'MAPPING_NUMBER_TOO_LONG',
} as const satisfies Record<string, IssueCode>;

type Part =
	| { readonly kind: 'text'; readonly text: string }
	| { readonly kind: 'field'; readonly inner: string };

export type NumberReading =
	| { readonly kind: 'number'; readonly text: string }
	| { readonly kind: 'issue'; readonly issue: Issue };

/** Where a number stands and what Xero keeps of it. */
export interface NumberField {
	readonly path: string;
	readonly label: string;
	readonly maxLength?: number;
	/** IANA zone in which an instant ("…Z") is taken to its day. */
	readonly timeZone: string;
}

/** Digits that a number may be padded to. */
const WIDEST = 20;

/**
 * The document's number by a template such as `JOB-{Job Number}` or `INV-{Order Date:yyyy}-{ID:5}`.
 * Placeholders are fields of the record by name; after a colon stand the digits to pad a number to,
 * or how to write a date, in luxon's tokens. The number follows from the record alone, so that every
 * retry makes the same one.
 */
export function numberByTemplate(
	template: string,
	item: ItemRecord,
	field: NumberField,
): NumberReading {
	const parts = readParts(template.trim());
	const issueOf = (code: IssueCode, message: string, fix: string): NumberReading => ({
		kind: 'issue',
		issue: { code, severity: 'block', field: field.path, message, fix },
	});
	if (!parts?.some(({ kind }) => kind === 'field')) {
		return issueOf(
			NUMBER_TEMPLATE.malformed,
			`The number template "${template}" names no field of the record, so all records would get one number.`,
			'Write the name of a field between braces, such as JOB-{Job Number}.',
		);
	}
	let text = '';
	let longest: { readonly name: string; readonly length: number } | undefined;
	for (const part of parts) {
		if (part.kind === 'text') {
			text += part.text;
			continue;
		}
		const { name, format } = placeOf(part.inner, item);
		const found = nameIn(item, name);
		if (found === undefined) {
			return issueOf(
				NUMBER_TEMPLATE.fieldGone,
				`The number template names "${name}", which the record does not have.`,
				`Write one of the record's fields into the template: ${namesOf(item)}.`,
			);
		}
		const value = item[found];
		if (isBlank(value)) {
			return issueOf(
				NUMBER_TEMPLATE.fieldBlank,
				`${found} is blank, and the number is made of it.`,
				`Fill in ${found} in Knack, or take it out of the number template.`,
			);
		}
		const written = writtenAs(value, format, field.timeZone);
		if (!written.ok) {
			return issueOf(
				NUMBER_TEMPLATE.valueUnfit,
				`${found} ${written.why}`,
				`Correct ${found} in Knack, or the number template.`,
			);
		}
		text += written.text;
		if (written.text.length > (longest?.length ?? 0)) {
			longest = { name: found, length: written.text.length };
		}
	}
	if (field.maxLength !== undefined && text.length > field.maxLength) {
		return issueOf(
			NUMBER_TEMPLATE.tooLong,
			`${field.label} would have ${text.length} characters, ${longest?.length ?? 0} of them from ${longest?.name ?? 'the template'}; Xero takes ${field.maxLength}.`,
			`Shorten ${longest?.name ?? 'the template'}, or make the number of another field.`,
		);
	}
	return { kind: 'number', text };
}

/** Undefined where a brace stands alone. */
function readParts(template: string): Part[] | undefined {
	const parts: Part[] = [];
	for (const [piece] of template.matchAll(/\{[^{}]*\}|[^{}]+|[{}]/g)) {
		if (piece === '{' || piece === '}') return undefined;
		const inner = piece.startsWith('{') ? piece.slice(1, -1).trim() : undefined;
		if (inner === '') return undefined;
		parts.push(inner === undefined ? { kind: 'text', text: piece } : { kind: 'field', inner });
	}
	return parts;
}

/** The name before the last colon and the format after it; a name may itself have colons. */
function placeOf(inner: string, item: ItemRecord): { name: string; format?: string } {
	const colon = inner.lastIndexOf(':');
	if (colon === -1 || nameIn(item, inner) !== undefined) return { name: inner };
	return { name: inner.slice(0, colon).trim(), format: inner.slice(colon + 1).trim() };
}

function nameIn(item: ItemRecord, name: string): string | undefined {
	if (Object.hasOwn(item, name)) return name;
	const key = nameKey(name);
	const alike = Object.keys(item).filter((each) => key !== '' && nameKey(each) === key);
	return alike.length === 1 ? alike[0] : undefined;
}

function namesOf(item: ItemRecord): string {
	const single = Object.entries(item).filter(
		([, value]) => !isRecord(value) && !Array.isArray(value),
	);
	return single
		.slice(0, 8)
		.map(([name]) => name)
		.join(', ');
}

type Written =
	| { readonly ok: true; readonly text: string }
	| { readonly ok: false; readonly why: string };

function writtenAs(value: unknown, format: string | undefined, timeZone: string): Written {
	const unfit = (why: string): Written => ({ ok: false, why });
	const isSingle = ['string', 'number', 'boolean'].includes(typeof value) || value instanceof Date;
	if (!isSingle) return unfit('holds a group or a list, of which no number can be made.');
	const text = typeof value === 'string' ? replaceEach(value, /\s+/g, ' ').trim() : String(value);
	if (text === '') return unfit('has no text in it.');
	if (!format) return { ok: true, text };
	if (/^\d+$/.test(format)) {
		const width = Number(format);
		if (width > WIDEST)
			return unfit(`is to be padded to ${format} digits; ${WIDEST} are the most.`);
		if (!/^\d+$/.test(text))
			return unfit(`holds "${text}", which is not a whole number to pad to ${format} digits.`);
		return { ok: true, text: text.padStart(width, '0') };
	}
	const date = readCalendarDate(value, timeZone);
	if (date === undefined)
		return unfit(`holds "${text}", which is not a date to write as "${format}".`);
	return { ok: true, text: dateText(date, format) };
}
