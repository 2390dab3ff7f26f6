import { dayInZone, daysBetween, type CalendarDate } from '../../dates';
import { grouped } from '../../grouped';
import type { KnackClient } from '../../knack/client';
import { amountText, sum, type Decimal } from '../../money';
import { countOf, shortened } from '../../texts';
import type { Insight, InsightColumn, InsightRow } from '../insight';
import type { Books } from '../reading/books';
import {
	readDrifted,
	readRecords,
	readTroubles,
	type HealthInput,
	type LoggedTrouble,
	type SyncedRecord,
} from './healthTables';

const STATES = {
	inStep: 'In Step',
	waiting: 'Waiting',
	held: 'Held',
	failed: 'Failed',
	drifted: 'Drifted',
} as const;

type State = keyof typeof STATES;

const STATE_NAMES: readonly State[] = ['inStep', 'waiting', 'held', 'failed', 'drifted'];

interface Judged {
	readonly record: SyncedRecord;
	readonly state: State;
	/** Undefined where nothing tells. */
	readonly since: CalendarDate | undefined;
	/** In words that records with the same trouble have in common. */
	readonly reason: string;
}

const MOST_REASONS = 10;

/**
 * How records and Xero stand to each other by what the sync has told the records: a row for each
 * state, then the reasons that cost most. Throws InsightInputError and ServiceFaultError.
 */
export async function reckonSyncHealth(
	{ organisation, today }: Books,
	client: KnackClient,
	input: HealthInput,
): Promise<Insight> {
	const zone = organisation.timeZone;
	const currency = organisation.baseCurrency;
	const records = await readRecords(client, input);
	const drifted = await readDrifted(client, input.differencesTable);
	const troubles = await readTroubles(client, input.logTable, zone);
	const judged = records.map((record) => judge(record, drifted, troubles.get(record.id), zone));
	const counting: Counting = {
		today,
		currency,
		hasAmounts: input.amountField !== undefined,
		unknown: unknownStates(input),
	};
	const states = STATE_NAMES.map((state) =>
		stateRow(
			state,
			judged.filter((each) => each.state === state),
			counting,
		),
	);
	const reasons = [
		...grouped(
			judged.flatMap((each) => (each.reason === '' ? [] : [[each.reason, each] as const])),
		),
	]
		.map(([reason, own]) => ({ own, row: reasonRow(reason, own, counting) }))
		.sort((a, b) => costOf(b.own, counting) - costOf(a.own, counting))
		.slice(0, MOST_REASONS)
		.map(({ row }) => row);
	return {
		summary: summaryOf(judged, counting),
		day: today,
		currency,
		columns: COLUMNS,
		rowKey: ['part', 'name'],
		rows: [...states, ...reasons],
		tie: [],
		notIn: notIn(input),
	};
}

/** What is needed to tell a state, of those that nothing tells. */
type UnknownStates = ReadonlyMap<State, string>;

function unknownStates({ differencesTable, logTable }: HealthInput): UnknownStates {
	return new Map<State, string>([
		...(logTable === undefined ? ([['failed', 'Log Table']] as const) : []),
		...(differencesTable === undefined ? ([['drifted', 'Differences Table']] as const) : []),
	]);
}

function summaryOf(judged: readonly Judged[], { unknown }: Counting): string {
	const count = (state: State) => judged.filter((each) => each.state === state).length;
	const areHeld = `${are(count('held'))} held`;
	const held = unknown.has('failed')
		? `${areHeld} or failed`
		: `${areHeld}, ${count('failed')} failed`;
	const waiting = count('waiting');
	const told = [`${waiting} ${waiting === 1 ? 'waits' : 'wait'}`, held];
	if (!unknown.has('drifted')) told.push(`${count('drifted')} drifted`);
	const missing = [...unknown].map(
		([state, table]) => `how many have ${state} is not known without a ${table}`,
	);
	const of = ` of ${countOf(judged.length, 'record')}`;
	const first = `${are(count('inStep'), of)} in step with Xero; ${told.join(', ')}`;
	return `${[first, ...missing].join('; ')}.`;
}

function are(count: number, of = ''): string {
	return `${count}${of} ${count === 1 ? 'is' : 'are'}`;
}

function judge(
	record: SyncedRecord,
	drifted: ReadonlyMap<string, string>,
	trouble: LoggedTrouble | undefined,
	zone: string,
): Judged {
	if (record.message !== '') {
		const state = trouble?.isFailure ? 'failed' : 'held';
		return { record, state, since: trouble?.since, reason: common(record.message) };
	}
	const difference = drifted.get(record.id);
	if (difference !== undefined) {
		const reason = difference === '' ? '' : common(afterColon(difference));
		return { record, state: 'drifted', since: undefined, reason };
	}
	if (record.isInXero) return { record, state: 'inStep', since: undefined, reason: '' };
	const since = dayInZone(record.createdAtMs, zone);
	return { record, state: 'waiting', since, reason: '' };
}

/** What a difference is, without whose it is. */
function afterColon(text: string): string {
	const at = text.indexOf(': ');
	return at === -1 ? text : text.slice(at + 2);
}

/** The first trouble of a message, without the names, numbers and days that are the record's own. */
function common(message: string): string {
	const [first = ''] = message.split('\n');
	return shortened(first.replace(/"[^"]*"/g, '"…"').replace(/[\p{L}-]*\d[\d.,:/-]*/gu, '…'), 200);
}

interface Counting {
	readonly today: CalendarDate;
	readonly currency: string;
	readonly hasAmounts: boolean;
	readonly unknown: UnknownStates;
}

const COLUMNS: readonly InsightColumn[] = [
	{ key: 'part', label: 'Part', kind: 'text' },
	{ key: 'name', label: 'State or Reason', kind: 'text' },
	{ key: 'records', label: 'Records', kind: 'number' },
	{ key: 'amount', label: 'Amount', kind: 'money' },
	{ key: 'since', label: 'Since', kind: 'date' },
	{ key: 'days', label: 'Days', kind: 'number' },
	{ key: 'example', label: 'For Example', kind: 'text' },
];

function cells(own: readonly Judged[], { today, currency, hasAmounts }: Counting) {
	const [since] = own.flatMap((each) => each.since ?? []).sort();
	return {
		records: own.length,
		amount: hasAmounts ? amountText(amountOf(own), currency) : null,
		since: since ?? null,
		days: since === undefined ? null : daysBetween(since, today),
		example: own[0]?.record.title ?? null,
	};
}

function amountOf(own: readonly Judged[]): Decimal {
	return sum(own.flatMap(({ record }) => record.amount ?? []));
}

function stateRow(state: State, own: readonly Judged[], counting: Counting): InsightRow {
	const name = STATES[state];
	const needed = counting.unknown.get(state);
	if (needed !== undefined) {
		return {
			summary: `${name}: not known without a ${needed}.`,
			part: 'State',
			name,
			...NOT_KNOWN,
		};
	}
	const isHeldOrFailed = state === 'held' && counting.unknown.has('failed');
	return {
		summary: `${name}${isHeldOrFailed ? ' or failed' : ''}: ${countOf(own.length, 'record')}${sinceWords(own)}.`,
		part: 'State',
		name,
		...cells(own, counting),
	};
}

const NOT_KNOWN = { records: null, amount: null, since: null, days: null, example: null } as const;

function reasonRow(reason: string, own: readonly Judged[], counting: Counting): InsightRow {
	return {
		summary: `${countOf(own.length, 'record')}${sinceWords(own)}: ${reason}`,
		part: 'Reason',
		name: reason,
		...cells(own, counting),
	};
}

function sinceWords(own: readonly Judged[]): string {
	const [since] = own.flatMap((each) => each.since ?? []).sort();
	return since === undefined ? '' : ` since ${since}`;
}

/** What a reason keeps from the books; by records where it is not known what they are worth. */
function costOf(own: readonly Judged[], { hasAmounts }: Counting): number {
	return hasAmounts ? amountOf(own).abs().toNumber() : own.length;
}

function notIn({ differencesTable, logTable, amountField }: HealthInput): string[] {
	return [
		'A record that Write Back to Knack has never told anything counts as waiting.',
		...(differencesTable === undefined
			? ['Drifted records are not known without the Differences Table of Compare.']
			: []),
		...(logTable === undefined
			? [
					'Since when records are held, and which of them failed, only a log tells: choose one under Log Table.',
				]
			: []),
		...(amountField === undefined
			? ['Reasons are ranked by records: name an Amount Field to rank them by what they keep back.']
			: []),
	];
}
