import type { Draft } from '../../lib/sync/draft';
import type { FieldValues } from '../../lib/xero/documents/definition';

/** "INV-0042". */
export function orderNumber(index: number): string {
	return `INV-${String(index).padStart(4, '0')}`;
}

/** One order of a trade business as a draft of an approved sales invoice, right in everything. */
export function orderDraft(
	index: number,
	customer: string,
	fields: FieldValues = {},
	lines = 3,
): Draft {
	return {
		type: 'salesInvoice',
		itemIndexes: [index],
		fields: {
			'contact.name': customer,
			'contact.emailAddress': `${customer.toLowerCase().replace(/[^a-z0-9]/g, '')}@example.com`,
			invoiceNumber: orderNumber(index),
			reference: `ORD-${index}`,
			date: '2026-11-20',
			dueDate: '2026-12-20',
			status: 'AUTHORISED',
			...fields,
		},
		lines: Array.from({ length: lines }, (_, line) => ({
			fields: {
				description: `Part ${line + 1}`,
				quantity: String(line + 1),
				unitAmount: `${10 + (index % 7)}.345`,
				accountCode: '200',
				taxType: 'OUTPUT2',
			},
		})),
		source: { knackRecordId: `record-${index}`, table: 'object_2' },
		issues: [],
	};
}

/** The draft with one line changed. */
export function withLine(draft: Draft, at: number, fields: FieldValues): Draft {
	return {
		...draft,
		lines: draft.lines?.map((line, index) =>
			index === at ? { ...line, fields: { ...line.fields, ...fields } } : line,
		),
	};
}
