import Big from 'big.js';
import type { Call } from '../../../sandbox/xero/call';
import { asNumber } from '../../../sandbox/xero/decimals';
import { dateMembers } from '../../../sandbox/xero/documentRender';
import { NOT_FOUND, Refusal } from '../../../sandbox/xero/failures';
import type { Input } from '../../../sandbox/xero/input';
import type { JsonObject } from '../../../sandbox/xero/json';
import { refuse } from '../../../sandbox/xero/problems';
import { resourceRoutes, type SaveMode } from '../../../sandbox/xero/resource';
import type { Route } from '../../../sandbox/xero/transport';
import { msDate } from '../../../sandbox/xero/xeroDates';

export interface DeliveryNoteRow {
	readonly id: string;
	readonly number: string;
	readonly status: string;
	readonly contactId: string;
	readonly date: string;
	readonly driver: string | undefined;
	readonly goods: readonly JsonObject[];
	readonly updatedMs: number;
}

const MOVES: Readonly<Record<string, readonly string[]>> = {
	'': ['PACKED', 'ONITSWAY'],
	PACKED: ['PACKED', 'ONITSWAY', 'RETURNED'],
	ONITSWAY: ['ONITSWAY', 'RETURNED'],
};

/** The twin's endpoint of the document that Xero does not have. */
export class DeliveryNotes {
	readonly rows = new Map<string, DeliveryNoteRow>();

	/** @param scopes of which an app needs one; those of invoices unless told */
	routes(scopes: readonly string[] = ['accounting.invoices']): readonly Route[] {
		return resourceRoutes<DeliveryNoteRow>({
			path: 'DeliveryNotes',
			idName: 'DeliveryNoteID',
			scopes,
			paging: 'size',
			understandsWhere: true,
			fields: () => ({
				deliverynoteid: ({ id }) => id,
				deliverynumber: ({ number }) => number,
			}),
			idOf: ({ id }) => id,
			updatedMs: ({ updatedMs }) => updatedMs,
			rows: () => [...this.rows.values()],
			find: (_call, named) => this.rows.get(named.toLowerCase()),
			render,
			save: (call, input, mode, id) => this.save(call, input, mode, id),
		});
	}

	private save(call: Call, input: Input, mode: SaveMode, id?: string): DeliveryNoteRow {
		const named = (id ?? input.trimmed('DeliveryNoteID'))?.toLowerCase();
		const before = named === undefined ? undefined : this.rows.get(named);
		if (named !== undefined && !before) throw new Refusal(NOT_FOUND);
		const status = input.trimmed('Status') ?? before?.status ?? 'PACKED';
		if (!MOVES[before?.status ?? '']?.includes(status)) refuse('The status cannot change so.');
		if (input.trimmed('Kind') !== 'OUTWARD') refuse('Only deliveries to customers are kept.');
		const number = input.trimmed('DeliveryNumber') ?? before?.number ?? '';
		const holder = [...this.rows.values()].find((row) => row.number === number);
		if (holder && holder.id !== before?.id) {
			if (mode === 'create') refuse('DeliveryNumber must be unique.');
		}
		const contactId = input.object('Contact')?.trimmed('ContactID') ?? before?.contactId;
		if (contactId === undefined || !call.ledger.contacts.has(contactId)) {
			refuse('A Contact must be specified.');
		}
		const row: DeliveryNoteRow = {
			id: before?.id ?? call.guid(),
			number,
			status,
			contactId,
			date: input.date('Date') ?? before?.date ?? call.today(),
			driver: input.has('Driver') ? input.trimmed('Driver') : before?.driver,
			goods:
				input.list('Goods')?.map((line) => ({
					...line.submitted,
					GoodsID: line.trimmed('GoodsID') ?? call.guid(),
				})) ??
				before?.goods ??
				[],
			updatedMs: call.now(),
		};
		this.rows.set(row.id, row);
		return row;
	}
}

function render(call: Call, row: DeliveryNoteRow): JsonObject {
	const total = row.goods.reduce(
		(sum, { Quantity, UnitAmount }) =>
			sum.plus(new Big(Number(Quantity)).times(Number(UnitAmount))),
		new Big(0),
	);
	return {
		DeliveryNoteID: row.id,
		DeliveryNumber: row.number,
		Kind: 'OUTWARD',
		Status: row.status,
		Contact: { ContactID: row.contactId, Name: call.ledger.contacts.get(row.contactId)?.name },
		...dateMembers('Date', row.date),
		Driver: row.driver,
		Goods: [...row.goods],
		SubTotal: asNumber(total),
		TotalTax: 0,
		Total: asNumber(total),
		CurrencyCode: call.ledger.info.value.baseCurrency,
		UpdatedDateUTC: msDate(row.updatedMs),
	};
}
