import { stringify } from 'csv-stringify/sync';

import { computedTypes } from '../sandbox/knack/schema';
import type { FieldSchema } from '../sandbox/knack/schema';
import type { RecordJson } from '../sandbox/knack/showRecord';
import type { AppState, TableState } from '../sandbox/knack/state';
import { createSandbox } from '../sandbox/sandbox';

/** The day by which the sample records are dated: real time would change the files each day. */
const SAMPLE_DAY_MS = Date.UTC(2026, 10, 2, 9);

/** In the order of importing: a connection finds what it points to. */
const TABLES = [
	'Customers',
	'Orders',
	'Order Lines',
	'Jobs',
	'Job Tasks',
	'Cost Months',
	'Timesheets',
	'Payments',
	'Card Expenses',
	'Variations',
	'Claims',
	'Cost Codes',
	'Purchase Orders',
	'Bills',
	'Job Dashboard',
	'Differences',
	'Planned Cash',
] as const;

/** Knack's import wants each part of such a field in a column of its own. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
	name: ['first', 'last'],
	address: ['street', 'city', 'zip', 'country'],
};

/** What the builder calls a type; the API has other words. */
const TYPE_WORDS: Readonly<Record<string, string>> = {
	short_text: 'Short Text',
	paragraph_text: 'Paragraph Text',
	number: 'Number',
	currency: 'Currency',
	boolean: 'Yes/No',
	multiple_choice: 'Multiple Choice, single selection',
	date_time: 'Date/Time, dd/mm/yyyy, time ignored',
	name: 'Person',
	email: 'Email',
	phone: 'Phone',
	address: 'Address, with country',
	link: 'Link',
	file: 'File, added after the import',
	concatenation: 'Short Text',
	equation: 'Equation, added after the import',
	sum: 'Sum, added after the import',
	count: 'Count, added after the import',
};

interface Column {
	readonly header: string;
	valueIn(record: RecordJson): string;
}

export interface StarterTable {
	readonly name: string;
	readonly fileName: string;
	readonly csv: string;
	/** Its fields with their types, in the builder's words. */
	readonly fields: ReadonlyArray<{ readonly name: string; readonly type: string }>;
}

/** The tables that the example workflows use, with the sandbox's sample records as CSV files. */
export function starterTables(): StarterTable[] {
	const app = createSandbox({ nowMs: SAMPLE_DAY_MS, freeze: true }).knack;
	return TABLES.map((name) => {
		const { schema, records } = tableNamed(name, app.appState());
		// Numbers that Knack counts by itself are part of the names that lines and tasks point to.
		const fields = schema.fields.filter(({ type }) => type !== 'auto_increment');
		const columns = fields.filter(isImported).flatMap(columnsOf);
		const rows = [...records.keys()].map((id) => {
			const record = app.record(name, id);
			return columns.map(({ valueIn }) => valueIn(record));
		});
		return {
			name,
			fileName: `${name.toLowerCase().replace(' ', '-')}.csv`,
			csv: stringify([columns.map(({ header }) => header), ...rows], {
				quoted: true,
				quoted_empty: true,
			}),
			fields: fields.map((field) => ({
				name: field.name,
				type: typeInWords(field, app.appState()),
			})),
		};
	});
}

const BEGINNING = '<!-- The tables, by node scripts/knackStarter.mjs -->';
const END = '<!-- End of the tables -->';

/** docs/knack-starter.md with its tables as they are now. @throws without the two marks */
export function withStarterTables(page: string): string {
	const [from, to] = [page.indexOf(BEGINNING), page.indexOf(END)];
	if (from < 0 || to < from) throw new Error(`The page lacks "${BEGINNING}" … "${END}".`);
	const tables = starterTables().map(
		({ name, fileName, fields }) =>
			`**${name}**: [${fileName}](../workflows-examples/knack-starter/${fileName})\n\n` +
			['| field | type in Knack |', '|---|---|']
				.concat(fields.map((field) => `| ${field.name} | ${field.type} |`))
				.join('\n'),
	);
	return `${page.slice(0, from)}${BEGINNING}\n\n${tables.join('\n\n')}\n\n${page.slice(to)}`;
}

function tableNamed(name: string, { tables }: AppState): TableState {
	const table = [...tables.values()].find(({ schema }) => schema.name === name);
	if (table === undefined) throw new Error(`The sandbox has no table ${name}.`);
	return table;
}

/**
 * Orders and jobs come with the numbers that they have: their lines are connected by them. A file is
 * uploaded, not imported.
 */
function isImported({ type }: FieldSchema): boolean {
	return type === 'concatenation' || (type !== 'file' && !computedTypes.has(type));
}

function columnsOf({ key, name, type }: FieldSchema): Column[] {
	const parts = PARTS[type];
	if (parts === undefined) {
		return [{ header: name, valueIn: (record) => plainValue(record[key], record[`${key}_raw`]) }];
	}
	return parts.map((part) => ({
		header: `${name} ${part.charAt(0).toUpperCase()}${part.slice(1)}`,
		valueIn: (record) => memberOf(record[`${key}_raw`], part),
	}));
}

/** What a person sees, without the markup in which Knack wraps connections, addresses and links. */
function plainValue(shown: unknown, raw: unknown): string {
	if (Array.isArray(raw))
		return raw.map((each) => memberOf(each, 'identifier') || String(each)).join(', ');
	for (const member of ['email', 'full', 'url', 'date_formatted']) {
		const value = memberOf(raw, member);
		if (value !== '') return value;
	}
	return typeof raw === 'string' || typeof raw === 'number' ? String(raw) : String(shown ?? '');
}

function memberOf(value: unknown, member: string): string {
	if (typeof value !== 'object' || value === null) return '';
	const found: unknown = Object.entries(value).find(([name]) => name === member)?.[1];
	return typeof found === 'string' ? found : '';
}

function typeInWords({ type, format, relationship }: FieldSchema, { tables }: AppState): string {
	if (relationship !== undefined) {
		return `Connection to ${tables.get(relationship.object)?.schema.name ?? relationship.object}`;
	}
	const words = TYPE_WORDS[type];
	if (words === undefined) throw new Error(`The builder's word for ${type} is not known.`);
	return format?.options === undefined ? words : `${words}: ${format.options.join(', ')}`;
}
