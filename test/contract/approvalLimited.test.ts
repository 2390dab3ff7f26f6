import type { HttpOutcome, HttpPort } from '../../lib/http';
import { upsertDocuments } from '../../lib/sync/upsert';
import { SALES_INVOICE } from '../../lib/xero/documents/salesInvoice';
import { orderDraft } from '../support/orders';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';

/** Approved invoices whose number somebody else may take are created as drafts before. */
describe('drafts that Xero was to approve', () => {
	let world: XeroInMemory;
	const { fields, ...rest } = orderDraft(1, 'Acme Ltd');
	const { invoiceNumber: _, ...withoutNumber } = fields;
	const order = { ...rest, fields: withoutNumber };

	beforeEach(async () => {
		world = await xeroInMemory();
		world.sandbox.xero.configure({ limitsOn: false });
	});

	/** What is said of the order when Xero answers each approval so. */
	async function approvedWith(answer: HttpOutcome) {
		const refusing =
			(inner: HttpPort): HttpPort =>
			async (request) =>
				Buffer.isBuffer(request.body) && request.body.includes('"Status":"AUTHORISED"')
					? answer
					: await inner(request);
		const client = world.anotherClient(refusing);
		const { outcomes } = await upsertDocuments({ ...world, client }, SALES_INVOICE, [order]);
		const [invoice] = world.sandbox.xero.invoices();
		expect(world.sandbox.xero.invoices()).toEqual([expect.objectContaining({ Status: 'DRAFT' })]);
		const { outcome, document, issues } = outcomes[0] ?? {};
		expect(document).toMatchObject({ id: invoice?.InvoiceID, number: invoice?.InvoiceNumber });
		return { outcome, said: issues?.map(({ code, message }) => `${code}: ${message}`) };
	}

	const refused = (problem: string): HttpOutcome => ({
		kind: 'answer',
		status: 429,
		headers: { 'x-rate-limit-problem': problem, 'retry-after': '3600' },
		body: '',
	});

	it.each([
		['day', 'XERO_DAY_SPENT'],
		['minute', 'XERO_RATE_LIMITED'],
	])('are told as drafts, not as not sent, when the %s is spent', async (problem, code) => {
		expect(await approvedWith(refused(problem))).toMatchObject({
			outcome: 'held',
			said: [
				expect.stringMatching(`^${code}: INV-\\d+ is in Xero as a draft and was not approved:`),
			],
		});
	});

	it('are told as drafts when Xero does not answer', async () => {
		const reason = 'The connection was reset.';
		expect(await approvedWith({ kind: 'noAnswer', code: 'ECONNRESET', reason })).toMatchObject({
			outcome: 'failed',
			said: [expect.stringMatching(/: INV-\d+ is in Xero as a draft/)],
		});
	});

	it('are approved by the next run, once', async () => {
		await approvedWith(refused('day'));
		const again = await upsertDocuments(world, SALES_INVOICE, [order]);
		expect(again.outcomes).toMatchObject([{ outcome: 'updated', issues: [] }]);
		expect(world.sandbox.xero.invoices()).toEqual([
			expect.objectContaining({ Status: 'AUTHORISED' }),
		]);
	});
});
