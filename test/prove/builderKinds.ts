import { decimal, roundHalfUp } from '../../lib/money';
import { BILL } from '../../lib/xero/documents/bill';
import type { DocumentDefinition } from '../../lib/xero/documents/definition';
import { SALES_INVOICE } from '../../lib/xero/documents/salesInvoice';
import { BUILD_TENANT_ID } from '../../sandbox/xero/organisations';
import { draftOf, UNIT_PRICE, type Kind } from './kind';

interface Building {
	readonly name: string;
	readonly definition: DocumentDefinition;
	readonly type: string;
	readonly accountCode: string;
	readonly taxType: string;
	/** In Xero, for each pound. */
	readonly tax: string;
	/** The account of its lines in Xero. */
	readonly account: string;
}

/** Documents of a builder, who is in the Construction Industry Scheme. */
function buildingKind({ name, definition, type, ...line }: Building): Kind {
	const { accountCode, taxType, tax, account } = line;
	const describe = (total: string, quantities: readonly number[], code: string) =>
		`${total} ${[...quantities].sort().join(',')} on ${code}`;
	return {
		name,
		definition,
		organisationId: BUILD_TENANT_ID,
		options: { cisLines: 'draft' },
		draft: (order, index) =>
			draftOf(
				definition,
				order,
				index,
				{
					'contact.name': order.customer,
					invoiceNumber: `DOC-${order.number}`,
					date: '2026-11-20',
					dueDate: '2026-12-20',
				},
				order.quantities.map((quantity) => ({
					description: 'Bricklaying',
					quantity: String(quantity),
					unitAmount: UNIT_PRICE,
					accountCode,
					taxType,
				})),
			),
		expected: ({ number, quantities }) => {
			const total = quantities.reduce((sum, quantity) => {
				const net = roundHalfUp(decimal(UNIT_PRICE).times(quantity), 2);
				return sum.plus(net).plus(roundHalfUp(net.times(tax), 2));
			}, decimal(0));
			return { key: `DOC-${number}`, content: describe(total.toFixed(2), quantities, account) };
		},
		ledger: (sandbox) => {
			const { invoices, accounts } = sandbox.xero.organisation(BUILD_TENANT_ID);
			return invoices
				.all()
				.filter((row) => row.type === type && !['VOIDED', 'DELETED'].includes(row.status))
				.map(({ number, totals, lines }) => {
					const codes = lines.map(({ accountId = '' }) => accounts.get(accountId)?.code ?? 'none');
					return {
						key: number ?? '',
						content: describe(
							totals.total.toFixed(2),
							lines.map(({ quantity }) => quantity.toNumber()),
							[...new Set(codes)].join(', '),
						),
					};
				});
		},
	};
}

export const BUILDER_KINDS: readonly Kind[] = [
	buildingKind({
		name: 'bill with lines of the Construction Industry Scheme',
		definition: BILL,
		type: 'ACCPAY',
		accountCode: '321',
		taxType: 'INPUT2',
		tax: '0.2',
		account: 'none',
	}),
	buildingKind({
		name: 'sales invoice under the reverse charge',
		definition: SALES_INVOICE,
		type: 'ACCREC',
		accountCode: '200',
		taxType: 'DRCHARGESUPPLY20',
		tax: '0',
		account: '200',
	}),
];
