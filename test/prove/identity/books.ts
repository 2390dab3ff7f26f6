import type { Sandbox } from '../../../sandbox/sandbox';
import type { ContactRow, DocumentRow } from '../../../sandbox/xero/model';
import type { Family } from './family';

/** The ledger's rows of a moment. Rows are replaced when they change, never altered. */
export interface Books {
	readonly documents: ReadonlyMap<string, DocumentRow>;
	readonly contacts: ReadonlyMap<string, ContactRow>;
}

/** All documents with lines, of every type, and all contacts. */
export function booksOf(sandbox: Sandbox): Books {
	const ledger = sandbox.xero.organisation();
	const documents: DocumentRow[] = [
		...ledger.invoices.all(),
		...ledger.creditNotes.all(),
		...ledger.quotes.all(),
		...ledger.purchaseOrders.all(),
	];
	return {
		documents: new Map(documents.map((row) => [row.id, row])),
		contacts: new Map(ledger.contacts.all().map((row) => [row.contactId, row])),
	};
}

/** Documents of the family's type, voided and deleted ones included. */
export function rowsOf(family: Family, sandbox: Sandbox): DocumentRow[] {
	const rows = family.screen?.rows(sandbox.xero.person.call()) ?? [];
	return rows.filter(
		(row) => family.wireType === undefined || ('type' in row && row.type === family.wireType),
	);
}

export function isGone(row: DocumentRow): boolean {
	return row.status === 'VOIDED' || row.status === 'DELETED';
}

const MARK = /[?&]knack=/;

/** Whether the document bears the mark of a record and what was last sent. */
export function hasMark(row: DocumentRow): boolean {
	return 'url' in row && typeof row.url === 'string' && MARK.test(row.url);
}

/** The same text as Xero compares numbers, references and names. */
export function folded(text: string | undefined): string {
	return (text ?? '').trim().replace(/\s+/g, ' ').toLowerCase();
}

/** What in a row counts as touching it: all but when, and what a first document makes of it. */
function content(row: object): string {
	const { updatedMs, isCustomer, isSupplier, ...rest } = row as Record<string, unknown>;
	return JSON.stringify(rest);
}

/** Ids of rows that were there before and are not as they were. */
export function changedIds<Row extends object>(
	before: ReadonlyMap<string, Row>,
	after: ReadonlyMap<string, Row>,
): string[] {
	return [...before].flatMap(([id, row]) => {
		const now = after.get(id);
		return now === row || (now && content(now) === content(row)) ? [] : [id];
	});
}

/** Ids of rows that were not there before. */
export function newIds<Row>(
	before: ReadonlyMap<string, Row>,
	after: ReadonlyMap<string, Row>,
): string[] {
	return [...after.keys()].filter((id) => !before.has(id));
}
