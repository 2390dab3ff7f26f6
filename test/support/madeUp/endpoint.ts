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

/** How the twin keeps documents that Xero does not have. */
interface MadeUp {
	readonly path: string;
	readonly idName: string;
	/** Xero takes each number once. */
	readonly numberName?: string;
	readonly linesName: string;
	readonly lineIdName?: string;
	readonly hasContact: boolean;
	/** Status of what is new first. */
	readonly moves: Readonly<Record<string, readonly string[]>>;
	/** What each element bears, or is refused. */
	readonly marks?: Readonly<Record<string, string>>;
}

export interface MadeUpRow {
	readonly id: string;
	readonly status: string;
	readonly date: string;
	/** As they were sent, but for ids. */
	readonly members: JsonObject;
	readonly lines: readonly JsonObject[];
	readonly updatedMs: number;
}

/** A twin's endpoint for a document that Xero does not have. */
export class MadeUpEndpoint {
	readonly byId = new Map<string, MadeUpRow>();

	constructor(private readonly madeUp: MadeUp) {}

	get rows(): MadeUpRow[] {
		return [...this.byId.values()];
	}

	/** @param scopes of which an app needs one; those of invoices unless told */
	routes(scopes: readonly string[] = ['accounting.invoices']): readonly Route[] {
		const { path, idName, numberName = '' } = this.madeUp;
		return resourceRoutes<MadeUpRow>({
			path,
			idName,
			scopes,
			paging: 'size',
			understandsWhere: true,
			fields: () => ({
				[idName.toLowerCase()]: ({ id }) => id,
				[numberName.toLowerCase()]: ({ members }) => String(members[numberName] ?? ''),
			}),
			idOf: ({ id }) => id,
			updatedMs: ({ updatedMs }) => updatedMs,
			rows: () => this.rows,
			find: (_call, named) => this.byId.get(named.toLowerCase()),
			render: (call, row) => this.render(call, row),
			save: (call, input, mode, id) => this.save(call, input, mode, id),
		});
	}

	private save(call: Call, input: Input, mode: SaveMode, id?: string): MadeUpRow {
		const { idName, linesName, lineIdName, hasContact, moves, marks = {} } = this.madeUp;
		const named = (id ?? input.trimmed(idName))?.toLowerCase();
		const before = named === undefined ? undefined : this.byId.get(named);
		if (named !== undefined && !before) throw new Refusal(NOT_FOUND);
		const first = Object.keys(moves)[0] ?? '';
		const status = input.trimmed('Status') ?? before?.status ?? first;
		const reached = before ? [before.status, ...(moves[before.status] ?? [])] : Object.keys(moves);
		if (!reached.includes(status)) refuse('The status cannot change so.');
		for (const [name, value] of Object.entries(marks)) {
			if (input.trimmed(name) !== value) refuse(`${name} must be ${value}.`);
		}
		const members = { ...before?.members, ...input.submitted };
		this.checkNumber(members, before, mode);
		const contact = input.object('Contact')?.trimmed('ContactID');
		if (hasContact && !before && !(contact && call.ledger.contacts.has(contact))) {
			refuse('A Contact must be specified.');
		}
		const lines = input.list(linesName)?.map((line) => ({
			...line.submitted,
			...(lineIdName === undefined
				? {}
				: { [lineIdName]: line.trimmed(lineIdName) ?? call.guid() }),
		}));
		const row: MadeUpRow = {
			id: before?.id ?? call.guid(),
			status,
			date: input.date('Date') ?? before?.date ?? call.today(),
			members,
			lines: lines ?? before?.lines ?? [],
			updatedMs: call.now(),
		};
		this.byId.set(row.id, row);
		return row;
	}

	private checkNumber(members: JsonObject, before: MadeUpRow | undefined, mode: SaveMode): void {
		const { numberName } = this.madeUp;
		if (numberName === undefined || mode !== 'create') return;
		const holder = this.rows.find((row) => row.members[numberName] === members[numberName]);
		if (holder && holder.id !== before?.id) refuse(`${numberName} must be unique.`);
	}

	private render(
		call: Call,
		{ id, status, date, members, lines, updatedMs }: MadeUpRow,
	): JsonObject {
		const { idName, linesName } = this.madeUp;
		const total = lines.reduce((sum, line) => sum.plus(amountOf(line)), new Big(0));
		return {
			...members,
			[idName]: id,
			Status: status,
			...dateMembers('Date', date),
			[linesName]: [...lines],
			SubTotal: asNumber(total),
			TotalTax: 0,
			Total: asNumber(total),
			CurrencyCode: call.ledger.info.value.baseCurrency,
			UpdatedDateUTC: msDate(updatedMs),
		};
	}
}

function amountOf({ Quantity, UnitAmount, LineAmount }: JsonObject): Big {
	return LineAmount === undefined
		? new Big(Number(Quantity)).times(Number(UnitAmount))
		: new Big(Number(LineAmount));
}
