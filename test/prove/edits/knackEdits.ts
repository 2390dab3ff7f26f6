import { decimal } from '../../../lib/money';
import type { DocumentRow } from '../../../sandbox/xero/model';
import { editedRecord } from '../identity/actions';
import { dayText, type KnackRecord, type Line } from '../identity/world';

export const KNACK_EDITS = [
	'price',
	'quantity',
	'text',
	'date',
	'dueDate',
	'lineAdded',
	'lineRemoved',
] as const;
export type KnackEdit = (typeof KNACK_EDITS)[number];

/** What was changed in Knack, and how to see that Xero has it. */
export interface Wanted {
	readonly edit: KnackEdit;
	readonly record: KnackRecord;
	/** As a message would name it: the new value in Knack. */
	readonly value: string;
	/** And the value that it takes the place of. */
	readonly before: string;
	isIn(row: DocumentRow): boolean;
}

export function editInKnack(
	record: KnackRecord,
	edit: KnackEdit,
	chance: number,
): Wanted | undefined {
	const edited = editedRecord(record, edit, chance);
	const at = chance % record.lines.length;
	const [line, before] = [edited.lines[at], record.lines[at]];
	if (edited === record || !before) return undefined;
	const wanted = { edit, record: edited };
	switch (edit) {
		case 'price':
		case 'quantity':
		case 'text':
			return line && { ...wanted, ...editOfLine(edit, line, before) };
		case 'date':
			return edited.day === record.day
				? undefined
				: {
						...wanted,
						value: dayText(edited.day),
						before: dayText(record.day),
						isIn: (row) => row.date === dayText(edited.day),
					};
		case 'dueDate':
			return {
				...wanted,
				value: dayText(edited.dueDay),
				before: dayText(record.dueDay),
				isIn: (row) => 'dueDate' in row && row.dueDate === dayText(edited.dueDay),
			};
		case 'lineAdded': {
			const text = edited.lines.at(-1)?.text ?? '';
			return { ...wanted, value: text, before: '', isIn: (row) => hasText(row, text) };
		}
		case 'lineRemoved':
			return {
				...wanted,
				value: before.text,
				before: before.text,
				isIn: (row) => !hasText(row, before.text),
			};
	}
}

function editOfLine(
	edit: 'price' | 'quantity' | 'text',
	line: Line,
	before: Line,
): Pick<Wanted, 'value' | 'before' | 'isIn'> {
	switch (edit) {
		case 'price':
			return {
				value: line.price,
				before: before.price,
				isIn: ({ lines }) => lines.some(({ unitAmount }) => unitAmount.eq(decimal(line.price))),
			};
		case 'quantity':
			return {
				value: String(line.quantity),
				before: String(before.quantity),
				isIn: ({ lines }) => lines.some(({ quantity }) => quantity.eq(line.quantity)),
			};
		case 'text':
			return {
				value: line.text,
				before: before.text,
				isIn: (row) => hasText(row, line.text),
			};
	}
}

function hasText({ lines }: DocumentRow, text: string): boolean {
	return lines.some(({ description }) => description === text);
}
