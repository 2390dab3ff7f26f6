import type { ChosenHistory } from '../../sync/payments/historyFields';
import { z } from '../../vendor/zod';

const fieldName = z.string().trim().catch('');
const chosen = z
	.union([z.string(), z.object({ value: z.string() }).transform(({ value }) => value)])
	.transform((value) => value.trim())
	.catch('');

const targets = z
	.object({
		date: fieldName,
		amount: fieldName,
		currency: fieldName,
		kind: fieldName,
		reference: fieldName,
		status: fieldName,
		link: fieldName,
	})
	.partial()
	.catch({});

/** What is set for the payment history; undefined when none is wanted. */
export function readHistoryParameters(
	read: (name: string, fallback: unknown) => unknown,
): ChosenHistory | undefined {
	if (read('writeHistory', false) !== true) return undefined;
	return {
		table: chosen.parse(read('historyTable', '')),
		record: fieldName.parse(read('historyRecordField', '')),
		key: fieldName.parse(read('historyKeyField', '')),
		targets: targets.parse(read('historyFields', {}) ?? {}),
		whenRemoved: read('historyWhenRemoved', 'mark') === 'delete' ? 'delete' : 'mark',
	};
}
