import { decimal } from '../../lib/money';
import { BANK_TRANSACTION } from '../../lib/xero/documents/bankTransaction';
import { draftOf, sum, type Kind } from './kind';

/**
 * Money that is paid ahead or too much, as a transaction of the bank. Xero keeps no reference of it, so
 * that it is known by its link alone; its one line says whose it is.
 */
function advanceKind(type: string): Kind {
	const isOverpayment = type.endsWith('-OVERPAYMENT');
	const isSale = type.startsWith('RECEIVE');
	return {
		name: `bank transaction by link: ${type}`,
		definition: BANK_TRANSACTION,
		needsLink: true,
		isFinal: true,
		draft: (order, index) => ({
			...draftOf(
				BANK_TRANSACTION,
				order,
				index,
				{
					type,
					'contact.name': order.customer,
					'bankAccount.code': '090',
					date: '2026-11-20',
					...(isOverpayment ? {} : { lineAmountTypes: 'NoTax' }),
				},
				[
					{
						description: `DOC-${order.number}`,
						quantity: String(sum(order.quantities)),
						unitAmount: '19.99',
						...(isOverpayment ? {} : { accountCode: isSale ? '200' : '429' }),
					},
				],
			),
			source: { table: 'object_1', knackRecordId: `record${order.number}` },
		}),
		expected: ({ number, quantities }) => ({
			key: `DOC-${number}`,
			content: decimal('19.99').times(sum(quantities)).toFixed(2),
		}),
		ledger: (sandbox) =>
			sandbox.xero
				.organisation()
				.bankTransactions.all()
				.filter((row) => row.type === type && !['VOIDED', 'DELETED'].includes(row.status))
				.map(({ lines, totals }) => ({
					key: lines[0]?.description ?? '',
					content: totals.total.toFixed(2),
				})),
	};
}

export const ADVANCE_KINDS: readonly Kind[] = [
	'RECEIVE-OVERPAYMENT',
	'SPEND-OVERPAYMENT',
	'RECEIVE-PREPAYMENT',
	'SPEND-PREPAYMENT',
].map(advanceKind);
