import type { Outcome } from '../../../lib/sync/outcome';
import type { Sandbox } from '../../../sandbox/sandbox';
import type { ContactRow, DocumentRow } from '../../../sandbox/xero/model';
import { folded, isGone, rowsOf } from './books';
import { CONTACTS } from './family';
import {
	dayText,
	lineText,
	totalOf,
	type Customer,
	type KnackRecord,
	type Trait,
	type World,
} from './world';

/**
 * Where a world stands: what Knack has by now, and the generator's own book of what in Xero
 * belongs to whom. The book is kept by what was done, never by what the product says.
 */
export class State {
	readonly customers: Customer[];
	readonly records: KnackRecord[];
	/** The id that was written back to each record, if it was. */
	readonly xeroIds: Array<string | undefined>;
	/** What was last sent, as Knack keeps it of documents that have no `Url`. */
	readonly fingerprints: Array<string | undefined>;
	/** What was last sent in truth; Knack has an older one where the write-back was lost. */
	readonly lastSent: Array<string | undefined>;
	/** Of contacts that are records: the values of which Knack knows that they were sent. */
	readonly sentCustomers: Array<Customer | undefined>;
	/** Whose document, or in a world of contacts whose contact, is it? By Xero's id. */
	readonly owners = new Map<string, number>();
	/** The contact that is a customer, by the customer. */
	readonly contactIds = new Map<number, string>();

	/** Records of whose own lines some count as a person's, since Knack never heard of their sending. */
	private readonly estranged = new Set<number>();

	constructor(
		readonly world: World,
		readonly sandbox: Sandbox,
	) {
		this.customers = [...world.customers];
		this.records = [...world.records];
		this.xeroIds = world.records.map(() => undefined);
		this.fingerprints = world.records.map(() => undefined);
		this.lastSent = world.records.map(() => undefined);
		this.sentCustomers = world.records.map(() => undefined);
	}

	get isOfContacts(): boolean {
		return this.world.family === CONTACTS;
	}

	record(index: number): KnackRecord {
		const record = this.records[index];
		if (!record) throw new RangeError(`There is no record ${index}.`);
		return record;
	}

	customer(index: number): Customer {
		const customer = this.customers[index];
		if (!customer) throw new RangeError(`There is no customer ${index}.`);
		return customer;
	}

	customerOf(record: number): Customer {
		return this.customer(this.record(record).customer);
	}

	rows(): DocumentRow[] {
		return rowsOf(this.world.family, this.sandbox);
	}

	contacts(): ContactRow[] {
		return this.sandbox.xero.organisation().contacts.all();
	}

	/** The write-back of what was sent last was lost, and of an earlier one was not. */
	isBaseOld(record: number): boolean {
		return (
			this.fingerprints[record] !== undefined && this.fingerprints[record] !== this.lastSent[record]
		);
	}

	/** As long as it says so, a run takes lines that it sent itself for those of a person. */
	noteOldBase(record: number, { issues }: Outcome): void {
		const isSaid = issues.some(({ code }) => code === 'XERO_CHANGED_IN_XERO');
		if (isSaid && (this.isBaseOld(record) || this.estranged.has(record)))
			this.estranged.add(record);
		else this.estranged.delete(record);
	}

	/** Whether nobody can tell from Knack who put into Xero what the record does not have. */
	isBaseUnsure(record: number): boolean {
		return this.isBaseOld(record) || this.estranged.has(record);
	}

	/** Documents of a record, those that a person took out included. */
	documentsOf(record: number): DocumentRow[] {
		return this.rows().filter((row) => this.owners.get(row.id) === record);
	}

	liveDocumentOf(record: number): DocumentRow | undefined {
		return this.documentsOf(record).find((row) => !isGone(row));
	}

	/** The contact that a customer is in Xero, or that it was merged into. */
	contactOf(customer: number): ContactRow | undefined {
		const { contacts } = this.sandbox.xero.organisation();
		let contact = contacts.get(this.contactIds.get(customer) ?? '');
		while (contact?.mergedToContactId !== undefined) {
			contact = contacts.get(contact.mergedToContactId);
		}
		return contact;
	}
}

/** Whether a document bears a number or reference of the record. */
export function sharesKey(record: KnackRecord, row: DocumentRow): boolean {
	return sharesNumber(record, row) || sharesReference(record, row);
}

/** Whether a document bears all that the record is known by. */
export function sharesAllKeys(record: KnackRecord, row: DocumentRow): boolean {
	return (
		(record.number === undefined || sharesNumber(record, row)) &&
		(record.reference === undefined || sharesReference(record, row))
	);
}

export function sharesNumber({ number }: KnackRecord, row: DocumentRow): boolean {
	return number !== undefined && folded(number) === folded(row.number);
}

function sharesReference({ reference }: KnackRecord, row: DocumentRow): boolean {
	return reference !== undefined && folded(reference) === folded(row.reference);
}

/** What of a record's day, total and lines a document has. */
export function sharedTraits(record: KnackRecord, row: DocumentRow): ReadonlySet<Trait> {
	const texts = new Set(row.lines.map(rowLineText));
	return new Set<Trait>([
		...(row.date === dayText(record.day) ? (['day'] as const) : []),
		...(row.totals.total.eq(totalOf(record.lines)) ? (['total'] as const) : []),
		...(record.lines.some((line) => texts.has(lineText(line))) ? (['line'] as const) : []),
	]);
}

/** Whether a document holds all that the record says, and, where told, no other lines. */
export function holdsContent(record: KnackRecord, row: DocumentRow, exactly: boolean): boolean {
	const texts = row.lines.map(rowLineText);
	return (
		sharesAllKeys(record, row) &&
		sharedTraits(record, row).has('day') &&
		record.lines.every((line) => texts.includes(lineText(line))) &&
		(!exactly ||
			(texts.length === record.lines.length && row.totals.total.eq(totalOf(record.lines)))) &&
		(!('dueDate' in row) || row.dueDate === undefined || row.dueDate === dayText(record.dueDay))
	);
}

function rowLineText({ description, quantity, unitAmount }: DocumentRow['lines'][number]): string {
	return lineText({
		text: description ?? '',
		quantity: quantity.toNumber(),
		price: unitAmount.toFixed(),
	});
}
