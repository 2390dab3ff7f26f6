import { foldText } from '../foldText';
import { perObject } from '../perObject';
import type { Account, Item, OrganisationSettings, TaxRate, TrackingCategory } from './settings';

/** What is known of an organisation, to look things up in; made once for each reading of it. */
class Books {
	private readonly accounts: ReadonlyMap<string, Account>;
	private readonly taxRates: ReadonlyMap<string, TaxRate>;
	private readonly items: ReadonlyMap<string, Item>;
	private readonly categories: ReadonlyMap<string, TrackingCategory>;

	constructor({ accounts, taxRates, items, trackingCategories }: OrganisationSettings) {
		this.accounts = indexed(accounts, ({ code, id }) => [code, id]);
		this.taxRates = indexed(taxRates, ({ taxType }) => [taxType]);
		this.items = indexed(items ?? [], ({ code }) => [foldText(code)]);
		// Ids before names: a category may be named like another one's id.
		this.categories = new Map([
			...indexed(trackingCategories, ({ name }) => [foldText(name)]),
			...indexed(trackingCategories, ({ id }) => [foldText(id)]),
		]);
	}

	/** By code or id, as Xero writes them. */
	account(code: string): Account | undefined {
		return this.accounts.get(code);
	}

	/** By its code, such as OUTPUT2. */
	taxRate(type: string): TaxRate | undefined {
		return this.taxRates.get(type);
	}

	/** Codes of items are compared as texts are, as in Xero's own lists. */
	item(code: string): Item | undefined {
		return this.items.get(foldText(code));
	}

	/** By id or name. */
	trackingCategory(named: string): TrackingCategory | undefined {
		return this.categories.get(foldText(named));
	}
}

/** The look-ups of a reading, with its lists as they are at that time. */
export const booksOf = perObject((settings: OrganisationSettings) => new Books(settings));

/** The first of those that have a name counts. */
function indexed<Entry>(
	entries: readonly Entry[],
	namesOf: (entry: Entry) => ReadonlyArray<string | undefined>,
): Map<string, Entry> {
	const index = new Map<string, Entry>();
	for (const entry of entries) {
		for (const name of namesOf(entry)) {
			if (name !== undefined && !index.has(name)) index.set(name, entry);
		}
	}
	return index;
}
