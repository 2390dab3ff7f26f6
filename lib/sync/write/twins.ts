import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { headerText } from '../check/draftValues';
import { DocumentIndex } from '../match/documentMatch';
import { lookUpDocuments } from '../match/lookUp';
import type { UpsertContext } from '../prepare';
import type { Job, JobResult } from './execute';
import { writeElements } from './writeElements';

/** The key that recognises the job's document, when Xero does not keep it unique by itself. */
function looseKey(
	definition: DocumentDefinition,
	job: Job,
): { path: string; value: string } | undefined {
	for (const key of definition.keys) {
		const value = headerText(job.plan.draft, key.path);
		if (value !== undefined) return key.enforced ? undefined : { path: key.path, value };
	}
	return undefined;
}

/** Of documents that are one and the same, the one that all workers keep. */
function survivor(documents: readonly XeroDocument[]): XeroDocument | undefined {
	const rank = (document: XeroDocument) => (document.hasPaymentsOrCredits ? 0 : 1);
	return [...documents].sort(
		(a, b) =>
			rank(a) - rank(b) || (a.updatedAtMs ?? 0) - (b.updatedAtMs ?? 0) || (a.id < b.id ? -1 : 1),
	)[0];
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
		const key = looseKey(definition, job);
		return job.plan.action === 'create' &&
			key &&
			result?.kind === 'done' &&
			result.did === 'created'
			? [{ job, key, own: result.document }]
			: [];
	});
	if (created.length === 0) return;
	const found = await lookUpDocuments(
		context.client,
		definition,
		created.map(({ job }) => job.plan.draft),
	);
	const index = new DocumentIndex(definition, found);
	for (const { job, key, own } of created) {
		const twins = index
			.find(key.path, key.value)
			.filter((document) => !definition.goneStatuses.includes(document.status ?? ''))
			.filter((document) => document.contactId === own.contactId)
			.filter((document) => sameTotal(document, own));
		const kept = survivor(twins);
		if (twins.length < 2 || !kept || kept.id === own.id || !twins.some(({ id }) => id === own.id)) {
			continue;
		}
		const isTakenBack = await takeBack(context, definition, job, own);
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

function sameTotal(a: XeroDocument, b: XeroDocument): boolean {
	return a.amounts === undefined || b.amounts === undefined || a.amounts.total.eq(b.amounts.total);
}

async function takeBack(
	context: UpsertContext,
	definition: DocumentDefinition,
	job: Job,
	own: XeroDocument,
): Promise<boolean> {
	const status = own.status === 'AUTHORISED' ? 'VOIDED' : 'DELETED';
	const element = { ...definition.fixed, [definition.idName]: own.id, Status: status };
	const results = await writeElements(
		{
			client: context.client,
			definition,
			method: 'POST',
			readBack: () => Promise.resolve(new Map<number, XeroDocument>()),
		},
		[{ index: job.index, element }],
	);
	return results.get(job.index)?.kind === 'written';
}
