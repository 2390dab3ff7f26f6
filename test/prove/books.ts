import Big from 'big.js';
import { RandomBooks } from '../contract/sandboxXeroRandomBooks';
import {
	accountBalances,
	agedDue,
	controlBalance,
	currentYearEarnings,
	netProfit,
	openInBase,
	openOfContact,
	readBooks,
	trialDifference,
} from '../contract/sandboxXeroReports';
import { Random } from './random';

const STEPS = 24;
const DAYS_EACH = 10;
/** The balance sheet and the profit and loss are held against them on the first of these days. */
const SHEETS_EACH = 2;

export interface BooksProof {
	readonly books: number;
	readonly documents: number;
	/** Payments for many documents at once, those that were taken back among them. */
	readonly batches: number;
	/** Days on which the reports were held against the documents. */
	readonly days: number;
	/** One line for each figure that is wrong; none is the proof. */
	readonly failures: readonly string[];
}

/**
 * The sandbox's ledger over random books: whatever Xero allows to be done to documents, allocations,
 * currencies and voids, in any order. On random days the trial balance is zero, debtors and creditors
 * are what is open of the documents, and the balance sheet, the earnings and the aged reports agree.
 */
export async function proveBooks(options: {
	readonly books: number;
	readonly firstSeed: number;
	readonly onProgress?: (books: number) => void;
}): Promise<BooksProof> {
	const failures: string[] = [];
	let documents = 0;
	let batches = 0;
	for (let index = 0; index < options.books; index += 1) {
		const seed = options.firstSeed + index;
		const books = new RandomBooks(new Random(seed));
		await books.keep(STEPS);
		const proof = await wrongIn(books);
		documents += proof.documents;
		batches += books.session.twin.organisation().batchPayments.all().length;
		failures.push(...proof.wrong.map((each) => `book ${seed} ${each}`));
		options.onProgress?.(index + 1);
	}
	const days = options.books * DAYS_EACH;
	return { books: options.books, documents, batches, days, failures };
}

async function wrongIn(
	books: RandomBooks,
): Promise<{ readonly documents: number; readonly wrong: readonly string[] }> {
	const wrong: string[] = [];
	const held = await readBooks(books.session);
	for (let day = 0; day < DAYS_EACH; day += 1) {
		const date = books.anyDay();
		const trial = await accountBalances(books.session, 'TrialBalance', date);
		const off = (what: string, is: Big, wanted: Big): void => {
			if (!is.eq(wanted)) wrong.push(`on ${date}: ${what} is ${is}, not ${wanted}`);
		};
		off('the trial balance', trialDifference(trial), new Big(0));
		off('debtors', controlBalance(trial, '610'), openInBase(held, 'sales', date));
		off('creditors', controlBalance(trial, '800').neg(), openInBase(held, 'bills', date));
		if (day >= SHEETS_EACH) continue;
		const sheet = await accountBalances(books.session, 'BalanceSheet', date);
		off('net assets', sheet.netAssets, sheet.equity);
		for (const [code, amount] of sheet.byCode) {
			off(`account ${code} on the sheet`, amount, trial.byCode.get(code) ?? new Big(0));
		}
		const earned = await netProfit(books.session, date);
		off('earnings', currentYearEarnings(sheet), earned);
	}
	const day = books.anyDay();
	for (const contact of books.contactIds) {
		for (const side of ['sales', 'bills'] as const) {
			const due = await agedDue(books.session, contact, side, day);
			const wanted = openOfContact(held, contact, side, day);
			if (due !== wanted) wrong.push(`on ${day}: aged ${due}, not ${wanted}`);
		}
	}
	return { documents: held.documents.length, wrong };
}

export function booksTable({ books, documents, batches, days, failures }: BooksProof): string[] {
	return [
		`${books} books with ${documents} documents and ${batches} batch payments, on ${days} days`,
		...failures.slice(0, 20).map((failure) => `WRONG ${failure}`),
		`${failures.length} wrong: trial balance, debtors, creditors, sheets, earnings or aged reports`,
	];
}
