import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { KnackApp, KnackTable } from '../../knack/app';
import { missingTableWords } from '../../knack/fieldSuccessors';
import { findTable } from '../../knack/tables';

/** The table that is chosen for an item, by its key or name. Throws NodeOperationError. */
export function itemTable(
	context: IExecuteFunctions,
	app: KnackApp,
	{ index, tableName }: { readonly index: number; readonly tableName: string | undefined },
): KnackTable {
	const table = tableName === undefined ? undefined : findTable(app, tableName);
	if (table) return table;
	const words =
		tableName === undefined
			? { message: 'No table is chosen.', fix: 'Choose a table under Table.' }
			: missingTableWords(app, { key: tableName });
	throw new NodeOperationError(context.getNode(), words.message, {
		description: words.fix,
		itemIndex: index,
	});
}
