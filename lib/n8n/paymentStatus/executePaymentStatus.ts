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
import { runPaymentStatus, type PaymentPorts } from '../../sync/payments/runPaymentStatus';
import { createPaymentGuard } from '../../sync/payments/paymentGuard';
import type { Clock } from '../../clock';
import type { KnackClient } from '../../knack/client';
import type { RunLog } from '../../sync/log/runLog';
import { loggedRun, logHints } from '../syncLog/loggedRun';
import type { ChosenLog } from '../syncLog/logParameters';
import { LOG } from './logParameters';

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
		const clock = createClock(context);
		const knack = await connectKnack(context);
		const told: string[] = [];
		const log = run.log && (await openLog(context, run.log, { knack, clock, told }));
		const ports: PaymentPorts = {
			clock,
			...(log ? { log } : {}),
			xero: async (organisation) => await connectXero(context, organisation),
			organisation: async (client) => await organisationOf(context, client),
			knack,
			guard: createPaymentGuard(run.guards, knack),
			turns: processState.invoiceTurns,
			node: triggerKey(context),
			places: processState.paymentPlaces,
			deduplication: deduplication(context),
		};
		const result = await loggedRun(log, async () => await runPaymentStatus(run, items, ports));
		const { outcomes } = result;
		const whole = { ...result, notes: [...result.notes, ...told] };
		const hints = [...paymentHints(run, whole), ...logHints(result.log, outcomes)];
		context.addExecutionHints(...hints);
		context.logger.info(`Payment Status to Knack: ${hints[0]?.message ?? ''}`, paymentSums(result));
		return paymentItems(run, result.outcomes, input);
	} catch (error) {
		return [[], faultOnEachItem(context, error)];
	}
}

/** The log of a run. What changed in Xero comes of one item, so that the invoice tells outcomes apart. */
async function openLog(
	context: IExecuteFunctions,
	chosen: ChosenLog,
	{ knack, clock, told }: { knack: KnackClient; clock: Clock; told: string[] },
): Promise<RunLog> {
	const { openRunLog } = await import('../syncLog/openRunLog');
	return openRunLog(context, chosen, LOG, {
		about: 'Payment Status to Knack',
		clock,
		knack: async () => await Promise.resolve(knack),
		identityOf: ({ itemIndexes, sync }) => `${itemIndexes.join()} ${sync.key}`,
		tell: (sentence) => told.push(sentence),
	});
}
