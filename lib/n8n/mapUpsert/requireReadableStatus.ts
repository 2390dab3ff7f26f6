import type { IExecuteFunctions } from 'n8n-workflow';
import { statusChoices } from '../../sync/map/statusChoices';
import { readFieldValue } from '../../sync/map/readFieldValue';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { isFixed, refuse } from '../parameters/parameter';

/**
 * Refuses a status that no record could have. One that an expression gives is the matter of its own
 * record. Throws SettingError.
 */
export function requireReadableStatus(
	context: IExecuteFunctions,
	definition: DocumentDefinition,
): void {
	if (statusChoices(definition).length === 0) return;
	requireStatus('Status', definition, context.getNode().parameters.status);
}

/** The same for a status that stands elsewhere. */
export function requireStatus(
	label: string,
	definition: DocumentDefinition,
	stored: unknown,
	within?: string,
): void {
	const field = definition.fields.find(({ path }) => path === definition.statusPath);
	if (!field || !isFixed(stored)) return;
	if (readFieldValue(field, stored, { timeZone: 'utc' }).kind !== 'unreadable') return;
	const names = statusChoices(definition).map(({ label: name, value }) => `${name} (${value})`);
	const why = `no status that ${definition.plural} can be given`;
	refuse(label, stored, why, `Choose one of: ${names.join(', ')}.`, { within });
}
