import {
	BatchPaymentDetails,
	Contact,
	ContactPerson,
	PaymentTermSide,
} from '../../vendor/xeroModels';
import {
	BATCH_PAYMENTS,
	PERSON,
	TERM,
	WHOLE_PHONE,
	addressFields,
	contactTrackingFields,
	phoneFields,
} from './contactParts';
import type { FieldDefinition } from './definition';
import { CONTACT_LINE_AMOUNT_TYPES } from './fieldChoices';
import { fieldInSlot, modelFields } from './modelFields';
import type { FieldFacts } from './modelFields';
import { atPosition, inside, property } from './wireSlots';

const OWN: Readonly<Record<string, FieldFacts>> = {
	name: {
		label: 'Name',
		usual: true,
		requiredToCreate: true,
		maxLength: 255,
		alsoCalled: [
			'customer',
			'customer name',
			'client',
			'client name',
			'company',
			'company name',
			'contact',
			'contact name',
			'supplier',
			'supplier name',
			'vendor',
			'organisation',
			'organization',
			'business name',
			'bill to',
		],
	},
	emailAddress: {
		label: 'Email Address',
		kind: 'email',
		usual: true,
		maxLength: 255,
		alsoCalled: ['email', 'e-mail', 'customer email', 'client email', 'billing email'],
	},
	firstName: {
		label: 'First Name',
		usual: true,
		maxLength: 255,
		alsoCalled: ['first', 'given name', 'forename'],
	},
	lastName: {
		label: 'Last Name',
		usual: true,
		maxLength: 255,
		alsoCalled: ['last', 'surname', 'family name'],
	},
	contactNumber: {
		label: 'Contact Code',
		maxLength: 50,
		alsoCalled: [
			'contact number',
			'customer number',
			'customer code',
			'customer id',
			'client number',
			'client code',
			'client id',
			'supplier number',
			'supplier code',
		],
	},
	accountNumber: { label: 'Account Number', maxLength: 50, alsoCalled: ['account no'] },
	contactStatus: {
		label: 'Contact Status',
		kind: 'choice',
		choices: [
			{ value: 'ACTIVE', label: 'Active' },
			{ value: 'ARCHIVED', label: 'Archived' },
		],
	},
	companyNumber: {
		label: 'Company Registration Number',
		maxLength: 50,
		alsoCalled: ['company number', 'registration number', 'abn', 'nzbn', 'company no'],
	},
	taxNumber: {
		label: 'Tax ID Number',
		maxLength: 50,
		alsoCalled: ['tax number', 'vat number', 'vat no', 'gst number', 'tax id'],
	},
	taxNumberType: {
		label: 'Tax ID Type',
		kind: 'choice',
		choices: ['SSN', 'EIN', 'ITIN', 'ATIN'].map((value) => ({ value, label: value })),
	},
	defaultCurrency: {
		label: 'Default Currency',
		kind: 'currency',
		alsoCalled: ['currency'],
	},
	accountsReceivableTaxType: { label: 'Default Sales Tax Rate', kind: 'taxType' },
	accountsPayableTaxType: { label: 'Default Purchases Tax Rate', kind: 'taxType' },
	salesDefaultAccountCode: { label: 'Default Sales Account', kind: 'account' },
	purchasesDefaultAccountCode: { label: 'Default Purchases Account', kind: 'account' },
	salesDefaultLineAmountType: {
		label: 'Default Sales Amounts Are',
		kind: 'choice',
		choices: CONTACT_LINE_AMOUNT_TYPES,
	},
	purchasesDefaultLineAmountType: {
		label: 'Default Purchases Amounts Are',
		kind: 'choice',
		choices: CONTACT_LINE_AMOUNT_TYPES,
	},
	bankAccountDetails: { label: 'Bank Account Number', alsoCalled: ['bank account', 'iban'] },
	xeroNetworkKey: { label: 'Xero Network Key' },
	trackingCategoryName: { label: 'Tracking Category' },
	trackingCategoryOption: { label: 'Tracking Option' },
};

/**
 * Attributes of the model that are not fields of the form, each with the reason: Xero computes
 * them or takes them elsewhere, or they are covered by the nested fields below.
 * @internal
 */
export const CONTACT_ATTRIBUTES_ELSEWHERE: Readonly<Record<string, string>> = {
	contactID: 'the id of the document',
	mergedToContactID: 'read only',
	contactPersons: 'contactPersons.1 to 5',
	addresses: 'addresses.street and addresses.pobox',
	phones: 'phones.default, mobile, ddi, fax and office',
	isSupplier: 'read only',
	isCustomer: 'read only',
	salesTrackingCategories: 'salesTracking.1 and 2',
	purchasesTrackingCategories: 'purchasesTracking.1 and 2',
	paymentTerms: 'paymentTerms.sales and paymentTerms.bills',
	updatedDateUTC: 'read only',
	contactGroups: 'kept by the ContactGroups endpoint',
	website: 'read only',
	brandingTheme: 'read only',
	batchPayments: 'batchPayments.*',
	discount: 'read only',
	balances: 'read only',
	attachments: 'kept by the Attachments endpoint',
	hasAttachments: 'read only',
	validationErrors: 'read only',
	hasValidationErrors: 'read only',
	statusAttributeString: 'read only',
};

/** Every field of a contact that Xero lets be written, the usual ones first. */
export const CONTACT_FIELDS: readonly FieldDefinition[] = [
	...modelFields(Contact, OWN),
	...phoneFields('default', 'Phone', ['phone', 'telephone', 'phone number', 'tel']),
	WHOLE_PHONE,
	...phoneFields('mobile', 'Mobile', ['mobile', 'cell', 'cell phone', 'mobile phone']),
	...phoneFields('ddi', 'Direct Dial', ['ddi', 'direct dial']),
	...phoneFields('fax', 'Fax', ['fax']),
	...phoneFields('office', 'Office Phone', ['office phone', 'work phone']),
	...addressFields('street', 'STREET', 'Delivery'),
	...addressFields('pobox', 'POBOX', 'Billing'),
	...[1, 2, 3, 4, 5].flatMap((number) =>
		modelFields(ContactPerson, PERSON, {
			prefix: `contactPersons.${number}.`,
			labelPrefix: `Person ${number}`,
			around: (slot) => atPosition('ContactPersons', number - 1, slot),
		}),
	),
	...(['sales', 'bills'] as const).flatMap((side) =>
		modelFields(PaymentTermSide, TERM, {
			prefix: `paymentTerms.${side}.`,
			labelPrefix: side === 'sales' ? 'Invoice Due' : 'Bill Due',
			around: (slot) => inside('PaymentTerms', inside(side === 'sales' ? 'Sales' : 'Bills', slot)),
		}),
	),
	...contactTrackingFields('SalesTrackingCategories', 'salesTracking', 'Sales'),
	...contactTrackingFields('PurchasesTrackingCategories', 'purchasesTracking', 'Purchases'),
	...modelFields(BatchPaymentDetails, BATCH_PAYMENTS, {
		prefix: 'batchPayments.',
		labelPrefix: 'Batch Payment',
		around: (slot) => inside('BatchPayments', slot),
	}),
];

/** How the parts of a contact stand in a document: `contact.name`, labelled "Contact Name". */
export const INLINE_CONTACT_FIELDS: readonly FieldDefinition[] = [
	fieldInSlot(
		'contact.id',
		{ label: 'Contact ID', kind: 'contact', alsoCalled: ['xero contact id'] },
		inside('Contact', property('ContactID')),
	),
	// A contact within a document is given by its parts.
	...CONTACT_FIELDS.filter(({ isWhole }) => !isWhole).map((field) => inlineField(field)),
];

function inlineField(field: FieldDefinition): FieldDefinition {
	// The slot's reading and writing are the contact's own, one element further down.
	const slot = inside('Contact', {
		get: (contact) => field.read(contact),
		put: (contact, value) => {
			if (typeof value === 'string' || typeof value === 'boolean') field.write(contact, value);
		},
	});
	return {
		...field,
		path: `contact.${field.path}`,
		label: field.label.startsWith('Contact') ? field.label : `Contact ${field.label}`,
		usual: field.path === 'name' || field.path === 'emailAddress',
		requiredToCreate: false,
		read: (element) => {
			const value = slot.get(element);
			return typeof value === 'string' || typeof value === 'boolean' ? value : undefined;
		},
		write: (element, value) => slot.put(element, value),
	};
}
