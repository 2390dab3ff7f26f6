import { inOrder } from '../../hash';
import { remember } from '../../remember';
import { oneText } from '../../texts';
import { comparable } from '../../xero/documents/comparedValues';
import type {
	DocumentDefinition,
	FieldDefinition,
	FieldValue,
	FieldValues,
} from '../../xero/documents/definition';
import { fieldsByPath } from '../check/draftValues';
import type { Draft } from '../draft';
import { foldText } from '../find/names';
import { DIGEST_LETTER, digestOf } from './digest';

/**
 * What was last sent of a record, short enough for an address: a digest for each value of the
 * header and one for each line. Against it a later run tells who has changed something since, the
 * record or a person in Xero. It is never a key.
 */
export interface Fingerprint {
	/** By the digest of the path. */
	readonly header: ReadonlyMap<string, string>;
	/** One for each line that was sent, or one for all of them where there are too many. */
	readonly lines?: SentLines | { readonly whole: string };
}

interface SentLines {
	readonly each: readonly string[];
	/** Lines that were sent once, that the record has dropped since and Xero keeps. */
	readonly dropped?: readonly string[];
}

const PATH_LETTERS = 3;
const VALUE_LETTERS = 4;
const WHOLE_LETTERS = 8;

/**
 * A digest that no line has. It parts the lines that the record has dropped from the others. Alone it
 * stands, in fingerprints of 0.1.0, for all of many lines of which it was not known what was sent.
 */
export const NOT_KNOWN = '____';

/** The record's contact as one value, whichever of its fields are mapped. */
export const CONTACT_PATH = 'contact';

/** Moved by rules of their own, or no part of what the record says. */
const LEFT_OUT: ReadonlySet<string> = new Set(['status', 'url', 'sentToContact', 'id']);

export const pathDigest = remember((path) => digestOf(path, PATH_LETTERS));

type Compared = Pick<FieldDefinition, 'kind' | 'places' | 'mayNotBeShown'>;
const TRACKING: Compared = { kind: 'tracking' };

function canonical(field: Compared, value: FieldValue | undefined): string {
	const text = String(comparable(field, value) ?? '');
	return field.kind === 'tracking' ? foldText(text) : text;
}

/** Digest of one value as it counts when it is compared. */
export function valueDigest(field: Compared, value: FieldValue | undefined): string {
	return digestOfValue(canonical(field, value));
}

/** Days, statuses and customers come again and again in a run. */
const digestOfValue = remember((text) => digestOf(text, VALUE_LETTERS), 200);

/** Digest of a record's contact: by its name, else by what names it otherwise. */
export function contactDigest(fields: FieldValues): string | undefined {
	for (const path of NAMING_CONTACTS) {
		const value = fields[path];
		if (typeof value === 'string' && value !== '') return digestOfValue(foldText(value));
	}
	return undefined;
}

const NAMING_CONTACTS = [
	'contact.name',
	'contact.contactNumber',
	'contact.emailAddress',
	'contact.id',
] as const;

/** Digests of the header's values by the digest of their path. */
function headerDigests(definition: DocumentDefinition, fields: FieldValues): Map<string, string> {
	const known = fieldsByPath(definition.fields);
	const digests = new Map<string, string>();
	for (const path of Object.keys(fields)) {
		const value = fields[path];
		const field = known.get(path);
		if (!field || LEFT_OUT.has(path) || isOfContact(definition, path)) continue;
		digests.set(pathDigest(path), valueDigest(field, value));
	}
	const contact = definition.hasContact ? contactDigest(fields) : undefined;
	if (contact !== undefined) digests.set(pathDigest(CONTACT_PATH), contact);
	return digests;
}

function isOfContact(definition: DocumentDefinition, path: string): boolean {
	return definition.hasContact && path.startsWith('contact.');
}

/**
 * Digest of a line, of the given paths alone: those that the record maps. A blank counts as not
 * given, so that a value which is filled in later does not make all of the line another.
 */
export function lineDigest(
	lineFields: readonly FieldDefinition[],
	fields: FieldValues,
	paths: readonly string[],
): string {
	const known = fieldsByPath(lineFields);
	let text = '';
	for (const path of inOrder([...paths])) {
		const field = known.get(path) ?? TRACKING;
		// Xero's line could never be seen to be the one that was sent.
		if (field.mayNotBeShown) continue;
		const value = canonical(field, fields[path]);
		if (value !== '') text += `${text === '' ? '' : '\n'}${path}=${value}`;
	}
	return digestOf(text, VALUE_LETTERS);
}

/** The fingerprint of what a draft says, line by line. */
export function fingerprintOf(
	definition: DocumentDefinition,
	draft: Draft,
): Fingerprint & { readonly lines?: { readonly each: readonly string[] } } {
	const { lineFields } = definition;
	const lines = lineFields
		? draft.lines?.map((line) => lineDigest(lineFields, line.fields, Object.keys(line.fields)))
		: undefined;
	return {
		header: headerDigests(definition, draft.fields),
		...(lines ? { lines: { each: lines } } : {}),
	};
}

/** One digest for all lines, in whatever order: another order is no change. */
function wholeOf(lines: readonly string[]): string {
	return digestOf([...lines].sort().join(' '), WHOLE_LETTERS);
}

/** Whether lines are those of a digest for all, which counted their order in 0.1.0. */
export function areWhole(whole: string, lines: readonly string[]): boolean {
	return wholeOf(lines) === whole || digestOf(lines.join(' '), WHOLE_LETTERS) === whole;
}

/**
 * The fingerprint as text of at most so many characters; undefined where not even the header fits.
 * Lines that do not fit one by one are told as a whole.
 */
export function fingerprintText(
	{ header, lines }: Fingerprint,
	room: number = Number.POSITIVE_INFINITY,
): string | undefined {
	const head = ['1'];
	for (const [path, value] of header) head.push(path, value);
	const fitting = (...tail: readonly string[]) => {
		const text = oneText(...head, ...tail);
		return text.length <= room ? text : undefined;
	};
	if (!lines) return fitting('-');
	if ('whole' in lines) return fitting('-w', lines.whole);
	const { each, dropped = [] } = lines;
	const told = dropped.length > 0 ? [...each, NOT_KNOWN, ...dropped] : each;
	return fitting('-l', told.join('')) ?? fitting('-w', wholeOf(each));
}

const SHAPE = new RegExp(
	`^1(${DIGEST_LETTER}*)-(?:(l)(${DIGEST_LETTER}*)|(w)(${DIGEST_LETTER}+))?$`,
);

/** What a fingerprint's text says; undefined for what cannot be read, which is then not known. */
export function readFingerprint(text: string | undefined): Fingerprint | undefined {
	const found = text === undefined ? null : SHAPE.exec(text.trim());
	if (!found) return undefined;
	const [, head = '', each, digests = '', isWhole, whole = ''] = found;
	const entry = PATH_LETTERS + VALUE_LETTERS;
	if (head.length % entry !== 0 || digests.length % VALUE_LETTERS !== 0) return undefined;
	const header = new Map<string, string>();
	for (let at = 0; at < head.length; at += entry) {
		header.set(head.slice(at, at + PATH_LETTERS), head.slice(at + PATH_LETTERS, at + entry));
	}
	if (isWhole) return { header, lines: { whole } };
	if (digests === NOT_KNOWN) return { header, lines: { whole: digests } };
	if (!each) return { header };
	const parts: string[] = [];
	for (let at = 0; at < digests.length; at += VALUE_LETTERS) {
		parts.push(digests.slice(at, at + VALUE_LETTERS));
	}
	const parting = parts.indexOf(NOT_KNOWN);
	if (parting === -1) return { header, lines: { each: parts } };
	return { header, lines: { each: parts.slice(0, parting), dropped: parts.slice(parting + 1) } };
}
