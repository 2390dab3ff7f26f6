import type { Draft, DraftLine } from '../../../lib/sync/draft';
import type { FieldValues } from '../../../lib/xero/documents/definition';
import type { Random } from '../random';

export const KINDS = [
	'salesInvoice',
	'bill',
	'salesCreditNote',
	'quote',
	'purchaseOrder',
	'contact',
] as const;
export type Kind = (typeof KINDS)[number];

export const ACCOUNTS = ['200', '260', '429', '461'];

/** Numbered by people, so that each is found again. */
const NUMBERS: Readonly<Record<Exclude<Kind, 'contact'>, string>> = {
	salesInvoice: 'invoiceNumber',
	bill: 'invoiceNumber',
	salesCreditNote: 'creditNoteNumber',
	quote: 'quoteNumber',
	purchaseOrder: 'purchaseOrderNumber',
};

export function randomLine(random: Random, kind: Kind): DraftLine {
	const isSale = kind !== 'bill' && kind !== 'purchaseOrder';
	return {
		fields: {
			description: random.pick(['Labour', 'Oak boards', 'Call-out', 'Survey of the roof']),
			quantity: String(random.int(1, 20)),
			unitAmount: `${random.int(1, 900)}.${random.int(10, 99)}`,
			accountCode: random.pick(isSale ? ['200', '260'] : ['429', '461']),
			taxType: isSale ? 'OUTPUT2' : 'INPUT2',
		},
	};
}

/** A record of Knack as the mapping makes a draft of it. */
export function randomRecord(random: Random, kind: Kind): Draft {
	const base = { type: kind, itemIndexes: [0], source: SOURCE, issues: [] };
	if (kind === 'contact') {
		const fields: FieldValues = {
			name: random.pick(['Acme Ltd', 'Corner Cafe', 'Dale & Sons']),
			contactNumber: 'C-1',
			emailAddress: `office${random.int(1, 9)}@example.com`,
			firstName: random.pick(['Ida', 'Pat', 'Kim']),
		};
		return { ...base, fields };
	}
	const fields: FieldValues = {
		'contact.name': random.pick(['Acme Ltd', 'Bramley Ltd', 'Corner Cafe']),
		[NUMBERS[kind]]: 'N-7',
		date: `2026-11-${random.int(10, 20)}`,
		...(kind === 'salesInvoice' || kind === 'bill' ? { dueDate: '2026-12-20' } : {}),
		...(kind === 'bill' ? {} : { reference: 'R-7' }),
		...(random.percent(50) && kind !== 'quote' && kind !== 'purchaseOrder'
			? { status: 'AUTHORISED' }
			: {}),
	};
	const lines = Array.from({ length: random.int(1, 3) }, () => randomLine(random, kind));
	return { ...base, fields, lines };
}

const SOURCE = {
	knackRecordId: '6740f1c29a3b4e0012ab34cd',
	table: 'object_4',
	applicationId: '5f0c1e2d3b4a596877665544',
};
