import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { scopeOf } from '../../lib/xero/scopes';

/** What Xero Insights reads, by its path. */
const READ = [
	'/Organisation',
	'/Accounts',
	'/TrackingCategories',
	'/Contacts',
	'/Invoices',
	'/CreditNotes',
	'/RepeatingInvoices',
	'/PurchaseOrders',
	'/Overpayments',
	'/Prepayments',
	'/BankTransactions',
	'/Reports/BalanceSheet',
	'/Reports/ProfitAndLoss',
	'/Reports/TrialBalance',
	'/Reports/BankSummary',
];

const page = (name: string) => readFileSync(join(__dirname, '../../docs', name), 'utf8');
const scopesIn = (text: string) => [
	...new Set([...text.matchAll(/`(accounting\.[a-z.]+)`/g)].map(([, scope = '']) => scope)),
];

describe('the scopes that the docs name', () => {
	const needed = new Set(READ.map((path) => scopeOf(path, 'accounting')));

	it('are, for Xero Insights, those that a node asks for when one is missing', () => {
		const named = scopesIn(page('xero-insights.md'));
		expect(named.length).toBeGreaterThan(4);
		expect(named.filter((scope) => !needed.has(scope))).toEqual([]);
	});

	it('stand with the credential, each that Xero Insights needs', () => {
		const told = scopesIn(page('xero-credential.md'));
		expect([...needed].filter((scope) => !told.includes(scope))).toEqual([]);
	});
});
