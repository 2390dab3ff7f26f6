import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions } from 'n8n-workflow';
import { newStatusChoices, readNewStatus } from '../../sync/status/newStatus';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { isFixed, isUnset } from '../parameters/parameter';
import { SettingError } from '../parameters/settingError';

/**
 * Refuses to run where no record could be given a status: none is chosen, or the document has none
 * to choose. What an expression gives is the matter of its own record. Throws SettingError for a
 * status that is none of the document's.
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
	if (isFixed(stored)) {
		const status = readNewStatus(definition, stored);
		if (!status.ok) throw new SettingError(status.failure.message, status.failure.fix);
		return;
	}
	if (!isUnset(stored)) return;
	throw new NodeOperationError(context.getNode(), 'No new status is chosen', {
		description: `Nothing was changed. Choose one under New Status, such as ${choices[0]?.label ?? ''}.`,
	});
}
