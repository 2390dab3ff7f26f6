import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { filterFamily } from '../../knack/filters';
import { countOf } from '../../texts';
import { fieldOptions, optionOf } from '../knackPickers';
import { optionsInWords } from '../pickerWords';
import { settingsForForm } from '../xeroConnection';
import { chosenOrganisation } from '../xeroPickers';

/** Accounts of the organisation by their code; those without one, such as some banks, are left out. */
export async function getAccounts(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await optionsInWords(this, async () => {
		const { accounts } = await settingsForForm(this, chosenOrganisation(this));
		return accounts
			.flatMap(({ code, name, status }) =>
				code === undefined || status !== 'ACTIVE'
					? []
					: [{ name: `${code} · ${name}`, value: code }],
			)
			.sort((a, b) => (a.value < b.value ? -1 : 1));
	});
}

/**
 * Tracking categories of the organisation; archived ones are left out. None may be chosen, and n8n marks
 * a blank in red that its list lacks.
 */
export async function getTrackingCategories(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return await optionsInWords(this, async () => {
		const { trackingCategories } = await settingsForForm(this, chosenOrganisation(this));
		const active = trackingCategories.filter(({ status }) => status === 'ACTIVE');
		return [
			{ name: 'Not Chosen', value: '' },
			...active.map(({ id, name, options }) => ({
				name,
				value: id,
				description: countOf(options.length, 'option'),
			})),
		];
	});
}

/** Fields of the chosen Knack table that hold numbers. */
export async function getNumberFields(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return await fieldOptions(this, ({ table }) =>
		table.fields
			.filter(({ type }) => filterFamily(type) === 'number')
			.map((field) => optionOf(table, field)),
	);
}
