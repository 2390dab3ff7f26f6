import { foldText } from '../../foldText';
import type { Issue } from '../../issue';
import { partlyLike } from '../../likeness';
import type { KnackApp, KnackField, KnackRecord, KnackTable } from '../../knack/app';
import type { KnackClient } from '../../knack/client';
import { asObject, textOf } from '../../knack/fields/fieldCodec';
import { recordTitle } from '../../knack/recordView';
import { fieldLabel } from '../../knack/tables';
import { entriesOf, givenValue } from './givenValues';
import { onlyOne, recordsThatMayHold } from './lookUpRecords';

/** Values by field key. */
export type RecordValues = Readonly<Record<string, unknown>>;

export interface LinkedValues {
	/** With ids instead of names in connections, and keys instead of names in user roles. */
	readonly values: RecordValues;
	/** One for each name that stands for no record, or for several. */
	readonly issues: readonly Issue[];
}

const RECORD_ID = /^[0-9a-f]{24}$/i;
const PROFILE_KEY = /^(profile_\d+|all_users)$/;
/** Candidates that a message lists. */
const MOST_CANDIDATES = 10;
/** Below it a name is another name. */
const LEAST_LIKENESS = 0.6;

/** The text by which an entry of a connection names a record; undefined for an id. */
function nameIn(entry: unknown): string | undefined {
	const parts = asObject(entry);
	const text = textOf(parts ? (parts['id'] ?? parts['identifier'] ?? parts['label']) : entry);
	return text === undefined || RECORD_ID.test(text) ? undefined : text;
}

/**
 * Puts ids where records are named by their display value, and keys where user roles are named. Each
 * connected table is asked once for all records together. A name is never guessed: one that fits no
 * record or several is an issue. Throws ServiceFaultError.
 */
export async function resolveNames(
	client: Pick<KnackClient, 'records' | 'wholeTable'>,
	app: KnackApp,
	table: KnackTable,
	records: readonly RecordValues[],
): Promise<LinkedValues[]> {
	const titles = await readTitles(client, app, table, records);
	return records.map((record) => {
		const values: Record<string, unknown> = {};
		const issues: Issue[] = [];
		for (const [key, given] of Object.entries(record)) {
			const field = table.fields.find((candidate) => candidate.key === key);
			const value = field ? givenValue(given, field) : given;
			if (field?.type === 'user_roles') {
				values[key] = Array.isArray(value) || value ? roleKeys(app, value) : value;
			} else if (field?.connection && entriesOf(value).some((entry) => nameIn(entry))) {
				values[key] = entriesOf(value).map((entry) => {
					const id = linkedId(entry, table, field, titles.get(field.connection?.table ?? ''));
					if (typeof id === 'string') return id;
					issues.push(id);
					return '';
				});
				if (issues.length > 0) delete values[key];
			} else values[key] = value;
		}
		return { values, issues };
	});
}

interface Titled {
	readonly id: string;
	readonly title: string;
}

interface Titles {
	readonly table: KnackTable;
	/** By loose text. */
	readonly byTitle: ReadonlyMap<string, readonly Titled[]>;
	/** What there is besides, where a name fits none and the table is small enough to read. */
	readonly others: readonly Titled[];
}

async function readTitles(
	client: Pick<KnackClient, 'records' | 'wholeTable'>,
	app: KnackApp,
	table: KnackTable,
	records: readonly RecordValues[],
): Promise<ReadonlyMap<string, Titles>> {
	const wanted = new Map<string, Set<string>>();
	for (const field of table.fields) {
		const target = field.connection?.table;
		if (target === undefined) continue;
		for (const record of records) {
			for (const entry of entriesOf(givenValue(record[field.key], field))) {
				const name = nameIn(entry);
				if (name === undefined) continue;
				wanted.set(target, (wanted.get(target) ?? new Set()).add(name));
			}
		}
	}
	const titles = new Map<string, Titles>();
	for (const [key, names] of wanted) {
		const target = app.tables.find((candidate) => candidate.key === key);
		if (!target) continue;
		const display = target.fields.find((field) => field.key === target.displayField);
		const found = await recordsThatMayHold(client, target, display, [...names]);
		const fitting = byTitle(found, target);
		const isMissing = [...names].some((name) => !fitting.has(foldText(name)));
		const whole = isMissing ? ((await client.wholeTable(key, 1)) ?? []) : [];
		titles.set(key, {
			table: target,
			byTitle: fitting,
			others: whole.map((record) => ({ id: record.id, title: recordTitle(record, target) })),
		});
	}
	return titles;
}

function byTitle(records: readonly KnackRecord[], table: KnackTable): Map<string, Titled[]> {
	const found = new Map<string, Titled[]>();
	for (const record of records) {
		const title = recordTitle(record, table);
		const key = foldText(title);
		found.set(key, [...(found.get(key) ?? []), { id: record.id, title }]);
	}
	return found;
}

function linkedId(
	entry: unknown,
	table: KnackTable,
	field: KnackField,
	titles: Titles | undefined,
): string | Issue {
	const name = nameIn(entry);
	if (name === undefined) return textOf(asObject(entry)?.['id'] ?? entry) ?? '';
	const label = fieldLabel(table, field);
	const target = titles?.table.name ?? 'the connected table';
	const candidates = titles?.byTitle.get(foldText(name)) ?? [];
	const match = onlyOne(candidates, ({ title }) => title, name);
	if (match.kind === 'one') return match.found.id;
	if (match.kind === 'none') {
		const alike = nearest(name, titles?.others ?? []);
		const [first] = alike;
		const create = `Create it in ${target} first, or map the id of the connected record.`;
		return {
			code: 'KNACK_LINK_NOT_FOUND',
			severity: 'block',
			field: label,
			message: `${target} has no record "${name}" that ${label} could connect to.`,
			fix: first ? `Is it "${first.title}"? Then write the name so. ${create}` : create,
			...(first && { candidates: listed(alike) }),
		};
	}
	return {
		code: 'KNACK_LINK_AMBIGUOUS',
		severity: 'block',
		field: label,
		message: `${match.candidates.length} records of ${target} are called "${name}", so ${label} cannot tell which one is meant.`,
		fix: 'Map the id of the connected record instead of its name, or rename one of them in Knack.',
		candidates: listed(match.candidates),
	};
}

function listed(records: readonly Titled[]): NonNullable<Issue['candidates']> {
	return records.slice(0, MOST_CANDIDATES).map(({ id, title }) => ({ id, label: title }));
}

/** The records that a name may have meant, the likeliest first. */
function nearest(name: string, records: readonly Titled[]): Titled[] {
	return records
		.map((record) => ({ record, likeness: partlyLike(name, record.title) }))
		.filter(({ likeness }) => likeness >= LEAST_LIKENESS)
		.sort((a, b) => b.likeness - a.likeness)
		.map(({ record }) => record);
}

/** Role names become keys; what is no role of the app is left for the field's codec to refuse. */
function roleKeys(app: KnackApp, value: unknown): unknown[] {
	return entriesOf(value).map((entry) => {
		const name = textOf(entry) ?? '';
		if (PROFILE_KEY.test(name)) return name;
		const roles = app.tables.filter(({ profileKey }) => profileKey !== undefined);
		const match = onlyOne(roles, (role) => role.name, name);
		return match.kind === 'one' ? match.found.profileKey : entry;
	});
}
