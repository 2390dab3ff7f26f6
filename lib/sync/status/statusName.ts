import type { DocumentDefinition } from '../../xero/documents/definition';
import { REMOVED } from './statusWish';

/** "Approved" for AUTHORISED, as the form calls it; a status that nobody may choose as "Paid". */
export function statusName(definition: DocumentDefinition, status: string): string {
	if (status === REMOVED) return 'Removed (Deleted or Voided)';
	const field = definition.fields.find(({ path }) => path === definition.statusPath);
	const choice = field?.choices?.find(({ value }) => value === status);
	return choice?.label ?? status.charAt(0).toUpperCase() + status.slice(1).toLowerCase();
}
