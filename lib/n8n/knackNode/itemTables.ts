import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { KnackApp, KnackTable } from '../../knack/app';
import { missingTableWords } from '../../knack/fieldHeirs';
import { findTable } from '../../knack/tables';

/** The value of a resource locator or of a plain parameter, trimmed. */
export function chosenText(context: IExecuteFunctions, name: string, index: number): string {
	const value = context.getNodeParameter(name, index, '', { extractValue: true });
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

/** The table that is chosen for an item. Throws NodeOperationError. */
export function itemTable(context: IExecuteFunctions, app: KnackApp, index: number): KnackTable {
	const chosen = chosenText(context, 'table', index);
	const table = chosen === '' ? undefined : findTable(app, chosen);
	if (table) return table;
	const words =
		chosen === ''
			? { message: 'No table is chosen.', fix: 'Choose a table under Table.' }
			: missingTableWords(app, { key: chosen });
	throw new NodeOperationError(context.getNode(), words.message, {
		description: words.fix,
		itemIndex: index,
	});
}
