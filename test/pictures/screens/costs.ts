import { allowAccess, sandboxCredentials } from '../../../scripts/realN8n/connectedN8n';
import { SCOPE_FOR_COSTS } from '../../../scripts/realN8n/exampleWorkflows';
import type { WorkflowFile } from '../../../scripts/realN8n/n8nRest';
import type { Camera } from '../camera';
import type { Stage } from '../stage';
import { canvasAfterRun, lookAtOnce } from './examples';

/** Examples 11 and 12: expenses of which one raises a question, and the hours of a month. */
export async function costs(stage: Stage, camera: Camera): Promise<void> {
	const connected = await connectionForCosts(stage);
	const show = async (
		file: 'example-11.png' | 'example-12.png',
		workflowId: string,
		executionId: string,
	): Promise<void> => await canvasAfterRun({ stage, camera, file, workflowId, executionId });

	const expenses = await stage.importExample('11', connected);
	await stage.n8n.activate(expenses);
	setAll(stage, 'Card Expenses', { Status: 'Submitted' });
	await show('example-11.png', expenses, await lookAtOnce(stage, expenses));

	const months = await stage.importExample('12', connected);
	await stage.n8n.activate(months);
	setAll(stage, 'Cost Months', { Status: 'Ready' });
	await show('example-12.png', months, await lookAtOnce(stage, months));
}

/** Connects Xero with the scopes that they need. @returns what chooses that connection */
async function connectionForCosts({
	n8n,
	sandboxUrl,
}: Stage): Promise<(workflow: WorkflowFile) => void> {
	const { xero } = sandboxCredentials(sandboxUrl);
	const data = { ...xero.data, scope: SCOPE_FOR_COSTS };
	const id = await n8n.rest.createCredential({ ...xero, data, name: 'Xero (costs)' });
	await n8n.rest.connectAccount(id, allowAccess);
	return ({ nodes }) => {
		for (const { credentials = {} } of nodes) {
			if (credentials[xero.type]) credentials[xero.type] = { id, name: 'Xero (costs)' };
		}
	};
}

function setAll({ sandbox }: Stage, table: string, values: Readonly<Record<string, string>>): void {
	for (const id of sandbox.knack.recordIds(table)) sandbox.knack.updateRecord(table, id, values);
}
