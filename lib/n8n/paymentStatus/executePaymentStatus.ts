import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { createClock } from '../clock';
import { faultOnEachItem } from '../faultOnEachItem';
import { connectKnack } from '../knackConnection';
import { processState } from '../processState';
import { paymentSums } from '../runSums';
import { connectXero, organisationOf, xeroConnectionKey } from '../xeroConnection';
import { deduplication } from './deduplication';
import { paymentHints, paymentItems } from './paymentItems';
import { readPaymentItem, readPaymentParameters } from './paymentParameters';
import { triggerKey } from '../trigger/triggerKey';
import { runPaymentStatus } from '../../sync/payments/runPaymentStatus';

/**
 * Runs Payment Status to Knack: outputs Synced and Needs Attention. Throws n8n's errors for what
 * makes every record impossible, or hands it to each item when the node may go on.
 */
export async function executePaymentStatus(
	context: IExecuteFunctions,
): Promise<INodeExecutionData[][]> {
	const input = context.getInputData();
	if (input.length === 0) return [[], []];
	try {
		const run = readPaymentParameters(context);
		const items = input.map((item, index) => readPaymentItem(context, item, index, run));
		// Knack is asked first, and nothing is asked with a Xero credential that cannot be read.
		await xeroConnectionKey(context);
		const result = await runPaymentStatus(run, items, {
			clock: createClock(context),
			xero: async (organisation) => await connectXero(context, organisation),
			organisation: async (client) => await organisationOf(context, client),
			knack: await connectKnack(context),
			turns: processState.invoiceTurns,
			node: triggerKey(context),
			places: processState.paymentPlaces,
			deduplication: deduplication(context),
		});
		const hints = paymentHints(run, result);
		context.addExecutionHints(...hints);
		context.logger.info(`Payment Status to Knack: ${hints[0]?.message ?? ''}`, paymentSums(result));
		return paymentItems(run, result.outcomes, input);
	} catch (error) {
		return [[], faultOnEachItem(context, error)];
	}
}
