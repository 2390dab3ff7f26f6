import { randomUUID } from 'crypto';
import { instantText } from '../dates';
import { createGiveWay, mapGivingWay, type GiveWay } from '../giveWay';
import type { ServiceFault } from '../serviceFault';
import { CONTACT } from '../xero/documents';
import type { DocumentDefinition } from '../xero/documents/definition';
import { MOST_ELEMENTS } from '../xero/requestSize';
import { withoutApprover } from './approval/approved';
import { carryOutCorrections } from './correction/carryOut';
import { foreseeCredit, useCreditOfRows } from './credit/rowsWithCredit';
import { followUp, foresee } from './references/followUp';
import type { Draft } from './draft';
import { createEarlyTelling } from './earlyTelling';
import type { Outcome, OutcomeKind } from './outcome';
import { outcomeOf, type OutcomeFacts, type Settled } from './outcomes';
import { isContactDue } from './plan/operations';
import { prepare, type Preparation } from './prepare';
import type { Row } from './row';
import { previewRow, settleRow } from './settle';
import { DEFAULT_OPTIONS, type UpsertContext, type UpsertOptions } from './upsertContext';
import { expectedWrites } from './write/expectedWrites';
import { execute, isDue } from './write/execute';
import { removeSurplus } from './write/takeBack';

export type { UpsertContext, UpsertOptions };

export interface UpsertReport {
	/** One per draft, in the order of the drafts. */
	readonly outcomes: readonly Outcome[];
	/** In a preview: the write calls that carrying it out would take. */
	readonly expectedCalls: number;
	/** Why the run ended before its last record, when it did. */
	readonly stopped?: ServiceFault;
}

/**
 * Shows what `upsertDocuments` would do with the same drafts, by the same plan. Reads only.
 * Throws ServiceFaultError when Xero cannot be read.
 */
export async function previewDocuments(
	context: UpsertContext,
	definition: DocumentDefinition,
	drafts: readonly Draft[],
	options: UpsertOptions = DEFAULT_OPTIONS,
): Promise<UpsertReport> {
	const preparation = await prepare(context, definition, drafts, options);
	const settling = { definition, severities: options.ruleSeverities };
	const giveWay = createGiveWay(context.clock);
	for (const row of preparation.rows) {
		row.settled = previewRow(settling, row);
		await giveWay();
	}
	const afterwards = foresee(preparation);
	foreseeCredit(preparation.rows);
	const expected = afterwards + (await expectedCalls(preparation, giveWay));
	const outcomes = await outcomesOf(preparation.rows, factsOf(context, definition), giveWay);
	return { outcomes, expectedCalls: expected };
}

/**
 * Brings documents into Xero: looks up, plans, and writes what differs. Every draft gets exactly
 * one outcome. Throws ServiceFaultError only as long as nothing has been written.
 */
export async function upsertDocuments(
	given: UpsertContext,
	definition: DocumentDefinition,
	drafts: readonly Draft[],
	options: UpsertOptions = DEFAULT_OPTIONS,
): Promise<UpsertReport> {
	const started: UpsertContext = { ...given, lookedUpAtMs: given.clock.now(), mark: randomUUID() };
	const preparation = await prepare(started, definition, drafts, options);
	const { rows, contacts, settings, reserve } = preparation;
	const context: UpsertContext = { ...started, settings };
	const settling = { definition, severities: options.ruleSeverities };
	const facts = () => factsOf(context, definition);
	const early = context.onSettled && createEarlyTelling(context.onSettled, preparation, facts);

	if (isAnythingDue(preparation)) await context.beforeWriting?.();
	await execute({ context, definition: CONTACT, options }, contacts.filter(isContactDue));
	failWithContacts(rows);
	early?.stopped();
	await removeSurplus({ context, definition, options }, rows);
	const ready = rows.filter((row) => isDue(row) && !row.repeats && !row.sent);
	// Whoever made the contact meanwhile may have made its documents. One alone has a turn for that.
	const isOvertaken = ready.length > 1 && contacts.some(isOfAnotherWorker);
	await execute(
		{
			context: isOvertaken ? { ...context, lookedUpAtMs: 0 } : context,
			definition,
			options,
			reserve,
			...(early ? { onSent: early.sent } : {}),
		},
		ready,
	);
	await carryOutCorrections(context, definition, rows, options);
	preparation.learnPosted?.();
	const giveWay = createGiveWay(given.clock);
	for (const row of rows) {
		row.settled = settleRow(settling, row);
		await giveWay();
	}
	await followUp(preparation, context.beforeWriting);
	await useCreditOfRows(context, definition, rows, options.ruleSeverities);
	context.onProgress?.(rows.length, rows.length);
	const stopped = rows.find(({ sent }) => sent?.kind === 'stopped')?.sent;
	return {
		outcomes: await outcomesOf(rows, factsOf(context, definition), giveWay),
		expectedCalls: 0,
		...(stopped?.kind === 'stopped' ? { stopped: stopped.fault } : {}),
	};
}

/** Whether something is to be written before what follows documents that stay as they are. */
function isAnythingDue({ rows, contacts }: Preparation): boolean {
	return (
		contacts.some(isContactDue) ||
		rows.some(
			({ plan, credit }) =>
				plan?.action === 'create' ||
				plan?.action === 'update' ||
				plan?.action === 'correct' ||
				(plan?.action === 'keep' && plan.surplus.length > 0) ||
				credit !== undefined,
		)
	);
}

/** Whether a contact that this run was to create was there already in the end. */
function isOfAnotherWorker({ plan, sent }: Row): boolean {
	return (
		plan?.action === 'create' &&
		sent?.kind === 'done' &&
		(sent.did !== 'created' || sent.isReadBack === true)
	);
}

/** A document whose contact is not there is not sent: Xero would make a contact of its own. */
function failWithContacts(rows: readonly Row[]): void {
	for (const row of rows) {
		const sent = row.contact?.sent;
		if (!sent || sent.kind === 'done' || !row.plan || row.plan.action === 'skip') continue;
		// Where only the contact was to be changed, the document is as it should be.
		row.sent =
			sent.kind === 'stop'
				? {
						kind: 'stop',
						plan: {
							...row.plan,
							action: 'stop',
							issues: [...row.plan.issues, ...sent.plan.issues],
						},
					}
				: sent;
	}
}

function factsOf(context: UpsertContext, definition: DocumentDefinition): OutcomeFacts {
	const calls = context.client.calls();
	return {
		definition,
		shortCode: context.settings.organisation.shortCode,
		settings: context.settings,
		calls: calls.reads + calls.writes,
		at: instantText(context.clock.now()),
	};
}

async function outcomesOf(
	rows: readonly Row[],
	facts: OutcomeFacts,
	giveWay: GiveWay,
): Promise<Outcome[]> {
	const repeated = new Set(rows.flatMap(({ repeats }) => repeats ?? []));
	await giveWay();
	const outcomes = await mapGivingWay(rows, giveWay, (row) => {
		const settled = shared(row);
		// Outcomes take the place of what they tell: a run of thousands does not keep both.
		if (!repeated.has(row)) row.match = row.plan = row.sent = row.settled = undefined;
		return settled && outcomeOf(settled, facts);
	});
	return outcomes.filter((outcome) => outcome !== undefined);
}

const IS_THERE: ReadonlySet<OutcomeKind> = new Set([
	'created',
	'updated',
	'wouldCreate',
	'wouldUpdate',
]);

/** A record that came again to the letter shares what became of the first, and says so. */
function shared({ repeats, draft, settled }: Row): Settled | undefined {
	if (!repeats?.settled) return settled;
	const first = repeats.settled;
	const { approval } = first.plan;
	return {
		...first,
		plan: { ...first.plan, draft, ...(approval ? { approval: withoutApprover(approval) } : {}) },
		outcome: IS_THERE.has(first.outcome) ? 'unchanged' : first.outcome,
		changes: [],
		operations: [],
	};
}

/** Write calls that carrying the plans out would take, before what follows the documents. */
async function expectedCalls(
	{ definition, rows, contacts }: Preparation,
	giveWay: GiveWay,
): Promise<number> {
	await giveWay();
	const due = rows.filter(({ repeats }) => !repeats);
	const surplus = due.flatMap(({ plan }) =>
		plan?.action === 'keep' || plan?.action === 'update' ? plan.surplus : [],
	);
	const corrections = due.flatMap(({ plan, correction }) =>
		plan?.action === 'correct' && correction ? [correction] : [],
	);
	await giveWay();
	const openingOf = ({ plan }: Row) =>
		plan?.action === 'update' ? (plan.order?.opening ?? []) : [];
	const [first] = corrections;
	const creditNotes = corrections.map(({ creditNote }) => creditNote);
	const successors = corrections.map(({ successor }) => successor);
	return (
		Math.ceil(surplus.length / MOST_ELEMENTS) +
		(first ? await expectedWrites(first.definition, creditNotes, giveWay) : 0) +
		corrections.filter(({ isCredited }) => !isCredited).length +
		(await expectedWrites(definition, successors, giveWay)) +
		(await expectedWrites(definition, due, giveWay)) +
		(await expectedWrites(CONTACT, contacts.filter(isContactDue), giveWay)) +
		due.reduce((sum, row) => sum + openingOf(row).length + (row.credit?.uses.length ?? 0), 0)
	);
}
