import { accountClassOf } from '../../../sandbox/xero/chart';
import { RandomBooks, type BooksKind } from '../../contract/sandboxXeroRandomBooks';
import type { Random } from '../random';

export const RETENTION = { sales: '615', purchases: '815' } as const;

const DEPOSITS = { received: '817', paid: '618' } as const;

/** Of the Construction Industry Scheme: labour on both sides, and what the tax office owes or is owed. */
const SCHEME = [
	{ code: '215', type: 'REVENUE', taxType: 'OUTPUT2', systemAccount: 'CISLABOURINCOME' },
	{ code: '321', type: 'DIRECTCOSTS', taxType: 'INPUT2', systemAccount: 'CISLABOUREXPENSE' },
	{ code: '825', type: 'CURRENT', taxType: 'NONE', systemAccount: 'CISASSETS' },
	{ code: '826', type: 'CURRLIAB', taxType: 'NONE', systemAccount: 'CISLIABILITY' },
] as const;

/** What a builder's document has beside work: labour under the scheme, retention, a job. */
const moreLines: BooksKind['moreLines'] = (random, { isSale, isForeign }) => {
	const line = (AccountCode: string, UnitAmount: number) => ({
		Description: 'Building',
		Quantity: 1,
		UnitAmount,
		AccountCode,
		TaxType: 'NONE',
		...(random.percent(50)
			? {
					Tracking: [{ Name: 'Job', Option: random.pick(['J1001 Kitchen refit', 'J1003 Rewire']) }],
				}
			: {}),
	});
	const labour = isSale ? '215' : '321';
	const kept = isSale ? RETENTION.sales : RETENTION.purchases;
	return [
		// The scheme is of the United Kingdom, and in its money.
		...(!isForeign && random.percent(30) ? [line(labour, random.int(1, 90_000) / 100)] : []),
		...(random.percent(30) ? [line(kept, -random.int(1, 4_000) / 100)] : []),
		...(random.percent(10) ? [line(kept, random.int(1, 4_000) / 100)] : []),
	];
};

/** Random books of a builder in three currencies, at the rates of the documents. */
export async function keepBuildersBooks(random: Random, steps: number): Promise<RandomBooks> {
	const books = new RandomBooks(random, {
		foreign: ['EUR', 'USD'],
		depositAccounts: DEPOSITS,
		moreLines,
	});
	const { twin } = books.session;
	twin.configure({
		revaluesForeignBalances: false,
		cisAccountOnLine: 'taken',
		cisOnCreditNotes: 'told',
	});
	twin.addCurrency('USD', '1.27');
	const account = { type: 'CURRLIAB', taxType: 'NONE' };
	twin.person.addAccount({ ...account, code: DEPOSITS.received, name: 'Deposits Received' });
	twin.person.addAccount({ ...account, code: RETENTION.purchases, name: 'Retentions Payable' });
	const asset = { ...account, type: 'CURRENT' };
	twin.person.addAccount({ ...asset, code: DEPOSITS.paid, name: 'Deposits Paid' });
	twin.person.addAccount({ ...asset, code: RETENTION.sales, name: 'Retentions Receivable' });
	const ledger = twin.organisation();
	ledger.info.update({ isCisContractor: true, isCisSubcontractor: true });
	for (const one of SCHEME) {
		ledger.accounts.put(`c1500000-0000-4000-8000-000000000${one.code}`, {
			...one,
			name: one.systemAccount,
			accountId: `c1500000-0000-4000-8000-000000000${one.code}`,
			accountClass: accountClassOf(one.type),
			status: 'ACTIVE',
			enablePaymentsToAccount: false,
			updatedMs: books.session.clock.now(),
		});
	}
	await books.keep(steps);
	return books;
}
