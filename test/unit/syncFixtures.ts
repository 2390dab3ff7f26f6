import { calendarDate, type CalendarDate } from '../../lib/dates';
import type { Issue } from '../../lib/issue';
import { decimal } from '../../lib/money';
import { checkDraft, issueOf, LINE_RULES } from '../../lib/sync/check/check';
import type { Draft } from '../../lib/sync/draft';
import type { DocumentDefinition, FieldValues } from '../../lib/xero/documents/definition';
import { SALES_INVOICE } from '../../lib/xero/documents/salesInvoice';
import type { Account, OrganisationSettings, TaxRate } from '../../lib/xero/settings';

function account(
	code: string,
	name: string,
	type: string,
	accountClass: string,
	more: Partial<Account> = {},
): Account {
	return {
		id: `account-${code}`,
		code,
		name,
		type,
		accountClass,
		status: 'ACTIVE',
		enablePaymentsToAccount: false,
		...more,
	};
}

function taxRate(
	taxType: string,
	name: string,
	rate: string,
	revenue: boolean,
	expenses: boolean,
): TaxRate {
	return {
		taxType,
		name,
		status: 'ACTIVE',
		effectiveRate: decimal(rate),
		canApplyTo: { assets: true, equity: true, liabilities: true, revenue, expenses },
	};
}

/** A British organisation whose books are closed to the end of 2025. */
export const SETTINGS: OrganisationSettings = {
	organisation: {
		id: 'org-1',
		name: 'Demo Trade Ltd',
		shortCode: '!abc',
		baseCurrency: 'GBP',
		countryCode: 'GB',
		timeZone: 'Europe/London',
		periodLockDate: calendarDate('2026-03-31'),
		endOfYearLockDate: calendarDate('2025-12-31'),
		isDemoCompany: true,
	},
	accounts: [
		account('200', 'Sales', 'REVENUE', 'REVENUE', { taxType: 'OUTPUT2' }),
		account('429', 'General Expenses', 'EXPENSE', 'EXPENSE', { taxType: 'INPUT2' }),
		account('299', 'Old Sales', 'REVENUE', 'REVENUE', { status: 'ARCHIVED' }),
		account('090', 'Business Bank', 'BANK', 'ASSET'),
		account('835', 'Directors’ Loan', 'CURRLIAB', 'LIABILITY', { enablePaymentsToAccount: true }),
		account('610', 'Accounts Receivable', 'CURRENT', 'ASSET', { systemAccount: 'DEBTORS' }),
		account('321', 'CIS Labour Expense', 'DIRECTCOSTS', 'EXPENSE', {
			systemAccount: 'CISLABOUREXPENSE',
		}),
	],
	taxRates: [
		taxRate('OUTPUT2', '20% (VAT on Income)', '20', true, false),
		taxRate('INPUT2', '20% (VAT on Expenses)', '20', false, true),
		taxRate('NONE', 'No VAT', '0', true, true),
		{ ...taxRate('OLD', '17.5% (VAT on Income)', '17.5', true, false), status: 'DELETED' },
	],
	currencies: ['GBP', 'EUR'],
	trackingCategories: [
		{
			id: 'cat-region',
			name: 'Region',
			status: 'ACTIVE',
			options: [
				{ id: 'opt-north', name: 'North', status: 'ACTIVE' },
				{ id: 'opt-old', name: 'Old', status: 'ARCHIVED' },
			],
		},
	],
	brandingThemes: [{ id: 'theme-1', name: 'Standard' }],
};

/** A sales invoice that is right in everything, with whatever a test changes. */
export function invoiceDraft(
	fields: FieldValues = {},
	lines: readonly FieldValues[] = [{}],
	more: Partial<Draft> = {},
): Draft {
	return {
		type: 'salesInvoice',
		itemIndexes: [0],
		fields: {
			'contact.name': 'Acme Limited',
			invoiceNumber: 'INV-1',
			date: '2026-11-01',
			dueDate: '2026-12-01',
			status: 'AUTHORISED',
			...fields,
		},
		lines: lines.map((line) => ({
			fields: {
				description: 'Labour',
				quantity: '2',
				unitAmount: '10.5',
				accountCode: '200',
				taxType: 'OUTPUT2',
				...line,
			},
		})),
		source: {},
		issues: [],
		...more,
	};
}

export function paymentDraft(fields: FieldValues): Draft {
	return {
		type: 'payment',
		itemIndexes: [0],
		fields: {
			'invoice.number': 'INV-1',
			amount: '20',
			date: '2026-11-20',
			reference: 'P-1',
			'account.code': '090',
			...fields,
		},
		source: {},
		issues: [],
	};
}

export function contactDraft(fields: FieldValues): Draft {
	return { type: 'contact', itemIndexes: [0], fields, source: {}, issues: [] };
}

const TODAY = calendarDate('2026-11-22') as CalendarDate;

/** What the rules find in a draft, with its lines as the record has them. */
export function issuesOf(
	draft: Draft,
	definition: DocumentDefinition = SALES_INVOICE,
	more: Partial<OrganisationSettings> = {},
): Issue[] {
	const items = [{ code: 'BOOK', sales: {}, purchases: {} }];
	const settings = { ...SETTINGS, items, ...more };
	const { issues } = checkDraft({ definition, draft, settings, today: TODAY }, {});
	const ofLines = LINE_RULES.flatMap((rule) =>
		rule.find({ definition, draft, settings }).flatMap((finding) => issueOf(rule, finding, {})),
	);
	return [...issues, ...ofLines];
}
