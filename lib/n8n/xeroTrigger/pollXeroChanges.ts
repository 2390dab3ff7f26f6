import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { isServiceFaultError, ServiceFaultError } from '../../serviceFault';
import { sweptKinds } from '../../sync/xeroEvents/eventFilter';
import type { EventItem } from '../../sync/xeroEvents/eventItem';
import { latestDocuments } from '../../sync/xeroEvents/latestDocuments';
import { isSweepDue, startFrom, sweepChanges } from '../../sync/xeroEvents/sweepChanges';
import { toNodeError, toTriggerError } from '../errors';
import {
	hadMemory,
	isFirstPoll,
	noteMemory,
	notePoll,
	pollBudget,
	requireAtFirstPoll,
} from '../trigger/polling';
import { requireSigningKey } from './signingKeyCheck';
import {
	eventPorts,
	storeMemory,
	toItems,
	triggerMemory,
	wantedOrganisations,
} from './triggerPorts';
import { readXeroTriggerSettings } from './triggerSettings';
import type { XeroTriggerSettings } from './triggerSettings';

const HOUR_MS = 3_600_000;

/**
 * One poll: the sweep for what webhooks missed, when it is due. Rejects with n8n's errors only. At
 * activation a refusal of Xero is no reason to: n8n would give up polling for good because of it,
 * while the webhook works; the next poll says what is wrong.
 */
export async function pollXeroChanges(
	context: IPollFunctions,
): Promise<INodeExecutionData[][] | null> {
	const settings = readSettings(context);
	if (context.getMode() === 'manual') return await fetchExamples(context, settings);
	const isFirst = isFirstPoll(context);
	await requireAtFirstPoll(context, requireSigningKey);
	notePoll(context);

	const memory = triggerMemory(context);
	const ports = eventPorts(context, pollBudget(context));
	const nowMs = ports.now();
	if (!isFirst && !isSweepDue(memory.state(), nowMs, settings.sweepEveryMs)) return null;
	const kinds = sweptKinds(settings.filter);
	if (settings.sweepEveryMs <= 0 || kinds.length === 0) return null;
	// Each sweep leaves a mark, and n8n keeps it from activation on: without one it is not known what
	// was missed while n8n was down.
	const hasForgotten = memory.state().sweptMs === undefined && hadMemory(context);
	try {
		const organisationIds = await wantedOrganisations(context, settings);
		const question = { organisationIds, kinds, includeRaw: settings.includeRaw };
		if (hasForgotten) {
			context.logger.warn(
				`n8n has lost what ${context.getNode().name} remembers: another step of the workflow has overwritten it. It looks back ${settings.lookBackMs / HOUR_MS} hours, so documents may come a second time.`,
			);
			startFrom(question, nowMs - settings.lookBackMs, memory);
		}
		const items = await sweepChanges(question, ports, memory);
		storeMemory(context, memory);
		noteMemory(context);
		return items.length === 0 ? null : [toItems(items)];
	} catch (error) {
		if (!isFirst || !isServiceFaultError(error)) throw toNodeError(context.getNode(), error);
		const { organisationId } = settings.filter;
		if (organisationId !== undefined && !hasForgotten) {
			startFrom({ organisationIds: [organisationId], kinds }, nowMs, memory);
			storeMemory(context, memory);
		}
		context.logger.warn(
			`The first sweep of Xero failed; the next one tries again. ${error.fault.message} ${error.fault.fix}`,
		);
		return null;
	}
}

function readSettings(context: IPollFunctions): XeroTriggerSettings {
	try {
		return readXeroTriggerSettings(context);
	} catch (error) {
		throw toTriggerError(context.getNode(), error);
	}
}

/** The latest documents, so that a person sees what later nodes will get. */
async function fetchExamples(
	context: IPollFunctions,
	settings: XeroTriggerSettings,
): Promise<INodeExecutionData[][]> {
	const ports = eventPorts(context, pollBudget(context));
	const items: EventItem[] = [];
	try {
		const [organisationId] = await wantedOrganisations(context, settings);
		if (organisationId === undefined) {
			throw new ServiceFaultError({
				service: 'xero',
				cause: 'organisationMissing',
				message: 'The Xero credential is connected to no organisation.',
				fix: 'Reconnect the Xero credential and choose an organisation when Xero asks.',
			});
		}
		for (const kind of sweptKinds(settings.filter)) {
			items.push(...(await latestDocuments(organisationId, kind, ports, settings)));
		}
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
	if (items.length > 0) return [toItems(items)];
	throw new NodeOperationError(context.getNode(), 'Xero has no documents of the chosen kinds yet', {
		description: 'Create one in Xero, or choose other Events, then fetch the test event again.',
	});
}
