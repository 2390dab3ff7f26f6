import { instantText } from '../../dates';
import type { Clock } from '../../clock';
import type { KnackClient } from '../../knack/client';
import { faultOr, type ServiceFault } from '../../serviceFault';
import { createOne } from '../knackRecords/writeRecord';
import { columnFields } from './columnValues';
import {
	entryText,
	type Head,
	type LogContent,
	type PortionContent,
	type RunPlace,
} from './logEntry';
import { newRunId, type LogKey } from './logKey';
import type { LogTable } from './logTable';
import { digestsOf, personalText, saltPersonal, type PersonalValues } from './personalValues';
import { headsAmong, readLatestRows, readPortions } from './readLog';

/** Where rows go, and what they are signed with. */
export interface LogTarget {
	readonly knack: KnackClient;
	readonly log: LogTable;
	readonly key: LogKey;
	readonly clock: Clock;
	readonly place: RunPlace;
}

/** What became of a row. */
type RowWritten =
	| { readonly kind: 'written' }
	| { readonly kind: 'lost'; readonly number: number; readonly why: string };

/** The chain of a run: rows go in one after the other, each citing the one before it. */
export interface Chain {
	/** Writes the opening row, which cites the heads that it reads. Asked again it does nothing. */
	open(): Promise<void>;
	add(content: LogContent, personal?: PersonalValues): Promise<RowWritten>;
	/**
	 * Portions that runs have entered, the latest first; undefined where the table has no column Kind
	 * to ask by, or there is no table. Throws ServiceFaultError.
	 */
	portions(): Promise<readonly PortionContent[] | undefined>;
	readonly isOpen: boolean;
	/** Rows that are in the table. */
	readonly rows: number;
	/** Why nothing more can be written, where that is so. */
	readonly fault: ServiceFault | undefined;
}

/** A chain that cannot be written, as where the table is gone: all rows are lost, each by its number. */
export function lostChain(fault: ServiceFault): Chain {
	let number = 0;
	return {
		open: async () => await Promise.resolve(),
		add: async () =>
			await Promise.resolve({ kind: 'lost' as const, number: (number += 1), why: fault.message }),
		portions: async () => await Promise.resolve(undefined),
		isOpen: false,
		rows: 0,
		fault,
	};
}

/** A chain that nothing has been written of yet. Its functions never reject for what Knack answers. */
export function createChain(target: LogTarget, about: string, operation?: string): Chain {
	const { knack, log, key, clock, place } = target;
	const run = newRunId();
	let number = 0;
	let rows = 0;
	let previous: Omit<Head, 'run'> | undefined;
	let fault: ServiceFault | undefined;
	let opening: Promise<void> | undefined;

	const write = async (content: LogContent, values: PersonalValues): Promise<RowWritten> => {
		number += 1;
		const mine = number;
		if (fault) return { kind: 'lost', number: mine, why: fault.message };
		const personal = saltPersonal(values);
		const facts = {
			version: 1 as const,
			app: log.app.id,
			signedWith: key.id,
			run,
			number: mine,
			at: instantText(clock.now()),
			place,
			...(previous ? { previous } : {}),
			content,
			personal: digestsOf(personal),
		};
		const { fields, filled } = columnFields(log, facts, personal);
		const text = entryText({ ...facts, columns: [...filled] });
		const digest = key.digestOf(text);
		const { core, table } = log;
		const sent = {
			...fields,
			[core.entry.key]: text,
			[core.digest.key]: digest,
			[core.personal.key]: personalText(personal),
		};
		const lookAgain = async () => {
			const rule = { field: core.digest.key, operator: 'is', value: digest };
			const filters = { match: 'and' as const, rules: [rule] };
			const [found] = await knack.records(table.key, { filters, limit: 2 });
			return found ? { kind: 'one' as const, found } : { kind: 'none' as const };
		};
		const done = await faultOr(createOne(knack, table, sent, lookAgain));
		if (!done.ok) fault = done.failure;
		else if (done.value.kind === 'failed') {
			fault = done.value.fault;
			const [issue] = done.value.issues;
			return { kind: 'lost', number: mine, why: issue?.message ?? 'Knack did not take it.' };
		} else {
			rows += 1;
			previous = { number: mine, digest, record: done.value.record.id };
			return { kind: 'written' };
		}
		return { kind: 'lost', number: mine, why: fault.message };
	};

	const openOnce = async (): Promise<void> => {
		const heads = await faultOr(readLatestRows(knack, log));
		if (!heads.ok) fault = heads.failure;
		const told = operation === undefined ? {} : { operation };
		const cited = heads.ok ? headsAmong(heads.value, key) : [];
		await write({ kind: 'opening', about, ...told, heads: cited }, {});
	};

	return {
		open: async () => await (opening ??= openOnce()),
		async add(content, personal = {}) {
			await (opening ??= openOnce());
			return await write(content, personal);
		},
		portions: async () => await readPortions(knack, log, key),
		get isOpen() {
			return opening !== undefined;
		},
		get rows() {
			return rows;
		},
		get fault() {
			return fault;
		},
	};
}
