import type { Sandbox } from '../../sandbox/sandbox';
import { letXeroCall } from '../../scripts/realN8n/instantStarts';
import { type Execution, outputItems } from '../../scripts/realN8n/n8nRest';
import type { Verdict } from '../../scripts/queue/callWatch';
import type { QueueMode } from '../../scripts/queue/queueMode';
import { until } from '../../scripts/realN8n/waiting';
import { Random } from '../prove/random';
import { unpaidInvoice } from '../support/unpaidInvoice';
import { activated, allEnded, post } from './delivering';
import { CHANGED, paymentWorkflow } from './workflows';

export interface PaymentJob {
	/** Payments, their removal, and invoices that are voided. */
	readonly events: number;
	readonly seed: number;
}

export interface PaymentResult extends PaymentJob {
	readonly invoices: number;
	readonly executions: number;
	/** Executions by the process that wrote to Knack for them. */
	readonly writesBy: Readonly<Record<string, number>>;
	readonly failed: number;
	/** Orders that do not show what Xero has, some time after the last event. */
	readonly unlikeXero: readonly string[];
	/** The same of payments made while main was down, after it has looked. */
	readonly missedWhileDown: readonly string[];
	/** How many records each round of *For Everything Changed* told to be missing. */
	readonly missingByRound: readonly number[];
	/** Invoices without a record, which were told so in more than one round. */
	readonly toldMissingTwice: readonly string[];
	readonly seconds: number;
}

const MINUTE_MS = 60_000;
const ROUNDS = 3;
const WITHOUT_RECORD = 8;
const HOLD_EVERY = 9;
/** A newer write may be kept waiting behind the one that is held. */
const HOLD_AT_MOST_MS = 10_000;
const EVENT_EVERY_MS = 60;
/** A thousand executions take workers some minutes. */
const BACKLOG_MS = 25 * MINUTE_MS;

/**
 * Events on invoices in Xero, told of by webhooks and in lists, in an order of chance and over all
 * processes, some of which are slow to write what they read; then main is ended while payments are
 * made, and comes back.
 */
export async function provePayments(
	queue: QueueMode,
	sandbox: Sandbox,
	job: PaymentJob,
): Promise<PaymentResult> {
	const startedAt = Date.now();
	const firstCall = queue.watch.calls.length;
	const random = new Random(job.seed);
	const invoices = Array.from({ length: Math.ceil(job.events / 4) }, () => unpaidInvoice(sandbox));
	sandbox.knack.importRecords(
		'Orders',
		invoices.map((id) => ({ Status: 'Invoiced', 'Xero Invoice ID': id })),
	);
	for (let at = 0; at < WITHOUT_RECORD; at += 1) unpaidInvoice(sandbox);

	const paths = { told: `told-${job.seed}`, changed: `changed-${job.seed}` };
	const workflow = paymentWorkflow(sandbox, queue.connections, paths);
	const workflowId = await activated(queue, workflow);
	await letXeroCall(sandbox, queue.main.url, workflow);
	sandbox.xero.webhooks.faults = { ...sandbox.xero.webhooks.faults, oneByOne: true, shuffle: true };

	const letGo = holdSomeWrites(queue, sandbox);
	for (let at = 0; at < job.events; at += 1) {
		let invoice = random.pick(invoices);
		while (!happens(sandbox, invoice, random)) invoice = random.pick(invoices);
		if (at % 2 === 0) {
			const also = random.pick(invoices);
			const records = [invoice, also].map((id) => ({ document: { type: 'salesInvoice', id } }));
			await post(queue.main.url, paths.told, { records });
		}
		await new Promise((resolve) => setTimeout(resolve, EVENT_EVERY_MS));
	}
	await sandbox.xero.webhooks.flush();
	await atRest(queue, workflowId);
	letGo();
	// Events that main gathers, or waits for Xero's minute with, come when no execution is under way.
	const unlikeXero = await differencesAtRest(sandbox, invoices);

	const told = await roundsOfChanges(queue, workflowId, paths.changed);
	const missedWhileDown = await whileMainIsDown(queue, sandbox, invoices);
	const executions = await queue.main.rest.executions(workflowId);
	await queue.main.rest.deactivate(workflowId);
	sandbox.xero.webhooks.unregister();
	const writers = queue.watch.calls
		.slice(firstCall)
		.filter(({ method, path }) => method === 'PUT' && path.includes('/records/'));
	return {
		...job,
		invoices: invoices.length,
		executions: executions.length,
		failed: executions.filter(({ status }) => status !== 'success').length,
		writesBy: countBy(writers.map((call) => call.process)),
		unlikeXero,
		missedWhileDown,
		missingByRound: told.map((missing) => missing.length),
		toldMissingTwice: Object.entries(countBy(told.flat())).flatMap(([id, times]) =>
			times > 1 ? [id] : [],
		),
		seconds: Math.round((Date.now() - startedAt) / 1000),
	};
}

/** One thing that a person does to an invoice in Xero. @returns whether there was one to do */
function happens(sandbox: Sandbox, invoiceId: string, random: Random): boolean {
	const { due, paid, status } = moneyOf(sandbox, invoiceId);
	if (status === 'VOIDED') return false;
	const payment = sandbox.xero
		.organisation()
		.payments.all()
		.find(({ status, target }) => status === 'AUTHORISED' && target.id === invoiceId);
	if (payment && random.percent(30)) sandbox.xero.deletePayment(payment.paymentId);
	else if (due > 0 && random.percent(80)) {
		const partly = Math.min(due, random.int(1, 40));
		sandbox.xero.recordPayment({
			invoiceId,
			...(random.percent(70) ? { amount: partly.toFixed(2) } : {}),
		});
	} else if (paid === 0 && due > 0 && random.percent(20)) {
		sandbox.xero.voidInvoice({ invoiceId });
	} else return false;
	return true;
}

/**
 * Keeps one write of each so many on its way until a newer one of the same record has overtaken it:
 * the invoice is paid in full meanwhile, and Xero tells of it.
 */
function holdSomeWrites(queue: QueueMode, sandbox: Sandbox): () => void {
	let writes = 0;
	const overtaken = new Set<string>();
	let held: string | undefined;
	return queue.watch.observe(async ({ method, path }, stage): Promise<Verdict> => {
		const recordId = /\/records\/(\w+)/.exec(path)?.[1];
		if (method !== 'PUT' || recordId === undefined) return 'goesOn';
		if (stage === 'answered') {
			overtaken.add(recordId);
			return 'goesOn';
		}
		writes += 1;
		if (held !== undefined || writes % HOLD_EVERY !== 0) return 'goesOn';
		held = recordId;
		const invoiceId = sandbox.knack.shown('Orders', recordId)['Xero Invoice ID'] ?? '';
		const { status, due } = moneyOf(sandbox, invoiceId);
		if (status === 'AUTHORISED' && due > 0) {
			sandbox.xero.recordPayment({ invoiceId });
			overtaken.delete(recordId);
			await until('a newer write has overtaken it', HOLD_AT_MOST_MS, async () => {
				await Promise.resolve();
				return overtaken.has(recordId);
			}).catch(() => undefined);
		}
		held = undefined;
		return 'goesOn';
	});
}

/** Waits until no execution has been under way for a while. */
async function atRest(queue: QueueMode, workflowId: string): Promise<void> {
	let quietSince = Number.POSITIVE_INFINITY;
	let count = -1;
	await until(
		'no event is under way',
		BACKLOG_MS,
		async () => {
			const executions = await allEnded(queue, workflowId, 0, BACKLOG_MS);
			if (executions.length !== count) quietSince = Date.now();
			count = executions.length;
			return Date.now() - quietSince > HOLD_AT_MOST_MS;
		},
		1_000,
	);
}

/** Runs *For Everything Changed* a few times. @returns of each round the invoices told to be missing */
async function roundsOfChanges(
	queue: QueueMode,
	workflowId: string,
	path: string,
): Promise<string[][]> {
	const told: string[][] = [];
	const known = new Set((await queue.main.rest.executions(workflowId)).map(({ id }) => id));
	const isRound = ({ data }: Execution): boolean => data?.resultData.runData[CHANGED] !== undefined;
	for (let round = 1; round <= ROUNDS; round += 1) {
		await post(queue.main.url, path, {});
		const execution = await until('the round has ended', 3 * MINUTE_MS, async () => {
			for (const { id, status } of await queue.main.rest.executions(workflowId)) {
				if (known.has(id) || status !== 'success') continue;
				known.add(id);
				const ended = await queue.main.rest.execution(id);
				if (isRound(ended)) return ended;
			}
			return undefined;
		});
		const attention = outputItems(execution, CHANGED, 1);
		told.push(attention.map(({ document }) => String(Object(document).id)));
	}
	return told;
}

/** Pays while main is down, starts it, and waits until it has looked. @returns what is not in Knack */
async function whileMainIsDown(
	queue: QueueMode,
	sandbox: Sandbox,
	invoices: readonly string[],
): Promise<readonly string[]> {
	await queue.killMain();
	const paid = invoices
		.filter((invoiceId) => {
			const { due, status } = moneyOf(sandbox, invoiceId);
			return status === 'AUTHORISED' && due > 0;
		})
		.slice(0, 5);
	// Nobody hears of these by a webhook.
	sandbox.xero.webhooks.faults = { ...sandbox.xero.webhooks.faults, paused: true };
	for (const invoiceId of paid) sandbox.xero.recordPayment({ invoiceId });
	sandbox.xero.webhooks.forget();
	sandbox.xero.webhooks.faults = { ...sandbox.xero.webhooks.faults, paused: false };
	await queue.startMainAgain();
	return await differencesAtRest(sandbox, paid);
}

/** What is still unlike Xero when the last events have had their time. */
async function differencesAtRest(sandbox: Sandbox, invoices: readonly string[]): Promise<string[]> {
	await until('Knack equals Xero', 2 * MINUTE_MS, async () => {
		await Promise.resolve();
		return differences(sandbox, invoices).length === 0;
	}).catch(() => undefined);
	return differences(sandbox, invoices);
}

/** Of one alone: the books have thousands by then, and each of them is looked at a thousand times. */
function moneyOf(sandbox: Sandbox, invoiceId: string) {
	const invoice = sandbox.xero.organisation().invoices.get(invoiceId);
	if (!invoice) throw new Error(`There is no invoice ${invoiceId}.`);
	const { status, amountDue, amountPaid } = invoice;
	return { status, due: Number(amountDue), paid: Number(amountPaid) };
}

/** Orders whose payment state is not what Xero has, each with both sides. */
function differences(sandbox: Sandbox, invoiceIds: readonly string[]): string[] {
	const orders = new Map(
		sandbox.knack.recordIds('Orders').map((id) => {
			const order = sandbox.knack.shown('Orders', id);
			return [order['Xero Invoice ID'] ?? '', order] as const;
		}),
	);
	return invoiceIds.flatMap((invoiceId) => {
		const { status, due, paid } = moneyOf(sandbox, invoiceId);
		const wanted =
			status === 'VOIDED' ? 'Void' : due === 0 ? 'Paid' : paid > 0 ? 'Partly paid' : 'Unpaid';
		const order = orders.get(invoiceId);
		const shown = order?.['Payment Status'] ?? '';
		const shownDue = Number((order?.['Amount Due'] ?? '').replaceAll(/[£,]/g, '') || 'NaN');
		// An invoice that nothing ever happened to has never been written about.
		if (shown === '' && wanted === 'Unpaid') return [];
		const isRight = shown === wanted && (status === 'VOIDED' || shownDue === due);
		return isRight
			? []
			: [`${order?.['Order Number']}: ${wanted} ${due} in Xero, ${shown} ${shownDue} in Knack`];
	});
}

function countBy(all: readonly string[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const one of all) counts[one] = (counts[one] ?? 0) + 1;
	return counts;
}
