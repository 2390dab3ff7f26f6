import { SCOPE_FOR_COSTS } from '../../../scripts/realN8n/exampleWorkflows';
import type { Camera } from '../camera';
import type { Stage } from '../stage';
import { canvasAfterRun, lookAtOnce } from './examples';
import { connectedWith } from './otherConnection';

/** Examples 11 and 12: expenses of which one raises a question, and the hours of a month. */
export async function costs(stage: Stage, camera: Camera): Promise<void> {
	const connected = await connectedWith(stage, 'Xero (costs)', SCOPE_FOR_COSTS);
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

function setAll({ sandbox }: Stage, table: string, values: Readonly<Record<string, string>>): void {
	for (const id of sandbox.knack.recordIds(table)) sandbox.knack.updateRecord(table, id, values);
}
