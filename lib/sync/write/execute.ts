import { contentHash } from '../../hash';
import type { ServiceFault } from '../../serviceFault';
import type {
	DocumentDefinition,
	WireElement,
	XeroDocument,
} from '../../xero/documents/definition';
import { DocumentIndex, matchDocument } from '../match/documentMatch';
import { ContactIndex, matchContact } from '../match/contactMatch';
import { contactOfDraft, lookUpContacts, lookUpDocuments } from '../match/lookUp';
import type { Draft } from '../draft';
import { planDraft, type Plan } from '../plan/plan';
import { planAgain, type UpsertContext, type UpsertOptions } from '../prepare';
import { isTaken } from '../words/xeroWords';
import { faultOr } from '../../serviceFault';
import type { SingleRequests } from './writeSingly';
import { SHARED_TURNS } from './turns';
import { isKeptUnique, removeOwnTwins } from './twins';
import { writeElements, type WriteItem, type WriteResult } from './writeElements';

/** A plan that writes, with its place among the run's plans. */
export interface Job {
	readonly index: number;
	readonly plan: Extract<Plan, { action: 'create' | 'update' }>;
	/** The document's contact in Xero. */
	readonly contactId?: string;
}

export type JobResult =
	| {
			readonly kind: 'done';
			readonly did: 'created' | 'updated' | 'unchanged';
			readonly document: XeroDocument;
			readonly warnings: readonly string[];
			/** The plan that was carried out in the end. */
			readonly plan: Plan;
			readonly by?: string;
			/** Found there when Xero was asked again: it may be another worker's. */
			readonly isReadBack?: boolean;
	  }
	/** A person must look: the plan says why. */
	| { readonly kind: 'stop'; readonly plan: Plan }
	| { readonly kind: 'rejected'; readonly messages: readonly string[] }
	| { readonly kind: 'unknown'; readonly reason: string }
	| { readonly kind: 'stopped'; readonly fault: ServiceFault };

/** Carries plans out: creates apart from updates, each in batches. One result per job. */
export async function execute(
	context: UpsertContext,
	definition: DocumentDefinition,
	jobs: readonly Job[],
	options: UpsertOptions,
): Promise<ReadonlyMap<number, JobResult>> {
	const results = new Map<number, JobResult>();
	const creates = jobs.filter((job) => job.plan.action === 'create');
	const portions = [
		creates.filter((job) => isKeptUnique(definition, job.plan.draft)),
		creates.filter((job) => !isKeptUnique(definition, job.plan.draft)),
		jobs.filter((job) => job.plan.action === 'update'),
	];
	for (const due of portions) await writeJobs(context, definition, due, options, results);
	await faultOr(removeOwnTwins(context, definition, jobs, results));
	const lostRaces = jobs.filter((job) => {
		const result = results.get(job.index);
		if (job.plan.action !== 'create') return false;
		if (result?.kind === 'rejected') return isTaken(result.messages);
		// What another worker posted from an older state of the record is brought up to date.
		return (
			result?.kind === 'done' &&
			result.isReadBack === true &&
			!isApplied(context, definition, job, result.document, options)
		);
	});
	for (const job of lostRaces) {
		results.set(job.index, await afterLostRace(context, definition, job, options));
	}
	return results;
}

function elementOf(job: Job): WireElement {
	return job.contactId !== undefined && job.plan.action === 'create'
		? { ...job.plan.element(), Contact: { ContactID: job.contactId } }
		: job.plan.element();
}

/** The requests of a document whose endpoint takes one at a time. */
function singlyOf({ singly }: DocumentDefinition, { plan }: Job): SingleRequests | undefined {
	if (plan.action === 'create') {
		const { fields } = plan.draft;
		const write = singly?.create?.(plan.element(), fields);
		return write && { writes: [write], fields };
	}
	const fields = { ...plan.document.fields, ...plan.draft.fields };
	const writes = singly?.update(plan.document.id, plan.element(), fields);
	return writes && { writes, fields };
}

/** The state that an update was planned on: its time, or all of it where Xero tells no time. */
function basisOf(document: XeroDocument): string {
	return String(document.updatedAtMs ?? contentHash(document.fields));
}

async function writeJobs(
	context: UpsertContext,
	definition: DocumentDefinition,
	jobs: readonly Job[],
	options: UpsertOptions,
	results: Map<number, JobResult>,
): Promise<void> {
	if (jobs.length === 0) return;
	const byIndex = new Map(jobs.map((job) => [job.index, job]));
	const items: WriteItem[] = jobs.map((job) => ({
		index: job.index,
		element: elementOf(job),
		basis: job.plan.action === 'update' ? basisOf(job.plan.document) : undefined,
		singly: singlyOf(definition, job),
	}));
	const [first] = jobs;
	const isCreate = first?.plan.action === 'create';
	const writing = {
		client: context.client,
		definition,
		method: isCreate ? ('PUT' as const) : ('POST' as const),
		...(first && isCreate && !isKeptUnique(definition, first.plan.draft)
			? {
					turn: {
						turns: context.turns ?? SHARED_TURNS,
						clock: context.clock,
						lookedUpAtMs: context.lookedUpAtMs ?? 0,
					},
				}
			: {}),
		readBack: (lost: readonly WriteItem[]) =>
			readBack(
				context,
				definition,
				lost.flatMap((item) => byIndex.get(item.index) ?? []),
				options,
			),
	};
	const written = await faultOr(writeElements(writing, items));
	for (const job of jobs) {
		const result: WriteResult | undefined = written.ok
			? written.value.get(job.index)
			: { kind: 'unknown', reason: written.failure.message };
		results.set(job.index, jobResult(definition, job, result));
	}
}

function jobResult(
	definition: DocumentDefinition,
	job: Job,
	result: WriteResult | undefined,
): JobResult {
	const did = job.plan.action === 'create' ? 'created' : 'updated';
	const by = job.plan.action === 'update' ? job.plan.by : undefined;
	if (result?.kind === 'written') {
		const document = definition.read(result.element);
		return { kind: 'done', did, document, warnings: result.warnings, plan: job.plan, by };
	}
	if (result?.kind === 'readBack') {
		const { document } = result;
		return { kind: 'done', did, document, warnings: [], plan: job.plan, by, isReadBack: true };
	}
	return result ?? { kind: 'unknown', reason: 'The record was not part of any answer.' };
}

/**
 * Asks Xero which of the jobs took effect although their answer never came: a create when exactly
 * one document fits the record, an update when nothing of it is left to do.
 */
async function readBack(
	context: UpsertContext,
	definition: DocumentDefinition,
	jobs: readonly Job[],
	options: UpsertOptions,
): Promise<ReadonlyMap<number, XeroDocument>> {
	const found = new Map<number, XeroDocument>();
	const asUpdate = (job: Job): Draft =>
		job.plan.action === 'update' ? { ...job.plan.draft, id: job.plan.document.id } : job.plan.draft;
	const drafts = jobs.map(asUpdate);
	const match =
		definition.type === 'contact'
			? await contactMatcher(context, drafts, options)
			: await documentMatcher(context, definition, drafts, options);
	jobs.forEach((job, position) => {
		const draft = drafts[position];
		if (!draft) return;
		const result = match(draft, job.contactId);
		if (result.kind !== 'matched') return;
		if (
			job.plan.action === 'create' ||
			isApplied(context, definition, job, result.document, options)
		) {
			found.set(job.index, result.document);
		}
	});
	return found;
}

async function contactMatcher(
	context: UpsertContext,
	drafts: readonly Draft[],
	options: UpsertOptions,
) {
	const index = new ContactIndex(await lookUpContacts(context.client, drafts.map(contactOfDraft)));
	return (draft: Draft) =>
		matchContact(index, contactOfDraft(draft), options.ruleSeverities, 'name');
}

async function documentMatcher(
	context: UpsertContext,
	definition: DocumentDefinition,
	drafts: readonly Draft[],
	options: UpsertOptions,
) {
	const found = await lookUpDocuments(context.client, definition, drafts);
	const index = new DocumentIndex(definition, found);
	return (draft: Draft, contactId: string | undefined) =>
		matchDocument(index, definition, draft, contactId, options.ruleSeverities);
}

/** Whether nothing of the update is left to do on what Xero has now. */
function isApplied(
	context: UpsertContext,
	definition: DocumentDefinition,
	job: Job,
	document: XeroDocument,
	options: UpsertOptions,
): boolean {
	const match = { kind: 'matched' as const, document, by: 'id', issues: [] };
	const { draft } = job.plan;
	return (
		planDraft(definition, draft, match, job.contactId, context.settings, options).action === 'keep'
	);
}

/** Somebody created the same meanwhile, and Xero refused ours: what is there decides. */
async function afterLostRace(
	context: UpsertContext,
	definition: DocumentDefinition,
	job: Job,
	options: UpsertOptions,
): Promise<JobResult> {
	const again = await faultOr(
		planAgain(context, definition, job.plan.draft, job.contactId, options),
	);
	if (!again.ok) return { kind: 'unknown', reason: again.failure.message };
	const plan = again.value;
	if (plan.action === 'keep') {
		return {
			kind: 'done',
			did: 'unchanged',
			document: plan.document,
			warnings: [],
			plan,
			by: plan.by,
		};
	}
	if (plan.action === 'update') {
		const results = new Map<number, JobResult>();
		await writeJobs(context, definition, [{ ...job, plan }], options, results);
		return results.get(job.index) ?? { kind: 'unknown', reason: 'No answer for the update.' };
	}
	return { kind: 'stop', plan };
}
