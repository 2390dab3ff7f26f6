import { isSameText } from '../../foldText';
import { booksOf } from '../../xero/books';
import type { OrganisationSettings } from '../../xero/settings';
import {
	accountName,
	successorOfAccount,
	successorOfOption,
	successorOfTaxRate,
} from '../settingSuccessors';
import type { FieldReading } from './fieldReading';
import type { MappableField } from './mappableFields';
import { readAccount, readTaxType } from './settingsReading';

/** What a form still names although the organisation does not offer it any more. */
export interface LostSetting {
	/** Such as `205 Sales (old shop) is archived in Xero`. */
	readonly what: string;
	/** What looks as if it took its place, as the form's list shows it. */
	readonly successor?: string;
}

/**
 * Whether a value of a form names something that was archived, deactivated or deleted in Xero since;
 * undefined for what may be used. For showing it in the form: the rules hold the records.
 */
export function lostSetting(
	field: MappableField,
	text: string,
	settings: OrganisationSettings,
): LostSetting | undefined {
	switch (field.kind) {
		case 'account':
		case 'paymentAccount':
			return lostAccount(text, settings);
		case 'taxType':
			return lostTaxRate(text, settings);
		case 'currency':
			return settings.currencies.includes(text.toUpperCase())
				? undefined
				: { what: `${text} is not enabled in Xero` };
		case 'tracking':
			return lostOption(field, text, settings);
		// Its list has all rates that are in use.
		case 'earningsRate':
			return notThere(text);
		default:
			return undefined;
	}
}

function notThere(text: string): LostSetting {
	return { what: `"${text}" is not in Xero` };
}

function read(reading: FieldReading): string | undefined {
	return reading.kind === 'value' ? String(reading.value) : undefined;
}

function lostAccount(text: string, settings: OrganisationSettings): LostSetting | undefined {
	const code = read(readAccount(text, settings));
	const account = settings.accounts.find((each) => (each.code ?? each.id) === code);
	if (!account) return notThere(text);
	if (account.status === 'ACTIVE') return undefined;
	const successor = successorOfAccount(settings, account);
	return {
		what: `${accountName(account)} is archived in Xero`,
		...(successor ? { successor: accountName(successor) } : {}),
	};
}

function lostTaxRate(text: string, settings: OrganisationSettings): LostSetting | undefined {
	const type = read(readTaxType(text, settings));
	const rate = settings.taxRates.find((each) => each.taxType === type);
	if (!rate) return notThere(text);
	if (rate.status === 'ACTIVE') return undefined;
	const successor = successorOfTaxRate(settings, rate);
	return {
		what: `${rate.name} is not active in Xero`,
		...(successor ? { successor: successor.name } : {}),
	};
}

function lostOption(
	field: MappableField,
	text: string,
	settings: OrganisationSettings,
): LostSetting | undefined {
	const category = booksOf(settings).trackingCategory(field.path.replace(/^tracking\./, ''));
	if (!category) return undefined;
	const fit = category.options.filter(
		({ id, name }) => isSameText(id, text) || isSameText(name, text),
	);
	if (fit.some(({ status }) => status === 'ACTIVE')) return undefined;
	const name = fit[0]?.name ?? text;
	const successor = successorOfOption(category, name);
	return {
		what: fit[0] ? `${name} is archived in Xero` : `${category.name} has no option "${name}"`,
		...(successor ? { successor: successor.name } : {}),
	};
}
