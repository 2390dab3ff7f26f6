import { isStopping } from '../../knack/knackFaults';
import { faultOr, ServiceFaultError, type ServiceFault } from '../../serviceFault';
import { callKnack } from '../../sync/apiCall/callKnack';
import { faultIssue } from '../../sync/words/faultIssue';
import { mayAgentWrite, runsAsTool } from '../agentWriting';
import { recordItem } from '../apiCall/recordItem';
import { AGENT_MAY_NOT_WRITE, readCallParts, readCallSettings } from '../apiCall/readApiCall';
import { itemParameter, parameterReader } from '../parameters/reader';
import { API_CALL, API_CALL_OPTIONS } from './nodeParameters';
import type { Operation } from './operation';

/** Makes the call of each item; what it answers comes out record by record. */
export const callItems: Operation = (context, results, place) => {
	const { allowWritingAsTool } = parameterReader(
		itemParameter(context, 0),
		place,
	)(API_CALL_OPTIONS);
	const mayWrite = !runsAsTool(context) || mayAgentWrite(context.getNode(), allowWritingAsTool);
	const asked = results.read((index) => {
		const get = itemParameter(context, index);
		const settings = readCallSettings(API_CALL, get, place.parameters);
		const parts = readCallParts(API_CALL, get, place.parameters, settings);
		return { index, call: { ...settings, ...parts } };
	});
	return {
		async run(client) {
			for (const { index, call } of asked) {
				let stopped: ServiceFault | undefined;
				if (call.method !== 'GET' && !mayWrite) results.fail(index, [AGENT_MAY_NOT_WRITE]);
				else {
					const result = await faultOr(callKnack(client, call, call));
					if (!result.ok) {
						results.fail(index, [faultIssue(result.failure)], result.failure);
						if (isStopping(result.failure)) stopped = result.failure;
					} else if (result.value.kind === 'failed') results.fail(index, result.value.issues);
					else results.give(index, result.value.records.slice(0, call.limit).map(recordItem));
				}
				results.throwFirst();
				if (stopped) throw new ServiceFaultError(stopped);
			}
		},
	};
};
