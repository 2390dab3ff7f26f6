import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';
import { CONTACT } from '../xero/documents/contact';
import { readText } from '../xero/documents/reading';
import { readList, readPage } from '../xero/pages';
import type { OrganisationSettings } from '../xero/settings';
import { optionsInWords, searchInWords } from './pickerWords';
import { connectXero, listOrganisations, settingsForForm } from './xeroConnection';

const PICKER_PATIENCE_MS = 20_000;

/** The organisation that the node has chosen, from a resource locator or a plain value. */
export function chosenOrganisation(context: ILoadOptionsFunctions): string | undefined {
	const value = context.getNodeParameter('organisation', '');
	const id = typeof value === 'object' && value !== null && 'value' in value ? value.value : value;
	return typeof id === 'string' && id.trim() !== '' ? id.trim() : undefined;
}

function byName(a: INodePropertyOptions, b: INodePropertyOptions): number {
	return a.name.localeCompare(b.name);
}

async function settingsOptions(
	context: ILoadOptionsFunctions,
	options: (settings: OrganisationSettings) => INodePropertyOptions[],
): Promise<INodePropertyOptions[]> {
	return await optionsInWords(context, async () =>
		options(await settingsForForm(context, chosenOrganisation(context))),
	);
}

function matching(
	results: INodeListSearchResult['results'],
	filter: string | undefined,
): INodeListSearchResult {
	const wanted = filter?.trim().toLowerCase() ?? '';
	return { results: results.filter((entry) => entry.name.toLowerCase().includes(wanted)) };
}

/** Organisations by name; where two share a name, with the beginning of their ids. */
export async function searchOrganisations(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await searchInWords(this, async () => {
		const connections = await listOrganisations(this);
		const results = connections.map(({ organisationId, name }) => {
			const isShared = connections.filter((other) => other.name === name).length > 1;
			return {
				name: isShared ? `${name} (${organisationId.slice(0, 8)})` : name,
				value: organisationId,
			};
		});
		return matching(results.sort(byName), filter);
	});
}

export async function getOrganisations(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return await optionsInWords(this, async () => (await searchOrganisations.call(this)).results);
}

/** Accounts that lines may be posted to, by code. */
export async function getAccounts(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await settingsOptions(this, ({ accounts }) =>
		accounts
			.filter((account) => account.status === 'ACTIVE' && account.type !== 'BANK')
			.flatMap((account) =>
				account.code === undefined
					? []
					: [{ name: `${account.code} ${account.name}`, value: account.code }],
			)
			.sort(byName),
	);
}

/** Accounts that payments may go to or come from: bank accounts, and others marked for it. */
export async function getPaymentAccounts(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return await settingsOptions(this, ({ accounts }) =>
		accounts
			.filter((account) => account.status === 'ACTIVE')
			.filter((account) => account.type === 'BANK' || account.enablePaymentsToAccount)
			.map((account) => ({
				name: account.code === undefined ? account.name : `${account.code} ${account.name}`,
				value: account.code ?? account.id,
			}))
			.sort(byName),
	);
}

export async function getTaxRates(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await settingsOptions(this, ({ taxRates }) =>
		taxRates
			.filter((rate) => rate.status === 'ACTIVE')
			.map((rate) => ({ name: rate.name, value: rate.taxType }))
			.sort(byName),
	);
}

export async function getCurrencies(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await settingsOptions(this, ({ currencies, organisation }) =>
		currencies.map((code) => ({
			name: code === organisation.baseCurrency ? `${code} (Base Currency)` : code,
			value: code,
		})),
	);
}

export async function getBrandingThemes(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return await settingsOptions(this, ({ brandingThemes }) =>
		brandingThemes.map((theme) => ({ name: theme.name, value: theme.id })),
	);
}

export async function getTrackingCategories(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return await settingsOptions(this, ({ trackingCategories }) =>
		trackingCategories
			.filter((category) => category.status === 'ACTIVE')
			.map((category) => ({ name: category.name, value: category.name })),
	);
}

/** Options of every active tracking category, each with its category's name. */
export async function getTrackingOptions(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return await settingsOptions(this, ({ trackingCategories }) =>
		trackingCategories
			.filter((category) => category.status === 'ACTIVE')
			.flatMap((category) =>
				category.options
					.filter((option) => option.status === 'ACTIVE')
					.map((option) => ({ name: `${category.name}: ${option.name}`, value: option.id })),
			),
	);
}

/** Products and services, by code. */
export async function searchItems(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await searchInWords(this, async () => {
		const client = await connectXero(this, chosenOrganisation(this), {
			patienceMs: PICKER_PATIENCE_MS,
		});
		const { elements } = await readList(client, { path: '/Items' }, 'Items');
		const results = elements.flatMap((item) => {
			const code = readText(item, 'Code');
			const name = readText(item, 'Name');
			return code === undefined
				? []
				: [{ name: name === undefined ? code : `${code} ${name}`, value: code }];
		});
		return matching(results.sort(byName), filter);
	});
}

/** Contacts in pages of 100, searched by Xero itself. */
export async function searchContacts(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await searchInWords(this, async () => {
		const client = await connectXero(this, chosenOrganisation(this), {
			patienceMs: PICKER_PATIENCE_MS,
		});
		const page = Number(paginationToken ?? '1');
		const term = filter?.trim();
		const read = await readPage(
			client,
			{
				path: '/Contacts',
				query: {
					summaryOnly: 'true',
					order: 'Name',
					...(term ? { searchTerm: term } : {}),
				},
				listName: CONTACT.resource,
				pageSize: 100,
				takesPageSize: true,
			},
			page,
		);
		const results = read.elements.map((element) => {
			const { id, fields } = CONTACT.read(element);
			return { name: String(fields.name ?? id), value: id };
		});
		const hasMore =
			read.pageCount === undefined ? read.elements.length === 100 : page < read.pageCount;
		return { results, ...(hasMore ? { paginationToken: String(page + 1) } : {}) };
	});
}
