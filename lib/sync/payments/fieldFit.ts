import type { KnackField, KnackTable } from '../../knack/app';
import { isWritable } from '../../knack/fields/codecs';
import { ServiceFaultError } from '../../serviceFault';
import type { MatchKey } from './locateRecords';
import type { PaymentField } from './paymentValues';

const TEXT = ['short_text', 'paragraph_text', 'rich_text'];
const NUMBERS = ['currency', 'number'];

/** The field types that can take a value, the most fitting first. */
const TYPES: Readonly<Record<PaymentField, readonly string[]>> = {
	paymentStatus: ['multiple_choice', 'short_text', 'boolean', 'paragraph_text'],
	amountPaid: [...NUMBERS, 'short_text'],
	amountDue: [...NUMBERS, 'short_text'],
	amountCredited: [...NUMBERS, 'short_text'],
	invoiceTotal: [...NUMBERS, 'short_text'],
	lastPaymentDate: ['date_time', 'short_text'],
	fullyPaidDate: ['date_time', 'short_text'],
	daysOverdue: ['number', 'short_text'],
	invoiceStatus: ['multiple_choice', 'short_text', 'paragraph_text'],
	invoiceNumber: ['short_text', 'paragraph_text'],
	invoiceLink: ['link', ...TEXT],
	message: ['paragraph_text', 'short_text', 'rich_text'],
};

/** What builders tend to call them; a name fits that has all words of one of the lists. */
const NAMES: Readonly<Record<PaymentField | MatchKey, readonly string[]>> = {
	paymentStatus: ['payment status', 'paid status', 'payment state'],
	amountPaid: ['amount paid', 'paid amount', 'total paid'],
	amountDue: ['amount due', 'balance', 'outstanding'],
	amountCredited: ['credited', 'credit'],
	invoiceTotal: ['invoice total', 'invoice amount', 'total'],
	lastPaymentDate: ['last payment date', 'payment date', 'paid date', 'date paid'],
	fullyPaidDate: ['fully paid', 'paid full', 'paid on'],
	daysOverdue: ['days overdue', 'overdue days'],
	invoiceStatus: ['invoice status', 'xero status'],
	invoiceNumber: ['invoice number', 'invoice no', 'xero number'],
	invoiceLink: ['invoice link', 'xero link', 'invoice url'],
	message: ['sync message', 'xero message', 'message'],
	invoiceId: ['xero invoice id', 'invoice id', 'xero id'],
	repeatingInvoiceId: ['repeating invoice id', 'repeating id', 'template id', 'subscription id'],
	reference: ['reference', 'order number', 'job number'],
};

const MATCHED_BY_TEXT = [
	...TEXT,
	'number',
	'auto_increment',
	'concatenation',
	'equation',
	'multiple_choice',
];

/** Fields that can take the value: those with a fitting name first, then by how well the type fits. */
export function fieldsFor(table: KnackTable, target: PaymentField): KnackField[] {
	const types = TYPES[target];
	const fitting = table.fields.filter((field) => isWritable(field) && types.includes(field.type));
	return byFit(fitting, NAMES[target], (field) => types.indexOf(field.type));
}

/** Fields by which a record can be found. */
export function fieldsToMatchBy(table: KnackTable, key: MatchKey): KnackField[] {
	const fitting = table.fields.filter((field) => MATCHED_BY_TEXT.includes(field.type));
	return byFit(fitting, NAMES[key], () => 0);
}

/** Whether the field's name says that it is meant for the value. */
export function soundsLike(field: KnackField, target: PaymentField | MatchKey): boolean {
	return nameRank(field, NAMES[target]) >= 0;
}

/** Which of the usual names the field has, most usual first; -1 when none. */
export function nameRank(field: KnackField, names: readonly string[]): number {
	const words = new Set(field.name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
	return names.findIndex((name) => name.split(' ').every((word) => words.has(word)));
}

/** Those with one of the usual names first, then by how well the type fits. */
export function byFit(
	fields: readonly KnackField[],
	names: readonly string[],
	typeRank: (field: KnackField) => number,
): KnackField[] {
	const rank = (field: KnackField): number => {
		const byName = nameRank(field, names);
		return (byName < 0 ? 100 : byName * 10) + typeRank(field);
	};
	return [...fields].sort((a, b) => rank(a) - rank(b));
}

/** What is thrown where a table or field that a person has chosen cannot serve. */
export function refusal(words: { message: string; fix: string }): ServiceFaultError {
	return new ServiceFaultError({ service: 'knack', cause: 'requestRefused', ...words });
}
