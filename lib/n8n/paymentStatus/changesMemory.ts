import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { z } from '../../vendor/zod';
import type { PaymentPorts } from '../../sync/payments/runPaymentStatus';

/** Organisations, document types and tables of which one node keeps the place. */
const MOST_SCOPES = 40;

const MEMBER = 'changedInvoices';

const memorySchema = z.record(z.string(), z.unknown()).catch({});

/**
 * The node's own memory in n8n's static data. Written as a new object each time: n8n does not see
 * a change inside of one. n8n keeps it with the workflow after runs of a published workflow.
 */
export function changesMemory(context: IExecuteFunctions): PaymentPorts['memory'] {
	const data: IDataObject = context.getWorkflowStaticData('node');
	const stored = (): Record<string, unknown> => memorySchema.parse(data[MEMBER] ?? {});
	return {
		read: (scope) => stored()[scope],
		write(scope, state) {
			const others = Object.entries(stored()).filter(([name]) => name !== scope);
			const kept = [...others, [scope, state] as const].slice(-MOST_SCOPES);
			data[MEMBER] = JSON.parse(JSON.stringify(Object.fromEntries(kept)));
		},
	};
}
