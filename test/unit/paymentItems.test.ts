import { paymentHints, paymentItems } from '../../lib/n8n/paymentStatus/paymentItems';
import type { PaymentParameters } from '../../lib/sync/payments/paymentWishes';
import type { PaymentOutcome } from '../../lib/sync/payments/paymentOutcome';

const RUN: PaymentParameters = {
	operation: 'fromInput',
	documentType: 'salesInvoice',
	chosen: { table: 'object_1', match: {}, targets: {} },
	words: {},
	isPreview: false,
	isTool: false,
	isPreviewForTool: false,
	fillInvoiceId: true,
	clearWhenNone: true,
	whenMissing: 'attention',
	includeInput: false,
	firstRunDays: 90,
	lookBackHours: 24,
	fullCheckDays: 7,
};

function outcome(kind: PaymentOutcome['outcome'], index: number): PaymentOutcome {
	return {
		outcome: kind,
		document: { type: 'salesInvoice', id: `id-${index}`, number: `INV-${index}` },
		source: {},
		changes: [],
		issues: [
			{
				code: 'XERO_INVOICE_NOT_FOUND',
				severity: 'block',
				message: 'This is so.',
				fix: 'Do that.',
			},
		],
		summary: 'a sentence',
		sync: { key: 'k', contentHash: 'h', calls: 1, at: '2026-11-22T10:00:00Z' },
		itemIndexes: [index],
	};
}

const INPUT = [{ json: { a: 0 } }, { json: { a: 1 } }, { json: { a: 2 } }];
const OUTCOMES = [outcome('updated', 0), outcome('held', 1), outcome('unchanged', 2)];

describe('what the node puts out', () => {
	it('parts what is in order from what needs a person', () => {
		const [synced, attention] = paymentItems(RUN, OUTCOMES, INPUT);
		expect(synced.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
		expect(attention.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
		expect(attention[0]?.json).not.toHaveProperty('itemIndexes');
		expect(attention[0]?.json).not.toHaveProperty('input');
	});

	it('adds the input when asked', () => {
		const [synced] = paymentItems({ ...RUN, includeInput: true }, OUTCOMES, INPUT);
		expect(synced[1]?.json.input).toEqual({ a: 2 });
	});

	it('gives an agent everything on the first output, in short, and says that it is a preview', () => {
		const tool = { ...RUN, isTool: true, isPreview: true, isPreviewForTool: true };
		const [synced, attention] = paymentItems(tool, OUTCOMES, INPUT);
		expect(attention).toEqual([]);
		expect(synced.map(({ json }) => json.outcome)).toEqual(['updated', 'held', 'unchanged']);
		expect(synced[1]?.json).toMatchObject({
			invoice: 'INV-1',
			issues: ['This is so. Do that.'],
			note: expect.stringContaining('preview'),
		});
		expect(JSON.stringify(synced[1]?.json).length).toBeLessThan(400);
	});

	it('tells in the output pane what was done, what was not, and when it goes on', () => {
		const hints = paymentHints(
			{ ...RUN, operation: 'changed' },
			{
				outcomes: OUTCOMES,
				xeroCalls: 1,
				knackCalls: 7,
				known: 4,
				toldBefore: 2,
				complete: false,
				stopped: [
					{
						service: 'knack',
						cause: 'daySpent',
						message: 'The day is spent.',
						fix: 'Wait.',
						retryAtMs: Date.UTC(2026, 10, 23),
					},
				],
				notes: ['The place is kept.'],
			},
		).map(({ message }) => message);
		expect(hints[0]).toBe(
			'1 updated, 1 unchanged, 4 known already, 1 needs attention, 2 waiting as told before, 1 Xero call, 7 Knack calls.',
		);
		expect(hints).toContain('The place is kept.');
		expect(hints.join(' ')).toMatch(/next run goes on/);
		expect(hints.at(-1)).toContain('It goes on from 2026-11-23T00:00:00Z');
	});
});
