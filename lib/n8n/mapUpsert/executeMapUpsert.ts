import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { readOrganisationSettings } from '../../xero/readSettings';
import { createClock } from '../clock';
import { toNodeError } from '../errors';
import { connectKnack } from '../knackConnection';
import { connectXero } from '../xeroConnection';
import { readItemParameters } from './itemParameters';
import { outcomeHints, outcomeItems } from './outcomeItems';
import { readRunParameters } from './runParameters';
import { runUpsert } from './runUpsert';

/**
 * Runs Map & Upsert to Xero over all items: outputs Synced and Needs Attention. Throws n8n's errors
 * for what makes every record impossible, or hands it to each item when the node may go on.
 */
export async function executeMapUpsert(
	context: IExecuteFunctions,
): Promise<INodeExecutionData[][]> {
	const input = context.getInputData();
	if (input.length === 0) return [[], []];
	try {
		const run = readRunParameters(context);
		const items = input.map((item, index) => readItemParameters(context, item, index, run));
		const result = await runUpsert(run, items, {
			clock: createClock(context),
			timeZone: context.getTimezone(),
			xero: async (organisation) => await connectXero(context, organisation),
			settings: async (client) => await readOrganisationSettings(client),
			knack: async () => await connectKnack(context),
			onProgress: (done, total) => context.logger.debug(`${done} of ${total} records done`),
		});
		context.addExecutionHints(...outcomeHints(run, result));
		return outcomeItems(run, result.outcomes, input);
	} catch (error) {
		const nodeError = toNodeError(context.getNode(), error);
		if (!context.continueOnFail()) throw nodeError;
		return [
			[],
			input.map((item, index) => ({
				json: {
					...item.json,
					error: nodeError.message,
					...(nodeError.description ? { fix: nodeError.description } : {}),
				},
				error: nodeError,
				pairedItem: { item: index },
			})),
		];
	}
}
