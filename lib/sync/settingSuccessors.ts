import { likeness } from '../likeness';
import type { Account, OrganisationSettings, TaxRate, TrackingCategory } from '../xero/settings';

/** Below this, two names have too little in common for one to be proposed for the other. */
const ALIKE = 0.5;

const isActive = ({ status }: { readonly status: string }) => status === 'ACTIVE';

function mostAlike<Entry extends { readonly name: string }>(
	entries: readonly Entry[],
	name: string,
	least = ALIKE,
): Entry | undefined {
	return entries
		.map((entry) => ({ entry, score: likeness(entry.name, name) }))
		.filter(({ score }) => score >= least)
		.sort((a, b) => b.score - a.score)[0]?.entry;
}

/** The active account of the same type whose name is most like that of an archived one. */
export function successorOfAccount(
	settings: Pick<OrganisationSettings, 'accounts'>,
	gone: Account,
): Account | undefined {
	const fit = settings.accounts.filter((each) => isActive(each) && each.type === gone.type);
	return mostAlike(fit, gone.name);
}

/** The active rate of the same percentage and the same uses, the most alike by name. */
export function successorOfTaxRate(
	settings: Pick<OrganisationSettings, 'taxRates'>,
	gone: TaxRate,
): TaxRate | undefined {
	const uses = (rate: TaxRate) => JSON.stringify(Object.entries(rate.canApplyTo).sort());
	const fit = settings.taxRates.filter(
		(each) =>
			isActive(each) && each.effectiveRate.eq(gone.effectiveRate) && uses(each) === uses(gone),
	);
	return fit.length === 1 ? fit[0] : mostAlike(fit, gone.name);
}

/** The active option of the category that is most like an archived or deleted one by name. */
export function successorOfOption(
	category: TrackingCategory,
	goneName: string,
): TrackingCategory['options'][number] | undefined {
	return mostAlike(category.options.filter(isActive), goneName);
}

/** The active category that is most like an archived or deleted one by name. */
export function successorOfCategory(
	settings: Pick<OrganisationSettings, 'trackingCategories'>,
	goneName: string,
): TrackingCategory | undefined {
	return mostAlike(settings.trackingCategories.filter(isActive), goneName);
}

/** "200 Sales", as Xero's own lists write an account. */
export function accountName(account: Account): string {
	return account.code === undefined ? account.name : `${account.code} ${account.name}`;
}
