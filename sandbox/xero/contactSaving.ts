import type { Call } from './call';
import { UnknownId } from './failures';
import type { Input } from './input';
import type { AddressSlot, ContactPersonSlot, ContactRow, PaymentTerm, PhoneSlot } from './model';
import { Problems, refuse } from './problems';
import type { SaveMode } from './resource';
import type { Ledger } from './ledger';

/** Text fields that are stored as they come, with their longest length. */
const TEXT_FIELDS: Readonly<Record<string, number>> = {
	AccountNumber: 50,
	FirstName: 255,
	LastName: 255,
	CompanyNumber: 50,
	EmailAddress: 255,
	BankAccountDetails: 255,
	TaxNumber: 50,
	TaxNumberType: 20,
	AccountsReceivableTaxType: 50,
	AccountsPayableTaxType: 50,
	SalesDefaultLineAmountType: 20,
	PurchasesDefaultLineAmountType: 20,
	DefaultCurrency: 3,
	XeroNetworkKey: 255,
	SalesDefaultAccountCode: 10,
	PurchasesDefaultAccountCode: 10,
};

const MOST_PERSONS = 5;
const EMAIL = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/;

const ARCHIVED_CONTACT_EDITED =
	'The specified contact details matched an archived contact. Archived contacts cannot currently be edited via the API.';

export function nameKey(name: string): string {
	return tidyName(name).toLowerCase();
}

export function activeContactByName(ledger: Ledger, name: string): ContactRow | undefined {
	const key = nameKey(name);
	return ledger.contacts.lookUp('name', key).find((contact) => contact.status === 'ACTIVE');
}

export function contactByNumber(ledger: Ledger, contactNumber: string): ContactRow | undefined {
	return ledger.contacts.lookUp('contactNumber', contactNumber)[0];
}

/** POST matches ContactID, then ContactNumber, then the name of an active contact; PUT only creates. */
export function saveContact(call: Call, input: Input, mode: SaveMode, id?: string): ContactRow {
	const { ledger } = call;
	const existing = matched(call, input, mode, id);
	if (existing?.status === 'ARCHIVED') refuse(ARCHIVED_CONTACT_EDITED);
	const row = readContact(call, input, existing);
	ledger.contacts.put(row.contactId, row);
	ledger.changed('contact', row.contactId, existing ? 'updated' : 'created');
	return row;
}

function matched(
	call: Call,
	input: Input,
	mode: SaveMode,
	id: string | undefined,
): ContactRow | undefined {
	const { ledger } = call;
	const contactId = id ?? input.trimmed('ContactID');
	if (contactId !== undefined) {
		const found = ledger.contacts.get(contactId.toLowerCase());
		if (!found) throw new UnknownId();
		return found;
	}
	const number = input.trimmed('ContactNumber');
	const name = input.trimmed('Name');
	if (number === undefined && name === undefined) {
		refuse(
			'The Contact must contain at least 1 of the following elements to identify the contact: Name, ContactID, ContactNumber',
		);
	}
	if (mode === 'create') return undefined;
	const byNumber = number === undefined ? undefined : contactByNumber(ledger, number);
	if (byNumber) return byNumber;
	const byName = name === undefined ? undefined : activeContactByName(ledger, name);
	// Another number than the one the name already has means another contact.
	if (byName && number !== undefined && byName.contactNumber !== undefined) return undefined;
	return byName;
}

/**
 * The contact as it would be after the change; nothing is stored.
 * @throws ValidationFailure
 */
export function readContact(
	call: Call,
	input: Input,
	existing: ContactRow | undefined,
): ContactRow {
	const { ledger } = call;
	const problems = new Problems();
	const sentName = input.trimmed('Name');
	const name = sentName === undefined ? existing?.name : tidyName(sentName);
	if (name === undefined) problems.add('Contact name cannot be empty');
	if (name !== undefined && name.length > 255) {
		problems.add('The contact name must be less than 255 characters.');
	}
	if (name !== undefined && /[<>]/.test(name)) {
		problems.add('The contact name cannot contain the characters < or >.');
	}
	const sharing = name === undefined ? undefined : activeContactByName(ledger, name);
	const status = readStatus(input, existing, problems);
	if (sharing && sharing.contactId !== existing?.contactId && status === 'ACTIVE') {
		problems.add(
			`The contact name ${name} is already assigned to another contact. The contact name must be unique across all active contacts.`,
		);
	}
	const contactNumber = input.has('ContactNumber')
		? input.trimmed('ContactNumber')
		: existing?.contactNumber;
	if (contactNumber !== undefined) {
		if (contactNumber.length > 50) problems.add('Contact Number must not exceed 50 characters.');
		const holder = contactByNumber(ledger, contactNumber);
		if (holder && holder.contactId !== existing?.contactId) {
			// Both wordings are recorded; which of them comes when is not known.
			if (existing) {
				problems.add(
					`The contact number ${contactNumber} is already assigned to another contact. The contact number must be unique.`,
				);
			} else {
				problems.add(
					'Another contact has this contact number. Please enter a different contact number.',
				);
			}
		}
	}
	const texts = readTexts(input, existing, problems);
	const persons = readPersons(input, existing, problems);
	const brandingThemeId =
		input.object('BrandingTheme')?.trimmed('BrandingThemeID') ?? existing?.brandingThemeId;
	const terms = input.object('PaymentTerms');
	problems.refuseIfAny();
	return {
		contactId: existing?.contactId ?? call.guid(),
		contactNumber,
		status,
		name: name ?? '',
		nameKey: nameKey(name ?? ''),
		texts,
		addresses: mergeSlots(existing?.addresses ?? [], readAddresses(input), 'AddressType'),
		phones: mergeSlots(existing?.phones ?? [], readPhones(input), 'PhoneType'),
		contactPersons: persons,
		salesTerms: readTerm(terms?.object('Sales')) ?? existing?.salesTerms,
		billTerms: readTerm(terms?.object('Bills')) ?? existing?.billTerms,
		brandingThemeId,
		isCustomer: existing?.isCustomer ?? false,
		isSupplier: existing?.isSupplier ?? false,
		mergedToContactId: existing?.mergedToContactId,
		updatedMs: call.now(),
	};
}

function readStatus(
	input: Input,
	existing: ContactRow | undefined,
	problems: Problems,
): ContactRow['status'] {
	const sent = input.trimmed('ContactStatus')?.toUpperCase();
	if (sent === undefined) return existing?.status ?? 'ACTIVE';
	if (sent === 'ACTIVE' || sent === 'ARCHIVED' || sent === 'GDPRREQUEST') return sent;
	problems.add(`The contact status ${sent} is not valid.`);
	return existing?.status ?? 'ACTIVE';
}

function readTexts(
	input: Input,
	existing: ContactRow | undefined,
	problems: Problems,
): Readonly<Record<string, string>> {
	const texts: Record<string, string> = { ...existing?.texts };
	for (const [field, longest] of Object.entries(TEXT_FIELDS)) {
		if (!input.has(field)) continue;
		const value = input.trimmed(field);
		if (value === undefined) delete texts[field];
		else texts[field] = value;
		if (value !== undefined && value.length > longest) {
			problems.add(`${field} must not exceed ${longest} characters.`);
		}
	}
	const email = texts['EmailAddress'];
	if (email !== undefined && !EMAIL.test(email)) problems.add('Email address must be valid.');
	return texts;
}

/** ContactPersons are replaced as a whole whenever they are sent. */
function readPersons(
	input: Input,
	existing: ContactRow | undefined,
	problems: Problems,
): readonly ContactPersonSlot[] {
	const sent = input.list('ContactPersons');
	if (!sent) return existing?.contactPersons ?? [];
	if (sent.length > MOST_PERSONS) {
		problems.add(`A contact can have at most ${MOST_PERSONS} contact persons.`);
	}
	return sent.map((person) => {
		const email = person.trimmed('EmailAddress');
		if (email !== undefined && !EMAIL.test(email)) problems.add('Email address must be valid.');
		return {
			FirstName: person.trimmed('FirstName'),
			LastName: person.trimmed('LastName'),
			EmailAddress: email,
			IncludeInEmails: person.flag('IncludeInEmails') ?? false,
		};
	});
}

function readAddresses(input: Input): AddressSlot[] {
	return (input.list('Addresses') ?? []).map((address) => ({
		AddressType: address.trimmed('AddressType')?.toUpperCase() ?? 'POBOX',
		AddressLine1: address.text('AddressLine1'),
		AddressLine2: address.text('AddressLine2'),
		AddressLine3: address.text('AddressLine3'),
		AddressLine4: address.text('AddressLine4'),
		City: address.text('City'),
		Region: address.text('Region'),
		PostalCode: address.text('PostalCode'),
		Country: address.text('Country'),
		AttentionTo: address.text('AttentionTo'),
	}));
}

function readPhones(input: Input): PhoneSlot[] {
	return (input.list('Phones') ?? []).map((phone) => ({
		PhoneType: phone.trimmed('PhoneType')?.toUpperCase() ?? 'DEFAULT',
		PhoneNumber: phone.text('PhoneNumber'),
		PhoneAreaCode: phone.text('PhoneAreaCode'),
		PhoneCountryCode: phone.text('PhoneCountryCode'),
	}));
}

/** A slot that is sent replaces the slot of its type; the other types stay. */
function mergeSlots<Slot, Key extends keyof Slot>(
	held: readonly Slot[],
	sent: readonly Slot[],
	type: Key,
): readonly Slot[] {
	if (sent.length === 0) return held;
	const merged = new Map(held.map((slot) => [slot[type], slot]));
	for (const slot of sent) merged.set(slot[type], slot);
	return [...merged.values()];
}

function readTerm(term: Input | undefined): PaymentTerm | undefined {
	const day = term?.decimal('Day');
	if (!term || day === undefined) return undefined;
	return { day: day.toNumber(), type: term.trimmed('Type') ?? 'DAYSAFTERBILLDATE' };
}

function tidyName(name: string): string {
	return name.trim().replace(/\s+/g, ' ');
}
