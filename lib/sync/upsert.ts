import { instantText } from '../dates';
import type { Issue } from '../issue';
import type { ServiceFault } from '../serviceFault';
import { CONTACT } from '../xero/documents/contact';
import type { DocumentDefinition } from '../xero/documents/definition';
import { issueOf } from './check/check';
import { LATE_RULES } from './check/rules/lateRules';
import type { ContactPlan } from './contacts';
import { followUp, foresee } from './documents/followUp';
import type { Draft } from './draft';
import type { Outcome, OutcomeKind } from './outcome';
import { outcomeOf, type OutcomeFacts, type Settled } from './outcomes';
import type { Plan } from './plan/plan';
import {
	DEFAULT_OPTIONS,
	prepare,
	type Preparation,
	type UpsertContext,
	type UpsertOptions,
} from './prepare';
import { issuesOfXero } from './words/xeroWords';
import { MOST_ELEMENTS } from './write/batches';
import { execute, type Job, type JobResult } from './write/execute';
import { removeSurplus } from './write/twins';

export { DEFAULT_OPTIONS, type UpsertContext, type UpsertOptions };

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
	const facts = factsOf(context, definition);
	const settled = preparation.plans.map((plan) => foresee(preparation, previewOf(plan)));
	return {
		outcomes: withRepeats(preparation, settled).map((each) => outcomeOf(each, facts)),
		expectedCalls: expectedCalls(preparation),
	};
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
	const context: UpsertContext = { ...given, lookedUpAtMs: given.clock.now() };
	const preparation = await prepare(context, definition, drafts, options);
	const contacts = await writeContacts(context, preparation);
	const jobs = jobsOf(preparation, contacts);
	const results = await execute(
		// A contact that another worker made meanwhile may have documents that were not looked for.
		lostARace(preparation, contacts) ? { ...context, lookedUpAtMs: 0 } : context,
		definition,
		jobs.due,
		options,
	);
	await removeSurplus(context, definition, preparation.plans);
	const facts = factsOf(context, definition);
	const settled = await followUp(
		preparation,
		preparation.plans.map((plan, index) =>
			settle(plan, results.get(index) ?? jobs.settled.get(index), preparation),
		),
	);
	context.onProgress?.(settled.length, settled.length);
	const stopped = [...results.values(), ...jobs.settled.values()].find(
		(result) => result.kind === 'stopped',
	);
	return {
		outcomes: withRepeats(preparation, settled).map((each) => outcomeOf(each, facts)),
		expectedCalls: 0,
		...(stopped?.kind === 'stopped' ? { stopped: stopped.fault } : {}),
	};
}

function lostARace({ contacts }: Preparation, results: ReadonlyMap<number, JobResult>): boolean {
	return [...results].some(
		([position, result]) =>
			contacts[position]?.plan.action === 'create' &&
			result.kind === 'done' &&
			(result.did !== 'created' || result.isReadBack === true),
	);
}

function factsOf(context: UpsertContext, definition: DocumentDefinition): OutcomeFacts {
	const calls = context.client.calls();
	return {
		definition,
		shortCode: context.settings.organisation.shortCode,
		calls: calls.reads + calls.writes,
		at: instantText(context.clock.now()),
	};
}

/** What became of the run's contacts, by their position in the preparation. */
async function writeContacts(
	context: UpsertContext,
	{ contacts, plans, options }: Preparation,
): Promise<ReadonlyMap<number, JobResult>> {
	const jobs: Job[] = contacts.flatMap(({ plan, drafts }, index) => {
		const isNeeded = drafts.some((draft) => plans[draft]?.action !== 'stop');
		return isNeeded && (plan.action === 'create' || plan.action === 'update')
			? [{ index, plan }]
			: [];
	});
	return await execute(context, CONTACT, jobs, options);
}

function jobsOf(
	{ plans, contacts, contactOf, repeats }: Preparation,
	contactResults: ReadonlyMap<number, JobResult>,
): { due: Job[]; settled: Map<number, JobResult> } {
	const due: Job[] = [];
	const settled = new Map<number, JobResult>();
	plans.forEach((plan, index) => {
		if ((plan.action !== 'create' && plan.action !== 'update') || repeats.has(index)) return;
		const position = contactOf.get(index);
		const contact: ContactPlan | undefined =
			position === undefined ? undefined : contacts[position];
		const result = position === undefined ? undefined : contactResults.get(position);
		if (result && result.kind !== 'done') {
			settled.set(index, contactFailure(plan, result));
			return;
		}
		const contactId = result?.kind === 'done' ? result.document.id : contact?.contactId;
		due.push({ index, plan, contactId });
	});
	return { due, settled };
}

/** A document whose contact is not there is not sent: Xero would make a contact of its own. */
function contactFailure(plan: Plan, result: Exclude<JobResult, { kind: 'done' }>): JobResult {
	if (result.kind === 'stop') {
		return {
			kind: 'stop',
			plan: { ...plan, action: 'stop', issues: [...plan.issues, ...result.plan.issues] },
		};
	}
	return result;
}

function previewOf(plan: Plan): Settled {
	switch (plan.action) {
		case 'create':
			return {
				outcome: 'wouldCreate',
				plan,
				predicted: plan.amounts,
				changes: plan.changes,
				issues: plan.issues,
			};
		case 'update':
			return {
				outcome: 'wouldUpdate',
				plan,
				document: plan.amounts ? { ...plan.document, amounts: plan.amounts } : plan.document,
				by: plan.by,
				changes: plan.changes,
				issues: plan.issues,
			};
		default:
			return unwritten(plan);
	}
}

/** Outcomes that need no answer of Xero's. */
function unwritten(plan: Plan): Settled {
	if (plan.action === 'keep') {
		return {
			outcome: 'unchanged',
			plan,
			document: plan.document,
			by: plan.by,
			issues: plan.issues,
		};
	}
	if (plan.action === 'skip') return { outcome: 'skipped', plan, issues: plan.issues };
	const isBlocked = plan.issues.some((issue) => issue.severity === 'block');
	return { outcome: isBlocked ? 'blocked' : 'held', plan, issues: plan.issues };
}

function settle(
	plan: Plan,
	result: JobResult | undefined,
	{ definition, options }: Preparation,
): Settled {
	if (!result) return unwritten(plan);
	switch (result.kind) {
		case 'done':
			return doneOf(plan, result);
		case 'stop':
			return unwritten(result.plan);
		case 'rejected':
			return failedWith(
				plan,
				'blocked',
				issuesOfXero(result.messages, undefined, { definition, draft: plan.draft }),
			);
		case 'unknown':
			return failedWith(
				plan,
				'failed',
				issueOf(
					LATE_RULES.noAnswer,
					{
						message: `Xero did not answer, and could not be asked whether the record arrived. ${result.reason}`,
						fix: 'Run the record again: it is looked up first, so it cannot be posted twice.',
					},
					options.ruleSeverities,
				),
			);
		case 'stopped':
			return failedWith(
				plan,
				'failed',
				issueOf(
					LATE_RULES.notReached,
					{ message: `Not sent: ${result.fault.message}`, fix: result.fault.fix },
					options.ruleSeverities,
					result.fault.vendorMessage === undefined
						? {}
						: { vendorMessage: result.fault.vendorMessage },
				),
			);
	}
}

function doneOf(plan: Plan, result: Extract<JobResult, { kind: 'done' }>): Settled {
	const outcome: OutcomeKind = result.did;
	const carried = result.plan;
	return {
		outcome,
		plan: { ...plan, issues: carried.issues },
		document: result.document,
		by: result.by,
		changes: carried.action === 'create' || carried.action === 'update' ? carried.changes : [],
		issues: [...carried.issues, ...warningIssues(result.warnings)],
	};
}

/** Xero's warnings on a document that it took. */
function warningIssues(warnings: readonly string[]): Issue[] {
	return warnings.length === 0 ? [] : issuesOfXero(warnings, 'warn');
}

function failedWith(plan: Plan, outcome: OutcomeKind, issues: readonly Issue[]): Settled {
	return { outcome, plan, issues: [...plan.issues, ...issues] };
}

/** A record that came again to the letter shares what became of the first, and says so. */
function withRepeats({ repeats, plans }: Preparation, settled: readonly Settled[]): Settled[] {
	return settled.map((each, index) => {
		const first = repeats.get(index);
		const original = first === undefined ? undefined : settled[first];
		const plan = plans[index];
		if (!original || !plan) return each;
		const isThere: ReadonlySet<OutcomeKind> = new Set(['created', 'updated']);
		const wouldBe: ReadonlySet<OutcomeKind> = new Set(['wouldCreate', 'wouldUpdate']);
		return {
			...original,
			plan: { ...original.plan, draft: plan.draft },
			outcome:
				isThere.has(original.outcome) || wouldBe.has(original.outcome)
					? 'unchanged'
					: original.outcome,
			changes: [],
		};
	});
}

/** Write calls that carrying the plans out would take. */
function expectedCalls({ plans, contacts, repeats }: Preparation): number {
	const count = (list: readonly Plan[], action: Plan['action']) =>
		Math.ceil(list.filter((plan) => plan.action === action).length / MOST_ELEMENTS);
	const due = plans.filter((_plan, index) => !repeats.has(index));
	const ofContacts = contacts.map((contact) => contact.plan);
	const surplus = due.flatMap((plan) =>
		plan.action === 'keep' || plan.action === 'update' ? plan.surplus : [],
	);
	return (
		surplus.length +
		count(due, 'create') +
		count(due, 'update') +
		count(ofContacts, 'create') +
		count(ofContacts, 'update')
	);
}
