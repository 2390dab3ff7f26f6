import { foldText, isSameText } from '../../foldText';
import type { Account, OrganisationSettings, TrackingCategory } from '../../xero/settings';
import { perObject } from '../../perObject';
import { remember } from '../../remember';
import { quoted, readValue, unreadable, type FieldReading } from './fieldReading';
import { nameKey } from './fieldNames';

/** Names that fit exactly but for case and spaces, active ones first. */
function named<Entry>(
	entries: readonly Entry[],
	text: string,
	nameOf: (entry: Entry) => string,
	isActive: (entry: Entry) => boolean,
): Entry[] {
	const wanted = foldText(text);
	const found = entries.filter((entry) => foldText(nameOf(entry)) === wanted);
	const active = found.filter(isActive);
	return active.length > 0 ? active : found;
}

const isActive = (entry: { readonly status: string }) => entry.status === 'ACTIVE';

/** "200 Sales", "200 - Sales" and "Sales (200)", as people write an account with its code. */
function isWrittenAs(account: Account, text: string): boolean {
	if (account.code === undefined) return false;
	const wanted = nameKey(text);
	return (
		wanted === nameKey(`${account.code}${account.name}`) ||
		wanted === nameKey(`${account.name}${account.code}`)
	);
}

type ReadingOfText<Place> = (text: string, place: Place) => FieldReading;

/** Reads each text once per organisation: a run has few accounts and rates and many lines. */
function oncePerText<Place extends object>(read: ReadingOfText<Place>): ReadingOfText<Place> {
	const readIn = perObject((place: Place) => remember((text) => read(text, place)));
	return (text, place) => readIn(place)(text);
}

/** An account by code, id or name; its code is what Xero is sent. */
export const readAccount = oncePerText((text, settings: OrganisationSettings) => {
	const { accounts } = settings;
	const sent = (account: Account) => readValue(account.code ?? account.id);
	const exact =
		accounts.find((account) => account.code === text) ??
		accounts.find((account) => isSameText(account.code ?? '', text)) ??
		accounts.find((account) => isSameText(account.id, text));
	if (exact) return sent(exact);
	const byName = named(accounts, text, (account) => account.name, isActive);
	const written = byName.length > 0 ? byName : accounts.filter((each) => isWrittenAs(each, text));
	const [only] = written;
	if (only && written.length === 1) return sent(only);
	if (only) {
		return unreadable(
			'XERO_ACCOUNT_AMBIGUOUS',
			`holds ${quoted(text)}, the name of ${written.length} accounts (${written
				.map((account) => account.code ?? account.id)
				.join(', ')}).`,
			'Give the code of the account instead of its name.',
		);
	}
	return unreadable(
		'XERO_ACCOUNT_UNKNOWN',
		`holds ${quoted(text)}, which is neither a code nor a name of the organisation's accounts.`,
		'Choose an account from the list in the node, or add it in Xero.',
	);
});

/** A tax rate by its code (OUTPUT2) or its name ("20% (VAT on Income)"). */
export const readTaxType = oncePerText((text, settings: OrganisationSettings) => {
	const { taxRates } = settings;
	const exact = taxRates.find((rate) => isSameText(rate.taxType, text));
	if (exact) return readValue(exact.taxType);
	const byName = named(taxRates, text, (rate) => rate.name, isActive);
	const [only] = byName;
	if (only && byName.length === 1) return readValue(only.taxType);
	if (only) {
		return unreadable(
			'XERO_TAX_RATE_AMBIGUOUS',
			`holds ${quoted(text)}, the name of ${byName.length} tax rates (${byName
				.map((rate) => rate.taxType)
				.join(', ')}).`,
			'Choose the tax rate from the list in the node.',
		);
	}
	const names = taxRates.filter(isActive).map((rate) => rate.name);
	return unreadable(
		'XERO_TAX_RATE_UNKNOWN',
		`holds ${quoted(text)}, which is not a tax rate of the organisation.`,
		`Use one of: ${names.slice(0, 12).join('; ')}.`,
	);
});

/** A currency by its ISO code; names and signs are not guessed ("$" is many). */
export function readCurrency(text: string): FieldReading {
	const code = text.toUpperCase();
	return /^[A-Z]{3}$/.test(code)
		? readValue(code)
		: unreadable(
				'XERO_CURRENCY_UNREADABLE',
				`holds ${quoted(text)}, which is not a currency code.`,
				'Give the three letters of the currency, such as GBP or USD.',
			);
}

export function readBrandingTheme(text: string, settings: OrganisationSettings): FieldReading {
	const { brandingThemes } = settings;
	const theme =
		brandingThemes.find(({ id }) => isSameText(id, text)) ??
		brandingThemes.find(({ name }) => isSameText(name, text));
	if (theme) return readValue(theme.id);
	return unreadable(
		'XERO_BRANDING_THEME_UNKNOWN',
		`holds ${quoted(text)}, which is not a branding theme of the organisation.`,
		'Choose a branding theme from the list in the node.',
	);
}

/** Path of a category in a draft's line, as lines that are read from Xero name it. */
export function trackingPath(category: TrackingCategory): string {
	return `tracking.${category.name}`;
}

/** An option of a tracking category by its id or its name, as lines read from Xero name it. */
export const readTrackingOption = oncePerText((text, category: TrackingCategory) => {
	const byId = category.options.find((option) => isSameText(option.id, text));
	const [option] = byId ? [byId] : named(category.options, text, (each) => each.name, isActive);
	if (option) return readValue(option.name);
	const names = category.options.filter(isActive).map((each) => each.name);
	return unreadable(
		'XERO_TRACKING_UNKNOWN',
		`holds ${quoted(text)}, which is not an option of ${category.name}.`,
		`Add the option in Xero, or use one of: ${names.slice(0, 12).join(', ')}.`,
	);
});
