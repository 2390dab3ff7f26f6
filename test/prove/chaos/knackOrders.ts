import type { KnackClient } from '../../../lib/knack/client';
import { viewRecord } from '../../../lib/knack/recordView';
import { findTable } from '../../../lib/knack/tables';
import type { ItemToTell } from '../../../lib/sync/tellKnack';
import type { WriteBackFields } from '../../../lib/sync/outcomeWriteBack';
import { sandboxKnackApp, type Sandbox } from '../../../sandbox/sandbox';
import type { KnackOrder } from '../kind';
import type { Random } from '../random';

const TABLE = 'Orders';
const FIELDS = [
	'Order',
	'Customer',
	'Quantities',
	'Xero ID',
	'Sync Fingerprint',
	'Message',
] as const;
type Field = (typeof FIELDS)[number];

/** A record as a run has read it: what is to be sent, and whom to tell. */
export interface ReadOrder {
	readonly recordId: string;
	readonly order: KnackOrder;
	readonly fingerprint?: string;
	readonly item: ItemToTell;
}

/** A table of orders in the Knack sandbox, and what people do to it. */
export class KnackOrders {
	private readonly keys: Readonly<Record<Field, string>>;
	private readonly tableKey: string;

	/** Records that people have changed. */
	private readonly changed = new Set<string>();

	/** @param keepsFingerprints whether Knack is told what was last sent */
	constructor(
		private readonly sandbox: Sandbox,
		private readonly keepsFingerprints: boolean,
	) {
		const { knack } = sandbox;
		const table = knack.addTable({
			name: TABLE,
			fields: FIELDS.map((name) => ({
				name,
				type: name === 'Message' ? 'paragraph_text' : 'short_text',
			})),
		});
		this.tableKey = table.key;
		const keyOf = (name: Field) => knack.fieldKey(TABLE, name);
		this.keys = {
			Order: keyOf('Order'),
			Customer: keyOf('Customer'),
			Quantities: keyOf('Quantities'),
			'Xero ID': keyOf('Xero ID'),
			'Sync Fingerprint': keyOf('Sync Fingerprint'),
			Message: keyOf('Message'),
		};
	}

	/** The fields that take what became of a record, by key. */
	get writeBackFields(): WriteBackFields {
		const { keys } = this;
		return {
			xeroId: keys['Xero ID'],
			...(this.keepsFingerprints ? { fingerprint: keys['Sync Fingerprint'] } : {}),
			message: keys.Message,
		};
	}

	add(orders: readonly KnackOrder[]): void {
		this.sandbox.knack.seedRecords(
			this.tableKey,
			orders.map(({ number, customer, quantities }) => ({
				[this.keys.Order]: String(number),
				[this.keys.Customer]: customer,
				[this.keys.Quantities]: quantities.join(','),
			})),
		);
	}

	/** As a workflow reads them, through Knack's API. */
	async read(client: KnackClient, isLinked: boolean): Promise<ReadOrder[]> {
		const table = findTable(await client.app(), this.tableKey);
		if (!table) throw new Error('The sandbox has no table of orders.');
		const records = await client.records(table.key);
		return records.map((record, index) => {
			const { values } = viewRecord(record, table);
			const shown = (name: Field) => {
				const field = table.fields.find(({ key }) => key === this.keys[name]);
				return field ? String(values[field.name] ?? '') : '';
			};
			const place = isLinked ? { table: table.key, applicationId: sandboxKnackApp.id } : {};
			return {
				recordId: record.id,
				order: orderFrom(shown),
				fingerprint: shown('Sync Fingerprint') || undefined,
				item: {
					index,
					json: values,
					source: { knackRecordId: record.id, ...place },
					knackTable: table.key,
				},
			};
		});
	}

	/** As the sandbox holds them. */
	all(): Array<{ readonly recordId: string; readonly order: KnackOrder }> {
		const { knack } = this.sandbox;
		return knack.recordIds(this.tableKey).map((recordId) => {
			const display = knack.display(this.tableKey, recordId);
			return { recordId, order: orderFrom((name) => display[this.keys[name]] ?? '') };
		});
	}

	/**
	 * Where Knack keeps what was sent, a record that is changed again before Knack was told of the
	 * first change is rightly held: Xero then has neither what Knack has nor what it says was sent.
	 */
	private editable() {
		const all = this.all();
		return this.keepsFingerprints ? all.filter(({ recordId }) => !this.changed.has(recordId)) : all;
	}

	/** A person changes how many there are of something. */
	editQuantity(random: Random): string {
		const editable = this.editable();
		if (editable.length === 0) return 'no order can be edited';
		const { recordId, order } = random.pick(editable);
		this.changed.add(recordId);
		const line = random.int(0, order.quantities.length - 1);
		const quantities = order.quantities.map((quantity, index) =>
			index === line ? (quantity % 9) + 1 : quantity,
		);
		return this.change(recordId, 'Quantities', quantities.join(','));
	}

	/** A person gives an order that is known to be in Xero another number. */
	renameOrder(random: Random): string {
		const known = this.editable().filter(({ order }) => order.xeroId !== undefined);
		if (known.length === 0) return 'no order can be given another number';
		const { recordId, order } = random.pick(known);
		this.changed.add(recordId);
		return this.change(recordId, 'Order', String(order.number + 20));
	}

	/** A person, or an import, empties the field that keeps the document's id. */
	loseId(random: Random): string {
		return this.change(random.pick(this.all()).recordId, 'Xero ID', '');
	}

	/** Somebody works on the app while a run is under way. */
	changeSchema(random: Random): void {
		const { knack } = this.sandbox;
		const { fields } = knack.schema(this.tableKey);
		const field = random.pick(
			FIELDS.filter((name) => fields.some(({ key }) => key === this.keys[name])),
		);
		random.pick([
			() => knack.changeField(this.tableKey, this.keys[field], { name: `${field} (old)` }),
			() => void knack.addField(this.tableKey, { name: `More ${field}`, type: 'short_text' }),
			() => this.dropMessage(),
		])();
	}

	private dropMessage(): void {
		const { knack } = this.sandbox;
		const { fields } = knack.schema(this.tableKey);
		if (!fields.some(({ key }) => key === this.keys.Message)) return;
		knack.deleteField(this.tableKey, this.keys.Message);
	}

	/** The user chooses the fields again that are gone. */
	get mendedFields(): WriteBackFields {
		const { fields } = this.sandbox.knack.schema(this.tableKey);
		const isThere = fields.some(({ key }) => key === this.keys.Message);
		const { message, ...others } = this.writeBackFields;
		return isThere ? { ...others, message } : others;
	}

	private change(recordId: string, field: Field, value: string): string {
		this.sandbox.knack.updateRecord(this.tableKey, recordId, { [this.keys[field]]: value });
		return `${field} of record ${recordId} becomes "${value}"`;
	}
}

function orderFrom(shown: (name: Field) => string): KnackOrder {
	const xeroId = shown('Xero ID');
	return {
		number: Number(shown('Order')),
		customer: shown('Customer'),
		quantities: shown('Quantities').split(',').map(Number),
		...(xeroId === '' ? {} : { xeroId }),
	};
}
