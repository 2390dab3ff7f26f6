import { addDays, calendarDate, type CalendarDate } from '../../dates';
import type { XeroClient } from '../../xero/client';
import { isAllocated } from '../../xero/documents/allocations';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { findWholeDocuments } from '../../xero/documentsOfDays';
import { findDocuments } from '../../xero/lookups';
import { issueOf } from '../check/check';
import { headerText, textOf } from '../check/draftValues';
import { LATE_RULES } from '../check/rules/lateRules';
import { contactIdOf, type Row } from '../row';
import { correctionToken } from '../sourceLink/correctionToken';
import { bearsMarkOf, markOf, readSourceMark } from '../sourceLink/sourceMark';
import { readCorrectingNotes, replacingReference } from './correctingNote';
import { documentLabel, type DocumentIndex } from './documentIndex';
import type { FindContext } from './findContext';
import type { DocumentLens } from './findDocument';
import { isFullyCredited } from './fullyCredited';
import { asMatched, asStopped, type Match } from './matching';
import { liveOnes } from './twins';

/** More corrections of one record than anybody makes. */
const MOST_CORRECTIONS = 20;

/** A run may go on past midnight, and a worker may have begun before it. */
const DAYS_AROUND = 1;

/** A row with the document whose successor is looked for. */
interface Corrected {
	readonly row: Row;
	readonly document: XeroDocument;
	readonly from: CalendarDate;
}

/** Finds the documents in the place of credited ones by their link; sets the `match` of those rows. */
export async function findSuccessors(context: FindContext, rows: readonly Row[]): Promise<void> {
	const wanted = rows.flatMap((row): Corrected[] =>
		row.replaces ? [{ row, document: row.replaces.document, from: row.replaces.from }] : [],
	);
	const found = await readSuccessors(context, wanted);
	for (const each of wanted) {
		each.row.match = matchOf(context, each, found) ?? { kind: 'missing', issues: [] };
	}
}

/**
 * Follows records from a document that this app has credited to the one in its place, however they
 * were led to the old one: a lost write-back leaves its id in Knack, and its number stays with it,
 * perhaps under the contact that was wrong. One call where a document is credited in full, two more
 * where the credit note is this app's. A credited document that nothing has taken the place of keeps
 * its match, with the credit note.
 */
export async function followCorrections(
	context: FindContext,
	rows: readonly Row[],
	index: DocumentIndex,
	judge: (row: Row, document: XeroDocument) => Match,
	{ takesGone = false }: Pick<DocumentLens, 'takesGone'>,
): Promise<void> {
	let open = rows;
	for (let step = 0; step < MOST_CORRECTIONS; step += 1) {
		const credited: Credited[] = [];
		for (const row of open) {
			const document = markOf(row.draft.source) ? meantBy(row, index) : undefined;
			if (document && isFullyCredited(document)) credited.push({ row, document });
			await context.giveWay?.();
		}
		if (credited.length === 0) return;
		open = await followOnce(context, credited, judge, takesGone);
	}
}

type Credited = Pick<Corrected, 'row' | 'document'>;

/** The document of the row, or the one that has its key and is held for what speaks against it. */
function meantBy({ match }: Row, index: DocumentIndex): XeroDocument | undefined {
	const matched = asMatched(match);
	if (matched) return matched.document;
	const issues = asStopped(match)?.issues ?? [];
	const [only, another] = issues.flatMap(({ candidates = [] }) => candidates);
	return only && !another ? index.get(only.id) : undefined;
}

/** The rows that came to another document. */
async function followOnce(
	context: FindContext,
	credited: readonly Credited[],
	judge: (row: Row, document: XeroDocument) => Match,
	takesGone: boolean,
): Promise<Row[]> {
	const notes = await readNotes(
		context.client,
		credited.map(({ document }) => document),
	);
	const corrected = credited.flatMap(({ row, document }): Corrected[] => {
		const note = notes.get(document.id);
		const day = note && calendarDate(String(note.fields.date));
		if (!day) return [];
		const match = asMatched(row.match);
		if (match) row.match = { ...match, credited: note };
		return [{ row, document, from: day }];
	});
	const found = await readSuccessors(context, corrected);
	return corrected.flatMap((each) => {
		const match = matchOf(context, each, found, takesGone);
		if (!match) return [];
		const { row } = each;
		// What merely has the record's key may be another's: its successor has to be the record's own.
		if (!asMatched(row.match) && !isOfRecord(row, match)) return [];
		row.match = match;
		if (match.kind !== 'matched') return [];
		const judged = judge(row, match.document);
		row.match = judged.kind === 'matched' ? { ...judged, by: match.by } : judged;
		return [row];
	});
}

function isOfRecord({ draft }: Row, match: Match): boolean {
	const url = textOf(asMatched(match)?.document.fields.url);
	return bearsMarkOf(url, draft.source) === 'this';
}

/** This app's credit notes that are put against documents, by the document's id. */
async function readNotes(
	client: XeroClient,
	documents: readonly XeroDocument[],
): Promise<ReadonlyMap<string, XeroDocument>> {
	const found = await readCorrectingNotes(client, documents);
	return new Map(
		documents.flatMap(({ id }): Array<[string, XeroDocument]> => {
			const own = found.get(id)?.find((note) => isAllocated(note, id));
			return own ? [[id, own]] : [];
		}),
	);
}

/**
 * What may have taken the place of the documents: everything of the day of the credit note, which is
 * the new one's as well while that day is open; what is dated later of the old contact and of the
 * record's; and what has a key of the record or of the old document. The contact, and every key,
 * may have been what was corrected.
 */
async function readSuccessors(
	{ client, definition }: FindContext,
	wanted: readonly Corrected[],
): Promise<readonly XeroDocument[]> {
	const [earliest] = wanted.map(({ from }) => from).sort();
	if (earliest === undefined) return [];
	const contactIds = new Set(
		wanted.flatMap(({ row, document }) =>
			[document.contactId, contactIdOf(row)].flatMap((id) => id ?? []),
		),
	);
	const found = [
		...(await findWholeDocuments(client, definition, {
			from: addDays(earliest, -DAYS_AROUND),
			contactIds: [...contactIds],
		})),
		...(await findDocuments(client, definition, { values: keysOf(definition, wanted) })),
	];
	for (const day of new Set(wanted.map(({ from }) => from))) {
		const days = { from: addDays(day, -DAYS_AROUND), to: addDays(day, DAYS_AROUND) };
		found.push(...(await findWholeDocuments(client, definition, days)));
	}
	return [...new Map(found.map((document) => [document.id, document])).values()];
}

/** Values that a new document shares with its record or with the old one, by the path of the key. */
function keysOf(
	definition: DocumentDefinition,
	wanted: readonly Corrected[],
): Record<string, string[]> {
	return Object.fromEntries(
		definition.keys
			.filter(({ enforced }) => !enforced)
			.map(({ path }) => [
				path,
				wanted
					.flatMap(({ row, document }) => [
						headerText(row.draft, path) ?? [],
						textOf(document.fields[path]) ?? [],
						path === 'reference' ? replacingReference(document) : [],
					])
					.flat(),
			]),
	);
}

/** The document in the place of another; undefined where there is none yet. */
function matchOf(
	{ definition, severities }: FindContext,
	{ document }: Corrected,
	found: readonly XeroDocument[],
	takesGone = false,
): Match | undefined {
	const token = correctionToken(document);
	const all = found.filter(({ fields }) => readSourceMark(textOf(fields.url))?.corrects === token);
	const live = liveOnes(definition, all);
	const [only, another] = live.length > 0 ? live : all;
	if (!only) return undefined;
	const labels = (documents: readonly XeroDocument[]) =>
		documents.map((each) => documentLabel(definition, each));
	if (live.length === 0 && !takesGone) {
		return {
			kind: 'stopped',
			issues: issueOf(
				LATE_RULES.documentGone,
				{
					message: `${document.number ?? 'The document'} was corrected by a credit note, and ${labels([only]).join('')} took its place. It was voided or deleted in Xero, and is not posted again by itself.`,
					fix: 'To post it again, give the record a new number or reference and clear the id kept in Knack.',
				},
				severities,
			),
		};
	}
	if (!another || live.length === 0) {
		return { kind: 'matched', document: only, by: 'sourceLink', issues: [] };
	}
	return {
		kind: 'stopped',
		issues: issueOf(
			LATE_RULES.documentAmbiguous,
			{
				message: `${live.length} ${definition.plural} in Xero took the place of ${document.number ?? document.id}: ${labels(live).join('; ')}.`,
				fix: 'Keep the right one’s id in Knack, and void the surplus one in Xero.',
			},
			severities,
			{ candidates: live.map((each) => ({ id: each.id, label: documentLabel(definition, each) })) },
		),
		fitting: { documents: live, by: 'sourceLink' },
	};
}
