import type { CalendarDate } from '../../dates';
import { grouped } from '../../grouped';
import { moneyText, sum, type Decimal } from '../../money';
import { bankTransactionsOfDays } from '../reading/bankTransactions';
import { ifPermitted, type Books } from '../reading/books';
import { creditsOfDays } from '../reading/credits';
import { invoicesOfDays } from '../reading/invoices';
import { openOrders } from '../reading/purchaseOrders';
import {
	depositsApplied,
	partsOfCreditNote,
	partsOfInvoice,
	partsOfTransaction,
	receivedApart,
	type Figure,
	type JobPart,
	type LineContext,
} from './documentParts';
import { committedOf } from './orders';

/** What the lines of documents tell of jobs. */
export interface JobLines {
	/** By the option's id, or `NO_JOB`; an option that no line names is not there. */
	readonly sums: ReadonlyMap<string, Readonly<Record<Figure, Decimal>>>;
	readonly knowsBank: boolean;
	/** By the option's id; undefined where orders could not be read. */
	readonly committed: ReadonlyMap<string, Decimal> | undefined;
	/** Sentences on what could not be read, or is not in it. */
	readonly leftOut: readonly string[];
}

/** Reads the documents of the days and sums up their lines by job. Throws ServiceFaultError. */
export async function readLines(
	books: Books,
	context: LineContext,
	from: CalendarDate,
): Promise<JobLines> {
	const { day } = context;
	const days = { from, to: day };
	const sales = { side: 'sales' } as const;
	const purchases = { side: 'purchases' } as const;
	const [invoices, bills, salesNotes, supplierNotes, transactions, orders, overpaid, prepaid] =
		await Promise.all([
			invoicesOfDays(books, { ...sales, ...days }),
			invoicesOfDays(books, { ...purchases, ...days }),
			creditsOfDays(books, { kind: 'creditNote', ...sales, ...days }),
			creditsOfDays(books, { kind: 'creditNote', ...purchases, ...days }),
			ifPermitted(bankTransactionsOfDays(books, days)),
			ifPermitted(openOrders(books, {})),
			ifPermitted(creditsOfDays(books, { kind: 'overpayment', ...sales, to: day })),
			ifPermitted(creditsOfDays(books, { kind: 'prepayment', ...sales, to: day })),
		]);
	const deposits = [overpaid, prepaid].flatMap((read) => (read.isPermitted ? read.value : []));
	const applied = depositsApplied(deposits, day);
	const moved = transactions.isPermitted ? transactions.value : [];
	const apart = receivedApart(moved, context);
	const parts = [
		...[...invoices, ...bills].flatMap((invoice) => partsOfInvoice(invoice, context, applied)),
		...[...salesNotes, ...supplierNotes].flatMap((note) => partsOfCreditNote(note, context)),
		...moved.flatMap((transaction) => partsOfTransaction(transaction, context)),
	];
	return {
		sums: sumsOf(parts),
		knowsBank: transactions.isPermitted,
		committed: orders.isPermitted ? committedOf(orders.value, bills, context) : undefined,
		leftOut: [
			...(transactions.isPermitted
				? []
				: [`Spend money and receive money could not be read. ${transactions.fault.fix}`]),
			...(apart.eq(0)
				? []
				: [
						`Received for jobs on accounts of the balance sheet, such as loans and deposits, and so not in Paid: ${moneyText(apart, books.organisation.baseCurrency)}.`,
					]),
			...(orders.isPermitted
				? [
						'An order that is billed in part counts with what bills leave of it that bear its number; what was marked as billed since is not in Committed.',
					]
				: [
						`Committed and what follows from it are left out, since orders could not be read. ${orders.fault.fix}`,
					]),
			...[overpaid, prepaid].flatMap((read) =>
				read.isPermitted
					? []
					: [`Paid is without deposits that were put against invoices. ${read.fault.fix}`],
			),
		],
	};
}

function sumsOf(parts: readonly JobPart[]): JobLines['sums'] {
	const byOption = grouped(parts.map((part) => [part.option, part] as const));
	return new Map(
		[...byOption].map(([option, own]) => {
			const of = (figure: Figure) =>
				sum(own.filter((part) => part.figure === figure).map(({ amount }) => amount));
			return [
				option,
				{
					revenue: of('revenue'),
					invoiced: of('invoiced'),
					paid: of('paid'),
					retention: of('retention'),
					bills: of('bills'),
					spent: of('spent'),
				},
			];
		}),
	);
}
