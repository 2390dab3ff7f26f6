import { NodeOperationError } from 'n8n-workflow';
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { containing } from '../../foldText';
import { tableLabel } from '../../knack/tables';
import { HOW_TO_MAKE, inWords, lackingFields, soundsLikeLog } from '../../sync/log/logTable';
import { openApp } from '../knackPickers';
import { searchInWords } from '../pickerWords';

/** The tables that can hold a log; one that is named so and lacks a field says which. */
export async function searchLogTables(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await searchInWords(this, async () => {
		const app = await openApp(this);
		const named = app.tables.flatMap((table) => {
			const lacking = lackingFields(table);
			const label = tableLabel(app, table);
			if (lacking.length === 0) return [{ name: label, value: table.key, rank: 0 }];
			const isMeant = soundsLikeLog(table) || lacking.length === 1;
			return isMeant
				? [{ name: `${label} (lacks ${inWords(lacking)})`, value: table.key, rank: 1 }]
				: [];
		});
		if (named.length === 0) {
			throw new NodeOperationError(this.getNode(), 'No table of Knack can hold the Sync Log', {
				description: HOW_TO_MAKE,
			});
		}
		const found = containing(named, filter, ({ name }) => name);
		const results = found
			.sort((a, b) => a.rank - b.rank || a.name.localeCompare(b.name))
			.map(({ name, value }) => ({ name, value }));
		return { results };
	});
}
