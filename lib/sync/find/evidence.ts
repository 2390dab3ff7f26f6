import { calendarDate, daysBetween } from '../../dates';
import { grouped } from '../../grouped';
import { moneyText } from '../../money';
import { sameValue } from '../../xero/documents/comparedValues';
import type {
	DocumentAmounts,
	DocumentDefinition,
	FieldDefinition,
	FieldValues,
	XeroDocument,
} from '../../xero/documents/definition';
import { fieldsByPath, headerText, textOf } from '../check/draftValues';
import type { Draft } from '../draft';
import { bearsMarkOf } from '../sourceLink/sourceMark';
import { keyName } from './decidingKey';
import type { Against, Identity, Weighed } from './decisionTable';
import { foldText } from './names';

/** What is known of the record's contact when its document is looked for. */
export type KnownContact =
	| { readonly kind: 'known'; readonly contactId: string; readonly name?: string }
	/** The record names one that Xero does not have. */
	| { readonly kind: 'unknown'; readonly name?: string }
	/** The record names none, or documents of its type have none. */
	| { readonly kind: 'untold'; readonly name?: undefined };

/** A record, as far as a document is weighed against it. */
export interface Sought {
	readonly definition: DocumentDefinition;
	readonly draft: Draft;
	readonly contact: KnownContact;
	/** What the record's lines come to; undefined where that is not known. */
	amounts(): DocumentAmounts | undefined;
	/** Whether another record of the run keeps the document's id. */
	keptByAnother(documentId: string): boolean;
}

/** How a candidate was come by. */
export interface Tie {
	readonly identity: Identity;
	/** `id`, `sourceLink`, or the path of the key. */
	readonly by: string;
	/** Whether the key's value is found under one contact alone. */
	readonly isRare?: boolean;
}

/** A candidate with what speaks for it and against it, in words as well. */
export interface Evidence extends Weighed {
	readonly document: XeroDocument;
	readonly by: string;
	readonly speaksFor: readonly string[];
	readonly speaksAgainst: readonly string[];
}

/** Beyond this, a day is another month's. */
const FAR_DAYS = 31;

/**
 * Weighs a candidate. Of one that is the record's by its id or link keys and content are looked at
 * only where something else stands against it, or where the lens asks for what speaks for it: the
 * decision table takes it all the same.
 */
export function weigh(
	sought: Sought,
	document: XeroDocument,
	tie: Tie,
	tellsReasons = false,
): Evidence {
	const { draft, definition, contact } = sought;
	const against = new Map<Against, string>();
	const speaksFor: string[] = [];
	const note = (kind: Against, words: string) => {
		const before = against.get(kind);
		against.set(kind, before === undefined ? words : `${before}, ${words}`);
	};
	const { status, fields } = document;
	if (definition.lifecycle.gone.includes(status ?? '')) {
		note('gone', `it is ${String(status).toLowerCase()}`);
	}
	const mark = bearsMarkOf(textOf(fields.url), draft.source);
	if (mark === 'another')
		note('markOfAnother', 'its link to the source names another Knack record');
	if (sought.keptByAnother(document.id)) note('keptByAnother', 'another record keeps its Xero ID');
	const ofContact = `it is of ${document.contactName ?? 'another contact'}`;
	if (contact.kind === 'unknown') {
		note('contactUnknown', `${ofContact}, and Xero has no "${contact.name ?? ''}"`);
	} else if (contact.kind === 'known' && contact.contactId !== document.contactId) {
		note('otherContact', ofContact);
	}
	const currency = headerText(draft, 'currencyCode');
	const theirs = document.amounts?.currency;
	if (currency !== undefined && theirs !== undefined && currency !== theirs) {
		note('otherCurrency', `it is in ${theirs}`);
	}
	const isPlain = tie.identity === 'own' && against.size === 0 && !tellsReasons;
	if (!isPlain) noteKeys(sought, document, tie, note);
	noteSum(sought, document, tie, note);
	if (definition.lineFields && !isPlain) weighContent(sought, document, note, speaksFor);
	return {
		document,
		against: new Set(against.keys()),
		support: speaksFor.length,
		speaksFor,
		speaksAgainst: [...against.values()],
		// Not at the beginning; see `merged`.
		...tie,
	};
}

type Note = (kind: Against, words: string) => void;

function noteKeys(
	{ definition, draft }: Sought,
	document: XeroDocument,
	tie: Tie,
	note: Note,
): void {
	// An id or link is no key, and no key is surer.
	const rank = definition.keys.findIndex(({ path }) => path === tie.by);
	for (const [at, { path, needsLink }] of definition.keys.entries()) {
		if (needsLink) continue;
		const ours = headerText(draft, path);
		const other = textOf(document.fields[path]);
		// A blank, and what differs in case alone, is no evidence.
		if (ours === undefined || other === undefined || foldText(ours) === foldText(other)) continue;
		const name = keyName(definition, path);
		note(at < rank ? 'surerKeyDiffers' : 'mild', `its ${name} is "${other}"`);
	}
}

/** A narration alone is a word that many journals have: another sum is another journal. */
function noteSum(sought: Sought, document: XeroDocument, tie: Tie, note: Note): void {
	const { keys } = sought.definition;
	if (keys.find(({ path }) => path === tie.by)?.isShared !== true) return;
	const theirs = document.amounts;
	const ours = sought.amounts();
	if (ours && theirs?.total.eq(ours.total)) return;
	note(
		'otherSum',
		ours && theirs
			? `it comes to ${totalText(theirs)}`
			: 'whether it comes to the same is not known',
	);
}

/** Which of day, total and a line agree. */
function weighContent(
	sought: Sought,
	document: XeroDocument,
	note: Note,
	speaksFor: string[],
): void {
	const { definition, draft } = sought;
	const day = calendarDate(headerText(draft, 'date') ?? '');
	const theirDay = calendarDate(String(document.fields.date ?? ''));
	if (day && theirDay) {
		if (day === theirDay) speaksFor.push('the same day');
		else if (Math.abs(daysBetween(day, theirDay)) > FAR_DAYS) note('mild', `it is of ${theirDay}`);
	}
	const total = document.amounts;
	const amounts = total && sought.amounts();
	// A batch payment does not tell its currency.
	const isComparable = total?.currency === '' || amounts?.currency === total?.currency;
	if (amounts && isComparable && !amounts.total.eq(0)) {
		if (amounts.total.eq(total.total)) speaksFor.push(`the same total ${totalText(total)}`);
	}
	const inCommon = linesInCommon(definition, draft, document);
	if (inCommon === true) speaksFor.push('a line in common');
	if (inCommon === false) note('mild', 'none of its lines is the record’s');
}

function totalText({ total, currency }: DocumentAmounts): string {
	return moneyText(total, currency);
}

/** Whether the two share a line, words and amount; undefined unless both have lines that say something. */
function linesInCommon(
	{ lineFields }: DocumentDefinition,
	draft: Draft,
	document: XeroDocument,
): boolean | undefined {
	const ours = draft.lines ?? [];
	const theirs = document.lines ?? [];
	if (!lineFields || theirs.length === 0) return undefined;
	const isCommon = (our: FieldValues, their: FieldValues) =>
		hasSameAmounts(lineFields, our, their) &&
		wordsOf(our).some((word) => wordsOf(their).includes(word));
	// Most often the lines stand in the same places: what follows says the same, and takes longer.
	if (ours.some(({ fields }, at) => isCommon(fields, theirs[at]?.fields ?? {}))) return true;
	const byWord = grouped(theirs.flatMap(({ fields }) => byEachWord(fields)));
	const told = ours.flatMap(({ fields }) => byEachWord(fields));
	if (told.length === 0) return undefined;
	return told.some(([word, our]) =>
		byWord.get(word)?.some((their) => hasSameAmounts(lineFields, our, their)),
	);
}

function byEachWord(fields: FieldValues): (readonly [string, FieldValues])[] {
	return wordsOf(fields).map((word) => [word, fields] as const);
}

function wordsOf(fields: FieldValues): string[] {
	return ['description', 'itemCode'].flatMap((path) => {
		const text = textOf(fields[path]);
		return text === undefined ? [] : [`${path} ${foldText(text)}`];
	});
}

const AMOUNTS = ['quantity', 'unitAmount', 'lineAmount'];

function hasSameAmounts(
	lineFields: readonly FieldDefinition[],
	ours: FieldValues,
	theirs: FieldValues,
): boolean {
	const known = fieldsByPath(lineFields);
	return AMOUNTS.every((path) => {
		const field = known.get(path);
		return !field || ours[path] === undefined || sameValue(field, ours[path], theirs[path]);
	});
}
