import { dayInZone, latestOf, type CalendarDate } from '../../dates';
import { isSameText } from '../../foldText';
import type { Issue } from '../../issue';
import { moneyText } from '../../money';
import { allocatedAmount, isAllocated } from '../../xero/documents/allocations';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { findContacts, findDocuments } from '../../xero/lookups';
import { isStopping } from '../check/check';
import { creditNoteDraft, ownContact } from '../correction/correctionRows';
import { planNew, whyUnfit } from '../correction/planCorrections';
import { isActive } from '../find/contactIndex';
import { correctedBy, correctingKey } from '../find/correctingNote';
import { documentLabel } from '../find/documentIndex';
import { findRows } from '../find/finder';
import { liveOnes } from '../find/twins';
import { closedPeriods, firstOpenDay } from '../plan/closedPeriods';
import { draftKey } from '../plan/plan';
import type { Row } from '../row';
import { correctionToken } from '../sourceLink/correctionToken';
import type { UpsertContext, UpsertOptions } from '../upsertContext';
import { UNDO_RULES, undoIssue } from './undoRules';

/** A credit note that takes a document back in full. */
export interface CreditBack {
	/** Registry entry of the credit note. */
	readonly definition: DocumentDefinition;
	readonly note: Row;
	readonly date: CalendarDate;
	readonly isToday: boolean;
}

/** By what the credit note is found again, by every run and worker. */
function keyOf(definition: DocumentDefinition, document: XeroDocument) {
	const { corrects } = definition;
	if (!corrects) throw new Error(`A ${definition.type} credits nothing.`);
	return corrects.undoKeyOf(document.number ?? '', correctionToken(document));
}

/** Credit notes of this app by which documents were taken back or corrected, by the ids of these. */
export interface OwnNotes {
	/** Of Undo, in full. */
	readonly back: ReadonlyMap<string, XeroDocument>;
	/** Of corrections, whether they are put against the document or not. */
	readonly correcting: ReadonlyMap<string, XeroDocument>;
}

/** Finds what this app has credited of documents, or begun to. One call. Throws ServiceFaultError. */
export async function findOwnNotes(
	{ client }: UpsertContext,
	documents: readonly XeroDocument[],
): Promise<OwnNotes> {
	const [first] = documents;
	const definition = first && correctedBy(first);
	if (!definition) return { back: new Map(), correcting: new Map() };
	const { path } = keyOf(definition, first);
	const keys = documents.map((document) => ({
		document,
		back: keyOf(definition, document).value,
		correcting: correctingKey(document).value,
	}));
	const values = { [path]: keys.flatMap(({ back, correcting }) => [back, correcting]) };
	const notes = liveOnes(definition, await findDocuments(client, definition, { values }));
	const having = (value: string) =>
		notes.filter(({ fields }) => isSameText(String(fields[path]), value));
	return {
		back: new Map(
			keys.flatMap(({ document, back }): Array<[string, XeroDocument]> => {
				const { id, amounts } = document;
				const own = having(back).find((note) => allocatedAmount(note, id).eq(amounts?.total ?? 0));
				return own ? [[id, own]] : [];
			}),
		),
		correcting: new Map(
			keys.flatMap(({ document: { id }, correcting }): Array<[string, XeroDocument]> => {
				const own = having(correcting);
				const note = own.find((each) => isAllocated(each, id)) ?? own[0];
				return note ? [[id, note]] : [];
			}),
		),
	};
}

/**
 * Plans the credit note of each document, as a row of its own that is found by its key before it is
 * made: a run that died, or another worker, may have made it. Reads only; throws ServiceFaultError.
 * @returns by the id of the document, the credit note or why there can be none
 */
export async function planCreditsBack(
	context: UpsertContext,
	documents: readonly XeroDocument[],
	options: UpsertOptions,
	reason: string,
): Promise<ReadonlyMap<string, CreditBack | { readonly issues: readonly Issue[] }>> {
	const planned = new Map<string, CreditBack | { readonly issues: readonly Issue[] }>();
	const [first] = documents;
	const definition = first && correctedBy(first);
	if (!definition) return planned;
	const { client, settings, clock } = context;
	const today = dayInZone(clock.now(), settings.organisation.timeZone);
	const firstOpen = firstOpenDay(closedPeriods(settings, options.booksClosedUntil));
	const contacts = await activeContacts(context, documents);
	const rows = new Map<XeroDocument, CreditBack>();
	for (const document of documents) {
		const obstacle = whyNotCredited(context, document, contacts);
		if (obstacle) {
			planned.set(document.id, { issues: [notCredited(document, ...obstacle)] });
			continue;
		}
		const date = latestOf(today, firstOpen);
		const draft = creditNoteDraft(document, {
			noteDefinition: definition,
			date,
			key: keyOf(definition, document),
			reason: `Takes back ${document.number ?? 'a document'} of ${String(document.fields.date ?? 'an earlier day')}: ${reason}`,
			itemIndexes: [],
		});
		const note: Row = { draft, contact: ownContact(document) };
		rows.set(document, { definition, note, date, isToday: date === today });
	}
	const severities = options.ruleSeverities;
	const notes = [...rows.values()].map(({ note }) => note);
	await findRows({ client, definition, settings, severities }, notes, { isForWriting: true });
	for (const [document, back] of rows) {
		const issues = planNote({ context, options, today }, document, back);
		planned.set(document.id, issues.length > 0 ? { issues } : back);
	}
	return planned;
}

/** Plans one credit note. @returns why there can be none */
function planNote(
	{ context, options, today }: Pick<Parameters<typeof planNew>[1], 'context' | 'options' | 'today'>,
	document: XeroDocument,
	{ definition, note }: CreditBack,
): readonly Issue[] {
	const { match, draft } = note;
	if (match?.kind === 'matched') {
		const { document: present, by, surplus = [] } = match;
		const base = { draft, key: draftKey(definition, draft), contentHash: '', issues: [] };
		note.plan = { ...base, action: 'keep', document: present, by, surplus };
		const misfit = whyUnfit(definition, document, present);
		if (misfit === undefined) return [];
		return [
			notCredited(
				document,
				`${documentLabel(definition, present)} is there for it, but ${misfit}`,
				'Put the credit note in Xero right or void it, and run Undo again.',
			),
		];
	}
	planNew(note, { definition, context, options, today });
	const { plan } = note;
	const issues = (plan?.issues ?? match?.issues ?? []).filter(isStopping);
	if (plan?.action !== 'create') {
		return issues.length > 0
			? issues
			: [notCredited(document, 'the credit note could not be planned', BY_HAND)];
	}
	if (!plan.amounts?.total.eq(document.amounts?.total ?? 0)) {
		const { amounts } = plan;
		const total = amounts ? moneyText(amounts.total, amounts.currency) : 'an unknown total';
		return [notCredited(document, `a credit note of its lines would come to ${total}`, BY_HAND)];
	}
	// The words of the credit note may differ between runs, and another worker's is as good.
	const { path, value } = keyOf(definition, document);
	note.draft = { ...note.draft, fields: { [path]: value }, lines: undefined, issues: [] };
	note.plan = { ...plan, draft: note.draft };
	return [];
}

const BY_HAND = 'Issue a credit note in Xero by hand.';

function notCredited(document: XeroDocument, why: string, fix: string): Issue {
	const label = document.number ?? 'The document';
	return undoIssue(UNDO_RULES.notCredited, {
		message: `${label} cannot be taken back by a credit note: ${why}.`,
		fix,
	});
}

function whyNotCredited(
	{ settings }: UpsertContext,
	{ amounts, lines = [], contactId = '', contactName = 'its contact' }: XeroDocument,
	contacts: ReadonlySet<string>,
): [why: string, fix: string] | undefined {
	const { baseCurrency } = settings.organisation;
	if (amounts?.currency !== baseCurrency) {
		return [
			`it is in ${amounts?.currency ?? 'a currency that is not known'}, and a credit note of today would have another rate`,
			BY_HAND,
		];
	}
	if (lines.length === 0) return ['its lines are not known', BY_HAND];
	if (!contacts.has(contactId)) {
		return [
			`${contactName} is archived or was merged away in Xero`,
			'Restore the contact in Xero and run Undo again, or issue a credit note there by hand.',
		];
	}
	return undefined;
}

async function activeContacts(
	{ client }: UpsertContext,
	documents: readonly XeroDocument[],
): Promise<ReadonlySet<string>> {
	const ids = new Set(documents.flatMap(({ contactId }) => contactId ?? []));
	const found = await findContacts(client, { ids: [...ids] });
	return new Set(
		found
			.filter((contact) => isActive(contact) && contact.mergedToId === undefined)
			.map(({ id }) => id),
	);
}
