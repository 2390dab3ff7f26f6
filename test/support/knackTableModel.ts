import { DateTime } from 'luxon';
import type { KnackApp, KnackField, KnackRecord } from '../../lib/knack/app';
import type { KnackClient, KnackFilters, KnackQuery } from '../../lib/knack/client';
import { createOwnWrites } from '../../lib/knack/ownWrites';

type Values = Record<string, string>;

interface ModelRecord {
	readonly number: number;
	readonly values: Values;
}

const ZONE = 'America/Chicago';

function field(
	key: string,
	name: string,
	type: string,
	more: Partial<KnackField> = {},
): KnackField {
	return { key, name, type, required: false, unique: false, format: {}, ...more };
}

const NUMBER = 'field_1';
export const TITLE = 'field_2';
export const STATUS = 'field_3';
export const NOTE = 'field_4';
export const XERO_NUMBER = 'field_5';
export const MODIFIED = 'field_6';
/** Where a workflow writes what is wrong; no name that would tell so. */
export const PROBLEM = 'field_7';

/** Lines that point to the records. */
export const LINES = 'object_2';
export const LINE_TEXT = 'field_20';
export const LINE_OF = 'field_21';

interface ModelLine {
	readonly of: string;
	readonly text: string;
}

/**
 * One table, with lines that point to it, as small as it can be and still behave like Knack's: ids that begin with the second of
 * creation, pages that are read while people work, a date that a form's rule stamps to the minute.
 */
export class KnackTableModel {
	readonly stored = new Map<string, ModelRecord>();

	readonly ownWrites = createOwnWrites();

	fields: KnackField[] = [
		field(NUMBER, 'Number', 'auto_increment'),
		field(TITLE, 'Title', 'short_text'),
		field(STATUS, 'Status', 'multiple_choice', { options: ['New', 'Done'] }),
		field(NOTE, 'Note', 'short_text'),
		field(XERO_NUMBER, 'Xero Number', 'short_text'),
		field(MODIFIED, 'Modified', 'date_time', {
			dateFormat: 'mm/dd/yyyy',
			timeFormat: 'HH:mm am',
		}),
		field(PROBLEM, 'Problem', 'paragraph_text'),
	];

	readonly lineFields: readonly KnackField[] = [
		field(LINE_TEXT, 'Description', 'short_text'),
		field(LINE_OF, 'Job', 'connection', {
			connection: { table: 'object_1', has: 'one', belongsTo: 'many' },
		}),
	];

	/** By id, in order of creation. */
	readonly lines = new Map<string, ModelLine>();

	/** Requests for lines, among all. */
	lineCalls = 0;

	calls = 0;

	private counter = 0;

	constructor(
		public nowMs: number,
		readonly options: { readonly hasNumbers: boolean; readonly pageSize: number },
	) {
		if (!options.hasNumbers) this.fields = this.fields.filter(({ key }) => key !== NUMBER);
	}

	create(values: Values): string {
		this.counter += 1;
		const seconds = Math.floor(this.nowMs / 1_000);
		const id = seconds.toString(16).padStart(8, '0') + this.counter.toString(16).padStart(16, '0');
		this.stored.set(id, {
			number: this.counter,
			values: { ...values, [MODIFIED]: this.stamp() },
		});
		return id;
	}

	/** By a person in a form, whose rule stamps the modified date; or by anything else, unstamped. */
	edit(id: string, values: Values, by: 'form' | 'batch'): void {
		const record = this.stored.get(id);
		if (!record) return;
		const stamped: Values = by === 'form' ? { [MODIFIED]: this.stamp() } : {};
		this.stored.set(id, { ...record, values: { ...record.values, ...values, ...stamped } });
	}

	addLine(of: string, text: string): string {
		this.counter += 1;
		const id = this.counter.toString(16).padStart(24, '0');
		this.lines.set(id, { of, text });
		return id;
	}

	editLine(id: string, text: string): void {
		const line = this.lines.get(id);
		if (line) this.lines.set(id, { ...line, text });
	}

	linesOf(recordId: string): Array<[string, string]> {
		return [...this.lines].flatMap(([id, { of, text }]) => (of === recordId ? [[id, text]] : []));
	}

	/** What a person would compare: values of the fields that count, without those not there. */
	content(id: string): string {
		const values = this.stored.get(id)?.values ?? {};
		return JSON.stringify([TITLE, STATUS, NOTE].map((key) => values[key] ?? ''));
	}

	/** App time to the minute; the hour after midnight is stored as 00:00, a quirk of Knack. */
	private stamp(): string {
		const local = DateTime.fromMillis(this.nowMs, { zone: ZONE });
		return local.toFormat(local.hour === 0 ? "MM/dd/yyyy '12:00' a" : 'MM/dd/yyyy hh:mm a');
	}

	/** As Knack answers it. @throws where there is none */
	answered(id: string): KnackRecord {
		const record = this.stored.get(id);
		if (!record) throw new Error(`There is no record ${id}`);
		return this.json(id, record);
	}

	private json(id: string, { number, values }: ModelRecord): KnackRecord {
		const record: Record<string, unknown> = { id };
		for (const { key } of this.fields) {
			const value = key === NUMBER ? number : (values[key] ?? '');
			record[key] = value;
			if (key === MODIFIED && typeof value === 'string' && value !== '') {
				const [date = '', time = '', half = ''] = value.split(' ');
				const [hours = '', minutes = ''] = time.split(':');
				record[`${key}_raw`] = { date, hours, minutes, am_pm: half };
			} else if (value !== '') record[`${key}_raw`] = value;
		}
		return { ...record, id };
	}

	private list(query: KnackQuery): KnackRecord[] {
		const matching = [...this.stored]
			.filter(([, { number, values }]) =>
				matches({ ...values, [NUMBER]: String(number) }, query.filters),
			)
			.map(([id, record]) => ({ id, record }));
		const { sortField, sortOrder } = query;
		const sortKey = ({ record }: { record: ModelRecord }): string =>
			sortField === MODIFIED
				? sortableDate(record.values[MODIFIED] ?? '')
				: String(record.number).padStart(8, '0');
		matching.sort((a, b) => {
			const order = sortKey(a) < sortKey(b) ? -1 : sortKey(a) > sortKey(b) ? 1 : 0;
			return sortOrder === 'desc' ? -order : order;
		});
		return matching.map(({ id, record }) => this.json(id, record));
	}

	private listLines({ filters }: KnackQuery): KnackRecord[] {
		this.lineCalls += 1;
		const wanted = new Set(filters?.rules.map(({ value }) => value));
		return [...this.lines]
			.filter(([, { of }]) => !filters || wanted.has(of))
			.map(([id, { of, text }]) => ({
				id,
				[LINE_TEXT]: text,
				[`${LINE_OF}_raw`]: [{ id: of, identifier: of }],
			}));
	}

	client(): KnackClient {
		const refuse = async (): Promise<never> => {
			throw new Error('The trigger does not write');
		};
		return {
			applicationId: '5d79512148c4af00106d1507',
			ownWrites: this.ownWrites,
			app: async () => this.app(),
			verifyKey: async () => undefined,
			records: async (table, query = {}) => {
				this.calls += 1;
				if (table === LINES) return this.listLines(query);
				const found = this.list(query).slice(0, query.limit);
				this.calls += Math.max(0, Math.ceil(found.length / this.options.pageSize) - 1);
				return found;
			},
			pages: async (_table, query, wantsMore) => {
				const all = this.list(query);
				const found: KnackRecord[] = [];
				for (let start = 0; start === 0 || start < all.length; start += this.options.pageSize) {
					this.calls += 1;
					const page = all.slice(start, start + this.options.pageSize);
					found.push(...page);
					if (!wantsMore(page)) break;
				}
				return found;
			},
			wholeTable: async (table, mostPages) => {
				const all = table === LINES ? this.listLines({}) : this.list({});
				const pages = Math.max(1, Math.ceil(all.length / this.options.pageSize));
				this.calls += pages > mostPages ? 1 : pages;
				return pages > mostPages ? undefined : all;
			},
			count: async (_table, filters) => this.list({ filters }).length,
			record: async (_table, id) => {
				this.calls += 1;
				const record = this.stored.get(id);
				return record && this.json(id, record);
			},
			create: refuse,
			update: refuse,
			remove: refuse,
			upload: refuse,
			call: refuse,
			calls: () => ({ reads: this.calls, writes: 0 }),
			dayRemaining: () => undefined,
			dayLimit: () => undefined,
		};
	}

	private app(): KnackApp {
		return {
			id: '5d79512148c4af00106d1507',
			name: 'Model',
			timeZone: ZONE,
			tables: [
				{ key: 'object_1', name: 'Jobs', fields: this.fields },
				{ key: LINES, name: 'Job Lines', fields: this.lineFields },
			],
		};
	}
}

const sortableDates = new Map([['', '']]);

function sortableDate(shown: string): string {
	const known = sortableDates.get(shown);
	if (known !== undefined) return known;
	const found = DateTime.fromFormat(shown, 'MM/dd/yyyy hh:mm a', { zone: 'utc' }).toISO() ?? '';
	sortableDates.set(shown, found);
	return found;
}

function matches(values: Values, filters: KnackFilters | undefined): boolean {
	const tests = (filters?.rules ?? []).map(({ field: key, operator, value }) => {
		const held = values[key] ?? '';
		if (operator === 'is blank') return held === '';
		return operator === 'is not blank' ? held !== '' : held === String(value);
	});
	if (tests.length === 0) return true;
	return filters?.match === 'or' ? tests.some(Boolean) : tests.every(Boolean);
}
