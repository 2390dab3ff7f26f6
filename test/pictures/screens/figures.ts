import { SCOPE_FOR_INSIGHTS } from '../../../scripts/realN8n/exampleWorkflows';
import type { WorkflowFile } from '../../../scripts/realN8n/n8nRest';
import type { JsonObject } from '../../../sandbox/xero/json';
import { startMailbox } from '../../support/mailbox';
import type { Camera } from '../camera';
import { setStatus, type Stage } from '../stage';
import { canvasAfterRun, lookAtOnce } from './examples';
import { connectedWith } from './otherConnection';

const PATIENCE_MS = 300_000;

/** Examples 13 to 16: the Monday page, the jobs, a night's comparison, a week beside another tool. */
export async function figures(stage: Stage, camera: Camera): Promise<void> {
	const { n8n, sandbox } = stage;
	const connected = await connectedWith(stage, 'Xero (figures)', SCOPE_FOR_INSIGHTS);
	const show = async (
		file: `example-${13 | 14 | 15 | 16}.png`,
		workflowId: string,
		trigger: string,
	): Promise<void> => {
		const { id } = await n8n.run(workflowId, trigger, PATIENCE_MS);
		await canvasAfterRun({ stage, camera, file, workflowId, executionId: id });
	};
	const owed = 'Ashdown Kitchens Ltd';
	sandbox.xero.person.saveInvoice(document('ACCREC', owed, 'INV-9101', '2000.00'));
	sandbox.xero.person.saveInvoice(document('ACCPAY', 'Larkhill Timber', 'B-9001', '1500.00'));

	const mailbox = await startMailbox();
	try {
		const smtp = await n8n.rest.createCredential({
			name: 'E-mail',
			type: 'smtp',
			data: {
				user: '',
				password: '',
				hostName: '',
				host: '127.0.0.1',
				port: mailbox.port,
				secure: false,
				disableStartTls: true,
			},
		});
		const page = await stage.importExample('13', (workflow) => {
			connected(workflow);
			sendThrough(workflow, smtp);
		});
		await show('example-13.png', page, 'Every Monday at Seven');
	} finally {
		await mailbox.stop();
	}

	const jobs = await stage.importExample('14', connected);
	await show('example-14.png', jobs, 'Every Morning at Six');

	const customer = 'Fernhill Primary School';
	setStatus(sandbox, [customer], 'In Progress');
	const orders = await stage.importExample('01');
	await n8n.activate(orders);
	stage.complete([customer]);
	await lookAtOnce(stage, orders);
	const order = sandbox.knack
		.recordIds('Orders')
		.map((id) => sandbox.knack.shown('Orders', id))
		.find(({ Customer }) => Customer === customer);
	sandbox.xero.person.editInvoice(order?.['Invoice Number'] ?? '', { DueDate: '2027-02-15' });
	const night = await stage.importExample('15');
	await show('example-15.png', night, 'Every Night');

	const week = await stage.importExample('16');
	await show('example-16.png', week, 'Every Monday at Eight');
}

function sendThrough({ nodes }: WorkflowFile, id: string): void {
	for (const node of nodes) {
		if (node.type === 'n8n-nodes-base.emailSend')
			node.credentials = { smtp: { id, name: 'E-mail' } };
	}
}

/** An approved one without tax, due long ago. */
function document(
	type: 'ACCREC' | 'ACCPAY',
	contact: string,
	number: string,
	amount: string,
): JsonObject {
	return {
		Type: type,
		InvoiceNumber: number,
		Contact: { Name: contact },
		Date: '2026-10-05',
		DueDate: '2026-10-20',
		Status: 'AUTHORISED',
		LineItems: [
			{
				Description: 'Work',
				Quantity: 1,
				UnitAmount: amount,
				AccountCode: type === 'ACCREC' ? '200' : '310',
				TaxType: 'NONE',
			},
		],
	};
}
