import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';
import { containing } from '../foldText';
import { searchInWords, toChoose } from './pickerWords';
import { listOrganisations } from './xeroConnection';

/** The organisation that the node has chosen, from a resource locator or a plain value. */
export function chosenOrganisation(context: ILoadOptionsFunctions): string | undefined {
	const value = context.getNodeParameter('organisation', '');
	const id = typeof value === 'object' && value !== null && 'value' in value ? value.value : value;
	return typeof id === 'string' && id.trim() !== '' ? id.trim() : undefined;
}

function byName(a: INodePropertyOptions, b: INodePropertyOptions): number {
	return a.name.localeCompare(b.name);
}

function matching(
	results: INodeListSearchResult['results'],
	filter: string | undefined,
): INodeListSearchResult {
	return { results: containing(results, filter, ({ name }) => name) };
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
		if (results.length === 0) return toChoose('None yet: open the Xero credential and connect it');
		return matching(results.sort(byName), filter);
	});
}
