import { ContactIndex, type WantedContact } from '../../lib/sync/find/contactIndex';
import { CONTACT_OF_DOCUMENT, findContact } from '../../lib/sync/find/findContact';
import type { XeroDocument } from '../../lib/xero/documents/definition';

function contact(
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

const XERO = new ContactIndex([
	contact('acme', 'Acme Limited', { email: 'accounts@acme.example', number: 'C-1' }),
	contact('cafe', 'Café  Müller'),
	contact('bay', 'Bay Tree Nurseries', { email: 'office@shared.example' }),
	contact('old', 'Old Mill Bakery', { status: 'ARCHIVED' }),
	contact('twin1', 'Harbour & Sons'),
	contact('twin2', 'Harbour and Sons'),
	contact('merged', 'Northgate Builders', { mergedToId: 'north' }),
	contact('north', 'Northgate Construction'),
	contact('jane', 'Jane Whitfield', { email: 'jane@whitfield.example' }),
]);

function found(wanted: WantedContact) {
	const match = findContact(XERO, wanted, { ...CONTACT_OF_DOCUMENT, severities: {} });
	if (match.kind === 'matched') return `${match.document.id} by ${match.by}`;
	return match.kind === 'stopped'
		? match.issues.map((issue) => issue.code).join(',')
		: `missing${match.issues.map((issue) => ` ${issue.code}`).join('')}`;
}

describe('which contact a record means', () => {
	it.each<[string, WantedContact, string]>([
		['the id kept in Knack, before all else', { id: 'jane', name: 'Acme Limited' }, 'jane by id'],
		['the contact it was merged into', { id: 'merged' }, 'north by id'],
		[
			'the contact number',
			{ contactNumber: 'C-1', name: 'Something Else' },
			'acme by contactNumber',
		],
		['the name in another case', { name: 'ACME LIMITED' }, 'acme by name'],
		['the name with other spaces', { name: ' café müller ' }, 'cafe by name'],
		['Ltd for Limited', { name: 'Acme Ltd.' }, 'acme by similarName'],
		['the name without accents', { name: 'Cafe Muller' }, 'cafe by similarName'],
		[
			'the e-mail address, where there is no name',
			{ emailAddress: 'JANE@whitfield.example' },
			'jane by emailAddress',
		],
	])('recognises %s', (_what, wanted, expected) => {
		expect(found(wanted)).toBe(expected);
	});

	it.each<[string, WantedContact, string]>([
		['an archived contact', { name: 'Old Mill Bakery' }, 'XERO_CONTACT_ARCHIVED'],
		['two that are written alike', { name: 'Harbour + Sons' }, 'XERO_CONTACT_AMBIGUOUS'],
		['an id of another organisation', { id: 'nowhere' }, 'XERO_ID_UNKNOWN'],
		[
			'a similar name with another e-mail address',
			{ name: 'Acme Ltd', emailAddress: 'info@other.example' },
			'XERO_CONTACT_LOOKS_ALIKE',
		],
		[
			'half the name with the same e-mail address',
			{ name: 'J Whitfield', emailAddress: 'jane@whitfield.example' },
			'XERO_CONTACT_LOOKS_ALIKE',
		],
	])('does not guess about %s', (_what, wanted, expected) => {
		expect(found(wanted)).toBe(expected);
	});

	it('never links two companies by a shared e-mail address', () => {
		expect(found({ name: 'Riverside Joinery', emailAddress: 'office@shared.example' })).toBe(
			'missing XERO_CONTACT_SHARES_EMAIL',
		);
	});

	it('keeps apart companies that differ in their legal form', () => {
		expect(found({ name: 'Acme Inc' })).toBe('missing');
	});
});
