import { letXeroCall } from '../../../scripts/realN8n/instantStarts';
import type { WorkflowFile } from '../../../scripts/realN8n/n8nRest';
import { boxAround, type Camera } from '../camera';
import type { ScreenFile } from '../list';
import { setStatus, type Stage } from '../stage';

const PATIENCE_MS = 90_000;
/** The wider the window, the easier a canvas is read, and the heavier is its picture. */
const WIDTHS = [2300, 2050, 1800, 1550];
/** A step's name stands below it, outside of its own box. */
const ON_THE_CANVAS =
	'[data-test-id=canvas-node], [data-test-id=canvas-node] [class*=description], [data-test-id=sticky]';
const SCHEDULE = 'n8n-nodes-base.scheduleTrigger';

/** Each example's canvas after a run. In this order: one needs what the one before has written. */
export async function examplesAfterARun(stage: Stage, camera: Camera): Promise<void> {
	const show = async (file: ScreenFile, workflowId: string, executionId: string): Promise<void> =>
		await canvasAfterRun({ stage, camera, file, workflowId, executionId });
	const { n8n, sandbox } = stage;

	const first = ['Fernhill Primary School', 'Greenway Café', 'Harbour View Guest House'];
	const posted = await whenCompleted(stage, '01', first);
	await show('example-01.png', ...posted);

	const payments = await stage.importExample('02', onceAYear);
	await n8n.activate(payments);
	await letXeroCall(sandbox, n8n.url, await n8n.rest.workflow(payments));
	const invoice = numberOf(stage, 'Fernhill Primary School');
	sandbox.xero.approveInvoice(invoice);
	await n8n.nextExecution(payments, [], PATIENCE_MS);
	const known = (await n8n.rest.executions(payments)).map(({ id }) => id);
	sandbox.xero.recordPayment({ invoiceNumber: invoice, reference: 'Bank transfer' });
	const paid = await n8n.nextExecution(payments, known, PATIENCE_MS);
	await show('example-02.png', payments, paid.id);

	const second = ['Atelier Dubois SARL', 'Dunmore Dental Practice', 'Rivermead Properties'];
	const chain = await whenCompleted(stage, '03', second);
	await show('example-03.png', ...chain);

	const customers = await stage.importExample('04');
	await n8n.activate(customers);
	for (const id of sandbox.knack.recordIds('Customers')) {
		const { Name = '' } = sandbox.knack.shown('Customers', id);
		if (['Harbour View Guest House', 'Dunmore Dental Practice'].includes(Name))
			sandbox.knack.updateRecord('Customers', id, { Phone: '01632 960300' });
	}
	await show('example-04.png', customers, await lookAtOnce(stage, customers));

	await show('example-05.png', ...(await runByHand(stage, '05', 'Every Morning at Half Past Six')));
	await show('example-06.png', ...(await runByHand(stage, '06', 'Every Quarter of an Hour')));
	await show('example-07.png', ...(await runByHand(stage, '07', 'When a Workflow Fails')));
	await show('example-08.png', ...(await runByHand(stage, '08', 'Every Night')));

	const linking = 'To Link Who Is There Already';
	await show('example-10.png', ...(await runByHand(stage, '10', linking)));

	const jobs = await stage.importExample('09', onceAYear);
	await n8n.activate(jobs);
	for (const id of sandbox.knack.recordIds('Jobs')) {
		if (sandbox.knack.shown('Jobs', id).Status === 'New')
			sandbox.knack.updateRecord('Jobs', id, { Status: 'In Progress' });
	}
	await lookAtOnce(stage, jobs);
	await show('example-09.png', jobs, (await n8n.run(jobs, 'Every Hour', PATIENCE_MS)).id);
}

type WorkflowAndExecution = readonly [workflowId: string, executionId: string];

/** Completes orders while an example watches. */
async function whenCompleted(
	stage: Stage,
	number: string,
	customers: readonly string[],
): Promise<WorkflowAndExecution> {
	setStatus(stage.sandbox, customers, 'In Progress');
	const workflowId = await stage.importExample(number);
	await stage.n8n.activate(workflowId);
	stage.complete(customers);
	return [workflowId, await lookAtOnce(stage, workflowId)];
}

/** n8n looks when a workflow is activated. @returns the execution's id */
export async function lookAtOnce({ n8n }: Stage, workflowId: string): Promise<string> {
	await n8n.rest.deactivate(workflowId);
	await n8n.activate(workflowId);
	const { id } = await n8n.nextExecution(workflowId, [], PATIENCE_MS);
	await n8n.rest.deactivate(workflowId);
	return id;
}

async function runByHand(
	stage: Stage,
	number: string,
	trigger: string,
): Promise<WorkflowAndExecution> {
	const workflowId = await stage.importExample(number);
	return [workflowId, (await stage.n8n.run(workflowId, trigger, PATIENCE_MS)).id];
}

/** Rounds are started from here; the clock on the wall must not start one in between. */
function onceAYear({ nodes }: WorkflowFile): void {
	for (const node of nodes) {
		if (node.type === SCHEDULE)
			node.parameters.rule = { interval: [{ field: 'months', monthsInterval: 12 }] };
	}
}

function numberOf({ sandbox }: Stage, customer: string): string {
	const orders = sandbox.knack.recordIds('Orders').map((id) => sandbox.knack.shown('Orders', id));
	const { 'Invoice Number': number = '' } =
		orders.find(({ Customer }) => Customer === customer) ?? {};
	if (number === '') throw new Error(`The order of ${customer} has no invoice`);
	return number;
}

/** What n8n shows of an execution, cut to the workflow's own steps and notes. */
export async function canvasAfterRun(shot: {
	stage: Stage;
	camera: Camera;
	file: ScreenFile;
	workflowId: string;
	executionId: string;
}): Promise<void> {
	const { stage, camera, file, workflowId, executionId } = shot;
	const { page } = stage.editor;
	for (const width of WIDTHS) {
		await page.setViewportSize({ width, height: 1150 });
		await page.goto(`${stage.n8n.url}/workflow/${workflowId}/executions/${executionId}`);
		const nodes = page.locator(ON_THE_CANVAS);
		await nodes.first().waitFor();
		await page.waitForTimeout(2_500);
		const place = await boxAround(await nodes.all());
		if (await camera.takeIfLight(file, place, { margin: 10 })) return;
	}
	throw new Error(`${file} is too heavy at every width`);
}
