import type { KnackApp, KnackField, KnackTable } from '../../knack/app';
import { missingFieldWords, missingTableWords } from '../../knack/fieldSuccessors';
import { isWritable } from '../../knack/fields/codecs';
import { findField, findTable } from '../../knack/tables';
import { byFit, nameRank, refusal } from './fieldFit';
import { HISTORY_FIELDS } from './historyRows';
import type { HistoryField } from './historyRows';

/** What the user chose for the payment history, by field key or label. */
export interface ChosenHistory {
	readonly table: string;
	/** The connection to the records that take the payment status. */
	readonly record: string;
	/** Holds the payment's id: it keeps a payment from being written twice. */
	readonly key: string;
	readonly targets: Readonly<Partial<Record<HistoryField, string>>>;
	readonly whenRemoved: 'mark' | 'delete';
}

export interface HistorySettings {
	readonly table: KnackTable;
	readonly record: KnackField;
	readonly key: KnackField;
	readonly targets: Readonly<Partial<Record<HistoryField, KnackField>>>;
	/** What becomes of the row of a payment that was removed in Xero. */
	readonly whenRemoved: 'mark' | 'delete';
}

interface Fit {
	/** Field types that can take the value, the most fitting first. */
	readonly types: readonly string[];
	/** What builders tend to call it. */
	readonly names: readonly string[];
}

const TEXT = ['short_text', 'paragraph_text'];

const FITS: Readonly<Record<HistoryField | 'key' | 'record', Fit>> = {
	/** Found again by an exact filter, which Knack knows for this type only. */
	key: { types: ['short_text'], names: ['xero payment id', 'payment id', 'xero id'] },
	record: { types: ['connection'], names: [] },
	date: { types: ['date_time', 'short_text'], names: ['payment date', 'date'] },
	amount: { types: ['currency', 'number', 'short_text'], names: ['amount'] },
	currency: { types: ['multiple_choice', 'short_text'], names: ['currency'] },
	kind: { types: ['multiple_choice', ...TEXT], names: ['kind', 'payment type', 'type'] },
	reference: { types: TEXT, names: ['reference', 'number'] },
	status: { types: ['multiple_choice', 'short_text', 'boolean'], names: ['status', 'state'] },
	link: { types: ['link', ...TEXT], names: ['link', 'url'] },
};

/** Fields of the history's table that can take a value: likely names first, then fitting types. */
export function historyFieldsFor(
	table: KnackTable,
	target: HistoryField | 'key' | 'record',
	records: KnackTable,
): KnackField[] {
	const { types, names } = FITS[target];
	const fitting = table.fields.filter(
		(field) =>
			isWritable(field) &&
			types.includes(field.type) &&
			(target !== 'record' || field.connection?.table === records.key),
	);
	return byFit(fitting, names, (field) => types.indexOf(field.type));
}

export function soundsLikeHistory(
	field: KnackField,
	target: HistoryField | 'key' | 'record',
): boolean {
	return nameRank(field, FITS[target].names) >= 0;
}

/** What each is called where the user chooses it. */
const LABELS: Readonly<Record<HistoryField | 'key' | 'record', string>> = {
	key: 'Payment ID Field',
	record: 'Record Connection',
	date: 'Date',
	amount: 'Amount',
	currency: 'Currency',
	kind: 'Kind',
	reference: 'Reference',
	status: 'Status',
	link: 'Link',
};

/**
 * Looks up the table and the fields of the payment history before anything is read or written.
 * Throws ServiceFaultError when one is gone or cannot serve.
 */
export function findHistoryFields(
	app: KnackApp,
	records: KnackTable,
	chosen: ChosenHistory,
): HistorySettings {
	if (chosen.table === '') {
		throw refusal({
			message: 'No table is chosen for the payment history.',
			fix: `Choose under Payment History Table one that is connected to ${records.name}, or switch Write Payment History off.`,
		});
	}
	const table = findTable(app, chosen.table);
	if (!table) throw refusal(missingTableWords(app, { key: chosen.table, name: chosen.table }));
	const taken = new Set<string>();
	const find = (target: HistoryField | 'key' | 'record', name: string): KnackField => {
		const field = findField(table, name);
		if (!field) throw refusal(missingFieldWords(table, { key: name, name }));
		if (!historyFieldsFor(table, target, records).includes(field)) {
			throw refusal({
				message: `${field.name} of ${table.name} cannot serve as ${LABELS[target]} of the payment history.`,
				fix:
					target === 'record'
						? `Choose a field of ${table.name} that connects to ${records.name}.`
						: `Choose another field under ${LABELS[target]}; the list shows those that fit.`,
			});
		}
		if (taken.has(field.key)) {
			throw refusal({
				message: `${field.name} of ${table.name} is chosen for two different values.`,
				fix: 'Choose another field for one of them, under Record Connection, Payment ID Field or Payment History Fields.',
			});
		}
		taken.add(field.key);
		return field;
	};
	for (const target of ['record', 'key'] as const) {
		if (chosen[target] !== '') continue;
		throw refusal({
			message: `No field is chosen as ${LABELS[target]} of the payment history.`,
			fix:
				target === 'key'
					? `Choose a Short Text field of ${table.name}: it keeps a payment from being written twice.`
					: `Choose the field of ${table.name} that connects to ${records.name}.`,
		});
	}
	const record = find('record', chosen.record);
	const key = find('key', chosen.key);
	const targets: Partial<Record<HistoryField, KnackField>> = {};
	for (const target of HISTORY_FIELDS) {
		const name = chosen.targets[target];
		if (name) targets[target] = find(target, name);
	}
	return { table, record, key, targets, whenRemoved: chosen.whenRemoved };
}
