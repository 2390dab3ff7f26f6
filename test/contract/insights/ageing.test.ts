import { calendarDate, type CalendarDate } from '../../../lib/dates';
import { reckonAgeing, type AgeingInput } from '../../../lib/insights/ageing/ageing';
import type { Insight } from '../../../lib/insights/insight';
import type { Books } from '../../../lib/insights/reading/books';
import { Random } from '../../prove/random';
import { insightBooks } from '../../support/insightBooks';
import { RandomBooks } from '../sandboxXeroRandomBooks';
import { openOfContacts, readBooks } from '../sandboxXeroReports';

function day(text: string): CalendarDate {
	const date = calendarDate(text);
	if (!date) throw new Error(`${text} is no day.`);
	return date;
}

async function receivables(
	books: Books,
	asOf: string,
	more: Partial<AgeingInput> = {},
): Promise<Insight> {
	return await reckonAgeing(books, {
		side: 'sales',
		day: day(asOf),
		buckets: 'days',
		detail: 'contacts',
		...more,
	});
}

describe('receivables and payables', () => {
	it.each([1, 2, 3, 4, 5, 6, 7, 8])(
		'agree with the balance sheet and each contact on ten days, seed %i',
		async (seed) => {
			const random = new Random(seed);
			const kept = new RandomBooks(random);
			await kept.keep(60);
			const { session } = kept;
			session.twin.configure({ revaluesForeignBalances: false });
			const books = await insightBooks(session);
			const held = await readBooks(session);
			for (let turn = 0; turn < 10; turn += 1) {
				const asOf = kept.anyDay();
				for (const side of ['sales', 'purchases'] as const) {
					const { rows, tie } = await receivables(books, asOf, { side });
					expect(tie.map(({ against, state }) => `${against}: ${state}`)).toEqual(
						tie.map(({ against }) => `${against}: agrees`),
					);
					const ours = rows
						.filter(({ balance }) => Number(balance) !== 0)
						.map(({ contactId, currency, balance }) => `${contactId} ${currency} ${balance}`);
					const theirs = openOfContacts(held, side === 'sales' ? 'sales' : 'bills', asOf);
					expect(ours.sort()).toEqual(theirs);
				}
			}
		},
	);
});
