import { randomUUID } from 'node:crypto';
import type { Sandbox } from '../../sandbox/sandbox';
import { DEMO_TRADE_TENANT_ID } from '../../sandbox/xero/twin';
import type { Connections } from '../../scripts/realN8n/connectedN8n';
import type { WorkflowFile } from '../../scripts/realN8n/n8nRest';
import {
	chained,
	mappedBelow,
	postedTo,
	recordsPostedTo,
	type WorkflowNode,
} from '../support/chainedWorkflow';
import { untilSyncedOptions } from './untilSynced';

/** What a record is known by in Xero. */
export type Key = 'reference' | 'number';

export const UPSERT = 'Create or Update the Invoice';
export const CHANGED = 'For Everything Changed';

const ORGANISATION = { __rl: true, mode: 'list', value: DEMO_TRADE_TENANT_ID };

const LINES = {
	description: 'Description',
	quantity: 'Quantity',
	unitAmount: 'Unit Price',
	accountCode: 'Account Code',
	taxType: 'Tax Rate',
};

/**
 * Takes `{ records: [...] }` at the address `path`, and makes an approved invoice of each, whose ID,
 * number and message go back to its order.
 */
export function deliveredOrders(
	sandbox: Sandbox,
	connections: Connections,
	{ key, path }: { readonly key: Key; readonly path: string },
): WorkflowFile {
	return chained(`Orders by ${key}`, [
		...recordsPostedTo(path),
		{ ...upsertOrders(sandbox, key), credentials: { ...connections } },
	]);
}

/** The same for what Knack Trigger hands on by itself for as long as it is not in Xero. */
export function ordersUntilSynced(
	sandbox: Sandbox,
	connections: Connections,
	key: Key,
): WorkflowFile {
	return chained(`Orders by ${key}, until synced`, [
		{
			name: 'When an Order Is Completed',
			type: 'n8n-nodes-knack-xero.knackTrigger',
			webhookId: randomUUID(),
			credentials: only(connections, 'knackApi'),
			parameters: {
				pollTimes: { item: [{ mode: 'everyMinute' }] },
				table: table(sandbox),
				triggerOn: 'startsToMatch',
				conditions: {
					condition: [
						{ field: `${field(sandbox, 'Status')}|choice`, operator: 'is', value: 'Completed' },
					],
				},
				include: [`in|${sandbox.knack.schema('Order Lines').key}|${lineConnection(sandbox)}`],
				options: untilSyncedOptions(sandbox),
			},
		},
		{ ...upsertOrders(sandbox, key), credentials: { ...connections } },
	]);
}

/** A step that makes an approved invoice of each order. */
function upsertOrders(sandbox: Sandbox, key: Key): WorkflowNode {
	const identity = key === 'reference' ? 'reference' : 'invoiceNumber';
	return {
		name: UPSERT,
		type: 'n8n-nodes-knack-xero.mapUpsertToXero',
		parameters: {
			organisation: ORGANISATION,
			document: 'salesInvoice',
			operation: 'upsert',
			fields: mappedBelow({
				'contact.name': '={{ $json.Customer }}',
				[identity]: '={{ $json["Order Number"] }}',
				date: '={{ $json["Order Date"] }}',
				dueDate: '={{ $json["Due Date"] }}',
				currencyCode: '={{ $json.Currency }}',
			}),
			status: 'AUTHORISED',
			lineSource: 'list',
			lineList: 'Order Lines',
			lineFields: mappedBelow(LINES),
			writeBack: true,
			table: table(sandbox),
			writeBackFields: {
				xeroId: field(sandbox, 'Xero Invoice ID'),
				number: field(sandbox, 'Invoice Number'),
				status: field(sandbox, 'Invoice Status'),
				link: field(sandbox, 'Invoice Link'),
				message: field(sandbox, 'Sync Message'),
			},
			// Of a few records, so that what hangs on a document is seen as well.
			afterWriting: { note: '={{ $json.Note }}' },
		},
	};
}

/** Xero's events and two lists of invoices, each written to the orders; in one workflow, on purpose. */
export function paymentWorkflow(
	sandbox: Sandbox,
	connections: Connections,
	paths: { readonly told: string; readonly changed: string },
): WorkflowFile {
	const credentials = { ...connections };
	const written = {
		organisation: ORGANISATION,
		document: 'salesInvoice',
		table: table(sandbox),
		matchFields: { invoiceId: field(sandbox, 'Xero Invoice ID') },
		fieldsToWrite: {
			paymentStatus: field(sandbox, 'Payment Status'),
			amountDue: field(sandbox, 'Amount Due'),
		},
	};
	const fromInput: WorkflowNode = {
		name: 'Write the Payment Status',
		type: 'n8n-nodes-knack-xero.paymentStatusToKnack',
		credentials,
		parameters: { ...written, operation: 'fromInput', options: { whenMissing: 'skip' } },
	};
	const trigger: WorkflowNode = {
		name: 'When Xero Changes',
		type: 'n8n-nodes-knack-xero.xeroTrigger',
		credentials: only(connections, 'xeroSyncOAuth2Api'),
		webhookId: randomUUID(),
		parameters: {
			pollTimes: { item: [{ mode: 'everyMinute' }] },
			organisation: ORGANISATION,
			categories: ['INVOICE', 'PAYMENT'],
			eventTypes: ['CREATE', 'UPDATE'],
			sweepMinutes: 5,
		},
	};
	const changed: WorkflowNode = {
		name: CHANGED,
		type: 'n8n-nodes-knack-xero.paymentStatusToKnack',
		credentials,
		parameters: { ...written, operation: 'changed' },
	};
	const events = chained('Payments', [trigger, fromInput]);
	const told = chained('', [
		...recordsPostedTo(paths.told),
		{ ...fromInput, name: 'Write What Was Told', parameters: { ...fromInput.parameters } },
	]);
	const rounds = chained('', [postedTo(paths.changed, 'A Round Is Due'), changed]);
	return {
		...events,
		nodes: [...events.nodes, ...told.nodes, ...rounds.nodes],
		connections: { ...events.connections, ...told.connections, ...rounds.connections },
	};
}

function table(sandbox: Sandbox): Record<string, unknown> {
	return { __rl: true, mode: 'list', value: sandbox.knack.schema('Orders').key };
}

function field(sandbox: Sandbox, name: string): string {
	return sandbox.knack.fieldKey('Orders', name);
}

function lineConnection(sandbox: Sandbox): string {
	return sandbox.knack.fieldKey('Order Lines', 'Order');
}

function only(connections: Connections, type: string): NonNullable<WorkflowNode['credentials']> {
	const connection = connections[type];
	if (!connection) throw new Error(`There is no ${type}`);
	return { [type]: connection };
}
