import type { ChosenHistory } from '../../sync/payments/historyFields';
import type { ParameterReader } from '../parameters/reader';
import {
	HISTORY_FIELDS,
	HISTORY_KEY_FIELD,
	HISTORY_RECORD_FIELD,
	HISTORY_TABLE,
	HISTORY_WHEN_REMOVED,
	WRITE_HISTORY,
} from './historyNodeParameters';

/** What is set for the payment history; undefined when none is wanted. */
export function readHistoryParameters(read: ParameterReader): ChosenHistory | undefined {
	if (!read(WRITE_HISTORY)) return undefined;
	return {
		table: read(HISTORY_TABLE) ?? '',
		record: read(HISTORY_RECORD_FIELD) ?? '',
		key: read(HISTORY_KEY_FIELD) ?? '',
		targets: read(HISTORY_FIELDS),
		whenRemoved: read(HISTORY_WHEN_REMOVED),
	};
}
