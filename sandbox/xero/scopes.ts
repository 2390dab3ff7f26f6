/** Scope names as apps created since 2 March 2026 have them (developer.xero.com/faq/granular-scopes). */
const READ_AND_WRITE = [
	'accounting.invoices',
	'accounting.payments',
	'accounting.banktransactions',
	'accounting.manualjournals',
	'accounting.contacts',
	'accounting.settings',
	'accounting.attachments',
	'payroll.employees',
	'payroll.timesheets',
	'payroll.settings',
	'payroll.payruns',
	'projects',
	'files',
	'assets',
];

const READ_ONLY = [
	'accounting.reports.profitandloss.read',
	'accounting.reports.balancesheet.read',
	'accounting.reports.aged.read',
	'accounting.reports.banksummary.read',
	'accounting.reports.trialbalance.read',
	'accounting.reports.budgetsummary.read',
	'accounting.reports.executivesummary.read',
	'accounting.reports.taxreports.read',
	'accounting.reports.tenninetynine.read',
	'accounting.budgets.read',
];

const SIGN_IN = ['openid', 'profile', 'email', 'offline_access'];

const GRANULAR = new Set([
	...READ_AND_WRITE.flatMap((scope) => [scope, `${scope}.read`]),
	...READ_ONLY,
	...SIGN_IN,
]);

/** What the broad names of older apps stand for. */
const BROAD: Readonly<Record<string, readonly string[]>> = {
	'accounting.transactions': [
		'accounting.invoices',
		'accounting.payments',
		'accounting.banktransactions',
		'accounting.manualjournals',
	],
	'accounting.transactions.read': [
		'accounting.invoices.read',
		'accounting.payments.read',
		'accounting.banktransactions.read',
		'accounting.manualjournals.read',
	],
	'accounting.reports.read': READ_ONLY.filter((scope) => scope.startsWith('accounting.reports.')),
};

/** Whether an app may ask for a scope at all. */
export function isKnownScope(scope: string, allowsBroad: boolean): boolean {
	return GRANULAR.has(scope) || (allowsBroad && BROAD[scope] !== undefined);
}

/** Every scope that an organisation's data can need, for an app that wants all. */
export const EVERY_GRANULAR_SCOPE: readonly string[] = [...GRANULAR];

/**
 * Whether the granted scopes cover at least one of the wanted ones. A write scope covers its read
 * scope; a broad scope covers what it stands for.
 */
export function covers(granted: readonly string[], wanted: readonly string[]): boolean {
	const held = new Set(granted.flatMap((scope) => [scope, ...(BROAD[scope] ?? [])]));
	return wanted.some((scope) => held.has(scope) || held.has(scope.replace(/\.read$/, '')));
}

export function splitScopes(text: string): string[] {
	return text.split(/[\s+]+/).filter((scope) => scope !== '');
}
