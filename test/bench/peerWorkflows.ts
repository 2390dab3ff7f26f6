import type { CredentialReference } from '../../scripts/realN8n/connectedN8n';
import type { WorkflowFile } from '../../scripts/realN8n/n8nRest';
import {
	chained,
	EACH_RECORD,
	mappedBelow,
	recordsPostedTo,
	type WorkflowNode,
} from '../support/chainedWorkflow';

/** Of n8n's own kind, and of this package's. */
export interface PeerCredentials {
	readonly xeroOAuth2Api: CredentialReference;
	readonly xeroSyncOAuth2Api: CredentialReference;
}

export interface Peer {
	readonly way: string;
	/** Whether Xero's limits hold. */
	readonly limits: boolean;
	readonly workflow: (path: string, credentials: PeerCredentials) => WorkflowFile;
}

const API = 'https://api.xero.com/api.xro/2.0';

/** The ways from a list of orders to invoices, as people wire them. */
export function peerWorkflows(organisation: string): readonly Peer[] {
	const builtIn = {
		way: "n8n's own Xero node: Contact, then Invoice",
		workflow: (path: string, { xeroOAuth2Api }: PeerCredentials) =>
			builtInWorkflow(path, organisation, { xeroOAuth2Api }),
	};
	return [
		{
			way: 'This package: Map & Upsert to Xero',
			limits: true,
			workflow: (path, { xeroSyncOAuth2Api }) =>
				ourWorkflow(path, organisation, { xeroSyncOAuth2Api }),
		},
		{ ...builtIn, limits: true },
		{ ...builtIn, limits: false },
		{
			way: 'HTTP Request in a loop, a second apart, tried three times',
			limits: true,
			workflow: (path, { xeroOAuth2Api }) => loopWorkflow(path, organisation, { xeroOAuth2Api }),
		},
	];
}

function ourWorkflow(path: string, organisation: string, credentials: WorkflowNode['credentials']) {
	return chained('Orders to invoices', [
		...recordsPostedTo(path),
		{
			name: 'Create or Update',
			type: 'n8n-nodes-knack-xero.mapUpsertToXero',
			credentials,
			parameters: {
				organisation: { __rl: true, mode: 'list', value: organisation },
				document: 'salesInvoice',
				operation: 'upsert',
				fields: mappedBelow({
					'contact.name': '={{ $json.Customer }}',
					reference: '={{ $json["Order Number"] }}',
					date: '={{ $json["Order Date"] }}',
					dueDate: '={{ $json["Due Date"] }}',
				}),
				lineSource: 'list',
				lineList: 'Lines',
				lineFields: mappedBelow({
					description: 'Description',
					quantity: 'Quantity',
					unitAmount: 'Unit Price',
					accountCode: '200',
				}),
			},
		},
	]);
}

function builtInWorkflow(
	path: string,
	organisation: string,
	credentials: WorkflowNode['credentials'],
) {
	const order = `$('${EACH_RECORD}').item.json`;
	return chained('Orders to invoices', [
		...recordsPostedTo(path),
		{
			name: 'Contact',
			type: 'n8n-nodes-base.xero',
			credentials,
			parameters: {
				resource: 'contact',
				operation: 'create',
				organizationId: organisation,
				name: '={{ $json.Customer }}',
				additionalFields: {},
			},
		},
		{
			name: 'Invoice',
			type: 'n8n-nodes-base.xero',
			credentials,
			parameters: {
				resource: 'invoice',
				operation: 'create',
				organizationId: organisation,
				type: 'ACCREC',
				contactId: '={{ $json.ContactID }}',
				lineItemsUi: {
					lineItemsValues: [
						{
							description: `={{ ${order}.Lines[0].Description }}`,
							quantity: `={{ ${order}.Lines[0].Quantity }}`,
							taxType: 'OUTPUT2',
							unitAmount: `={{ ${order}.Lines[0]["Unit Price"] }}`,
							accountCode: '200',
						},
					],
				},
				additionalFields: {
					reference: `={{ ${order}["Order Number"] }}`,
					date: `={{ ${order}["Order Date"] }}`,
					dueDate: `={{ ${order}["Due Date"] }}`,
				},
			},
		},
	]);
}

function loopWorkflow(
	path: string,
	organisation: string,
	credentials: WorkflowNode['credentials'],
) {
	const body = `={{ JSON.stringify({
	Type: 'ACCREC',
	Contact: { Name: $json.Customer },
	Reference: $json['Order Number'],
	Date: $json['Order Date'],
	DueDate: $json['Due Date'],
	LineItems: $json.Lines.map((line) => ({
		Description: line.Description,
		Quantity: line.Quantity,
		UnitAmount: line['Unit Price'],
		AccountCode: '200',
	})),
}) }}`;
	const loop = chained('Orders to invoices', [
		...recordsPostedTo(path),
		{
			name: 'Loop Over Items',
			type: 'n8n-nodes-base.splitInBatches',
			typeVersion: 3,
			parameters: { batchSize: 1, options: {} },
		},
		{
			name: 'Post the Invoice',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			credentials,
			retryOnFail: true,
			maxTries: 3,
			waitBetweenTries: 5000,
			parameters: {
				method: 'PUT',
				url: `${API}/Invoices`,
				authentication: 'predefinedCredentialType',
				nodeCredentialType: 'xeroOAuth2Api',
				sendHeaders: true,
				headerParameters: { parameters: [{ name: 'Xero-tenant-id', value: organisation }] },
				sendBody: true,
				specifyBody: 'json',
				jsonBody: body,
				options: {},
			},
		},
		{
			name: 'Wait',
			type: 'n8n-nodes-base.wait',
			typeVersion: 1.1,
			parameters: { amount: 1, unit: 'seconds' },
		},
	]);
	const to = (node: string) => [{ node, type: 'main', index: 0 }];
	return {
		...loop,
		connections: {
			...loop.connections,
			// The first output is for what is done.
			'Loop Over Items': { main: [[], to('Post the Invoice')] },
			Wait: { main: [to('Loop Over Items')] },
		},
	};
}
