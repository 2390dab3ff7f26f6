import { instantText } from '../../dates';
import type { GiveWay } from '../../giveWay';
import { grouped } from '../../grouped';
import { createdSeconds } from '../../knack/recordView';
import { nameOf, placeOf, type FindingKind, type LogFinding } from './finding';
import type { Head, Removed } from './logEntry';
import type { LogRow, SignedRow } from './logRow';

interface Checking {
	readonly keptHeads: readonly string[];
	readonly giveWay: GiveWay;
	readonly nowMs: number;
}

/** What the chains of runs say of rows that are missing, exchanged or not closed. */
export async function verifyChains(
	signed: readonly SignedRow[],
	all: readonly LogRow[],
	{ keptHeads, giveWay, nowMs }: Checking,
): Promise<LogFinding[]> {
	const findings: LogFinding[] = [];
	const removed = removedRuns(signed);
	const claimed = claimedPlaces(all);
	const byRun = grouped(signed.map((row) => [row.entry.run, row] as const));
	for (const [run, rows] of byRun) {
		findings.push(
			...(removed.has(run) ? [unfinishedRemoval(run, rows)] : verifyRun(rows, claimed, nowMs)),
		);
		await giveWay();
	}
	const byDigest = new Map(signed.map((row) => [row.digest, row]));
	findings.push(...verifyHeads(signed, byDigest, removed));
	for (const head of keptHeads) {
		const isThere = [...byDigest.keys()].some((digest) => digest.startsWith(head));
		const isRemoved = [...removed.values()].flat().some(({ last }) => last.digest.startsWith(head));
		if (isThere || isRemoved) continue;
		findings.push({
			kind: 'headGone',
			isAlarming: true,
			message: `The row whose digest begins with ${head.slice(0, 16)} was kept elsewhere as the last one, and is not in the table any more.`,
		});
	}
	return findings;
}

/** By run, what tombstones say of it: one for each removal that was begun. */
function removedRuns(signed: readonly SignedRow[]): ReadonlyMap<string, readonly Removed[]> {
	return grouped(
		signed.flatMap(({ entry: { content } }) =>
			content.kind === 'removal' ? content.runs.map((run) => [run.run, run] as const) : [],
		),
	);
}

function unfinishedRemoval(run: string, rows: readonly SignedRow[]): LogFinding {
	return {
		run,
		kind: 'unfinished',
		isAlarming: false,
		message: `Run ${run} was to be removed, and ${rows.length} of its rows ${rows.length === 1 ? 'is' : 'are'} still there. Run Remove Old Rows again.`,
	};
}

/** Places of rows that are there, whoever has changed them: such a row is told of once. */
function claimedPlaces(all: readonly LogRow[]): ReadonlySet<string> {
	return new Set(all.flatMap(({ entry }) => (entry ? [`${entry.run} ${entry.number}`] : [])));
}

function verifyRun(
	rows: readonly SignedRow[],
	claimed: ReadonlySet<string>,
	nowMs: number,
): LogFinding[] {
	const inOrder = [...rows].sort((a, b) => a.entry.number - b.entry.number);
	const findings: LogFinding[] = [];
	let before: SignedRow | undefined;
	for (const row of inOrder) {
		if (before?.entry.number === row.entry.number) {
			findings.push(found(row, 'exchanged', 'is there twice: it was copied'));
			continue;
		}
		findings.push(...verifyLink(before, row, claimed));
		before = row;
	}
	if (before && before.entry.content.kind !== 'closing') findings.push(notClosed(before, nowMs));
	return findings;
}

/** Whether a row follows the one before it as it says that it does. */
function verifyLink(
	before: SignedRow | undefined,
	row: SignedRow,
	claimed: ReadonlySet<string>,
): LogFinding[] {
	const { run, number, previous } = row.entry;
	const last = before?.entry.number ?? 0;
	const findings: LogFinding[] = [];
	for (let missing = last + 1; missing < number; missing += 1) {
		if (claimed.has(`${run} ${missing}`)) continue;
		const at = { run, number: missing };
		const wasThere = previous !== undefined && missing <= previous.number;
		findings.push(
			wasThere
				? {
						...at,
						kind: 'gap',
						isAlarming: true,
						message: `${nameOf(at)} is gone: the rows after it were written when it was there.`,
					}
				: {
						...at,
						kind: 'notWritten',
						isAlarming: false,
						message: `${nameOf(at)} could not be written, as the run said.`,
					},
		);
	}
	if (!previous || !before || before.entry.number !== previous.number) return findings;
	if (before.digest !== previous.digest) {
		findings.push(
			found(before, 'exchanged', 'is not the one that the row after it was written after'),
		);
	} else if (before.record.id !== previous.record || isCreatedAfter(before, row)) {
		findings.push(found(before, 'exchanged', 'stands in the record of another row'));
	}
	return findings;
}

function isCreatedAfter(one: SignedRow, other: SignedRow): boolean {
	return createdSeconds(one.record.id) > createdSeconds(other.record.id);
}

/** A run that began so long ago is not under way any more. */
const LONGEST_RUN_MS = 6 * 3_600_000;

function notClosed(last: SignedRow, nowMs: number): LogFinding {
	const { run, at } = last.entry;
	// By Knack's clock: that of the run may have been years ahead or behind.
	const isOld = nowMs - createdSeconds(last.record.id) * 1_000 > LONGEST_RUN_MS;
	return {
		run,
		kind: 'notClosed',
		isAlarming: isOld,
		message: `Run ${run} is not closed. Its last row, number ${last.entry.number}, is of ${at}. ${
			isOld
				? 'The execution ended before it could close it, or rows were taken from its end: look in n8n at execution'
				: `At ${instantText(nowMs)} it may still be under way: execution`
		} ${last.entry.place.execution ?? 'unknown'}.`,
	};
}

function verifyHeads(
	signed: readonly SignedRow[],
	byDigest: ReadonlyMap<string, SignedRow>,
	removed: ReadonlyMap<string, readonly Removed[]>,
): LogFinding[] {
	const findings: LogFinding[] = [];
	const citing = new Map<string, SignedRow[]>();
	for (const row of signed) {
		const { content } = row.entry;
		if (content.kind !== 'opening') continue;
		for (const head of content.heads) {
			citing.set(head.digest, [...(citing.get(head.digest) ?? []), row]);
			findings.push(...verifyHead(head, row, byDigest.get(head.digest), removed));
		}
	}
	for (const rows of citing.values()) {
		const runs = [...new Set(rows.map(({ entry }) => entry.run))];
		if (runs.length < 2) continue;
		findings.push({
			kind: 'forked',
			isAlarming: false,
			run: runs[0],
			message: `Runs ${runs.join(', ')} went on from the same row, as runs do that begin at the same time. Each has a chain of its own.`,
		});
	}
	return findings;
}

function verifyHead(
	head: Head,
	citedBy: SignedRow,
	row: SignedRow | undefined,
	removed: ReadonlyMap<string, readonly Removed[]>,
): LogFinding[] {
	if (row) {
		return row.record.id === head.record
			? []
			: [found(row, 'exchanged', 'stands in the record of another row')];
	}
	if (removed.has(head.run)) return [];
	const { run, number } = head;
	return [
		{
			run,
			number,
			kind: 'headGone',
			isAlarming: true,
			message: `${nameOf({ run, number })}, which run ${citedBy.entry.run} cites as a last one, is gone or changed.`,
		},
	];
}

function found(row: SignedRow, kind: FindingKind, what: string): LogFinding {
	const at = placeOf(row);
	return { ...at, kind, isAlarming: true, message: `${nameOf(at)} ${what}.` };
}
