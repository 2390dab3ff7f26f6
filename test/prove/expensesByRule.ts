import { holdOtherKinds } from '../../lib/sync/find/otherDocument';
import type { Draft } from '../../lib/sync/draft';
import type { Outcome } from '../../lib/sync/outcome';
import { upsertDocuments } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS } from '../../lib/sync/upsertContext';
import { BANK_TRANSACTION } from '../../lib/xero/documents/bankTransaction';
import { BILL } from '../../lib/xero/documents/bill';
import type { DocumentDefinition, FieldValues } from '../../lib/xero/documents/definition';
import type { Sandbox } from '../../sandbox/sandbox';
import type { DocumentRow } from '../../sandbox/xero/model';
import { content, draftOf, UNIT_PRICE, type Kind, type KnackOrder } from './kind';

const KINDS = [BILL, BANK_TRANSACTION];

/** Paid by card or to be paid, which a person may change in Knack. */
const kindOf = ({ quantities }: KnackOrder): DocumentDefinition =>
	(quantities[0] ?? 0) % 3 === 0 ? BANK_TRANSACTION : BILL;

function draftAs(definition: DocumentDefinition, order: KnackOrder, index: number): Draft {
	const name = `DOC-${order.number}`;
	const own: FieldValues =
		definition === BILL
			? { invoiceNumber: name, dueDate: '2026-12-20' }
			: { reference: name, type: 'SPEND', 'bankAccount.code': '090' };
	const lines = order.quantities.map((quantity) => ({
		description: name,
		quantity: String(quantity),
		unitAmount: UNIT_PRICE,
		accountCode: '429',
		taxType: 'INPUT2',
	}));
	const fields = { 'contact.name': order.customer, date: '2026-11-20', ...own };
	return {
		...draftOf(definition, order, index, fields, lines),
		source: { table: 'object_1', knackRecordId: `record${order.number}` },
	};
}

/** Expenses, of which a rule makes bills or money spent; no record is ever both. */
export const EXPENSES_BY_RULE: Kind = {
	name: 'expense that is a bill or money spent by rule',
	definition: BILL,
	mayBeHeldBy: ['XERO_OTHER_DOCUMENT'],
	draft: (order, index) => draftAs(kindOf(order), order, index),
	send: async (context, orders) => {
		const outcomes = new Map<number, Outcome>();
		for (const definition of KINDS) {
			const own = orders.flatMap((order, index) =>
				kindOf(order) === definition ? [{ order, index }] : [],
			);
			if (own.length === 0) continue;
			const others = KINDS.filter((each) => each !== definition).map((other) => ({
				definition: other,
				drafts: own.map(({ order, index }) => draftAs(other, order, index)),
			}));
			const drafts = await holdOtherKinds(
				context,
				own.map(({ order, index }) => draftAs(definition, order, index)),
				others,
				DEFAULT_OPTIONS,
			);
			const report = await upsertDocuments(context, definition, drafts);
			report.outcomes.forEach((outcome, at) => {
				const index = own[at]?.index;
				if (index !== undefined) outcomes.set(index, outcome);
			});
		}
		return orders.flatMap((_, index) => outcomes.get(index) ?? []);
	},
	expected: (order) => ({
		key: `DOC-${order.number}`,
		content: `${kindOf(order).type} ${content(order.quantities)}`,
	}),
	ledger: (sandbox) =>
		documentsIn(sandbox).map(([type, { lines, totals }]) => ({
			key: lines[0]?.description ?? '',
			content: `${type} ${totals.total.toFixed(2)} ${lines
				.map(({ quantity }) => quantity.toNumber())
				.sort()
				.join(',')}`,
		})),
	wrong: (sandbox) => {
		const names = documentsIn(sandbox).map(([, { lines }]) => lines[0]?.description);
		const twice = names.filter((name, index) => names.indexOf(name) !== index);
		return twice.map((name) => `${name} is posted as both`);
	},
};

function documentsIn(sandbox: Sandbox): ReadonlyArray<readonly [string, DocumentRow]> {
	const { invoices, bankTransactions } = sandbox.xero.organisation();
	const live = <Row extends DocumentRow>(type: string, rows: readonly Row[]) =>
		rows
			.filter(({ status }) => !['VOIDED', 'DELETED'].includes(status))
			.map((row) => [type, row] as const);
	return [
		...live(BILL.type, invoices.all()),
		...live(BANK_TRANSACTION.type, bankTransactions.all()),
	];
}
