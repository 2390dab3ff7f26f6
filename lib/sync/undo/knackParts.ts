import { isSameText } from '../../foldText';
import type { KnackRecord, KnackTable } from '../../knack/app';
import { decodeField } from '../../knack/fields/codecs';
import { shownText } from '../../knack/fields/shownValue';
import { findField } from '../../knack/tables';
import type { Outcome } from '../outcome';
import { WRITE_BACK_LABELS, type WriteBackFields } from '../outcomeWriteBack';
import { statusName } from '../status/statusName';
import type { RanDocument } from './ranDocument';
import type { RanOutcome } from './ranOutcome';

export type Part = keyof WriteBackFields;

/** A Knack record of a document, with the outcomes that are of it. */
export interface Linked {
	readonly ran: RanDocument;
	readonly of: readonly RanOutcome[];
	/** Key or name. */
	readonly table: string;
	readonly recordId: string;
}

/** A field of a record that is written back: what it holds, what runs wrote, and what it had before. */
export interface ShownPart {
	readonly part: Part;
	readonly key: string;
	readonly present: string;
	readonly before: string;
	/** Whether an item says what it had before. */
	readonly isListed: boolean;
	readonly after: readonly string[];
}

/** The fields of a record, apart from the message. */
export function partsOf(
	table: KnackTable,
	record: KnackRecord,
	fields: WriteBackFields,
	{ ran, of, recordId }: Linked,
): ShownPart[] {
	return (Object.keys(WRITE_BACK_LABELS) as Part[]).flatMap((part): ShownPart[] => {
		const name = fields[part];
		const field = name && part !== 'message' ? findField(table, name) : undefined;
		if (!field) return [];
		const { key } = field;
		const written = of.flatMap((each) => {
			const all = (each.writtenBack ?? []).filter(isOf(key, recordId));
			const mayBeOwn = part === 'number' && hasOwnNumber(ran, each);
			return mayBeOwn ? all.filter(({ before }) => before !== undefined) : all;
		});
		return [
			{
				part,
				key,
				present: String(shownText(decodeField(record, field)) ?? ''),
				before: beforeAll(written),
				isListed: written.some(({ before }) => before !== undefined),
				after: [
					...written.flatMap(({ after }) => after ?? []),
					...of.flatMap((each) => partOf(ran, each)[part] ?? []),
				],
			},
		];
	});
}

/** By these a record knows its document. */
const LINKING: ReadonlySet<Part> = new Set<Part>(['xeroId', 'link']);

/**
 * The fields that get back what they had, each only while it holds what runs wrote. A record whose
 * document was changed, and that knew it before, keeps what leads to it; and what was sent last, by
 * which the next run tells what the record still says from what it says anew.
 */
export function duePartsOf(
	parts: readonly ShownPart[],
	ran: RanDocument,
	outcome: Outcome,
): readonly ShownPart[] {
	const held = parts.filter(({ present, after }) => present !== '' && isAmong(present, after));
	const isLinkedByIt = held.some(
		({ part, before, isListed }) => LINKING.has(part) && isListed && before === '',
	);
	if (ran.did !== 'updated' || isLinkedByIt) return held;
	return held.flatMap((each) => {
		const now = inXero(each.part, ran, outcome);
		if (now === undefined || isSameText(now, each.present)) return [];
		return [each.isListed ? each : { ...each, before: now }];
	});
}

/** What Xero has of a part that moves with the document, once that is given back. */
function inXero(
	part: Part,
	{ definition, changes }: RanDocument,
	{ document: { status, number } }: Outcome,
): string | undefined {
	const once = (path: string | undefined, present: string | undefined) => {
		const change = changes.find(({ field }) => field === path);
		return change && change.after === present ? change.before : present;
	};
	if (part === 'number') return named(once(definition.numberPath, number));
	const moved = part === 'status' ? named(once(definition.statusPath, status)) : undefined;
	return moved === undefined ? undefined : statusName(definition, moved);
}

function named(value: string | boolean | undefined): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** What the field had before the first run, or what somebody has entered between two of them. */
function beforeAll(written: readonly WrittenField[]): string {
	const own = written.filter(({ before }, at) => {
		const earlier = written.slice(0, at);
		return !earlier.some(({ after = '' }) => isSameText(before ?? after, after));
	});
	return own.at(-1)?.before ?? '';
}

/**
 * What a run writes of its document. The number may be the record's own, which it had before, unless
 * Xero gave it.
 */
function partOf(
	ran: RanDocument,
	each: RanOutcome,
): Readonly<Partial<Record<Part, string | undefined>>> {
	const { outcome, document, after, sync } = each;
	const { id, number, status, url } = document;
	return {
		xeroId: id,
		number: outcome === 'created' && !hasOwnNumber(ran, each) ? number : undefined,
		status: status === undefined ? undefined : statusName(ran.definition, status),
		link: url,
		onlineLink: after?.onlineInvoiceUrl,
		fingerprint: sync?.fingerprint,
	};
}

function hasOwnNumber({ definition }: RanDocument, { changes = [] }: RanOutcome): boolean {
	return changes.some(({ field }) => field === definition.numberPath);
}

type WrittenField = NonNullable<RanOutcome['writtenBack']>[number];

export function isOf(key: string, record: string): (each: WrittenField) => boolean {
	return ({ field, knackRecordId }) => field === key && knackRecordId === record;
}

export function isAmong(present: string, texts: readonly string[]): boolean {
	return texts.some((text) => isSameText(present, text));
}
