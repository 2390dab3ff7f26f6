import type { KnackApp, KnackField, KnackTable } from '../../knack/app';
import { tableOrFault } from '../../knack/fieldSuccessors';
import { isWritable } from '../../knack/fields/codecs';
import { ServiceFaultError } from '../../serviceFault';
import { byFit, nameRank } from '../payments/fieldFit';

interface Fit {
	/** What a person calls it. */
	readonly label: string;
	/** Field types that can take it, the most fitting first. */
	readonly types: readonly string[];
	/** What builders tend to call it. */
	readonly names: readonly string[];
}

const TEXT = ['short_text', 'paragraph_text'];
const LONG = ['paragraph_text', 'short_text'];
const NUMBER = ['number', 'short_text'];

/** What makes a table a log: what is signed, its digest, and what can be taken away from it. */
const CORE = {
	entry: { label: 'Log Entry', types: ['paragraph_text'], names: ['log entry', 'entry'] },
	digest: { label: 'Digest', types: ['short_text'], names: ['digest'] },
	personal: { label: 'Personal Values', types: ['paragraph_text'], names: ['personal'] },
} as const satisfies Record<string, Fit>;

/** What people read, filter and sort by. Names with more words are looked for first. */
const COLUMNS = {
	recordId: {
		label: 'Knack Record ID',
		types: TEXT,
		names: ['knack record id', 'record id', 'knack id'],
	},
	xeroId: { label: 'Xero ID', types: TEXT, names: ['xero id'] },
	requestKey: { label: 'Request Key', types: TEXT, names: ['request key', 'idempotency key'] },
	when: { label: 'When', types: ['date_time', 'short_text'], names: ['when', 'time', 'date'] },
	workflow: { label: 'Workflow', types: TEXT, names: ['workflow'] },
	execution: { label: 'Execution', types: TEXT, names: ['execution'] },
	run: { label: 'Run', types: TEXT, names: ['run'] },
	number: { label: 'Row Number', types: NUMBER, names: ['row number', 'number in run'] },
	kind: { label: 'Kind', types: TEXT, names: ['row kind', 'kind'] },
	who: { label: 'Who', types: TEXT, names: ['who'] },
	why: { label: 'Why', types: LONG, names: ['why', 'reason'] },
	outcome: { label: 'Outcome', types: TEXT, names: ['outcome'] },
	summary: { label: 'Summary', types: LONG, names: ['summary', 'what was done'] },
	changes: { label: 'Before and After', types: ['paragraph_text'], names: ['before', 'changes'] },
	findings: { label: 'Findings', types: ['paragraph_text'], names: ['findings', 'issues'] },
	document: { label: 'Document', types: TEXT, names: ['document'] },
	record: { label: 'Record', types: TEXT, names: ['record'] },
	link: { label: 'Link', types: ['link', ...TEXT], names: ['link', 'url'] },
	calls: { label: 'Calls', types: NUMBER, names: ['calls'] },
} as const satisfies Record<string, Fit>;

export type LogColumn = keyof typeof COLUMNS;

type Core = keyof typeof CORE;

/** A table of Knack that holds a log, and its fields. */
export interface LogTable {
	readonly app: KnackApp;
	readonly table: KnackTable;
	readonly core: Readonly<Record<Core, KnackField>>;
	/** The fields for people that the table has. */
	readonly columns: Readonly<Partial<Record<LogColumn, KnackField>>>;
	/** Labels of those that it has not. */
	readonly missing: readonly string[];
}

/** The fields that a table lacks to be a log; none where it can be one. */
export function lackingFields(table: KnackTable): string[] {
	const found = fieldsOf(table, CORE);
	return Object.entries(CORE).flatMap(([part, { label, types }]) =>
		part in found ? [] : [`${label} (${TYPE_NAMES[types[0]]})`],
	);
}

const TYPE_NAMES = { paragraph_text: 'Paragraph Text', short_text: 'Short Text' } as const;

/** Whether its name says that a table is meant to be a log. */
export function soundsLikeLog({ name }: KnackTable): boolean {
	return /\blog\b/i.test(name);
}

/** What a table for a log has to have, said where there is none. */
export const HOW_TO_MAKE =
	'Make a table in Knack, named Sync Log, with the Paragraph Text fields Log Entry and Personal Values and the Short Text field Digest. Add When (Date/Time), Summary, Who, Record, Xero ID and Link to read it.';

/**
 * The table that was chosen, with its fields by their names. `others` hold records of another kind.
 * Throws ServiceFaultError where it is gone, or lacks what a log needs.
 */
export function findLogTable(
	app: KnackApp,
	chosen: string,
	others: readonly string[] = [],
): LogTable {
	const table = tableOrFault(app, chosen);
	const lacking = lackingFields(table);
	if (lacking.length > 0) {
		throw refusal(
			`${table.name} lacks ${inWords(lacking)}, so it cannot hold the Sync Log.`,
			`Add ${lacking.length === 1 ? 'the field' : 'the fields'} to ${table.name} in Knack, named so, or choose another table under Log Table.`,
		);
	}
	if (others.includes(table.key) || others.includes(table.name)) {
		throw refusal(
			`${table.name} holds the records themselves, so the Sync Log is not kept there.`,
			'Make a table of its own for it in Knack, named Sync Log, and choose it under Log Table.',
		);
	}
	const { entry, digest, personal } = fieldsOf(table, CORE);
	if (!entry || !digest || !personal) throw new Error('A table that lacks nothing has all fields.');
	const core = { entry, digest, personal };
	const columns = fieldsOf(table, COLUMNS, Object.values(core));
	const missing = Object.entries(COLUMNS).flatMap(([column, { label }]) =>
		column in columns ? [] : [label],
	);
	return { app, table, core, columns, missing };
}

/** "Sync Log has no fields named Who and Why: …", for a hint; undefined where none is missing. */
export function missingInWords({ table, missing }: LogTable): string | undefined {
	if (missing.length === 0) return undefined;
	const named = missing.length === 1 ? 'no field' : 'no fields';
	return `${table.name} has ${named} named ${inWords(missing)}. What belongs there stands in Log Entry alone; add ${missing.length === 1 ? 'it' : 'those that you want'} in Knack to read, filter and sort by ${missing.length === 1 ? 'it' : 'them'}.`;
}

export function inWords(words: readonly string[]): string {
	const last = words.at(-1) ?? '';
	return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

/** For each part the field that is named after it; a field serves one of them. */
function fieldsOf<Part extends string>(
	table: KnackTable,
	fits: Readonly<Record<Part, Fit>>,
	taken: readonly KnackField[] = [],
): Partial<Record<Part, KnackField>> {
	const used = new Set(taken);
	const found: Partial<Record<Part, KnackField>> = {};
	for (const part of Object.keys(fits) as Part[]) {
		const { types, names } = fits[part];
		const fitting = table.fields.filter(
			(field) =>
				isWritable(field) &&
				types.includes(field.type) &&
				nameRank(field, names) >= 0 &&
				!used.has(field),
		);
		const [best] = byFit(fitting, names, ({ type }) => types.indexOf(type));
		if (!best) continue;
		used.add(best);
		found[part] = best;
	}
	return found;
}

function refusal(message: string, fix: string): ServiceFaultError {
	return new ServiceFaultError({ service: 'knack', cause: 'requestRefused', message, fix });
}
