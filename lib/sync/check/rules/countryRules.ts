import { judged } from '../../../issueCodes';
import type { FieldDefinition } from '../../../xero/documents/definition';
import { placedLabel, textOf } from '../draftValues';
import type { Finding, Rule } from '../rule';

function isTakenIn(country: string, { countries }: FieldDefinition): boolean {
	if (countries === undefined) return true;
	return 'otherThan' in countries
		? !countries.otherThan.includes(country)
		: countries.includes(country);
}

/** What banks want of a payment differs from country to country, and Xero asks for that alone. */
const fieldOfOtherCountry: Rule = {
	...judged('XERO_FIELD_OF_OTHER_COUNTRY'),
	find({ placed, settings }) {
		const { countryCode, name } = settings.organisation;
		if (countryCode === undefined) return [];
		return placed.all.flatMap((each): Finding[] =>
			textOf(each.value) === undefined || isTakenIn(countryCode, each.field)
				? []
				: [
						{
							field: each.path,
							message: `Xero does not take ${placedLabel(each)} for an organisation such as ${name}, whose country is ${countryCode}.`,
							fix: 'Map the field that is meant for the country of the organisation, and leave this one out.',
						},
					],
		);
	},
};

export const countryRules: readonly Rule[] = [fieldOfOtherCountry];
