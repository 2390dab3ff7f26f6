import type { Draft } from '../../../lib/sync/draft';
import type { FieldValues } from '../../../lib/xero/documents/definition';
import { CONTACTS, type Family } from './family';
import { dayText, type Customer, type KnackRecord } from './world';

const APPLICATION = '5a4db0c50000000000000001';
const TABLE = 'object_4';

/** Where an item stands in the run, and what earlier runs wrote back to its record. */
export interface KeptInKnack {
	readonly index: number;
	readonly xeroId: string | undefined;
	readonly fingerprint: string | undefined;
}

/** The record as the mapping makes it: only what Knack has, and where it came from. */
export function draftOf(
	family: Family,
	record: KnackRecord,
	customer: Customer,
	{ index, xeroId, fingerprint }: KeptInKnack,
): Draft {
	const source = {
		knackRecordId: record.knackId,
		table: TABLE,
		applicationId: APPLICATION,
		...(fingerprint === undefined ? {} : { fingerprint }),
	};
	const isContact = family === CONTACTS;
	return {
		type: family.definition.type,
		itemIndexes: [index],
		...(xeroId === undefined ? {} : { id: xeroId }),
		fields: isContact
			? { ...contactFields(customer, ''), firstName: customer.firstName ?? 'Sam' }
			: documentFields(family, record, customer),
		...(isContact
			? {}
			: { lines: record.lines.map((line) => ({ fields: lineFields(family, line) })) }),
		source,
		issues: [],
	};
}

function contactFields({ name, code, email }: Customer, prefix: string): FieldValues {
	return {
		[`${prefix}name`]: name,
		...(code === undefined ? {} : { [`${prefix}contactNumber`]: code }),
		...(email === undefined ? {} : { [`${prefix}emailAddress`]: email }),
	};
}

function documentFields(family: Family, record: KnackRecord, customer: Customer): FieldValues {
	const { definition, isInvoice } = family;
	return {
		...contactFields(customer, 'contact.'),
		...(record.number === undefined ? {} : { [definition.numberPath]: record.number }),
		...(record.reference === undefined ? {} : { reference: record.reference }),
		date: dayText(record.day),
		...(isInvoice
			? { dueDate: dayText(record.dueDay), status: record.isApproved ? 'AUTHORISED' : 'DRAFT' }
			: {}),
	};
}

function lineFields({ isSale }: Family, line: KnackRecord['lines'][number]): FieldValues {
	return {
		description: line.text,
		quantity: String(line.quantity),
		unitAmount: line.price,
		accountCode: isSale ? '200' : '429',
		taxType: isSale ? 'OUTPUT2' : 'INPUT2',
	};
}
