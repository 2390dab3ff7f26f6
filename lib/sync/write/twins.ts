import type {
	DocumentDefinition,
	DocumentKey,
	WireElement,
	XeroDocument,
} from '../../xero/documents/definition';
import { headerText } from '../check/draftValues';
import { DocumentIndex } from '../match/documentMatch';
import { lookUpDocuments } from '../match/lookUp';
import { areTwins, liveOnes, survivorOf } from '../match/twins';
import { agreesWithin } from '../match/within';
import type { Plan } from '../plan/plan';
import type { Draft } from '../draft';
import type { UpsertContext } from '../prepare';
import type { Job, JobResult } from './execute';
import { writeElements } from './writeElements';
import type { SingleRequests } from './writeSingly';

/** The value that recognises the draft's document in Xero, surest first. */
function decidingKey(
	definition: DocumentDefinition,
	draft: Draft,
): (DocumentKey & { readonly value: string }) | undefined {
	for (const key of definition.keys) {
		const value = headerText(draft, key.path);
		if (value !== undefined) return { ...key, value };
	}
	return undefined;
}

/** Whether Xero itself refuses a second document for the same record. */
export function isKeptUnique(definition: DocumentDefinition, draft: Draft): boolean {
	return decidingKey(definition, draft)?.enforced ?? false;
}

/**
 * Two workers at once can both create a document that is recognised by its reference alone, since
 * Xero keeps only numbers unique. So what was just created is looked up once more; where a twin
 * stands beside it, both workers choose the same survivor, and each takes back only its own.
 */
export async function removeOwnTwins(
	context: UpsertContext,
	definition: DocumentDefinition,
	jobs: readonly Job[],
	results: Map<number, JobResult>,
): Promise<void> {
	const created = jobs.flatMap((job) => {
		const result = results.get(job.index);
		const key = decidingKey(definition, job.plan.draft);
		const isAtRisk = job.plan.action === 'create' && key !== undefined && !key.enforced;
		return isAtRisk && result?.kind === 'done' && result.did === 'created'
			? [{ job, key, own: result.document }]
			: [];
	});
	if (created.length === 0) return;
	const present = await lookUpDocuments(
		context.client,
		definition,
		created.map(({ job }) => job.plan.draft),
	);
	const index = new DocumentIndex(definition, present);
	for (const { job, key, own } of created) {
		const found = liveOnes(definition, index.find(key.path, key.value)).filter(
			(document) =>
				document.contactId === own.contactId && agreesWithin(key, own.fields, document.fields),
		);
		const twins = areTwins(found) ? found : [];
		const kept = survivorOf(twins);
		if (twins.length < 2 || !kept || kept.id === own.id || !twins.some(({ id }) => id === own.id)) {
			continue;
		}
		const isTakenBack = await takeBack(context, definition, own);
		if (isTakenBack) {
			results.set(job.index, {
				kind: 'done',
				did: 'unchanged',
				document: kept,
				warnings: ['Another run posted the same document at the same moment; only one was kept.'],
				plan: job.plan,
				by: key.path,
			});
		}
	}
}

/** Deletes a document that is not approved yet, voids one that is. */
async function takeBack(
	context: UpsertContext,
	definition: DocumentDefinition,
	own: XeroDocument,
): Promise<boolean> {
	const removePath = definition.singly?.removePath?.(own.id, own.fields);
	if (removePath !== undefined) {
		const answer = await context.client.write({
			method: 'DELETE',
			path: removePath,
			api: definition.api,
			idempotencyKey: `knack-xero-remove-${own.id}`,
		});
		return answer.kind === 'accepted';
	}
	const moves = definition.statusMoves[own.status ?? ''] ?? [];
	const status = ['VOIDED', 'DELETED'].find((each) => moves.includes(each));
	// What cannot be taken back, such as a project, stays for a person to merge.
	if (status === undefined) return false;
	const element = { ...definition.fixed, [definition.idName]: own.id, Status: status };
	const results = await writeElements(
		{
			client: context.client,
			definition,
			method: 'POST',
			readBack: () => Promise.resolve(new Map<number, XeroDocument>()),
		},
		[{ index: 0, element, singly: singlyOf(definition, own, element) }],
	);
	return results.get(0)?.kind === 'written';
}

function singlyOf(
	{ singly }: DocumentDefinition,
	own: XeroDocument,
	element: WireElement,
): SingleRequests | undefined {
	return singly && { writes: singly.update(own.id, element, own.fields), fields: own.fields };
}

/** Takes back the twins that planning found: the same document, posted again by a run that died. */
export async function removeSurplus(
	context: UpsertContext,
	definition: DocumentDefinition,
	plans: readonly Plan[],
): Promise<void> {
	for (const plan of plans) {
		if (plan.action !== 'keep' && plan.action !== 'update') continue;
		for (const document of plan.surplus) await takeBack(context, definition, document);
	}
}
