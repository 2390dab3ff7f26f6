import type { Draft } from '../../lib/sync/draft';
import { without } from '../../lib/without';
import { previewDocuments, upsertDocuments } from '../../lib/sync/upsert';
import { SALES_CREDIT_NOTE } from '../../lib/xero/documents/salesCreditNote';
import { SUPPLIER_CREDIT_NOTE } from '../../lib/xero/documents/supplierCreditNote';
import type { DocumentDefinition, FieldValues } from '../../lib/xero/documents/definition';
import { BANK_TRANSACTION } from '../../lib/xero/documents/bankTransaction';
import { BILL } from '../../lib/xero/documents/bill';
import { SALES_INVOICE } from '../../lib/xero/documents/salesInvoice';
import { PURCHASE_ORDER } from '../../lib/xero/documents/purchaseOrder';
import { MANUAL_JOURNAL } from '../../lib/xero/documents/manualJournal';
import { QUOTE } from '../../lib/xero/documents/quote';
import { frozenSandbox, xeroInMemory } from '../support/xeroInMemory';
import { Random } from './random';

/** The documents with amounts: sales with their discounts, purchases without. */
const DOCUMENTS: ReadonlyArray<{
	readonly definition: DocumentDefinition;
	readonly isSale: boolean;
}> = [
	{ definition: SALES_INVOICE, isSale: true },
	{ definition: BILL, isSale: false },
	{ definition: SALES_CREDIT_NOTE, isSale: true },
	{ definition: SUPPLIER_CREDIT_NOTE, isSale: false },
	{ definition: QUOTE, isSale: true },
	{ definition: PURCHASE_ORDER, isSale: false },
	{ definition: MANUAL_JOURNAL, isSale: false },
	{ definition: BANK_TRANSACTION, isSale: false },
];
type Priced = (typeof DOCUMENTS)[number];

const TAX_TYPES = {
	sale: ['OUTPUT2', 'RROUTPUT', 'ZERORATEDOUTPUT', 'NONE'],
	purchase: ['INPUT2', 'RRINPUT', 'ZERORATEDINPUT', 'NONE'],
} as const;

/** A decimal with so many places, from 0 up to a limit, as a person might type it. */
function decimalText(random: Random, most: number, places: number): string {
	const whole = String(random.int(0, most));
	if (places === 0) return whole;
	const fraction = String(random.int(0, 10 ** places - 1)).padStart(places, '0');
	return `${whole}.${fraction}`;
}

/** A document with anything that moves its totals: tax basis, discounts, four decimals, currency. */
function randomDocument(
	{ definition, isSale }: Priced,
	number: number,
	random: Random,
	currencies: readonly string[],
): Draft {
	const types = random.pick(['Exclusive', 'Inclusive', 'NoTax']);
	if (definition.amounts.mustBalance) return randomJournal(definition, number, random, types);
	if (definition === BANK_TRANSACTION) return randomTransaction(number, random, types);
	const hasDiscounts = definition.lineFields?.some(({ path }) => path === 'discountRate') ?? false;
	return {
		type: definition.type,
		itemIndexes: [number],
		fields: {
			'contact.name': 'Totals Ltd',
			[definition.numberPath]: `TOT-${number}`,
			date: '2026-11-20',
			lineAmountTypes: types,
			currencyCode: random.pick(currencies),
		},
		lines: randomLines(random, isSale, types).map((fields) => ({
			fields: {
				...fields,
				...(hasDiscounts && random.percent(25)
					? { discountRate: decimalText(random, 99, random.pick([0, 2])) }
					: {}),
			},
		})),
		source: {},
		issues: [],
	};
}

function randomLines(random: Random, isSale: boolean, lineAmountTypes: string): FieldValues[] {
	const taxTypes = isSale ? TAX_TYPES.sale : TAX_TYPES.purchase;
	return Array.from({ length: random.int(1, 6) }, (_, line) => ({
		description: `Line ${line + 1}`,
		quantity: decimalText(random, 40, random.pick([0, 0, 2, 4])),
		unitAmount: decimalText(random, 900, random.pick([0, 2, 3, 4])),
		accountCode: isSale ? '200' : '429',
		taxType: lineAmountTypes === 'NoTax' ? 'NONE' : random.pick(taxTypes),
	}));
}

/** Money spent or received, ahead or too much among it, on an account in pounds or in euros. */
function randomTransaction(number: number, random: Random, lineAmountTypes: string): Draft {
	const side = random.pick(['SPEND', 'RECEIVE']);
	const way = random.pick(['', '', '-PREPAYMENT', '-OVERPAYMENT']);
	const lines = randomLines(random, side === 'RECEIVE', lineAmountTypes);
	const isOverpayment = way === '-OVERPAYMENT';
	return {
		type: BANK_TRANSACTION.type,
		itemIndexes: [number],
		fields: {
			'contact.name': 'Totals Ltd',
			type: `${side}${way}`,
			'bankAccount.code': random.pick(['090', '092']),
			date: '2026-11-20',
			...(isOverpayment ? {} : { lineAmountTypes }),
			...(way === '' ? { reference: `TOT-${number}` } : {}),
		},
		lines: lines.map((fields) => ({
			fields: isOverpayment ? without(without(fields, 'accountCode'), 'taxType') : fields,
		})),
		source: { table: 'object_1', knackRecordId: `record${number}` },
		issues: [],
	};
}

/** Debits with the credits that they need, in any order, with tax or without. */
function randomJournal(
	definition: DocumentDefinition,
	number: number,
	random: Random,
	lineAmountTypes: string,
): Draft {
	const lines = Array.from({ length: random.int(1, 4) }, (_, line): FieldValues[] => {
		const taxType = lineAmountTypes === 'NoTax' ? 'NONE' : random.pick(TAX_TYPES.purchase);
		const amount = decimalText(random, 900, random.pick([0, 2]));
		const described = { description: `Line ${line + 1}`, accountCode: '429', taxType };
		return [
			{ ...described, lineAmount: amount },
			{ ...described, lineAmount: `-${amount}` },
		];
	}).flat();
	return {
		type: definition.type,
		itemIndexes: [number],
		fields: { narration: `TOT-${number}`, date: '2026-11-20', lineAmountTypes },
		lines: lines.map((fields) => ({ fields })),
		source: { table: 'object_1', knackRecordId: `record${number}` },
		issues: [],
	};
}

export interface TotalsResult {
	readonly documents: number;
	/** How many of each type were compared. */
	readonly byType: Readonly<Record<string, number>>;
	readonly currencies: readonly string[];
	/** How many were posted; the others were refused on both sides for the same reason. */
	readonly posted: number;
	readonly differences: readonly string[];
}

const PORTION = 200;

/** Predicts the totals of random documents, posts them, and compares with what the twin computed. */
export async function compareTotals(
	documents: number,
	firstSeed: number,
	onProgress?: (done: number) => void,
): Promise<TotalsResult> {
	const sandbox = frozenSandbox();
	// The yen has no smaller unit.
	sandbox.xero.addCurrency('JPY', '190');
	const world = await xeroInMemory(sandbox);
	const currencies = world.settings.currencies;
	const differences: string[] = [];
	const byType: Record<string, number> = {};
	let postedCount = 0;
	world.sandbox.xero.configure({ limitsOn: false });
	const start = world.sandbox.snapshot();
	for (let done = 0; done < documents; done += PORTION) {
		// The twin keeps no memory of earlier portions: this is about arithmetic, not about size.
		world.sandbox.restore(start);
		world.sandbox.journal.clear();
		const priced = DOCUMENTS[(done / PORTION) % DOCUMENTS.length] ?? DOCUMENTS[0];
		if (!priced) break;
		const drafts = Array.from({ length: Math.min(PORTION, documents - done) }, (_, index) =>
			randomDocument(priced, done + index, new Random(firstSeed + done + index), currencies),
		);
		byType[priced.definition.label] = (byType[priced.definition.label] ?? 0) + drafts.length;
		const { settings, clock, turns } = world;
		const context = { client: world.anotherClient(), settings, clock, turns };
		const preview = await previewDocuments(context, priced.definition, drafts);
		const written = await upsertDocuments(context, priced.definition, drafts);
		preview.outcomes.forEach((predicted, index) => {
			const posted = written.outcomes[index];
			if (posted?.outcome === 'created') postedCount += 1;
			const amounts = (outcome: typeof predicted | undefined) =>
				[outcome?.document.subTotal, outcome?.document.totalTax, outcome?.document.total].join(' ');
			// A document that both refuse for the same reason (a negative total) is no difference.
			if (
				posted?.outcome === 'created'
					? amounts(predicted) !== amounts(posted)
					: predicted.outcome !== posted?.outcome
			) {
				differences.push(
					`${priced.definition.label}, seed ${firstSeed + done + index}: predicted ${amounts(predicted)}, posted ${posted?.outcome} ${amounts(posted)}`,
				);
			}
		});
		onProgress?.(done + drafts.length);
	}
	return { documents, byType, currencies, posted: postedCount, differences };
}

export function totalsTable({ posted, currencies, byType, differences }: TotalsResult): string[] {
	return [
		`${posted} posted, in ${currencies.join(', ')}`,
		...Object.entries(byType).map(([type, count]) => `  ${count} × ${type}`),
		...differences.slice(0, 20).map((difference) => `WRONG ${difference}`),
		`${differences.length} predictions of totals or tax were wrong`,
	];
}
