import type { IDisplayOptions } from 'n8n-workflow';
import { locator } from './parameters/kinds';

/** The organisation of a node, from the list of those that its credential is connected to. */
export function organisationLocator(description: string, displayOptions?: IDisplayOptions) {
	return locator({
		displayName: 'Organisation',
		name: 'organisation',
		default: { mode: 'list', value: '' },
		description,
		...(displayOptions && { displayOptions }),
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchOrganisations', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 3f8d5c7a-1b2c-4d3e-8f9a-0b1c2d3e4f5a',
			},
		],
	});
}
