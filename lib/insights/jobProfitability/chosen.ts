import type { Account, TrackingCategory } from '../../xero/settings';
import { chosenAccount } from '../chosenAccount';
import { chosenCategory } from '../chosenCategory';
import { InsightInputError } from '../inputError';
import type { Books } from '../reading/books';
import { trackingCategories } from '../reading/trackingCategories';

/**
 * The tracking category whose options are jobs: the one that is chosen, or the only active one. Throws
 * InsightInputError.
 */
export async function jobCategory(
	books: Books,
	chosen: string | undefined,
): Promise<TrackingCategory> {
	const all = await trackingCategories(books, {});
	const fix =
		'Choose the tracking category whose options are your jobs. If there is none, make one in Xero under Accounting → Advanced → Tracking categories.';
	if (chosen !== undefined) return chosenCategory(all, chosen, fix);
	const [only, ...others] = all.filter(({ status }) => status === 'ACTIVE');
	if (only && others.length === 0) return only;
	throw new InsightInputError(
		only
			? `Xero has ${others.length + 1} tracking categories: ${[only, ...others].map(({ name }) => name).join(', ')}.`
			: 'Xero has no tracking category.',
		fix,
	);
}

/** Tells the accounts that are set under a label from others; undefined where none is set. */
export function isOneOfAccounts(
	chart: readonly Account[],
	label: string,
	chosen: readonly string[],
): ((account: Account) => boolean) | undefined {
	if (chosen.length === 0) return undefined;
	const ids = new Set(chosen.map((one) => chosenAccount(chart, label, one).id));
	return ({ id }) => ids.has(id);
}
