import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
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

/** Categories of tracking of the organisation. */
export async function getTrackingCategories(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return await optionsInWords(this, async () => {
		const { trackingCategories } = await settingsForForm(this, chosenOrganisation(this));
		return trackingCategories
			.filter(({ status }) => status === 'ACTIVE')
			.map(({ id, name }) => ({ name, value: id }));
	});
}
