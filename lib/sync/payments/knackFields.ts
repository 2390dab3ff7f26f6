import type { KnackApp, KnackField, KnackTable } from '../../knack/app';
import { missingFieldWords, missingTableWords } from '../../knack/fieldSuccessors';
import { isWritable } from '../../knack/fields/codecs';
import { findField, findTable } from '../../knack/tables';
import { refusal } from './fieldFit';
import { findHistoryFields } from './historyFields';
import type { ChosenHistory, HistorySettings } from './historyFields';
import { MATCH_KEYS } from './locateRecords';
import type { MatchFields, MatchKey } from './locateRecords';
import { PAYMENT_FIELDS } from './paymentValues';
import type { PaymentField, PaymentTargets } from './paymentValues';
import { findSyncState } from './syncState';
import type { SyncStateSettings } from './syncState';

/** What the user chose, by field key or label; blank ones are not chosen. */
export interface ChosenFields {
	/** Key or name. */
	readonly table: string;
	readonly match: Readonly<Partial<Record<MatchKey, string>>>;
	readonly targets: Readonly<Partial<Record<PaymentField, string>>>;
	/** Where each payment goes as a row of its own, when that is wanted. */
	readonly history?: ChosenHistory;
	/** Key or name of the table where runs over changes keep their place, when there is one. */
	readonly syncState?: string;
}

export interface FoundFields {
	readonly table: KnackTable;
	readonly match: MatchFields;
	readonly targets: PaymentTargets;
	readonly history?: HistorySettings;
	readonly syncState?: SyncStateSettings;
}

/**
 * Looks up the chosen table and fields before anything is read or written. Throws
 * ServiceFaultError when one is gone, is filled by Knack itself, or nothing is chosen to find
 * records by.
 */
export function findChosenFields(app: KnackApp, chosen: ChosenFields): FoundFields {
	const table = findTable(app, chosen.table);
	if (!table) throw refusal(missingTableWords(app, { key: chosen.table, name: chosen.table }));
	const match: Partial<Record<MatchKey, KnackField>> = {};
	for (const key of MATCH_KEYS) {
		const name = chosen.match[key];
		if (name) match[key] = fieldNamed(table, name);
	}
	if (Object.keys(match).length === 0) {
		throw refusal({
			message: 'No field is chosen by which the Knack record of an invoice is found.',
			fix: 'Choose at least one under Find Record By; the field with the Xero invoice ID is the surest.',
		});
	}
	const targets: Partial<Record<PaymentField, KnackField>> = {};
	const takenBy = new Map<string, PaymentField>();
	for (const target of PAYMENT_FIELDS) {
		const name = chosen.targets[target];
		if (!name) continue;
		const field = fieldNamed(table, name);
		if (!isWritable(field)) {
			throw refusal({
				message: `${field.name} cannot be written: Knack fills it itself.`,
				fix: 'Choose another field under Fields to Write.',
			});
		}
		if (takenBy.has(field.key)) {
			throw refusal({
				message: `${field.name} is chosen for two different values.`,
				fix: 'Choose another field for one of them under Fields to Write.',
			});
		}
		takenBy.set(field.key, target);
		targets[target] = field;
	}
	const history = chosen.history && findHistoryFields(app, table, chosen.history);
	const others = history ? [table, history.table] : [table];
	const { syncState } = chosen;
	return {
		table,
		match,
		targets,
		...(history ? { history } : {}),
		...(syncState === undefined ? {} : { syncState: findSyncState(app, syncState, others) }),
	};
}

function fieldNamed(table: KnackTable, name: string): KnackField {
	const field = findField(table, name);
	if (field) return field;
	throw refusal(missingFieldWords(table, { key: name, name }));
}
