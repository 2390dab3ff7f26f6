import { ContactIndex } from '../../lib/sync/find/contactIndex';
import type { XeroDocument } from '../../lib/xero/documents/definition';

export function contact(
	id: string,
	name: string,
	more: { email?: string; number?: string; status?: string; mergedToId?: string } = {},
): XeroDocument {
	return {
		type: 'contact',
		id,
		status: more.status ?? 'ACTIVE',
		...(more.mergedToId === undefined ? {} : { mergedToId: more.mergedToId }),
		fields: {
			name,
			...(more.email === undefined ? {} : { emailAddress: more.email }),
			...(more.number === undefined ? {} : { contactNumber: more.number }),
		},
	};
}

/** Contacts that records lead to, or nearly. */
export const XERO = new ContactIndex([
	contact('acme', 'Acme Limited', { email: 'accounts@acme.example', number: 'C-1' }),
	contact('cafe', 'Café  Müller'),
	contact('bay', 'Bay Tree Nurseries', { email: 'office@shared.example' }),
	contact('old', 'Old Mill Bakery', { status: 'ARCHIVED' }),
	contact('shut', 'Fulmer Pottery', { status: 'ARCHIVED', number: 'C-99' }),
	contact('twin1', 'Harbour & Sons'),
	contact('twin2', 'Harbour and Sons'),
	contact('merged', 'Northgate Builders', { mergedToId: 'north' }),
	contact('mergedToo', 'Southgate Builders', {
		mergedToId: 'north',
		email: 'office@southgate.example',
		number: 'C-77',
	}),
	contact('north', 'Northgate Construction'),
	contact('west', 'Westgate Builders', { mergedToId: 'jane', number: 'C-88' }),
	contact('jane', 'Jane Whitfield', { email: 'jane@whitfield.example' }),
	contact('services', 'Group Services Ltd', { email: 'office@svc.example', number: 'C-5' }),
	contact('dash', '—', { email: 'office@dash.example', number: 'C-6' }),
]);
