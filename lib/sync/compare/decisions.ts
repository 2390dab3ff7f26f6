import { failed, ok, type Result } from '../../result';
import { foldText } from '../../foldText';
import type { KnackField, KnackRecord, KnackTable } from '../../knack/app';
import type { KnackClient } from '../../knack/client';
import { decodeField } from '../../knack/fields/codecs';
import { plainValue } from '../../knack/fields/shownValue';
import { findField, findTable } from '../../knack/tables';
import type { Issue } from '../../issue';
import { writeRecords } from '../knackRecords/writeRecords';
import { writeBack } from '../writeBack';
import { subjectOfKey, type Difference } from './difference';
import { DIFFERENCE_KINDS, WAYS, type Way } from './kinds';

/** Fields of the table of differences, by what they are called there. */
export const DECISION_FIELDS = {
	key: 'Key',
	digest: 'Digest',
	state: 'State',
	way: 'Way',
	by: 'Decided By',
	at: 'Decided At',
	summary: 'Summary',
	kind: 'Kind',
	record: 'Record',
	ours: 'In Knack',
	theirs: 'In Xero',
	message: 'Message',
} as const;

type Part = keyof typeof DECISION_FIELDS;

/** Without these nobody could decide, or a decision could not be told from one on other values. */
const NEEDED: readonly Part[] = ['key', 'digest', 'state', 'way', 'by'];

/** How a row of the table stands. */
export const STATES = {
	open: 'Open',
	accepted: 'Accepted',
	carriedOut: 'Carried Out',
	settled: 'Settled',
} as const;

type DecisionState = keyof typeof STATES;

/** What a person has decided of a difference. */
export interface Decision {
	readonly way?: Way;
	/** What stands under Way and is none. */
	readonly unreadableWay?: string;
	readonly by: string;
	readonly at: string;
	readonly state: string;
	readonly digest: string;
}

interface Row extends Decision {
	readonly record: KnackRecord;
	readonly key: string;
}

/** The table in which differences wait for a decision, as it is in Knack. */
export class DecisionTable {
	private constructor(
		private readonly client: KnackClient,
		private readonly table: KnackTable,
		private readonly fields: ReadonlyMap<Part, KnackField>,
		private readonly rows: ReadonlyMap<string, Row>,
	) {}

	/** Reads the table; what it lacks, in words. Throws ServiceFaultError. */
	static async read(
		client: KnackClient,
		name: string,
	): Promise<Result<DecisionTable, { readonly message: string; readonly fix: string }>> {
		const app = await client.app();
		const table = findTable(app, name);
		if (!table) {
			return failed({
				message: `The Knack app ${app.name} has no table "${name}" for the differences.`,
				fix: 'Choose the table again under Differences Table.',
			});
		}
		const parts: readonly Part[] = Object.keys(DECISION_FIELDS).filter(isPart);
		const fields = new Map(
			parts.flatMap((part) => {
				const field = findField(table, DECISION_FIELDS[part]);
				return field ? [[part, field] as const] : [];
			}),
		);
		const lacking = NEEDED.filter((part) => !fields.has(part)).map((part) => DECISION_FIELDS[part]);
		if (lacking.length > 0) {
			return failed({
				message: `The table ${table.name} has no field ${lacking.join(', ')}.`,
				fix: `Add ${lacking.length === 1 ? 'it' : 'them'} in Knack as Short Text, with that very name.`,
			});
		}
		const rows = new Map<string, Row>();
		for (const record of await client.records(table.key)) {
			const row = rowOf(record, fields);
			if (row.key !== '' && !rows.has(row.key)) rows.set(row.key, row);
		}
		return ok(new DecisionTable(client, table, fields, rows));
	}

	/**
	 * What was decided of a difference for the very values that both sides have now. Where the difference
	 * was gone meanwhile the decision has had its effect: who wants it again ticks again.
	 */
	of({ key, digest }: Difference): Decision | undefined {
		const row = this.rows.get(key);
		const isOver = foldText(row?.state ?? '') === foldText(STATES.settled);
		return row?.digest === digest && !isOver ? row : undefined;
	}

	/**
	 * Brings the table to what is known now: one row a difference, only what differs. Rows of what was
	 * compared, and does not differ any more, are settled. What could not be written is told.
	 */
	async keep(
		entries: readonly DecisionEntry[],
		wasCompared: (type: string, subject: string) => boolean,
	): Promise<readonly Issue[]> {
		const issues: Issue[] = [];
		const open = new Set(entries.map(({ difference }) => difference.key));
		const settled = [...this.rows.values()].filter(({ key, state }) => {
			const told = subjectOfKey(key);
			return (
				!open.has(key) &&
				told !== undefined &&
				wasCompared(told.type, told.subject) &&
				foldText(state) !== foldText(STATES.settled)
			);
		});
		const updates = [
			...entries.flatMap((entry) => {
				const row = this.rows.get(entry.difference.key);
				return row ? [this.request(row, this.valuesOf(entry))] : [];
			}),
			...settled.map((row) => this.request(row, { state: STATES.settled, message: '' })),
		];
		for (const result of await writeBack(this.client, this.table, updates)) {
			if ('issues' in result) issues.push(...result.issues);
		}
		const news = entries.filter(({ difference }) => !this.rows.has(difference.key));
		const writes = news.map((entry) => ({ values: this.byField(this.valuesOf(entry)) }));
		if (writes.length === 0) return issues;
		const created = await writeRecords(this.client, this.table, writes, { kind: 'create' });
		for (const result of created) if (result.kind === 'failed') issues.push(...result.issues);
		return issues;
	}

	private request(row: Row, values: Partial<Record<Part, string>>) {
		const byField = this.byField(values);
		const mayClear = new Set(Object.keys(byField));
		return { recordId: row.record.id, record: row.record, values: byField, mayClear };
	}

	private byField(values: Partial<Record<Part, string>>): Record<string, string> {
		const byKey: Record<string, string> = {};
		for (const [part, field] of this.fields) {
			const value = values[part];
			if (value !== undefined) byKey[field.key] = value;
		}
		return byKey;
	}

	private valuesOf(entry: DecisionEntry): Record<Part, string> {
		const { difference, state, way, by = '', at = '', message = '' } = entry;
		const { key, digest, summary, kind, record, ours, theirs } = difference;
		return {
			key,
			digest,
			summary,
			kind: DIFFERENCE_KINDS[kind],
			record,
			ours,
			theirs,
			state: STATES[state],
			way: way ? WAYS[way] : '',
			by,
			at,
			message,
		};
	}
}

/** A difference as the table is to keep it. */
export interface DecisionEntry {
	readonly difference: Difference;
	readonly state: DecisionState;
	readonly way?: Way;
	readonly by?: string;
	readonly at?: string;
	readonly message?: string;
}

function isPart(name: string): name is Part {
	return name in DECISION_FIELDS;
}

function rowOf(record: KnackRecord, fields: ReadonlyMap<Part, KnackField>): Row {
	const textIn = (part: Part): string => {
		const field = fields.get(part);
		const value = field ? plainValue(decodeField(record, field)) : undefined;
		return value === undefined || value === null ? '' : String(value).trim();
	};
	const given = textIn('way');
	const way = readWay(given);
	return {
		record,
		key: textIn('key'),
		digest: textIn('digest'),
		state: textIn('state'),
		by: textIn('by'),
		at: textIn('at'),
		...(way ? { way } : {}),
		...(given !== '' && !way ? { unreadableWay: given } : {}),
	};
}

/** A way by its words in Knack or its name; apostrophes do not matter. */
function readWay(text: string): Way | undefined {
	const bare = (value: string) => foldText(value).replace(/[’'\s]/g, '');
	const found = Object.entries(WAYS).find(
		([way, label]) => bare(label) === bare(text) || bare(way) === bare(text),
	);
	const name = found?.[0];
	return name === 'takeXeros' || name === 'sendOurs' || name === 'accept' ? name : undefined;
}
