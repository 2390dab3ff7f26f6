import { letXeroCall } from '../../../scripts/realN8n/instantStarts';
import { until } from '../../../scripts/realN8n/waiting';
import type { Camera } from '../camera';
import type { Stage } from '../stage';
import { canvasAfterRun, lookAtOnce } from './examples';

/** Example 17: a claim that goes over, and one of more than the contract. */
export async function claims(stage: Stage, camera: Camera): Promise<void> {
	const { sandbox, n8n } = stage;
	const workflowId = await stage.importExample('17');
	await n8n.activate(workflowId);
	const job = idWhere(stage, 'Jobs', 'Job Name', 'Six flats at Mill Lane');
	for (const id of sandbox.knack.recordIds('Claims')) {
		sandbox.knack.updateRecord('Claims', id, { Status: 'Ready', 'Variations to Date': '800' });
	}
	sandbox.knack.createRecord('Claims', { Job: job, Status: 'Ready', 'Work to Date': '84000' });
	const executionId = await lookAtOnce(stage, workflowId);
	await canvasAfterRun({ stage, camera, file: 'example-17.png', workflowId, executionId });
}

/** Example 18: two drafts come into Xero; one is approved in Knack, of the other something is missing. */
export async function bills(stage: Stage, camera: Camera): Promise<void> {
	const { sandbox, n8n, sandboxUrl } = stage;
	const workflowId = await stage.importExample('18', ({ nodes }) => {
		const address = `${sandboxUrl}/xero/api.xro/2.0`;
		const text = JSON.stringify(nodes).replace('https://api.xero.com/api.xro/2.0', address);
		nodes.splice(0, nodes.length, ...(JSON.parse(text) as typeof nodes));
	});
	await n8n.activate(workflowId);
	await letXeroCall(sandbox, n8n.url, await n8n.rest.workflow(workflowId));
	for (const number of ['T-1000', 'T-1001']) {
		sandbox.xero.person.saveInvoice({
			Type: 'ACCPAY',
			Contact: { Name: 'Office Supplies Direct' },
			InvoiceNumber: number,
			Date: '2026-11-20',
			DueDate: '2026-12-20',
			Status: 'DRAFT',
			LineItems: [{ Description: 'Oak boards', Quantity: 4, UnitAmount: 50, TaxType: 'INPUT2' }],
		});
	}
	const both = await until('both bills are in Knack', 90_000, async () => {
		const ids = sandbox.knack.recordIds('Bills');
		return ids.length === 2 && ids;
	});
	for (const [index, id] of both.entries()) {
		sandbox.knack.updateRecord('Bills', id, {
			Status: 'Approved',
			Job: index === 0 ? idWhere(stage, 'Jobs', 'Job Name', 'Reception counter') : '',
			'Cost Code': idWhere(stage, 'Cost Codes', 'Cost Code', 'Materials'),
			'Approved By': 'Rowan Ashby',
			'Approved On': '23/11/2026',
			'Approved Total': '240',
		});
	}
	await n8n.rest.deactivate(workflowId);
	await n8n.activate(workflowId);
	const { id } = await until('the approval has run', 90_000, async () => {
		const ran = await n8n.rest.executions(workflowId, { withData: true });
		return ran.find(({ data }) => data?.resultData.runData['When a Bill Is Approved']);
	});
	await n8n.finished(id);
	await n8n.rest.deactivate(workflowId);
	await canvasAfterRun({ stage, camera, file: 'example-18.png', workflowId, executionId: id });
}

function idWhere({ sandbox }: Stage, table: string, field: string, value: string): string {
	const { knack } = sandbox;
	const id = knack.recordIds(table).find((one) => knack.shown(table, one)[field] === value);
	if (id === undefined) throw new Error(`${table} has no record whose ${field} is ${value}`);
	return id;
}
