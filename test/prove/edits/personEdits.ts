import type { JsonObject } from '../../../sandbox/xero/json';
import type { ContactRow, DocumentRow } from '../../../sandbox/xero/model';
import type { Hands } from '../identity/hands';
import { dayText } from '../identity/world';

export const PERSON_EDITS = [
	'account',
	'taxType',
	'description',
	'dueDate',
	'date',
	'reference',
	'lineSplit',
	'lineAdded',
	'lineRemoved',
	'contactMoved',
	'approved',
	'paid',
	'voided',
] as const;
export type PersonEdit = (typeof PERSON_EDITS)[number];

/** What a person did to a document, and how to see that it is still so. */
export interface Kept {
	readonly edit: PersonEdit;
	/** As a message would name it; empty where the edit sets no value of a field. */
	readonly value: string;
	/** Another value that it leaves behind: what is left of a line that was split. */
	readonly rest?: string;
	/** The line it was done to, before. */
	readonly line?: DocumentRow['lines'][number];
	stands(row: DocumentRow): boolean;
}

interface Scene {
	readonly hands: Hands;
	readonly row: DocumentRow;
	readonly isSale: boolean;
	/** Somebody else's contact, for a document that was posted to the wrong one. */
	readonly other: ContactRow;
	/** Any whole number: which line, which day. */
	readonly chance: number;
}

type Line = DocumentRow['lines'][number];

/** Does as a person at Xero's screen; undefined where Xero would not let them. */
export function editByPerson(scene: Scene, edit: PersonEdit): Kept | undefined {
	const { row, chance } = scene;
	const line = row.lines[chance % row.lines.length];
	if (!line) return undefined;
	switch (edit) {
		case 'account':
		case 'taxType':
		case 'description':
			return editLine(scene, edit, line);
		case 'lineSplit':
		case 'lineAdded':
		case 'lineRemoved':
			return editLines(scene, edit, line);
		case 'approved':
		case 'paid':
		case 'voided':
			return editStatus(scene, edit);
		default:
			return editHeader(scene, edit);
	}
}

function editHeader(
	{ hands, row, isSale, other, chance }: Scene,
	edit: 'dueDate' | 'date' | 'reference' | 'contactMoved',
): Kept | undefined {
	const day = dayText(25 + (chance % 4));
	switch (edit) {
		case 'date':
			return (
				hands.change(row, { Date: day }) && {
					edit,
					value: day,
					stands: (now) => now.date === day,
				}
			);
		case 'dueDate': {
			const due = `2026-12-${10 + (chance % 9)}`;
			return (
				hands.change(row, { DueDate: due }) && {
					edit,
					value: due,
					stands: (now) => 'dueDate' in now && now.dueDate === due,
				}
			);
		}
		case 'reference': {
			// What Xero's screens call the reference of a bill is its number.
			const reference = `Desk ${chance}`;
			const member = isSale ? 'Reference' : 'InvoiceNumber';
			return (
				hands.change(row, { [member]: reference }) && {
					edit,
					value: reference,
					stands: (now) => (isSale ? now.reference : now.number) === reference,
				}
			);
		}
		case 'contactMoved':
			return (
				hands.change(row, { Contact: { ContactID: other.contactId } }) && {
					edit,
					value: other.name,
					stands: (now) => now.contactId === other.contactId,
				}
			);
	}
}

function editLine(
	{ hands, row, isSale, chance }: Scene,
	edit: 'account' | 'taxType' | 'description',
	line: Line,
): Kept | undefined {
	const account = isSale ? '260' : '400';
	const taxType = isSale ? 'ZERORATEDOUTPUT' : 'ZERORATEDINPUT';
	const text = `Desk ${chance}`;
	const [member, value] = {
		account: ['AccountCode', account],
		taxType: ['TaxType', taxType],
		description: ['Description', text],
	}[edit] as [string, string];
	const changed = hands.change(row, {
		LineItems: row.lines.map((each) =>
			each === line ? { ...wireOf(each), [member]: value } : wireOf(each),
		),
	});
	const after = changed?.lines.find(({ lineItemId }) => lineItemId === line.lineItemId);
	return (
		after && {
			edit,
			value,
			line,
			stands: (now) => {
				const held = lineOf(now, line.lineItemId);
				return (
					held !== undefined &&
					held.accountId === after.accountId &&
					held.taxType === after.taxType &&
					(edit !== 'description' || held.description === text)
				);
			},
		}
	);
}

function editLines(
	{ hands, row, chance }: Scene,
	edit: 'lineSplit' | 'lineAdded' | 'lineRemoved',
	line: Line,
): Kept | undefined {
	const others = row.lines.filter((each) => each !== line).map(wireOf);
	if (edit === 'lineRemoved') {
		if (others.length === 0 || !hands.change(row, { LineItems: others })) return undefined;
		const text = line.description ?? '';
		return {
			edit,
			value: text,
			line,
			stands: (now) => now.lines.every(({ description }) => description !== text),
		};
	}
	const text = `Desk ${chance}`;
	const added: JsonObject = {
		Description: text,
		Quantity: 1,
		UnitAmount: edit === 'lineSplit' ? line.unitAmount.toFixed() : '12.34',
		...(line.taxType === undefined ? {} : { TaxType: line.taxType }),
		...(line.accountId === undefined ? {} : { AccountID: line.accountId }),
	};
	const rest = line.quantity.minus(1);
	if (edit === 'lineSplit' && rest.lte(0)) return undefined;
	const kept: JsonObject =
		edit === 'lineSplit' ? { ...wireOf(line), Quantity: rest.toFixed() } : wireOf(line);
	const changed = hands.change(row, { LineItems: [kept, ...others, added] });
	return (
		changed && {
			edit,
			value: text,
			...(edit === 'lineSplit' ? { rest: rest.toFixed() } : {}),
			line,
			stands: (now) =>
				now.lines.some(({ description }) => description === text) &&
				(edit !== 'lineSplit' || lineOf(now, line.lineItemId)?.quantity.eq(rest) === true),
		}
	);
}

function editStatus({ hands, row }: Scene, edit: 'approved' | 'paid' | 'voided'): Kept | undefined {
	const status = { approved: 'AUTHORISED', paid: 'PAID', voided: 'VOIDED' }[edit];
	const isDone = (): boolean => {
		if (edit === 'voided') return hands.takeOut(row) !== undefined;
		const approved =
			row.status === 'AUTHORISED' ? row : hands.change(row, { Status: 'AUTHORISED' });
		if (!approved || (edit === 'approved' && approved === row)) return false;
		return edit === 'approved' || hands.pay(approved);
	};
	return isDone()
		? {
				edit,
				value: '',
				stands: (now) => now.status === status || (edit === 'voided' && now.status === 'DELETED'),
			}
		: undefined;
}

function lineOf(row: DocumentRow, id: string): Line | undefined {
	return row.lines.find(({ lineItemId }) => lineItemId === id);
}

/** A line as it is sent back so that it stays. */
function wireOf(line: Line): JsonObject {
	return {
		LineItemID: line.lineItemId,
		...(line.description === undefined ? {} : { Description: line.description }),
		Quantity: line.quantity.toFixed(),
		UnitAmount: line.unitAmount.toFixed(),
		...(line.taxType === undefined ? {} : { TaxType: line.taxType }),
	};
}
