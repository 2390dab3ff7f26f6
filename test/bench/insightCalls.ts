import { dayInZone } from '../../lib/dates';
import type { Books } from '../../lib/insights/reading/books';
import type { InsightOperation } from '../../lib/n8n/insights/operation';
import { INSIGHT_OPERATIONS } from '../../lib/n8n/insights/operations';
import { parameterReader } from '../../lib/n8n/parameters/reader';
import type { XeroClient } from '../../lib/xero/client';
import { knackInMemory } from '../support/knackInMemory';
import { growLedger } from '../support/largeLedger';
import { frozenSandbox, xeroInMemory } from '../support/xeroInMemory';

/** Xero calls of an operation of Xero Insights in a ledger of so many sales invoices. */
export interface InsightCallFigures {
	readonly operation: string;
	readonly documents: number;
	/** In a run that does nothing else. */
	readonly alone: number;
	/** In a run in which all operations before it in the list were done. */
	readonly afterOthers: number;
}

/** What the panel has, where leaving it empty is not enough. */
const SETTINGS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
	onStop: { table: 'Customers' },
	jobProfitability: { trackingCategory: 'Job' },
	tieOut: { table: 'Orders', amountField: 'Total', account: '610' },
	syncHealth: { healthTable: 'Orders' },
};

/** Sales invoices and bills of 100 contacts, of which the ledger is made. */
async function postModels(client: XeroClient): Promise<void> {
	for (const [type, account] of [
		['ACCREC', '200'],
		['ACCPAY', '400'],
	] as const) {
		const elements = Array.from({ length: 100 }, (_, index) => ({
			Type: type,
			Contact: { Name: `Contact ${index} Ltd` },
			InvoiceNumber: `${type}-${index}`,
			Date: `2026-${String((index % 10) + 1).padStart(2, '0')}-15`,
			DueDate: '2026-12-15',
			Status: 'AUTHORISED',
			LineItems: [
				{ Description: 'Work', Quantity: 1, UnitAmount: 100 + index, AccountCode: account },
			],
		}));
		const answer = await client.write({
			method: 'POST',
			path: '/Invoices',
			body: { Invoices: elements },
			idempotencyKey: type,
		});
		if (answer.kind !== 'accepted') throw new Error(`Posting the books: ${answer.kind}`);
	}
}

/**
 * Calls of each operation alone, and of all in one run. Throws where that run asks Xero the same
 * twice, or where an operation may not read what it wants, which would cost too little.
 */
export async function measureInsights(documents: number): Promise<InsightCallFigures[]> {
	const sandbox = frozenSandbox('tradeBusiness');
	sandbox.xero.configure({ limitsOn: false });
	const { client, settings, clock } = await xeroInMemory(sandbox);
	await postModels(client);
	growLedger(sandbox, documents);
	const { organisation } = settings;
	const today = dayInZone(clock.now(), organisation.timeZone);

	function openBooks(): { readonly books: Books; readonly asked: string[] } {
		const asked: string[] = [];
		const read: typeof client.read = async (request) => {
			asked.push(JSON.stringify(request));
			return await client.read(request);
		};
		return { books: { client: { ...client, read }, organisation, today }, asked };
	}

	async function callsOf(operation: InsightOperation, { books, asked }: Opened): Promise<number> {
		const before = asked.length;
		const { prepare, value } = operation;
		const given = SETTINGS[value] ?? {};
		const run = prepare(
			parameterReader((name) => given[name] ?? null, { parameters: { operation: value } }),
		);
		const knack = async () => await Promise.resolve(knackInMemory(sandbox));
		const insight = await run({ books, day: today, knack });
		const left = insight.notIn.find((sentence) => /scope/i.test(sentence));
		if (left !== undefined) throw new Error(`${operation.name}: ${left}`);
		return asked.length - before;
	}

	type Opened = ReturnType<typeof openBooks>;
	const together = openBooks();
	const figures: InsightCallFigures[] = [];
	for (const operation of INSIGHT_OPERATIONS) {
		figures.push({
			operation: operation.name,
			documents,
			alone: await callsOf(operation, openBooks()),
			afterOthers: await callsOf(operation, together),
		});
	}
	const twice = together.asked.find((request, index) => together.asked.indexOf(request) < index);
	if (twice !== undefined) throw new Error(`Asked twice in one run: ${twice}`);
	return figures;
}
