import { decimal } from '../../lib/money';
import { CONTACT } from '../../lib/xero/documents/contact';
import type { DocumentDefinition } from '../../lib/xero/documents/definition';
import { BILL } from '../../lib/xero/documents/bill';
import { SALES_INVOICE } from '../../lib/xero/documents/salesInvoice';
import { ledgerInvoices } from '../support/ledger';
import { ADVANCE_KINDS } from './advanceKinds';
import { BUILDER_KINDS } from './builderKinds';
import { OPEN_CREDIT } from './deposits';
import { EXPENSES_BY_RULE } from './expensesByRule';
import { content, UNIT_PRICE, type Kind, type KnackOrder, type Way } from './kind';
import { JOURNAL_KIND, REVERSED_JOURNAL } from './journalKind';
import { LINED_KINDS } from './linedKinds';
import { ORDERED_BILLS } from './orderedBills';
import { SINGLE_KINDS } from './singleKinds';
import { SUBSCRIPTIONS } from './subscriptions';

function invoiceKind(
	name: string,
	definition: DocumentDefinition,
	wireType: string,
	identity: 'invoiceNumber' | 'reference',
	status?: 'AUTHORISED',
): Kind {
	const isSale = wireType === 'ACCREC';
	const key = (order: KnackOrder) => `DOC-${order.number}`;
	return {
		name,
		definition,
		isFinal: status !== undefined,
		draft: (order, index) => ({
			type: definition.type,
			itemIndexes: [index],
			...(order.xeroId === undefined ? {} : { id: order.xeroId }),
			fields: {
				'contact.name': order.customer,
				[identity]: key(order),
				date: '2026-11-20',
				dueDate: '2026-12-20',
				...(status ? { status } : {}),
			},
			lines: order.quantities.map((quantity, line) => ({
				fields: {
					description: `Line ${line + 1}`,
					quantity: String(quantity),
					unitAmount: UNIT_PRICE,
					accountCode: isSale ? '200' : '429',
					taxType: isSale ? 'OUTPUT2' : 'INPUT2',
				},
			})),
			source: {},
			issues: [],
		}),
		expected: (order) => ({ key: key(order), content: content(order.quantities) }),
		ledger: (sandbox) =>
			ledgerInvoices(sandbox)
				.filter((invoice) => invoice.Type === wireType)
				.filter((invoice) => !['VOIDED', 'DELETED'].includes(invoice.Status))
				.map((invoice) => ({
					key: (identity === 'reference' ? invoice.Reference : invoice.InvoiceNumber) ?? '',
					content: `${decimal(invoice.Total).toFixed(2)} ${invoice.LineItems.map(
						(line) => line.Quantity,
					)
						.sort()
						.join(',')}`,
				})),
	};
}

const contactKind: Kind = {
	name: 'contact',
	definition: CONTACT,
	draft: (order, index) => ({
		type: 'contact',
		itemIndexes: [index],
		...(order.xeroId === undefined ? {} : { id: order.xeroId }),
		fields: { name: `Contact ${order.number}`, firstName: `Q${order.quantities.join('-')}` },
		source: {},
		issues: [],
	}),
	expected: (order) => ({
		key: `Contact ${order.number}`,
		content: `Q${order.quantities.join('-')}`,
	}),
	ledger: (sandbox) =>
		sandbox.xero
			.contacts()
			.filter((contact) => String(contact.Name).startsWith('Contact '))
			.map((contact) => ({ key: String(contact.Name), content: String(contact.FirstName ?? '') })),
};

export const KINDS: readonly Kind[] = [
	contactKind,
	invoiceKind('sales invoice by number', SALES_INVOICE, 'ACCREC', 'invoiceNumber'),
	invoiceKind('sales invoice by reference', SALES_INVOICE, 'ACCREC', 'reference'),
	invoiceKind('approved invoice by reference', SALES_INVOICE, 'ACCREC', 'reference', 'AUTHORISED'),
	invoiceKind('bill', BILL, 'ACCPAY', 'invoiceNumber'),
	invoiceKind('approved bill', BILL, 'ACCPAY', 'invoiceNumber', 'AUTHORISED'),
	...LINED_KINDS,
	...ADVANCE_KINDS,
	JOURNAL_KIND,
	...SINGLE_KINDS,
];

/** Kinds that are more than a document alone, and ways of their own. */
export const WAYS: ReadonlyArray<Kind | Way> = [
	REVERSED_JOURNAL,
	ORDERED_BILLS,
	EXPENSES_BY_RULE,
	...BUILDER_KINDS,
	OPEN_CREDIT,
	SUBSCRIPTIONS,
];
