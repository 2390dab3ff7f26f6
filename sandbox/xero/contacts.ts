import type { Call } from './call';
import { saveContact } from './contactSaving';
import { asNumber, ZERO } from './decimals';
import type { JsonObject } from './json';
import type { ContactRow, PaymentTerm } from './model';
import type { Detail, Resource } from './resource';
import { msDate } from './xeroDates';

const GUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

export const contacts: Resource<ContactRow> = {
	path: 'Contacts',
	idName: 'ContactID',
	scopes: ['accounting.contacts'],
	paging: 'size',
	understandsWhere: true,
	understandsSummary: true,
	fields: () => ({
		contactid: (contact) => contact.contactId,
		name: (contact) => contact.name,
		contactnumber: (contact) => contact.contactNumber,
		accountnumber: (contact) => contact.texts['AccountNumber'],
		contactstatus: (contact) => contact.status,
		emailaddress: (contact) => contact.texts['EmailAddress'],
		firstname: (contact) => contact.texts['FirstName'],
		lastname: (contact) => contact.texts['LastName'],
		companynumber: (contact) => contact.texts['CompanyNumber'],
		taxnumber: (contact) => contact.texts['TaxNumber'],
		iscustomer: (contact) => contact.isCustomer,
		issupplier: (contact) => contact.isSupplier,
		updateddateutc: (contact) => contact.updatedMs,
	}),
	idOf: (contact) => contact.contactId,
	updatedMs: (contact) => contact.updatedMs,
	rows: (call) => call.ledger.contacts.all(),
	find: (call, named) =>
		GUID.test(named)
			? call.ledger.contacts.get(named.toLowerCase())
			: call.ledger.contacts.lookUp('contactNumber', named)[0],
	narrow,
	render: (call, contact, detail) => renderContact(call, contact, detail),
	save: saveContact,
};

function narrow(call: Call, rows: readonly ContactRow[]): readonly ContactRow[] {
	const ids = call.queryList('IDs')?.map((id) => id.toLowerCase());
	const term = call.query('searchTerm')?.toLowerCase();
	// Contacts asked for by id are given whatever their status.
	const archivedToo = call.queryFlag('includeArchived') || ids !== undefined;
	const wanted = ids && new Set(ids);
	return rows.filter(
		(contact) =>
			(archivedToo || contact.status === 'ACTIVE') &&
			(!wanted || wanted.has(contact.contactId)) &&
			(term === undefined || searchable(contact).some((text) => text.includes(term))),
	);
}

function searchable(contact: ContactRow): string[] {
	const { texts } = contact;
	return [
		contact.name,
		contact.contactNumber,
		texts['FirstName'],
		texts['LastName'],
		texts['CompanyNumber'],
		texts['EmailAddress'],
	].map((text) => text?.toLowerCase() ?? '');
}

/** Balances and the merge are shown by single and paged reads, not by unpaged lists. */
export function renderContact(call: Call, contact: ContactRow, detail: Detail): JsonObject {
	const { texts } = contact;
	const head: JsonObject = {
		ContactID: contact.contactId,
		ContactNumber: contact.contactNumber,
		AccountNumber: texts['AccountNumber'],
		ContactStatus: contact.status,
		Name: contact.name,
		FirstName: texts['FirstName'],
		LastName: texts['LastName'],
		CompanyNumber: texts['CompanyNumber'],
		EmailAddress: texts['EmailAddress'] ?? '',
		IsSupplier: contact.isSupplier,
		IsCustomer: contact.isCustomer,
		UpdatedDateUTC: msDate(contact.updatedMs),
		HasAttachments: (call.ledger.attachments.get(contact.contactId)?.length ?? 0) > 0,
		HasValidationErrors: false,
	};
	if (detail.summary) return head;
	const full: JsonObject = {
		...head,
		BankAccountDetails: texts['BankAccountDetails'] ?? '',
		TaxNumber: texts['TaxNumber'],
		AccountsReceivableTaxType: texts['AccountsReceivableTaxType'],
		AccountsPayableTaxType: texts['AccountsPayableTaxType'],
		Addresses: renderAddresses(contact),
		Phones: renderPhones(contact),
		DefaultCurrency: texts['DefaultCurrency'],
		ContactGroups: call.ledger.contactGroups
			.filter(({ contactIds }) => contactIds.includes(contact.contactId))
			.map((group) => ({
				ContactGroupID: group.contactGroupId,
				Name: group.name,
				Status: group.status,
			})),
		Website: texts['Website'],
		ContactPersons: contact.contactPersons.map((person) => ({ ...person })),
		SalesDefaultAccountCode: texts['SalesDefaultAccountCode'],
		PurchasesDefaultAccountCode: texts['PurchasesDefaultAccountCode'],
		SalesTrackingCategories: [],
		PurchasesTrackingCategories: [],
	};
	if (contact.salesTerms ?? contact.billTerms) {
		full['PaymentTerms'] = {
			Sales: renderTerm(contact.salesTerms),
			Bills: renderTerm(contact.billTerms),
		};
	}
	if (!detail.lines && !detail.single) return full;
	if (contact.mergedToContactId !== undefined) {
		full['MergedToContactID'] = contact.mergedToContactId;
	}
	const balances = balancesByContact(call).get(contact.contactId);
	if (balances) full['Balances'] = balances;
	return full;
}

/** The contact as a document shows it: in lists only who it is. */
export function renderDocumentContact(call: Call, contactId: string, detail: Detail): JsonObject {
	const contact = call.ledger.contacts.get(contactId);
	if (!contact) return { ContactID: contactId };
	if (detail.single) {
		return renderContact(call, contact, { lines: false, single: false, summary: false });
	}
	return {
		ContactID: contact.contactId,
		ContactNumber: contact.contactNumber,
		Name: contact.name,
		Addresses: [],
		Phones: [],
		ContactGroups: [],
		ContactPersons: [],
		HasValidationErrors: false,
	};
}

function renderAddresses(contact: ContactRow): JsonObject[] {
	const held = new Map(contact.addresses.map((slot) => [slot.AddressType, slot]));
	return ['STREET', 'POBOX'].map((type) => ({
		AddressType: type,
		City: '',
		Region: '',
		PostalCode: '',
		Country: '',
		...held.get(type),
	}));
}

function renderPhones(contact: ContactRow): JsonObject[] {
	const held = new Map(contact.phones.map((slot) => [slot.PhoneType, slot]));
	const types = ['DDI', 'DEFAULT', 'FAX', 'MOBILE', ...(held.has('OFFICE') ? ['OFFICE'] : [])];
	return types.map((type) => ({
		PhoneType: type,
		PhoneNumber: '',
		PhoneAreaCode: '',
		PhoneCountryCode: '',
		...held.get(type),
	}));
}

function renderTerm(term: PaymentTerm | undefined): JsonObject | undefined {
	return term && { Day: term.day, Type: term.type };
}

const balancesOfCall = new WeakMap<Call, Map<string, JsonObject>>();

/** Outstanding and overdue per contact, added up once a call. */
function balancesByContact(call: Call): Map<string, JsonObject> {
	const known = balancesOfCall.get(call);
	if (known) return known;
	const sums = new Map<
		string,
		Record<string, { outstanding: typeof ZERO; overdue: typeof ZERO }>
	>();
	const today = call.today();
	for (const invoice of call.ledger.invoices.all()) {
		if (invoice.status !== 'AUTHORISED') continue;
		const sides = sums.get(invoice.contactId) ?? {};
		const side = sides[invoice.type] ?? { outstanding: ZERO, overdue: ZERO };
		const late = invoice.dueDate !== undefined && invoice.dueDate < today;
		sides[invoice.type] = {
			outstanding: side.outstanding.plus(invoice.amountDue),
			overdue: late ? side.overdue.plus(invoice.amountDue) : side.overdue,
		};
		sums.set(invoice.contactId, sides);
	}
	const rendered = new Map<string, JsonObject>();
	for (const [contactId, sides] of sums) {
		const side = (type: string): JsonObject => ({
			Outstanding: asNumber(sides[type]?.outstanding ?? ZERO),
			Overdue: asNumber(sides[type]?.overdue ?? ZERO),
		});
		rendered.set(contactId, {
			AccountsReceivable: side('ACCREC'),
			AccountsPayable: side('ACCPAY'),
		});
	}
	balancesOfCall.set(call, rendered);
	return rendered;
}
