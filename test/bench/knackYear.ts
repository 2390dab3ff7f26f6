import type { KnackApp, KnackField, KnackRecord } from '../../lib/knack/app';
import type { KnackClient } from '../../lib/knack/client';
import { createOwnWrites } from '../../lib/knack/ownWrites';
import type { ChangeSettings } from '../../lib/sync/knackChanges/changeSettings';
import { pollChanges } from '../../lib/sync/knackChanges/pollChanges';

/** A year of orders in one Knack table, as a trigger sees it poll by poll. */

const YEAR_SECONDS = 365 * 86_400;
const START_SECONDS = Date.UTC(2026, 0, 1) / 1_000;
const HOUR_SECONDS = 3_600;
const PAGE = 1_000;

const NUMBER = 'field_1';
const STATUS = 'field_2';
const XERO_ID = 'field_3';
const MESSAGE = 'field_4';
const MODIFIED = 'field_5';
const NOTE = 'field_6';

function field(key: string, name: string, type: string, more: Partial<KnackField> = {}) {
	return { key, name, type, required: false, unique: false, format: {}, ...more };
}

const APP: KnackApp = {
	id: '5d79512148c4af00106d1507',
	name: 'Year',
	timeZone: 'UTC',
	tables: [
		{
			key: 'object_1',
			name: 'Orders',
			fields: [
				field(NUMBER, 'Number', 'auto_increment'),
				field(STATUS, 'Status', 'multiple_choice', { options: ['New', 'Done'] }),
				field(XERO_ID, 'Xero ID', 'short_text'),
				field(MESSAGE, 'Sync Message', 'short_text'),
				field(NOTE, 'Note', 'short_text'),
				field(MODIFIED, 'Modified', 'date_time', {
					dateFormat: 'mm/dd/yyyy',
					timeFormat: 'HH MM (military)',
				}),
			],
		},
	],
};

/**
 * Holds a few bytes for each order, and makes records of them when they are read. Orders come evenly
 * through the year, are done an hour later, and are edited in a form a day later.
 */
class YearOfOrders {
	calls = 0;

	nowSeconds = START_SECONDS;

	private made = 0;

	private done = 0;

	private edited = 0;

	/** Whether it is in Xero, by number of the order. */
	private readonly synced: Uint8Array;

	/** Done and not in Xero. */
	private readonly open = new Set<number>();

	private readonly ownWrites = createOwnWrites();

	constructor(readonly orders: number) {
		this.synced = new Uint8Array(orders);
	}

	get isOver(): boolean {
		return this.nowSeconds >= START_SECONDS + YEAR_SECONDS + 7 * 86_400;
	}

	get openOrders(): number {
		return this.open.size;
	}

	private madeAt(order: number): number {
		return START_SECONDS + Math.floor((order / this.orders) * YEAR_SECONDS);
	}

	goOn(seconds: number): void {
		this.nowSeconds += seconds;
		const reached = (count: number, later: number) =>
			count < this.orders && this.madeAt(count) + later <= this.nowSeconds;
		while (reached(this.made, 0)) this.made += 1;
		for (; reached(this.done, HOUR_SECONDS); this.done += 1) {
			// What was posted before it was done is in Xero already.
			if (this.synced[this.done] !== 1) this.open.add(this.done);
		}
		while (reached(this.edited, 86_400)) this.edited += 1;
	}

	post({ id }: KnackRecord): void {
		const order = Number.parseInt(id.slice(8), 16);
		this.synced[order] = 1;
		this.open.delete(order);
	}

	private record(order: number): KnackRecord {
		const made = this.madeAt(order);
		const isEdited = order < this.edited;
		const stamp = isEdited ? made + 86_400 : made;
		const [date = '', time = ''] = new Date(stamp * 1_000).toISOString().split('T');
		const [year = '', month = '', day = ''] = date.split('-');
		const [hours = '', minutes = ''] = time.split(':');
		const status = order < this.done ? 'Done' : 'New';
		const xeroId = this.synced[order] === 1 ? `xero-${order}` : '';
		return {
			id: made.toString(16).padStart(8, '0') + order.toString(16).padStart(16, '0'),
			[NUMBER]: order,
			[`${NUMBER}_raw`]: order,
			[STATUS]: status,
			[`${STATUS}_raw`]: status,
			[XERO_ID]: xeroId,
			...(xeroId !== '' && { [`${XERO_ID}_raw`]: xeroId }),
			[MESSAGE]: '',
			[NOTE]: isEdited ? 'edited' : '',
			...(isEdited && { [`${NOTE}_raw`]: 'edited' }),
			[MODIFIED]: `${month}/${day}/${year} ${hours}:${minutes}`,
			[`${MODIFIED}_raw`]: { date: `${month}/${day}/${year}`, hours, minutes, am_pm: '' },
		};
	}

	/** From the latest down, by number or by the last edit. */
	private *latest(sortField: string | undefined): Generator<number> {
		let [made, edited] = [this.made - 1, sortField === MODIFIED ? this.edited - 1 : -1];
		const stampOf = (order: number, later: number) => this.madeAt(order) + later;
		const lastMade = sortField === MODIFIED ? this.edited : 0;
		while (made >= lastMade || edited >= 0) {
			const takesMade =
				made >= lastMade && (edited < 0 || stampOf(made, 0) >= stampOf(edited, 86_400));
			yield takesMade ? made : edited;
			if (takesMade) made -= 1;
			else edited -= 1;
		}
	}

	client(): KnackClient {
		const refuse = async (): Promise<never> => {
			throw new Error('Not part of the year');
		};
		return {
			applicationId: APP.id,
			ownWrites: this.ownWrites,
			app: async () => APP,
			// Only open orders are asked for.
			records: async () => {
				this.calls += Math.max(1, Math.ceil(this.open.size / PAGE));
				return [...this.open].map((order) => this.record(order));
			},
			pages: async (_table, { sortField }, wantsMore) => {
				const found: KnackRecord[] = [];
				let page: KnackRecord[] = [];
				for (const order of this.latest(sortField)) {
					page.push(this.record(order));
					if (page.length < PAGE) continue;
					this.calls += 1;
					found.push(...page);
					if (!wantsMore(page)) return found;
					page = [];
				}
				this.calls += 1;
				wantsMore(page);
				return [...found, ...page];
			},
			calls: () => ({ reads: this.calls, writes: 0 }),
			dayRemaining: () => undefined,
			dayLimit: () => undefined,
			verifyKey: refuse,
			wholeTable: refuse,
			count: refuse,
			record: refuse,
			create: refuse,
			update: refuse,
			remove: refuse,
			upload: refuse,
			call: refuse,
		};
	}
}

const ALL = { table: 'object_1', startFrom: { kind: 'now' as const }, mostChanges: 1_000 };

/** Ways to look that do not read all that ever was. */
const TRIGGERS: ReadonlyArray<{ readonly name: string; readonly settings: ChangeSettings }> = [
	{ name: 'Record Created', settings: { ...ALL, triggerOn: 'created' } },
	{
		name: 'Record Updated, by a modified date',
		settings: {
			...ALL,
			triggerOn: 'updated',
			modifiedField: MODIFIED,
			watchedFields: [NOTE],
		},
	},
	{
		name: 'Record Starts to Match (done, no Xero ID), Until Synced',
		settings: {
			...ALL,
			triggerOn: 'startsToMatch',
			filters: {
				match: 'and',
				rules: [
					{ field: STATUS, operator: 'is', value: 'Done' },
					{ field: XERO_ID, operator: 'is blank' },
				],
			},
			untilSynced: { xeroIdField: XERO_ID, messageField: MESSAGE },
		},
	},
];

interface Quarter {
	readonly handedOn: number;
	/** In one poll, at most. */
	readonly calls: number;
	readonly stateCharacters: number;
	readonly heapMegabytes: number;
}

export interface YearFigures {
	readonly trigger: string;
	readonly quarters: readonly Quarter[];
	/** Orders that were never handed on. */
	readonly missed: number;
	/** Handed on again, though nothing was lost. */
	readonly twice: number;
	/** Handed on again because their first run died. */
	readonly again: number;
	readonly milliseconds: number;
}

/** One run in a thousand dies with what it was given. */
const dies = (order: number): boolean => order % 1_000 === 7;

/** Polls every trigger through its year; `gc` is node's, for what memory is in use. */
export async function measureYear(
	orders: number,
	everySeconds: number,
	gc: () => void,
): Promise<YearFigures[]> {
	const figures: YearFigures[] = [];
	for (const trigger of TRIGGERS) figures.push(await yearOf(trigger, { orders, everySeconds, gc }));
	return figures;
}

async function yearOf(
	{ name, settings }: (typeof TRIGGERS)[number],
	{ orders, everySeconds, gc }: { orders: number; everySeconds: number; gc: () => void },
): Promise<YearFigures> {
	const year = new YearOfOrders(orders);
	const times = new Uint8Array(orders);
	const quarters: Quarter[] = [];
	let stored = 'null';
	let quarter = { handedOn: 0, calls: 0, stateCharacters: 0 };
	const began = performance.now();
	while (!year.isOver) {
		year.goOn(everySeconds);
		const before = year.calls;
		const nowMs = year.nowSeconds * 1_000;
		const parsed: unknown = JSON.parse(stored);
		const polled = await pollChanges({ client: year.client(), settings, stored: parsed, nowMs });
		// n8n keeps it as JSON.
		stored = JSON.stringify(polled.state);
		quarter = {
			handedOn: quarter.handedOn + polled.changes.length,
			calls: Math.max(quarter.calls, year.calls - before),
			stateCharacters: Math.max(quarter.stateCharacters, stored.length),
		};
		for (const { record, event } of polled.changes) {
			const order = Number.parseInt(record.id.slice(8), 16);
			times[order] = (times[order] ?? 0) + 1;
			if (!dies(order) || event === 'notSynced') year.post(record);
		}
		const passed = (year.nowSeconds - START_SECONDS) / YEAR_SECONDS;
		if (passed >= (quarters.length + 1) / 4 && quarters.length < 4) {
			gc();
			const heapMegabytes = process.memoryUsage().heapUsed / 2 ** 20;
			quarters.push({ ...quarter, heapMegabytes });
			quarter = { handedOn: 0, calls: 0, stateCharacters: 0 };
		}
	}
	const count = (test: (came: number, order: number) => boolean) => times.filter(test).length;
	const comesAgain = (order: number) => settings.untilSynced !== undefined && dies(order);
	return {
		trigger: name,
		quarters,
		// What was made before the first poll was there at activation.
		missed: count((came, order) => came === 0 && !wasThere(order, orders, everySeconds)),
		twice: count((came, order) => came > (comesAgain(order) ? 2 : 1)),
		again: count((came, order) => came === 2 && comesAgain(order)),
		milliseconds: performance.now() - began,
	};
}

function wasThere(order: number, orders: number, everySeconds: number): boolean {
	return (order / orders) * YEAR_SECONDS <= everySeconds;
}
