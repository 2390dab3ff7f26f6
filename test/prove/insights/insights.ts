import { reckonAgeing } from '../../../lib/insights/ageing/ageing';
import type { Insight } from '../../../lib/insights/insight';
import type { Books } from '../../../lib/insights/reading/books';
import { accountBalances, controlBalance } from '../../contract/sandboxXeroReports';
import type { RandomBooks } from '../../contract/sandboxXeroRandomBooks';
import { day as calendarDay } from '../../support/ageing';
import { insightBooks } from '../../support/insightBooks';
import { Random } from '../random';
import { keepBuildersBooks, RETENTION } from './buildersBooks';
import { readWritten, reckonOn, type Reckoned, type Side } from './secondReckoning';

const STEPS = 60;
const DAYS_EACH = 10;

export interface InsightsProof {
	readonly books: number;
	readonly documents: number;
	readonly days: number;
	/** Figures of rows, and sums held against the ledger. */
	readonly figures: number;
	/** One line for each figure that is wrong; none is the proof. */
	readonly failures: readonly string[];
}

/**
 * Receivables and payables of random books on random days: every figure of every row against a second
 * reckoning, the sum against the sandbox's balance sheet, and every tie an agreement.
 */
export async function proveInsights(options: {
	readonly books: number;
	readonly firstSeed: number;
	readonly onProgress?: (books: number) => void;
}): Promise<InsightsProof> {
	const failures: string[] = [];
	let documents = 0;
	let figures = 0;
	for (let index = 0; index < options.books; index += 1) {
		const seed = options.firstSeed + index;
		const proof = await proveBook(await keepBuildersBooks(new Random(seed), STEPS));
		documents += proof.documents;
		figures += proof.figures;
		failures.push(...proof.wrong.map((each) => `book ${seed} ${each}`));
		options.onProgress?.(index + 1);
	}
	return { books: options.books, documents, figures, days: options.books * DAYS_EACH, failures };
}

interface BookProof {
	readonly documents: number;
	readonly figures: number;
	readonly wrong: readonly string[];
}

async function proveBook(kept: RandomBooks): Promise<BookProof> {
	const { session } = kept;
	const written = await readWritten(session);
	const books = await insightBooks(session);
	const wrong: string[] = [];
	let figures = 0;
	for (let turn = 0; turn < DAYS_EACH; turn += 1) {
		const date = kept.anyDay();
		const sheet = await accountBalances(session, 'BalanceSheet', date);
		for (const side of ['sales', 'purchases'] as const) {
			const insight = await ageingOf(books, side, date);
			const second = reckonOn(written, side, date, RETENTION[side]);
			const ledger = controlBalance(sheet, side === 'sales' ? '610' : '800');
			const owed = side === 'sales' ? ledger : ledger.neg();
			const found = [
				...differences(insight, second),
				...(owed.eq(second.inBase) ? [] : [`the ledger is ${owed}, not ${second.inBase}`]),
				...insight.tie.flatMap(({ state, against, ours, figure }) =>
					state === 'agrees' ? [] : [`${against} ${state}: ${figure}, ours ${ours}`],
				),
			];
			wrong.push(...found.map((each) => `on ${date}, ${side}: ${each}`));
			figures += insight.tie.length + 1;
			for (const row of second.rows.values()) figures += Object.keys(row).length;
		}
	}
	return { documents: written.length, figures, wrong };
}

async function ageingOf(books: Books, side: Side, date: string): Promise<Insight> {
	return await reckonAgeing(books, {
		side,
		day: calendarDay(date),
		buckets: 'days',
		detail: 'contacts',
		retentionAccount: RETENTION[side],
	});
}

function differences({ rows }: Insight, second: Reckoned): string[] {
	const ours = new Map(
		rows.map((row) => [`${String(row.contactId)} ${String(row.currency)}`, row]),
	);
	const missing = [...second.rows.keys()].filter((who) => !ours.has(who));
	return [
		...missing.map((who) => `${who} has no row`),
		...[...ours].flatMap(([who, row]) => {
			const wanted = second.rows.get(who);
			if (!wanted) return [`${who} has a row too many`];
			return Object.entries(wanted).flatMap(([key, value]) =>
				row[key] === value ? [] : [`${who} ${key} is ${String(row[key])}, not ${String(value)}`],
			);
		}),
	];
}

export function insightsTable({
	books,
	documents,
	days,
	figures,
	failures,
}: InsightsProof): string[] {
	return [
		`${books} books with ${documents} documents, on ${days} days, ${figures} figures`,
		...failures.slice(0, 20).map((failure) => `WRONG ${failure}`),
		`${failures.length} wrong: figures of receivables and payables, or sums that do not tie`,
	];
}
