import type { IAllExecuteFunctions, IExecuteFunctions } from 'n8n-workflow';
import type { Clock } from '../../clock';
import type { KnackClient } from '../../knack/client';
import { faultOr, ServiceFaultError } from '../../serviceFault';
import { createChain, lostChain, type LogTarget } from '../../sync/log/chain';
import type { RunPlace } from '../../sync/log/logEntry';
import { createLogKey, type LogKey } from '../../sync/log/logKey';
import { findLogTable, missingInWords } from '../../sync/log/logTable';
import type { Hands } from '../../sync/log/recordContent';
import { createRunLog, type LogSettings, type RunLog } from '../../sync/log/runLog';
import { credentialOf, credentialReader } from '../credentialSettings';
import { KNACK_CREDENTIAL } from '../knackConnection';
import { itemParameter } from '../parameters/reader';
import type { ChosenLog, logParameters } from './logParameters';

/** The key of the node's app, from the secret of its credential. */
export async function logKeyOf(
	context: IAllExecuteFunctions,
	applicationId: string,
): Promise<LogKey> {
	const read = credentialReader('Knack API', await credentialOf(context, KNACK_CREDENTIAL));
	const own = read.secret('Sync Log Secret', 'syncLogSecret');
	return createLogKey(own || read.secret('REST API Key', 'apiKey'), applicationId);
}

/** Which workflow and execution it is, and which node in it. */
function placeOfRun(context: IExecuteFunctions): RunPlace {
	const { id, name } = context.getWorkflow();
	return {
		...(name === undefined ? {} : { workflow: name }),
		...(id === undefined ? {} : { workflowId: String(id) }),
		execution: context.getExecutionId(),
		node: context.getNode().name,
	};
}

/** Throws ServiceFaultError where the table is gone or cannot hold a log. */
export async function logTargetOf(
	context: IExecuteFunctions,
	knack: KnackClient,
	chosen: string,
	clock: Clock,
): Promise<LogTarget> {
	if (chosen === '') {
		throw new ServiceFaultError({
			service: 'knack',
			cause: 'requestRefused',
			message: 'No table is chosen for the Sync Log.',
			fix: 'Choose one under Log Table.',
		});
	}
	const log = findLogTable(await knack.app(), chosen);
	const key = await logKeyOf(context, knack.applicationId);
	return { knack, log, key, clock, place: placeOfRun(context) };
}

interface Opening extends Pick<LogSettings, 'identityOf'> {
	/** What the run is about, in words. */
	readonly about: string;
	/** The operation of Map & Upsert to Xero. */
	readonly operation?: string;
	readonly knack: () => Promise<KnackClient>;
	readonly clock: Clock;
	/** Says once for the run what the person who set it up should know. */
	tell(sentence: string): void;
}

/**
 * The log of a run, whose table is looked up once there is something to write. Where the table cannot
 * be used, the run goes on all the same, and what has no row is told of.
 */
export function openRunLog(
	context: IExecuteFunctions,
	chosen: ChosenLog,
	parameters: ReturnType<typeof logParameters>,
	{ about, operation, knack, clock, identityOf, tell }: Opening,
): RunLog {
	const open = async () => await logTargetOf(context, await knack(), chosen.table, clock);
	const openChain = async () => {
		const target = await faultOr(open());
		if (!target.ok) {
			const { message, fix } = target.failure;
			tell(`The Sync Log is not written. ${message} ${fix}`);
			return lostChain(target.failure);
		}
		const missing = missingInWords(target.value.log);
		if (missing !== undefined) tell(missing);
		return createChain(target.value, about, operation);
	};
	return createRunLog(openChain, {
		logged: chosen.logged,
		identityOf,
		handsOf: (index) => handsOf(context, index, parameters),
	});
}

/** What an expression cannot tell is left out: no record waits for its row. */
function handsOf(
	context: IExecuteFunctions,
	index: number,
	{ hands }: ReturnType<typeof logParameters>,
): Hands {
	try {
		const given = hands.read(itemParameter(context, index)(hands.name), { parameters: {} });
		return Object(
			Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
		);
	} catch {
		return {};
	}
}
