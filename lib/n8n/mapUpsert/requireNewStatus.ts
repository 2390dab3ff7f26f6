import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions } from 'n8n-workflow';
import { newStatusChoices } from '../../sync/status/newStatus';
import type { DocumentDefinition } from '../../xero/documents/definition';

/**
 * Refuses to run where no record could be given a status: none is chosen, or the document has none
 * to choose. An expression that comes out empty is the matter of its own record.
 */
export function requireNewStatus(context: IExecuteFunctions, definition: DocumentDefinition): void {
	const choices = newStatusChoices(definition);
	if (choices.length === 0) {
		throw new NodeOperationError(
			context.getNode(),
			`The status of ${definition.plural} cannot be changed`,
			{ description: 'Choose another document, or another operation.' },
		);
	}
	const stored = context.getNode().parameters.newStatus;
	if (typeof stored === 'string' && stored.trim() !== '') return;
	throw new NodeOperationError(context.getNode(), 'No new status is chosen', {
		description: `Nothing was changed. Choose one under New Status, such as ${choices[0]?.label ?? ''}.`,
	});
}
