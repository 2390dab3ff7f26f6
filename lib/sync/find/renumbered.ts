import { NEVER_GIVES_WAY } from '../../giveWay';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { findDocuments } from '../../xero/lookups';
import { isSameText } from '../../foldText';
import { grouped } from '../../grouped';
import { headerText, textOf } from '../check/draftValues';
import { isStopping, issueOf } from '../check/check';
import { LATE_RULES } from '../check/rules/lateRules';
import { bearsMarkOf } from '../sourceLink/sourceMark';
import { contactIdOf, planned, type Row } from '../row';
import { decidingKey, isFoundByLink, keysOf } from './decidingKey';
import { DocumentIndex, documentLabel } from './documentIndex';
import type { FindContext } from './findContext';
import { findDocument } from './findDocument';
import { isFullyCredited } from './fullyCredited';
import type { Match } from './matching';
import { soughtAmong } from './sought';

/**
 * A record that was given a number, or another one, after its Xero ID was lost leads to no document by
 * that number, and would be posted a second time. So the documents of its contact, which are read for
 * new records in any case, are looked through for its link and its reference. What may be its own is
 * read in whole and weighed as ever: one more call, and only then. Gives the rows whose `match` is
 * another now. Throws ServiceFaultError.
 * @param present documents of the rows' contacts, or of the days around where the link alone tells
 */
export async function findRenumbered(
	context: FindContext,
	rows: readonly Row[],
	present: readonly XeroDocument[],
): Promise<Row[]> {
	const { client, definition, severities, giveWay = NEVER_GIVES_WAY } = context;
	const byContact = grouped(present.map((document) => [document.contactId, document] as const));
	const linked = isFoundByLink(definition) ? new DocumentIndex(definition, present) : undefined;
	const candidates = new Map<Row, readonly XeroDocument[]>();
	for (const { row } of planned(rows, 'create')) {
		await giveWay();
		const near = linked?.linkedTo(row.draft.source) ?? byContact.get(contactIdOf(row)) ?? [];
		const own = near.filter(mayBeOwn(definition, row));
		if (own.length > 0) candidates.set(row, own);
	}
	const ids = [...new Set([...candidates.values()].flat().map(({ id }) => id))];
	const whole = new DocumentIndex(
		definition,
		await findDocuments(client, definition, { ids, values: {} }),
	);
	const soughtBy = soughtAmong(context, rows);
	const lens = { takesLinked: true, tellsReasons: true };
	const found: Row[] = [];
	for (const [row, own] of candidates) {
		const index = new DocumentIndex(
			definition,
			own.flatMap(({ id }) => whole.get(id) ?? []).filter(isStanding),
		);
		const judged = findDocument(index, soughtBy(row), severities, lens);
		const match = unlessUnsure(context, row, judged);
		if (match.kind === 'missing' && match.issues.length === 0) continue;
		row.match = match;
		found.push(row);
	}
	return found;
}

/** Day, total and a line. */
const ALL_TRAITS = 3;

/**
 * A record may be posted month by month, each time under a new number. Only where day, total and a
 * line agree is the document of another number plainly the same.
 */
function unlessUnsure(
	{ definition, severities }: FindContext,
	{ draft }: Row,
	match: Match,
): Match {
	if (match.kind !== 'matched' || match.reasons?.length === ALL_TRAITS) return match;
	const { document } = match;
	const label = documentLabel(definition, document);
	const key = decidingKey(definition, draft);
	const day = headerText(draft, 'date') ?? 'another day';
	const now = key && !key.needsLink ? `"${key.value}" of ${day}` : `of ${day}`;
	const issues = issueOf(
		LATE_RULES.contradicted,
		{
			field: key?.path,
			message: `${label} is linked to this record, which is now ${now}: the same document, or another one?`,
			fix: 'If it is the same, keep its Xero ID in Knack. If both are meant to be posted, set this rule to Warn in the node.',
		},
		severities,
		{ candidates: [{ id: document.id, label }] },
	);
	return { kind: issues.some(isStopping) ? 'stopped' : 'missing', issues };
}

/**
 * What was corrected by a credit note is none of the record's any more. Of a document in whole alone:
 * a summary does not tell a credit note from a deposit.
 */
function isStanding(document: XeroDocument): boolean {
	return !isFullyCredited(document);
}

/** Whether a document may be the row's own, by its link or by what the record has beside its number. */
function mayBeOwn(
	definition: DocumentDefinition,
	{ draft }: Row,
): (document: XeroDocument) => boolean {
	const [deciding, ...others] = keysOf(definition, draft);
	// Where the record has no number, its reference was looked up with all others.
	const unasked = deciding?.enforced === true ? others : [];
	return (document) => {
		const { fields } = document;
		return (
			bearsMarkOf(textOf(fields.url), draft.source) === 'this' ||
			unasked.some(({ path, value }) => isSameText(value, textOf(fields[path]) ?? ''))
		);
	};
}
