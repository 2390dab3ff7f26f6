import type { Draft } from '../../lib/sync/draft';
import { previewDocuments, upsertDocuments } from '../../lib/sync/upsert';
import { SALES_INVOICE } from '../../lib/xero/documents/invoice';
import type { XeroInMemory } from '../support/xeroInMemory';
import { Random } from './random';

const TAX_TYPES = ['OUTPUT2', 'RROUTPUT', 'ZERORATEDOUTPUT', 'NONE'];

/** A decimal with so many places, from 0 up to a limit, as a person might type it. */
function decimalText(random: Random, most: number, places: number): string {
	const whole = String(random.int(0, most));
	if (places === 0) return whole;
	const fraction = String(random.int(0, 10 ** places - 1)).padStart(places, '0');
	return `${whole}.${fraction}`;
}

/** An invoice with anything that moves its totals: tax basis, discounts, four decimals, currency. */
export function randomInvoice(
	number: number,
	random: Random,
	currencies: readonly string[],
): Draft {
	const types = random.pick(['Exclusive', 'Inclusive', 'NoTax']);
	return {
		type: 'salesInvoice',
		itemIndexes: [number],
		fields: {
			'contact.name': 'Totals Ltd',
			invoiceNumber: `TOT-${number}`,
			date: '2026-11-20',
			dueDate: '2026-12-20',
			lineAmountTypes: types,
			currencyCode: random.pick(currencies),
		},
		lines: Array.from({ length: random.int(1, 6) }, (_, line) => ({
			fields: {
				description: `Line ${line + 1}`,
				quantity: decimalText(random, 40, random.pick([0, 0, 2, 4])),
				unitAmount: decimalText(random, 900, random.pick([0, 2, 3, 4])),
				accountCode: '200',
				taxType: types === 'NoTax' ? 'NONE' : random.pick(TAX_TYPES),
				...(random.percent(25)
					? { discountRate: decimalText(random, 99, random.pick([0, 2])) }
					: {}),
			},
		})),
		source: {},
		issues: [],
	};
}

export interface TotalsResult {
	readonly documents: number;
	readonly differences: readonly string[];
}

/** Predicts the totals of random invoices, posts them, and compares with what the twin computed. */
export async function compareTotals(
	world: XeroInMemory,
	documents: number,
	firstSeed: number,
	onProgress?: (done: number) => void,
): Promise<TotalsResult> {
	const currencies = world.settings.currencies;
	const differences: string[] = [];
	world.sandbox.xero.configure({ limitsOn: false });
	const start = world.sandbox.snapshot();
	for (let done = 0; done < documents; done += 200) {
		// The twin keeps no memory of earlier portions: this is about arithmetic, not about size.
		world.sandbox.restore(start);
		world.sandbox.journal.clear();
		const drafts = Array.from({ length: Math.min(200, documents - done) }, (_, index) =>
			randomInvoice(done + index, new Random(firstSeed + done + index), currencies),
		);
		const { settings, clock } = world;
		const context = { client: world.anotherClient(), settings, clock };
		const preview = await previewDocuments(context, SALES_INVOICE, drafts);
		const written = await upsertDocuments(context, SALES_INVOICE, drafts);
		preview.outcomes.forEach((predicted, index) => {
			const posted = written.outcomes[index];
			const amounts = (outcome: typeof predicted | undefined) =>
				[outcome?.document.subTotal, outcome?.document.totalTax, outcome?.document.total].join(' ');
			// A document that both refuse for the same reason (a negative total) is no difference.
			if (
				posted?.outcome === 'created'
					? amounts(predicted) !== amounts(posted)
					: predicted.outcome !== posted?.outcome
			) {
				differences.push(
					`seed ${firstSeed + done + index}: predicted ${amounts(predicted)}, posted ${posted?.outcome} ${amounts(posted)}`,
				);
			}
		});
		onProgress?.(done + drafts.length);
	}
	return { documents, differences };
}
