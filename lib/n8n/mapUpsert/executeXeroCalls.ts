import { randomUUID } from 'crypto';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { contentHash } from '../../hash';
import type { Issue } from '../../issue';
import { faultOr, ServiceFaultError, type ServiceFault } from '../../serviceFault';
import { callXero } from '../../sync/apiCall/callXero';
import type { CallResult, RefusedRecord } from '../../sync/apiCall/callResult';
import { LATE_RULES } from '../../sync/check/rules/lateRules';
import { faultIssue } from '../../sync/words/faultIssue';
import { isPassing, notSent } from '../../sync/words/notSent';
import { countOf } from '../../texts';
import type { XeroClient } from '../../xero/client';
import { recordItem } from '../apiCall/recordItem';
import { without } from '../../without';
import { AGENT_MAY_NOT_WRITE } from '../apiCall/readApiCall';
import { attentionWords } from '../shownOutcome';
import { createXeroCallGuard } from './guardXeroCalls';
import { readXeroCalls, type ReadXeroCall, type XeroCallOfItem } from './readXeroCalls';

/** Why something was not done, and of what kind that is. */
interface Failure {
	readonly outcome: 'blocked' | 'held' | 'failed';
	readonly issues: readonly Issue[];
}

/** A call that a guard does not let through. */
interface HeldCall {
	readonly kind: 'held';
	readonly issues: readonly Issue[];
}

/** What became of one item. */
interface CallOutcome {
	readonly index: number;
	/** "GET /Invoices" */
	readonly said: string;
	readonly records: readonly unknown[];
	readonly limit: number | undefined;
	readonly refused: readonly RefusedRecord[];
	readonly failure?: Failure;
	readonly fault?: ServiceFault;
}

/** After these nothing more can be asked of the organisation in this run. */
const STOPPING: ReadonlySet<ServiceFault['cause']> = new Set([
	'credentialRefused',
	'organisationMissing',
	'daySpent',
	'rateLimited',
	'unreachable',
]);

/**
 * Makes the call of each item, one after the other: outputs answers, record by record, and what needs
 * attention. Throws ServiceFaultError where no item could be served at all, before anything was done.
 */
export async function executeXeroCalls(
	context: IExecuteFunctions,
	reach: (organisation: string | undefined) => Promise<XeroClient>,
): Promise<INodeExecutionData[][]> {
	const run = readXeroCalls(context);
	const guard = await createXeroCallGuard(context, run.guards, run.items);
	const clients = new Map<string, XeroClient>();
	const stopped = new Map<string, ServiceFault>();
	const keyOf = idempotencyKeys(context);
	const outcomes: CallOutcome[] = [];
	for (const item of run.items) outcomes.push(await outcomeOf(item));
	const faults = outcomes.flatMap(({ fault }) => fault ?? []);
	const [first] = faults;
	if (first && faults.length === outcomes.length && STOPPING.has(first.cause) && !isPassing(first))
		throw new ServiceFaultError(first);
	const calls = [...clients.values()].reduce((sum, client) => {
		const { reads, writes } = client.calls();
		return sum + reads + writes;
	}, 0);
	tell(context, outcomes, calls);
	return outputs(outcomes, run.isTool);

	async function outcomeOf(item: ReadXeroCall): Promise<CallOutcome> {
		const blank = { index: item.index, records: [], refused: [], limit: undefined };
		if ('issues' in item) {
			return { ...blank, said: 'API call', failure: { outcome: 'blocked', issues: item.issues } };
		}
		const { call, organisation = '' } = item;
		const said = `${call.method} ${call.path}`;
		if (call.method !== 'GET' && !run.mayWrite) {
			return { ...blank, said, failure: { outcome: 'blocked', issues: [AGENT_MAY_NOT_WRITE] } };
		}
		const result = await faultOr(answerTo(item));
		if (result.ok) {
			const { value } = result;
			if (value.kind === 'answered') return { ...blank, ...value, said, limit: call.limit };
			const { kind: outcome, issues } = value;
			if (outcome === 'failed') guard.cameToNothing(item.index, issues);
			return { ...blank, said, failure: { outcome, issues } };
		}
		const fault = result.failure;
		guard.cameToNothing(item.index, []);
		if (STOPPING.has(fault.cause)) stopped.set(organisation, fault);
		const failure = isPassing(fault)
			? notSent(fault, {})
			: { outcome: 'failed' as const, issues: [faultIssue(fault)] };
		return { ...blank, said, failure, fault };
	}

	async function answerTo(item: XeroCallOfItem): Promise<CallResult | HeldCall> {
		const { api, modifiedSinceMs, organisation = '' } = item;
		const before = stopped.get(organisation);
		if (before) throw new ServiceFaultError(before);
		const client = clients.get(organisation) ?? (await reach(item.organisation));
		clients.set(organisation, client);
		const held = await guard.hold(client, item);
		if (held) return { kind: 'held', issues: [held] };
		const { body, ...asked } = item.call;
		return await callXero(client, {
			...asked,
			api,
			modifiedSinceMs,
			idempotencyKey: keyOf(item),
			...(body && { body: body.text }),
		});
	}
}

/**
 * Of the execution, so that n8n may try the node again within it and nothing is done twice; another
 * execution writes again, unless the key is the user's own. A hash is safe in a header.
 */
function idempotencyKeys(context: IExecuteFunctions): (item: XeroCallOfItem) => string {
	const execution = context.getExecutionId() || randomUUID();
	const { id, name } = context.getNode();
	const run = context.getWorkflowDataProxy(0).$runIndex;
	return ({ index, idempotencyKey, api, call: { method, path, query, body } }) =>
		contentHash(
			idempotencyKey === undefined
				? [execution, id || name, run, index, api, method, path, query, body?.text ?? '']
				: ['own', idempotencyKey],
		);
}

function outputs(outcomes: readonly CallOutcome[], isTool: boolean): INodeExecutionData[][] {
	const answers: INodeExecutionData[] = [];
	const attention: INodeExecutionData[] = [];
	for (const outcome of outcomes) {
		const { index: item, said, records, limit, refused } = outcome;
		const pairedItem = { item };
		records.slice(0, limit).forEach((record, place) => {
			const summary = `${said}: record ${place + 1} of ${records.length}.`;
			answers.push({ json: { summary, ...recordItem(record) }, pairedItem });
		});
		if (records.length === 0 && refused.length === 0 && !outcome.failure && isWrite(said)) {
			answers.push({ json: { summary: `${said}: done. Xero sent nothing back.` }, pairedItem });
		}
		const troubles = [
			...(outcome.failure ? [outcome.failure] : []),
			...refused.map(({ record, issues }) => ({
				outcome: 'failed' as const,
				issues,
				answer: record,
			})),
		];
		for (const trouble of troubles) {
			const json = troubleItem(said, trouble, isTool);
			// An agent sees the first output only.
			(isTool ? answers : attention).push({ json, pairedItem });
		}
	}
	return [answers, attention];
}

function isWrite(said: string): boolean {
	return !said.startsWith('GET ');
}

const VERBS = { blocked: 'Not sent', held: 'Not sent yet', failed: 'Not done' } as const;

function troubleItem(
	said: string,
	trouble: Failure & { readonly answer?: unknown },
	isTool: boolean,
): IDataObject {
	const { outcome, issues, answer } = trouble;
	const isUncertain = issues.some(({ code }) => code === LATE_RULES.noAnswer.code);
	const whose = isUncertain ? 'What came back' : "Xero's answer";
	const verb = isUncertain ? 'Uncertain' : VERBS[outcome];
	const sentences = issues.map(({ message, fix, vendorMessage }) => {
		const isSaid = vendorMessage === undefined || message.includes(vendorMessage);
		return `${message}${isSaid ? '' : ` ${whose}: "${vendorMessage}".`} ${fix}`;
	});
	const summary = `${verb}: ${said}. ${sentences.join(' ')}`;
	if (isTool) return { summary, outcome };
	return {
		summary,
		record: said,
		outcome,
		issues: issues.map((issue): IDataObject => without(issue, 'candidates')),
		...(answer === undefined ? {} : { answer: recordItem(answer) }),
	};
}

/** What a person should know of the run as a whole. */
function tell(context: IExecuteFunctions, outcomes: readonly CallOutcome[], calls: number): void {
	const count = (fits: (outcome: CallOutcome) => boolean) => outcomes.filter(fits).length;
	const attention = count(({ failure, refused }) => failure !== undefined || refused.length > 0);
	const parts = [
		`${outcomes.length - attention} of ${outcomes.length} done`,
		...attentionWords(attention),
		countOf(calls, 'Xero call'),
	];
	const message = `${parts.join(', ')}.`;
	const type = attention === 0 ? 'info' : 'warning';
	context.addExecutionHints({ message, type, location: 'outputPane' });
	const cut = count(({ records, limit }) => limit !== undefined && records.length > limit);
	if (cut > 0) {
		context.addExecutionHints({
			message: 'More records came than Limit lets through. Set it higher, or switch on Return All.',
			type: 'info',
			location: 'outputPane',
		});
	}
	context.logger.info(`Map & Upsert to Xero, API call: ${message}`, {
		records: outcomes.length,
		needAttention: attention,
		xeroCalls: calls,
	});
}
