import { createGiveWay } from '../../giveWay';
import type { Clock } from '../../clock';
import { echoDifferences } from '../../knack/recordWriting';
import { countOf } from '../../texts';
import { columnFields } from './columnValues';
import { nameOf, placeOf, type LogFinding } from './finding';
import type { LogKey } from './logKey';
import type { LogTable } from './logTable';
import { alteredGroups, groupsOf, type KeptPersonal } from './personalValues';
import { isSigned, textIn, type LogRow, type SignedRow } from './logRow';
import { verifyChains } from './verifyChains';

export interface Verdict {
	readonly rows: number;
	readonly runs: number;
	readonly findings: readonly LogFinding[];
}

/**
 * Holds all rows of a log against their digests, their chains and each other. Reads nothing: `rows` are
 * those of the whole table. `keptHeads` are digests, or the beginnings of some, that were kept
 * elsewhere.
 */
export async function verifyLog(
	rows: readonly LogRow[],
	log: LogTable,
	key: LogKey,
	{ clock, keptHeads = [] }: { readonly clock: Clock; readonly keptHeads?: readonly string[] },
): Promise<Verdict> {
	const findings: LogFinding[] = [];
	const signed: SignedRow[] = [];
	const others: LogRow[] = [];
	const giveWay = createGiveWay(clock);
	for (const row of rows) {
		if (isSigned(row, key)) signed.push(row);
		else if (row.entry && row.entry.signedWith !== key.id) others.push(row);
		else findings.push(unsigned(row));
		await giveWay();
	}
	findings.push(...otherKey(others));
	const erased = erasedGroups(signed);
	for (const row of signed) {
		findings.push(...changesOf(row, log, erased));
		await giveWay();
	}
	const chains = await verifyChains(signed, rows, { keptHeads, giveWay, nowMs: clock.now() });
	const runs = new Set(signed.map(({ entry }) => entry.run)).size;
	return { rows: rows.length, runs, findings: [...findings, ...chains] };
}

/** One for all of them: after a change of the key it is every row. */
function otherKey([first, ...others]: readonly LogRow[]): LogFinding[] {
	if (!first) return [];
	const at = placeOf(first);
	const which =
		others.length === 0 ? nameOf(at) : `${nameOf(at)} and ${countOf(others.length, 'other')}`;
	return [
		{
			...at,
			kind: 'otherKey',
			isAlarming: true,
			message: `Signed with another key by what they say, so that they cannot be checked: ${which}. Where the API key or the Sync Log Secret of the credential was changed, enter the one of that time.`,
		},
	];
}

function unsigned({ record, entry, text }: LogRow): LogFinding {
	const at = placeOf({ record, entry });
	const why =
		text.trim() === ''
			? 'holds no log entry any more'
			: entry
				? 'is not as it was written: its digest does not fit'
				: 'holds something that no run has written';
	return { ...at, kind: 'changed', isAlarming: true, message: `${nameOf(at)} ${why}.` };
}

/** For each row, by run and number, the groups that a tombstone tells of. */
function erasedGroups(signed: readonly SignedRow[]): ReadonlyMap<string, ReadonlySet<string>> {
	const erased = new Map<string, Set<string>>();
	for (const { entry } of signed) {
		if (entry.content.kind !== 'erasure') continue;
		for (const { run, number, groups } of entry.content.rows) {
			const name = `${run} ${number}`;
			const known = erased.get(name) ?? new Set();
			groups.forEach((group) => known.add(group));
			erased.set(name, known);
		}
	}
	return erased;
}

/** What of a row that is signed is not as it was written beside the signed text. */
function changesOf(
	row: SignedRow,
	log: LogTable,
	erased: ReadonlyMap<string, ReadonlySet<string>>,
): LogFinding[] {
	const { entry, personal } = row;
	const at = placeOf(row);
	const changed = (message: string): LogFinding => ({
		...at,
		kind: 'changed',
		isAlarming: true,
		message: `${nameOf(at)}: ${message}`,
	});
	if (!personal) return [changed('what stands under Personal Values was not written by a run.')];
	const mayLack = erased.get(`${entry.run} ${entry.number}`) ?? new Set();
	const altered = alteredGroups(entry.personal, personal);
	const lacking = groupsOf(entry.personal).filter((group) => personal[group] === undefined);
	const taken = lacking.filter((group) => !mayLack.has(group));
	const left = groupsOf(personal).filter((group) => mayLack.has(group));
	const columns = altered.length + taken.length > 0 ? [] : columnsInWords(row, log, personal);
	return [
		...altered.map((group) => changed(`a personal value (${group}) is not what was written.`)),
		...taken.map((group) =>
			changed(`personal values (${group}) are gone, and no Erase Personal Values tells of it.`),
		),
		...columns.map(changed),
		...left.map(
			(group): LogFinding => ({
				...at,
				kind: 'unfinished',
				isAlarming: false,
				message: `${nameOf(at)}: personal values (${group}) were to be erased and are still there. Run Erase Personal Values again.`,
			}),
		),
	];
}

/** What is amiss with the columns, which a person reads and which follow from the entry. */
function columnsInWords(row: SignedRow, log: LogTable, personal: KeptPersonal): string[] {
	const { entry, record } = row;
	const { fields } = columnFields(log, entry, personal);
	const columns = Object.entries(log.columns).map(([column, field]) => ({
		field,
		isFilled: entry.columns.some((filled) => filled === column),
	}));
	const own = columns.flatMap(({ field: { key }, isFilled }) =>
		isFilled && key in fields ? [[key, fields[key]]] : [],
	);
	const differing = echoDifferences(log.table, Object.fromEntries(own), record);
	const altered = columns.filter(({ field }) => differing.includes(field.key));
	const filledSince = columns.filter(
		({ field, isFilled }) => !isFilled && textIn(record, field).trim() !== '',
	);
	return [
		...sentence(altered, 'shows something else than the log entry says.'),
		...sentence(
			filledSince,
			'shows something of which the log entry says nothing: it was filled in since, or the field has a default value, which a log cannot have.',
		),
	];
}

function sentence(columns: ReadonlyArray<{ field: { name: string } }>, what: string): string[] {
	return columns.length === 0
		? []
		: [`${columns.map(({ field }) => field.name).join(', ')} ${what}`];
}
