import type { Issue } from '../../issue';
import { calendarDate, dayInZone, type CalendarDate } from '../../dates';
import { moneyText } from '../../money';
import { isAllocated } from '../../xero/documents/allocations';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { findContacts, findDocuments } from '../../xero/lookups';
import { checkDraft, issueOf, isStopping } from '../check/check';
import { isOpenForMoney } from '../check/approval';
import { headerText } from '../check/draftValues';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Draft } from '../draft';
import { isActive } from '../find/contactIndex';
import { correctedBy } from '../find/correctingNote';
import { documentLabel } from '../find/documentIndex';
import { findRows } from '../find/finder';
import { holdLookalikes } from '../find/looksPosted';
import { foldText } from '../find/names';
import { closedPeriods, firstOpenDay } from '../plan/closedPeriods';
import { isDayAlone } from '../plan/issuedEdits';
import { draftKey, planDraft, type Plan } from '../plan/plan';
import { stopAtPlanLimit } from '../plan/planLimit';
import { contactIdOf, type Correction, type Row } from '../row';
import type { UpsertContext, UpsertOptions } from '../upsertContext';
import { correctionOf, isCorrecting, keyOfCreditNote, type CorrectingRow } from './correctionRows';

/** Everything that corrections of a run are planned with. */
interface Correcting {
	readonly context: UpsertContext;
	readonly definition: DocumentDefinition;
	readonly options: UpsertOptions;
	readonly today: CalendarDate;
	/** Of the credit notes and the new documents: today, or the first day that is open. */
	readonly date: CalendarDate;
	/** The first day after all that is closed. */
	readonly firstOpen?: CalendarDate;
}

/**
 * Plans the credit note and the new document of each row that is to be corrected, as rows of their
 * own that are found and written like all others. What is there already of an earlier run that died
 * is taken. A row that cannot be corrected is held. Reads only; throws ServiceFaultError.
 */
export async function planCorrections(
	context: UpsertContext,
	definition: DocumentDefinition,
	rows: readonly Row[],
	options: UpsertOptions,
): Promise<void> {
	const open = rows.filter(isCorrecting);
	const [first] = open;
	const noteDefinition = first && correctedBy(first.plan.document);
	if (!noteDefinition) return;
	const { settings, clock } = context;
	const today = dayInZone(clock.now(), settings.organisation.timeZone);
	const firstOpen = firstOpenDay(closedPeriods(settings, options.booksClosedUntil));
	const date = firstOpen !== undefined && firstOpen > today ? firstOpen : today;
	const correcting: Correcting = { context, definition, options, today, date, firstOpen };

	const contacts = await oldContacts(context, open);
	const taken = new Set([
		...(await takenNumbers(context, definition, open)),
		...numbersOfOthers(definition, rows),
	]);
	for (const row of open) {
		row.correction = correctionOf(row, {
			definition,
			noteDefinition,
			date,
			isToday: date === today,
			takenNumbers: taken,
		});
		// Of two that want a number, the first has it.
		const own = numberOf(definition, row.correction.successor.draft);
		if (own !== undefined) taken.add(own);
		const contact = contacts.get(row.plan.document.contactId ?? '');
		if (
			!row.correction.isCredited &&
			!(contact && isActive(contact) && contact.mergedToId === undefined)
		) {
			const { contactName = 'its contact' } = row.plan.document;
			hold(
				row,
				options,
				`${contactName} is archived or was merged away in Xero`,
				'Restore the contact in Xero and run the record again, or undo the change in Knack.',
			);
		}
	}
	await planCreditNotes(correcting, noteDefinition, open.filter(isCorrecting));
	await planSuccessors(correcting, open.filter(isCorrecting));
}

async function oldContacts(
	{ client }: UpsertContext,
	rows: readonly CorrectingRow[],
): Promise<ReadonlyMap<string, XeroDocument>> {
	const ids = rows.flatMap(({ plan }) => plan.document.contactId ?? []);
	const found = await findContacts(client, { ids: [...new Set(ids)] });
	return new Map(found.map((contact) => [contact.id, contact]));
}

/** Numbers of the records that documents in Xero bear: the old one keeps its own. */
async function takenNumbers(
	{ client }: UpsertContext,
	definition: DocumentDefinition,
	rows: readonly CorrectingRow[],
): Promise<ReadonlySet<string>> {
	const [path] = definition.keys.filter(({ enforced }) => enforced).map((key) => key.path);
	if (path === undefined) return new Set();
	const asked = rows.flatMap(({ plan }) => {
		const number = headerText(plan.draft, path);
		const isOld = foldText(number ?? '') === foldText(plan.document.number ?? '');
		return number === undefined || isOld ? [] : [number];
	});
	const found =
		asked.length === 0
			? []
			: await findDocuments(client, definition, { values: { [path]: asked } });
	const old = rows.map(({ plan }) => plan.document);
	return new Set([...found, ...old].map(({ number }) => foldText(number ?? '')));
}

/** Numbers that other records of the run are about to have, folded. */
function numbersOfOthers(definition: DocumentDefinition, rows: readonly Row[]): string[] {
	const isToHave = ({ plan }: Row) => plan?.action === 'create' || plan?.action === 'update';
	return rows.filter(isToHave).flatMap(({ draft }) => numberOf(definition, draft) ?? []);
}

/** The number of a draft, folded, where each is one document's alone. */
function numberOf({ keys }: DocumentDefinition, draft: Draft): string | undefined {
	const [key] = keys.filter(({ enforced }) => enforced);
	const number = key && headerText(draft, key.path);
	return number === undefined ? undefined : foldText(number);
}

/** Finds the credit notes of runs that ended before their work was done, and plans those not there. */
async function planCreditNotes(
	{ context, options, today }: Correcting,
	definition: DocumentDefinition,
	rows: readonly CorrectingRow[],
): Promise<void> {
	const { client, settings } = context;
	const severities = options.ruleSeverities;
	const wanted = rows.flatMap(({ correction }) =>
		correction && !correction.isCredited ? [correction.creditNote] : [],
	);
	await findRows({ client, definition, settings, severities }, wanted, { isForWriting: true });
	for (const row of rows) {
		const { correction } = row;
		if (!correction) continue;
		const { creditNote } = correction;
		const { match } = creditNote;
		if (match?.kind === 'matched') {
			const { document, by, surplus = [] } = match;
			const { draft } = creditNote;
			const base = { draft, key: draftKey(definition, draft), contentHash: '', issues: [] };
			creditNote.plan = { ...base, action: 'keep', document, by, surplus };
			const misfit = correction.isCredited
				? undefined
				: whyUnfit(definition, row.plan.document, document);
			if (misfit !== undefined) {
				hold(
					row,
					options,
					`${documentLabel(definition, document)} is there for it, but ${misfit}`,
					'Put the credit note in Xero right, or void it and correct the document by hand.',
				);
			}
			continue;
		}
		const { changes } = row.plan;
		const wanted = changes.find(({ field }) => field === 'date')?.after;
		if (match?.kind === 'missing' && isDayAlone(changes) && wanted !== correction.date) {
			hold(
				row,
				options,
				`the new document would be dated ${correction.date}, and not ${String(wanted ?? '')}`,
				BY_HAND,
			);
			continue;
		}
		if (match?.kind === 'missing') {
			planNew(creditNote, { definition, context, options, today });
			const { plan } = creditNote;
			const amounts = plan?.action === 'create' ? plan.amounts : undefined;
			if (plan?.action === 'create' && !amounts?.total.eq(row.plan.document.amounts?.total ?? 0)) {
				hold(
					row,
					options,
					`a credit note of its lines would come to ${amounts ? moneyText(amounts.total, amounts.currency) : 'an unknown total'}`,
					BY_HAND,
				);
			}
		}
		const { plan } = creditNote;
		if (plan) {
			const draft = keyOfCreditNote(creditNote.draft, row.plan.document);
			creditNote.draft = draft;
			creditNote.plan = { ...plan, draft };
		}
		holdWith(row, creditNote, options);
	}
}

/** Why a credit note that is there cannot credit the document in full, and nothing else. */
export function whyUnfit(
	definition: DocumentDefinition,
	document: XeroDocument,
	note: XeroDocument,
): string | undefined {
	if (note.contactId !== document.contactId) return 'it is of another contact';
	if (!document.amounts?.total.eq(note.amounts?.total ?? 0)) return 'it has another total';
	if (isAllocated(note, document.id)) return undefined;
	if (note.hasPaymentsOrCredits) return 'it is used for something else';
	return isOpenForMoney(definition, note) ? undefined : 'it is not approved';
}

async function planSuccessors(
	{ context, definition, options, today, firstOpen }: Correcting,
	rows: readonly CorrectingRow[],
): Promise<void> {
	const { client, settings } = context;
	const severities = options.ruleSeverities;
	const successors = rows.flatMap(({ correction }) => correction?.successor ?? []);
	for (const { correction } of rows) if (correction) dateAsNote(correction, firstOpen);
	// The credit note comes first, so without one there is no new document.
	const sought = rows.flatMap(({ correction }) =>
		correction?.creditNote.match?.kind === 'matched' && !correction.isCredited
			? [correction.successor]
			: [],
	);
	await findRows({ client, definition, settings, severities }, sought, { isForWriting: true });
	for (const row of successors) {
		row.match ??= { kind: 'missing', issues: [] };
		planNew(row, { definition, context, options, today });
	}
	await holdLookalikes(client, definition, successors, { today, severities });
	await stopAtPlanLimit(client, definition, successors, settings, severities);
	for (const row of rows) if (row.correction) holdWith(row, row.correction.successor, options);
}

/** With a credit note of an earlier run, the new document is of the same day while that is open. */
function dateAsNote(
	{ creditNote, successor }: Correction,
	firstOpen: CalendarDate | undefined,
): void {
	const { match } = creditNote;
	const { replaces, draft } = successor;
	const day =
		match?.kind === 'matched' ? calendarDate(String(match.document.fields.date ?? '')) : undefined;
	if (day === undefined || !replaces) return;
	successor.replaces = { ...replaces, from: day };
	if (firstOpen !== undefined && day < firstOpen) return;
	successor.draft = { ...draft, fields: { ...draft.fields, date: day } };
}

interface Planning {
	readonly definition: DocumentDefinition;
	readonly context: UpsertContext;
	readonly options: UpsertOptions;
	readonly today: CalendarDate;
}

/** Checks and plans a credit note or new document, as a record of its own would be. */
export function planNew(row: Row, { definition, context, options, today }: Planning): void {
	const { settings } = context;
	row.draft = checkDraft({ definition, draft: row.draft, settings, today }, options.ruleSeverities);
	row.plan = planDraft({
		definition,
		draft: row.draft,
		match: row.match,
		contactId: contactIdOf(row),
		settings,
		options: { ...options, writePolicy: 'createOrUpdate', issuedDocuments: 'overwrite' },
		replaces: row.replaces,
	});
}

/** What stops the credit note or the new document stops the whole correction before it begins. */
function holdWith(row: Row, part: Row, { ruleSeverities }: UpsertOptions): void {
	const { plan } = row;
	if (plan?.action !== 'correct') return;
	const issues = part.plan?.issues ?? part.match?.issues ?? [];
	const stops = issues.filter(isStopping);
	if (stops.length === 0 && part.plan?.action !== 'stop') return;
	const found =
		stops.length > 0
			? stops
			: issueOf(
					LATE_RULES.issuedEdit,
					{ message: 'The correction could not be planned.', fix: BY_HAND },
					ruleSeverities,
				);
	row.plan = stopped(plan, found);
}

function stopped({ draft, key, contentHash, issues }: Plan, found: readonly Issue[]): Plan {
	return { action: 'stop', draft, key, contentHash, issues: [...issues, ...found] };
}

const BY_HAND =
	'Undo the change in Knack, or correct it in Xero by hand and keep the new document’s Xero ID in Knack.';

function hold(row: Row, { ruleSeverities }: UpsertOptions, why: string, fix: string): void {
	const { plan } = row;
	if (plan?.action !== 'correct') return;
	const label = plan.document.number ?? 'The document';
	const message = `${label} is not rewritten, and cannot be corrected by a credit note: ${why}.`;
	// Whatever its severity, there is nothing to go on with.
	const severities = { ...ruleSeverities, [LATE_RULES.issuedEdit.code]: 'hold' } as const;
	row.plan = stopped(plan, issueOf(LATE_RULES.issuedEdit, { message, fix }, severities));
}
