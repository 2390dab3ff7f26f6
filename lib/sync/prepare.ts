import type { CalendarDate } from '../dates';
import { createGiveWay, mapGivingWay, NEVER_GIVES_WAY, type GiveWay } from '../giveWay';
import { CONTACT } from '../xero/documents';
import type { DocumentDefinition } from '../xero/documents/definition';
import { readItems } from '../xero/readItems';
import type { OrganisationSettings } from '../xero/settings';
import { booksOf } from '../xero/books';
import { holdPlannedAgain, holdUnapproved, isApprovable } from './approval/holdUnapproved';
import { checkDraft } from './check/check';
import { textOf } from './check/draftValues';
import { leaveHeldOut, planContactRow, shareContacts } from './contacts';
import { tellOtherValues } from './contactValues';
import { complete } from './references/complete';
import type { Completed } from './references/completed';
import { planCredit } from './credit/planCredit';
import { planCorrections } from './correction/planCorrections';
import type { Draft } from './draft';
import { findDuplicates } from './duplicates';
import { holdWithArchivedContacts } from './find/archivedContacts';
import { holdCopiedIds } from './find/copiedIds';
import { findContactRows, findRows } from './find/finder';
import { holdKeptByOthers } from './find/keptByOthers';
import { aroundNew, holdLookalikes, readAroundNew, type ReadAround } from './find/looksPosted';
import { readLinkedAround } from './find/linkedAround';
import { findRenumbered } from './find/renumbered';
import { holdTakenKeys } from './find/takenNumbers';
import { holdTemplateNumbers } from './find/templateNumbers';
import { planDraft } from './plan/plan';
import { checkReverseCharge } from './plan/reverseCharge';
import { stopAtPlanLimit } from './plan/planLimit';
import { contactIdOf, isOpen, type ContactRow, type Row } from './row';
import { judgeUnusual } from './unusual/judge';
import { todayOf, type UpsertContext, type UpsertOptions } from './upsertContext';

/** Everything that a run will do, made by reading alone. */
export interface Preparation {
	readonly definition: DocumentDefinition;
	readonly options: UpsertOptions;
	/** The organisation's settings, with its items where they were needed. */
	readonly settings: OrganisationSettings;
	/** One per draft, in order. */
	readonly rows: readonly Row[];
	/** The contacts that the rows' documents name. */
	readonly contacts: readonly ContactRow[];
	/** What documents use up of others; see `Completed.reserve`. */
	readonly reserve?: Completed['reserve'];
	/** What records ask for beside their document; see `Completed.follow`. */
	readonly follow?: Completed['follow'];
	/** Takes what was sent into what later runs are held against; see `unusual/judge.ts`. */
	readonly learnPosted?: () => void;
}

/** Checks, finds and plans. Writes nothing; throws ServiceFaultError when Xero cannot be read. */
export async function prepare(
	context: UpsertContext,
	definition: DocumentDefinition,
	given: readonly Draft[],
	chosen: UpsertOptions,
): Promise<Preparation> {
	const options = { ...chosen, today: todayOf(context) };
	const severities = options.ruleSeverities;
	const giveWay = createGiveWay(context.clock);
	const completed = await complete(context, definition, given, severities, options);
	await giveWay();
	const settings = await withItems(context, definition, given, giveWay);
	const drafts = completed.drafts;
	const checking: Checking = { definition, settings, options, giveWay };
	const rows = await checkedRows(checking, drafts);
	await findDuplicates(definition, rows, severities, giveWay);

	const open = rows.filter(isOpen);
	const contacts = definition.hasContact ? await shareContacts(open, giveWay) : [];
	const { client, known } = context;
	// A contact that is a record itself is always written over; one beside a document, where that is chosen.
	const overwritesContacts =
		definition.isContact || options.contactPolicy === 'matchCreateOrUpdate';
	await findContactRows(client, contacts, severities, overwritesContacts, giveWay);
	const around = aroundNew(definition, open, { today: options.today, severities });
	const documents = await findRows(
		{ client, giveWay, definition, settings, severities, known },
		open,
		{
			overwritesContacts,
			isForWriting: true,
			besides: around,
		},
	);
	await holdKeptByOthers(definition, open, context.linkedRecords, severities);
	await mapGivingWay(contacts, giveWay, (contact) =>
		planContactRow(contact, settings, options.contactPolicy, severities),
	);
	await holdTakenKeys(client, CONTACT, contacts, { severities, giveWay });
	await mapGivingWay(rows, giveWay, (row) => planRow(row, definition, settings, options));
	for (const row of await holdCopiedIds(definition, rows, context.linkedRecords, severities)) {
		planRow(row, definition, settings, options);
	}
	await reviewPlans(context, checking, rows, around && { wanted: around, documents });
	const learnPosted = await judgeUnusual(
		{ ...context, settings },
		definition,
		rows,
		options,
		giveWay,
	);
	await planCorrections({ ...context, settings }, definition, rows, options);
	await giveWay();
	await completed.learn?.(rows.flatMap(({ plan }) => plan ?? []));
	if (completed.review) reviewRows(rows, completed.review);
	const { reserve, follow } = completed;
	const planned = { definition, options, settings, follow };
	const guarded = {
		rows: rows.filter((row) => isApprovable(context, planned, row)),
		paidIn: completed.paidIn,
	};
	await context.guard?.guardRows({ ...context, settings }, definition, guarded, options);
	leaveHeldOut(contacts, settings, options.contactPolicy, severities);
	tellOtherValues(contacts, options.contactPolicy, severities);
	await planCredit({ ...context, settings }, definition, rows, options);
	await holdUnapproved(context, { ...planned, rows });
	completed.decided?.(rows.flatMap(({ plan }) => plan ?? []));
	return { definition, options, settings, rows, contacts, reserve, follow, learnPosted };
}

/** What the records of a run are checked by. */
interface Checking {
	readonly definition: DocumentDefinition;
	readonly settings: OrganisationSettings;
	readonly options: UpsertOptions & { readonly today: CalendarDate };
	readonly giveWay: GiveWay;
}

async function checkedRows(
	{ definition, settings, options, giveWay }: Checking,
	drafts: readonly Draft[],
): Promise<Row[]> {
	const { today } = options;
	return await mapGivingWay(drafts, giveWay, (draft): Row => {
		if (draft.skipReason !== undefined) return { draft };
		const input = { definition, draft: withAccountCodes(draft, settings), settings, today };
		const checked = checkDraft(input, options.ruleSeverities);
		// With room for what the steps fill in; what an object lacks at first is kept beside it.
		return { draft: checked, contact: undefined, match: undefined, plan: undefined };
	});
}

/** Xero gives a line's account back by its code alone, so an id is taken for the code it stands for. */
function withAccountCodes(draft: Draft, settings: OrganisationSettings): Draft {
	if (!draft.lines?.some(({ fields }) => textOf(fields.accountID) !== undefined)) return draft;
	const lines = draft.lines.map((line) => {
		const { accountID, ...others } = line.fields;
		const id = textOf(accountID);
		const code = id === undefined ? undefined : booksOf(settings).account(id)?.code;
		return code === undefined || textOf(others.accountCode) !== undefined
			? line
			: { ...line, fields: { ...others, accountCode: code } };
	});
	return { ...draft, lines };
}

/** What is to be done for a row, now that it and its contact are found. */
function planRow(
	row: Row,
	definition: DocumentDefinition,
	settings: OrganisationSettings,
	options: UpsertOptions,
): void {
	const { draft, contact, match, replaces } = row;
	const ofContact = contact?.plan?.issues ?? [];
	// A contact that was archived stops what is to be posted, not what is there and stays as it is.
	const isArchived = contact?.match?.kind === 'stopped' && contact.match.archived !== undefined;
	const stopsAll = ofContact.length > 0 && !isArchived;
	row.plan = planDraft({
		definition,
		draft: stopsAll ? { ...draft, issues: [...draft.issues, ...ofContact] } : draft,
		match,
		issuesWhenDue: [...(isArchived ? ofContact : []), ...(draft.issuesWhenDue ?? [])],
		contactId: contactIdOf(row),
		settings,
		options,
		replaces,
	});
	checkReverseCharge(definition, row, settings, options.ruleSeverities);
	const needsLines =
		options.keepsLines ||
		options.isNumberedByTemplate ||
		// What lines are tracked by tells the job whose credit is used.
		options.openCredit === 'ofJob' ||
		// A reversal is held against the lines of its journal.
		options.reversal !== undefined ||
		// A bill is held against its order by its lines, also where the record has none.
		(draft.lines === undefined &&
			textOf(draft.fields[definition.fills?.path ?? '']) !== undefined) ||
		// Where lines are written alone, those that were there tell which are to be taken away.
		definition.wire.singly?.parts !== undefined;
	if (!needsLines) forgetLines(row);
}

/** What Xero has of a document's lines stands in the plan by now, but for one that is corrected. */
function forgetLines(row: Row): void {
	const { match, plan } = row;
	if (match?.kind !== 'matched' || plan?.action === 'correct') return;
	// Two rows may share a document; a match and a plan are their row's alone.
	const document = { ...match.document, lines: undefined };
	Object.assign(match, { document });
	if (plan?.action === 'keep' || plan?.action === 'update') Object.assign(plan, { document });
}

/** Gives each row its plan as it is by what the plans of all rows do together. */
function reviewRows(rows: readonly Row[], review: NonNullable<Completed['review']>): void {
	const due = rows.flatMap((row) =>
		row.plan ? [{ row, plan: row.plan, contactId: contactIdOf(row) }] : [],
	);
	const plans = review(due);
	due.forEach(({ row }, index) => (row.plan = plans[index] ?? row.plan));
}

/** Looks at the plans with what else has to be read for them. Throws ServiceFaultError. */
async function reviewPlans(
	{ client }: UpsertContext,
	{ definition, settings, options, giveWay }: Checking,
	rows: readonly Row[],
	read: ReadAround | undefined,
): Promise<void> {
	const { isNumberedByTemplate, ruleSeverities: severities, today } = options;
	const looking = { today, severities, giveWay };
	const present = await readAroundNew(client, definition, rows, looking, read);
	const finding = { client, giveWay, definition, settings, severities };
	await giveWay();
	const around = await readLinkedAround(client, definition, rows);
	for (const row of await findRenumbered(finding, rows, [...present, ...around])) {
		planRow(row, definition, settings, options);
	}
	if (isNumberedByTemplate) holdTemplateNumbers(definition, rows, severities);
	await giveWay();
	await holdTakenKeys(client, definition, rows, { severities, isNumberedByTemplate, giveWay });
	await giveWay();
	await holdWithArchivedContacts(client, definition, rows, severities);
	await giveWay();
	await holdLookalikes(client, definition, rows, looking, present);
	await giveWay();
	await stopAtPlanLimit(client, definition, rows, settings, severities);
	await giveWay();
}

/** The settings, with the organisation's items when any of the records names one. */
export async function withItems(
	{ client, settings }: UpsertContext,
	definition: DocumentDefinition,
	drafts: readonly Draft[],
	giveWay: GiveWay = NEVER_GIVES_WAY,
): Promise<OrganisationSettings> {
	const paths = (fields: DocumentDefinition['fields'] = []) =>
		fields.filter((field) => field.kind === 'item').map((field) => field.path);
	const [own, ofLines] = [paths(definition.fields), paths(definition.lineFields)];
	for (const draft of drafts) {
		const namesItem =
			draft.skipReason === undefined &&
			(own.some((path) => draft.fields[path]) ||
				draft.lines?.some((line) => ofLines.some((path) => line.fields[path])));
		if (namesItem) return { ...settings, items: await readItems(client) };
		await giveWay();
	}
	return settings;
}

/**
 * Finds and plans rows anew on what Xero has now, for those that lost a race. Throws
 * ServiceFaultError.
 */
export async function planAgain(
	context: UpsertContext,
	definition: DocumentDefinition,
	rows: readonly Row[],
	options: UpsertOptions,
): Promise<void> {
	const { client, settings } = context;
	const severities = options.ruleSeverities;
	await findRows({ client, definition, settings, severities }, rows, { isForWriting: true });
	for (const row of rows)
		planRow(row, definition, settings, { ...options, today: todayOf(context) });
	holdPlannedAgain(context.approval, rows);
}
