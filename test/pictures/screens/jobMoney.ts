import type { Camera } from '../camera';
import type { Stage } from '../stage';
import { canvasAfterRun, lookAtOnce } from './examples';

/** Example 17: a claim that goes over, and one of more than the contract. */
export async function claims(stage: Stage, camera: Camera): Promise<void> {
	const { sandbox, n8n } = stage;
	const workflowId = await stage.importExample('17');
	await n8n.activate(workflowId);
	const [job] = sandbox.knack
		.recordIds('Jobs')
		.filter((id) => sandbox.knack.shown('Jobs', id)['Contract Sum'] !== '');
	for (const id of sandbox.knack.recordIds('Claims')) {
		sandbox.knack.updateRecord('Claims', id, { Status: 'Ready' });
	}
	sandbox.knack.createRecord('Claims', { Job: job, Status: 'Ready', 'Work to Date': '84000' });
	const executionId = await lookAtOnce(stage, workflowId);
	await canvasAfterRun({ stage, camera, file: 'example-17.png', workflowId, executionId });
}
