import type {
	DocumentDefinition,
	DocumentLine,
	FieldDefinition,
	XeroDocument,
} from '../../xero/documents/definition';
import { fieldsByPath, linePath } from '../check/draftValues';
import type { Draft, DraftLine } from '../draft';
import type { FieldChange } from '../outcome';
import { foldText } from '../find/names';
import { digestOf } from '../sourceLink/digest';
import {
	areWhole,
	CONTACT_PATH,
	contactDigest,
	lineDigest,
	NOT_KNOWN,
	pathDigest,
	valueDigest,
	type Fingerprint,
} from '../sourceLink/fingerprint';
import { changesOf, pairLines, wordsOfLine, type PairedLine } from './linePairs';
import { AMOUNT_FORMS, inForm, projectionsOf } from './sentForms';

/**
 * Who has changed a value since it was last sent, where the record and Xero differ:
 * - `record`: Xero has what was sent, so the record's value goes over;
 * - `xero`: the record says what it said then, so what a person set in Xero stays;
 * - `both`: neither is what was sent, and a person decides;
 * - `unknown`: it is not known what was sent;
 * - `nobody`: Xero does not show it, and as far as is known it is as it was sent.
 */
export type ChangedBy = 'record' | 'xero' | 'both' | 'unknown' | 'nobody';

/** Who has changed a value, by its digests: as it was sent, in the record and in Xero. */
export function changedBy(
	sent: string | undefined,
	ours: string,
	theirs: string | undefined,
): ChangedBy {
	if (sent === undefined) return 'unknown';
	if (ours === sent) return 'xero';
	return theirs === sent ? 'record' : 'both';
}

/** Who has changed a value of the header that differs. */
export function headerChangedBy(
	definition: DocumentDefinition,
	base: Fingerprint | undefined,
	{ field: path, before, after }: FieldChange,
): ChangedBy {
	const field = fieldsByPath(definition.fields).get(path);
	if (!field) return 'unknown';
	const sent = base?.header.get(pathDigest(path));
	const ours = valueDigest(field, after);
	// What Xero does not show cannot be held against the record, only against what was sent.
	if (field.mayNotBeShown && before === undefined) {
		return base && sent !== ours ? 'record' : 'nobody';
	}
	// A value that is new in the record, where nobody has put one in Xero.
	if (base && sent === undefined && before === undefined) return 'record';
	return changedBy(sent, ours, valueDigest(field, before));
}

/** Who has moved a document to another contact. */
export function contactChangedBy(
	base: Fingerprint | undefined,
	draft: Draft,
	document: XeroDocument,
): ChangedBy {
	const ours = contactDigest(draft.fields);
	if (ours === undefined) return 'unknown';
	const { contactName } = document;
	const theirs =
		contactName === undefined ? undefined : digestOf(foldText(contactName), ours.length);
	return changedBy(base?.header.get(pathDigest(CONTACT_PATH)), ours, theirs);
}

/** The lines that are to be planned, once what a person changed in Xero is set apart. */
export interface SettledLines {
	/** The record's lines, with Xero's own values where those stay. */
	readonly wanted: readonly PairedLine[];
	/** Lines of Xero that a person added or changed: they are not removed. */
	readonly kept: ReadonlySet<DocumentLine>;
	/** Lines of Xero that the record has dropped and that stay, since nobody asked to remove them. */
	readonly dropped?: ReadonlySet<DocumentLine>;
	/** What differs and stays as it is in Xero. */
	readonly changedInXero: readonly FieldChange[];
	/** What both have changed. */
	readonly contested: readonly FieldChange[];
	/** What counts as sent from now on; see `fingerprint.ts`. */
	readonly sent: NonNullable<Fingerprint['lines']>;
}

/** A record's lines with those of its document, and their digests in the same order. */
export interface LinesInXero {
	readonly fields: readonly FieldDefinition[];
	readonly wanted: readonly DraftLine[];
	readonly digests: readonly string[];
	readonly present: readonly DocumentLine[];
}

/**
 * Holds the record's lines and Xero's against what was last sent. Each line that was sent is claimed
 * once: by the record's line that still says the same, else by Xero's line that still has it. What is
 * left over tells which lines only one side has dropped. Without a base the record's lines come back
 * as they are.
 */
export function settleLines(
	lines: LinesInXero,
	base: Fingerprint['lines'] | undefined,
	removesOmitted: boolean,
): SettledLines {
	const { fields, wanted, digests, present } = lines;
	if (!base || 'whole' in base) {
		const pairs = pairLines(fields, wanted, present);
		if (base) return settleWhole(lines, pairs, base.whole, removesOmitted);
		const sent = { each: digests };
		return { wanted: pairs, kept: new Set(), changedInXero: [], contested: [], sent };
	}
	let known: readonly string[] | undefined;
	// Lines that are as they were sent, as most are, need none of it.
	const paths = () => (known ??= pathsIn(wanted));
	const before = removesOmitted ? [] : (base.dropped ?? []);
	const dropped = linesOf(before, present, (line) => lineDigest(fields, line.fields, paths()));
	const pairs = pairLines(fields, wanted, present, new Set(dropped.keys()));
	const unclaimed = new Unclaimed(
		removesOmitted ? [...base.each, ...(base.dropped ?? [])] : base.each,
	);
	const standing = pairs.map((paired, index): LineStanding => {
		const digest = digests[index] ?? NOT_KNOWN;
		return { paired, index, digest, by: unclaimed.take([digest]) ? 'xero' : undefined };
	});
	for (const each of standing) {
		const { line, pair, differing } = each.paired;
		if (each.by !== undefined || !pair) continue;
		if (differing.length === 0) each.by = 'record';
		else if (unclaimed.take(projectionsOf(fields, line, pair, paths()))) each.by = 'record';
	}
	const claimed = new Set(
		standing.flatMap(({ paired, by }) => (by ? paired.pair : undefined) ?? []),
	);
	for (const line of claimed) dropped.delete(line);
	const changedAlone = present.filter((line) => {
		if (claimed.has(line) || dropped.has(line)) return false;
		const digest = lineDigest(fields, line.fields, paths());
		if (!unclaimed.take([digest])) return true;
		// What the record has dropped and Xero keeps may still be removed, once the user says so.
		if (!removesOmitted) dropped.set(line, digest);
		return false;
	});
	// What is left was sent, and one side has dropped or changed it while the other changed it too.
	// What Xero has too is likelier to be that one than what may be new in the record.
	const inDoubt = new Map<LineStanding, string>();
	const unsettled = standing.filter(({ by }) => by === undefined);
	for (const each of unsettled.sort((a, b) => strangeness(a) - strangeness(b))) {
		const digest = unclaimed.takeAny();
		if (digest !== undefined) inDoubt.set(each, digest);
	}
	const changedInXero: FieldChange[] = [];
	const contested: FieldChange[] = [];
	const sent: string[] = [];
	const settled: PairedLine[] = [];
	for (const each of standing) {
		const { paired, index, digest, by } = each;
		const { line, pair, differing } = paired;
		const isNamed = pair?.id !== undefined && pair.id === line.id;
		const isAsIs = by === 'record' || (by === 'xero' && pair && differing.length === 0);
		const sentBefore = inDoubt.get(each);
		if (isAsIs) settled.push(paired);
		else if (by === undefined && sentBefore === undefined) {
			settled.push(isNamed ? paired : { line, differing: [] });
		} else {
			const differences = by === 'xero' ? changedInXero : contested;
			differences.push(...(pair ? changesOf(paired, index) : [wholeLine(line, index)]));
			if (pair) settled.push(asInXero(line, pair));
		}
		sent.push(sentBefore ?? digest);
	}
	const stays = new Set(settled.map(({ pair }) => pair));
	const kept = new Set(changedAlone.filter((line) => !stays.has(line)));
	for (const line of kept) {
		const change = lineOfXero(line);
		const dropsIt = removesOmitted ? unclaimed.takeAny() : undefined;
		if (dropsIt === undefined) changedInXero.push(change);
		else {
			contested.push({ ...change, after: '' });
			// Else the next run would take the line for one that a person alone has put there.
			sent.push(dropsIt);
		}
	}
	// As long as a line is held, what else was sent and is nobody's now may be its own.
	if (inDoubt.size > 0) sent.push(...unclaimed.rest());
	return {
		wanted: settled,
		kept,
		dropped: new Set(dropped.keys()),
		changedInXero,
		contested,
		sent: { each: sent, dropped: [...dropped.values()] },
	};
}

/** Every path of which one of the lines has a value. */
function pathsIn(lines: readonly DraftLine[]): string[] {
	return [...new Set(lines.flatMap(({ fields }) => Object.keys(fields)))];
}

/** The lines that bear these digests, each digest once. */
function linesOf(
	digests: readonly string[],
	lines: readonly DocumentLine[],
	digestOfLine: (line: DocumentLine) => string,
): Map<DocumentLine, string> {
	const found = new Map<DocumentLine, string>();
	for (const digest of digests) {
		const line = lines.find((each) => !found.has(each) && digestOfLine(each) === digest);
		if (line) found.set(line, digest);
	}
	return found;
}

/** A line of the record with the line in Xero that it may be, and who has changed it. */
interface LineStanding {
	readonly paired: PairedLine;
	readonly index: number;
	readonly digest: string;
	by: 'xero' | 'record' | undefined;
}

/** The less, the surer the line in Xero is the record's: by its words, by its place, or there is none. */
function strangeness({ paired: { pair, differing } }: LineStanding): number {
	if (!pair) return 2;
	return differing.includes('description') || differing.includes('itemCode') ? 1 : 0;
}

function wholeLine({ fields }: DraftLine, index: number): FieldChange {
	const amount = [fields.quantity, fields.unitAmount ?? fields.lineAmount].filter(Boolean);
	const after = [fields.description ?? '', amount.join(' × ')].filter(Boolean).join(' ');
	return { field: linePath(index, 'description'), after };
}

function lineOfXero(line: DocumentLine): FieldChange {
	return { field: 'lineItems', before: wordsOfLine(line) };
}

/** Lines that were sent and that neither side has been found to have yet. */
class Unclaimed {
	private readonly counts: Map<string, number>;

	constructor(digests: readonly string[]) {
		this.counts = countsOf(digests);
	}

	/** Claims one of the digests; false when none of them is left. */
	take(digests: Iterable<string>): boolean {
		return this.claim(digests) !== undefined;
	}

	/** Claims any digest and gives it; undefined when none is left. */
	takeAny(): string | undefined {
		return this.claim(this.counts.keys());
	}

	/** All that are left. */
	rest(): string[] {
		return [...this.counts].flatMap(([digest, count]) => Array<string>(count).fill(digest));
	}

	private claim(digests: Iterable<string>): string | undefined {
		for (const digest of digests) {
			const count = this.counts.get(digest) ?? 0;
			if (count === 0) continue;
			this.counts.set(digest, count - 1);
			return digest;
		}
		return undefined;
	}
}

/** Many lines are known by one digest of all: either side has changed them, or not. */
function settleWhole(
	{ fields, wanted, digests, present }: LinesInXero,
	pairs: readonly PairedLine[],
	whole: string,
	removesOmitted: boolean,
): SettledLines {
	const ownPaths = new Map(pairs.map(({ line, pair }) => [pair, Object.keys(line.fields)]));
	const removed = removesOmitted ? present.filter((line) => !ownPaths.has(line)) : [];
	const differences = [
		...pairs.flatMap((each, index) => changesOf(each, index)),
		...removed.map((line) => ({ ...lineOfXero(line), after: '' })),
	];
	const isAsSent = areWhole(whole, digests);
	const paths = Object.keys(wanted[0]?.fields ?? {});
	const isWhole = (lines: readonly DocumentLine[], pathsOf: (line: DocumentLine) => string[]) =>
		areWhole(
			whole,
			lines.map((line) => lineDigest(fields, line.fields, pathsOf(line))),
		);
	// Lines differ in what is blank, so each counts with the values that the record's own line has.
	const pathsOfOwn = (line: DocumentLine) => ownPaths.get(line) ?? paths;
	const isAsSentInXero = () =>
		isWhole(present, pathsOfOwn) ||
		isWhole(present, () => paths) ||
		AMOUNT_FORMS.some((form) => isWhole(present, (line) => inForm(pathsOfOwn(line), form)));
	const goesOver = (kept: readonly DocumentLine[]): SettledLines => ({
		wanted: pairs,
		kept: new Set(kept),
		changedInXero: [],
		contested: [],
		sent: { each: digests },
	});
	if (!isAsSent && (differences.length === 0 || isAsSentInXero())) return goesOver([]);
	// Beside what was sent, Xero may have lines that the record dropped before, or a person added.
	const own = present.filter((line) => ownPaths.has(line));
	if (!isAsSent && isWhole(own, pathsOfOwn)) return goesOver(removed);
	return {
		wanted: pairs.flatMap(({ line, pair }) => (pair ? [asInXero(line, pair)] : [])),
		kept: new Set(present),
		changedInXero: isAsSent ? differences : [],
		contested: isAsSent ? [] : differences,
		sent: isAsSent ? { each: digests } : { whole },
	};
}

function countsOf(digests: readonly string[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const digest of digests) counts.set(digest, (counts.get(digest) ?? 0) + 1);
	return counts;
}

/** The line with Xero's values in the place of the record's, so that nothing of it is to be done. */
function asInXero(line: DraftLine, pair: DocumentLine): PairedLine {
	return { line: { ...line, fields: pair.fields }, pair, differing: [] };
}
