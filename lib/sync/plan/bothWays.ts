import { grouped } from '../../grouped';
import { sameValue } from '../../xero/documents/comparedValues';
import type {
	FieldDefinition,
	FieldValue,
	FieldValues,
	XeroDocument,
} from '../../xero/documents/definition';
import type { FieldChange } from '../outcome';
import { pathDigest, valueDigest, type Fingerprint } from '../sourceLink/fingerprint';
import { newestSide } from './newestSide';
import type { BothWays, ContactPart, PlanInput, Winner } from './planInput';
import { changedBy } from './standing';

/** What Xero has that the record is to take over, and what counts as sent once it has. */
export interface ForRecord {
	/** By path; what belongs together (an address) is complete. None of them is blank. */
	readonly values: FieldValues;
	readonly sent: Fingerprint['header'];
	/** What both last agreed on. */
	readonly before: Fingerprint['header'];
}

/** The same, with the whole fingerprint as the record is to keep it then. */
export interface TakenOver {
	readonly values: FieldValues;
	readonly fingerprint: string;
	/** The fingerprint as long as nothing of the record has gone to Xero, as after a preview. */
	readonly fingerprintUnsent: string;
}

interface SettledBothWays {
	/** Goes to Xero. */
	readonly header: readonly FieldChange[];
	/** Was emptied in Xero: a blank erases nothing, so both sides stay. */
	readonly emptiedInXero: readonly FieldChange[];
	readonly contested: readonly FieldChange[];
	/** Both have changed it, and one side wins as it was chosen. */
	readonly decided: readonly Decided[];
	/** What counts as sent of what goes both ways, by the digest of the path; undefined for nothing. */
	readonly sent: ReadonlyMap<string, string | undefined>;
	readonly forRecord?: ForRecord;
}

/** `before` is Xero's value, and `after` the record's, whoever wins. */
export interface Decided extends FieldChange {
	readonly winner: 'knack' | 'xero';
}

/** Which part a path belongs to; undefined for what only ever goes to Xero, such as bank details. */
function partOf(path: string): ContactPart | undefined {
	if (path === 'name' || path === 'emailAddress') return path;
	if (path === 'firstName' || path === 'lastName') return 'person';
	if (path.startsWith('phones.')) return 'phone';
	return path.startsWith('addresses.') ? 'address' : undefined;
}

/** Whether it can be chosen who wins of a path. */
export function canGoBothWays(path: string): boolean {
	return partOf(path) !== undefined;
}

/** Whether a path is one of several that count as one. */
export function isPartOfWhole(path: string): boolean {
	return ['person', 'phone', 'address'].includes(partOf(path) ?? '');
}

/** Who wins of a path; undefined for what does not go both ways. */
export function winnerOf(bothWays: BothWays, path: string): Winner | undefined {
	const part = partOf(path);
	return part && bothWays.get(part);
}

/** Half an address, or half a person's name, of each side would be nobody's: they count as one. */
export function unitOf(path: string): string {
	const part = partOf(path);
	return part === 'phone' || part === 'address'
		? path.slice(0, path.lastIndexOf('.'))
		: (part ?? path);
}

interface Held {
	readonly path: string;
	readonly field: FieldDefinition;
	/** Empty text where it is blank. */
	readonly ours: FieldValue;
	readonly theirs: FieldValue;
	readonly base: string | undefined;
	/** `emptied` in Xero, which erases nothing in the record. */
	readonly by: 'record' | 'xero' | 'both' | 'nobody' | 'emptied';
}

/**
 * Holds what goes both ways against Xero and against what both last agreed on. What one side alone
 * has changed goes to the other; what both have, and what differs without being known to either, is
 * held unless it is said who wins. A blank on one side erases nothing on the other.
 */
export function settleBothWays(
	{ definition, draft }: PlanInput,
	bothWays: BothWays,
	document: XeroDocument,
	base: Fingerprint | undefined,
	recognisedBy: string,
): SettledBothWays {
	const newest = newestSide(draft.source, document) ?? 'hold';
	const given = new Set([...Object.keys(draft.fields), ...(draft.leftBlank ?? [])]);
	const units = grouped(
		definition.fields
			.filter(({ path }) => path !== recognisedBy && given.has(path) && winnerOf(bothWays, path))
			.map((field): [string, Held] => [
				unitOf(field.path),
				heldAgainst(field, draft.fields[field.path], document, base),
			]),
	);
	const header: FieldChange[] = [];
	const emptiedInXero: FieldChange[] = [];
	const contested: FieldChange[] = [];
	const decided: Decided[] = [];
	const sent = new Map<string, string | undefined>();
	const values: Record<string, FieldValue> = {};
	const takenOver = new Map<string, string>();
	for (const unit of units.values()) {
		const chosen = winnerOf(bothWays, unit[0].path) ?? 'hold';
		const winner = chosen === 'newest' ? newest : chosen;
		const wished = verdictOf(unit, winner);
		const isMixed = wished !== undefined && mixesSides(unit, wished);
		const verdict = isMixed ? 'hold' : wished;
		const differing = unit.filter((each) =>
			isMixed ? differs(each) : !['nobody', 'emptied'].includes(each.by),
		);
		if (!isMixed) emptiedInXero.push(...unit.filter(({ by }) => by === 'emptied').map(changeOf));
		if (verdict === 'record')
			header.push(...differing.filter(({ ours }) => ours !== '').map(changeOf));
		if (verdict === 'hold') contested.push(...differing.map(changeOf));
		else if (winner !== 'hold' && isOfBoth(unit)) {
			decided.push(
				...differing
					// A blank wins over nothing.
					.filter(({ ours, theirs }) => (winner === 'knack' ? ours : theirs) !== '')
					.map((each) => ({ ...changeOf(each), winner })),
			);
		}
		for (const { path, field, ours, theirs, base: before } of unit) {
			const agreed = ours === '' && theirs === '' ? undefined : valueDigest(field, ours);
			const isOpen = verdict === 'hold' || (ours === '' && theirs !== '');
			sent.set(pathDigest(path), isOpen ? before : agreed);
			if (verdict !== 'xero') continue;
			const value = theirs === '' ? ours : theirs;
			if (value === '') continue;
			values[path] = value;
			takenOver.set(pathDigest(path), valueDigest(field, value));
		}
	}
	return {
		header,
		emptiedInXero,
		contested,
		decided,
		sent,
		...(Object.keys(values).length > 0
			? { forRecord: { values, sent: takenOver, before: base?.header ?? new Map() } }
			: {}),
	};
}

function heldAgainst(
	field: FieldDefinition,
	given: FieldValue | undefined,
	document: XeroDocument,
	fingerprint: Fingerprint | undefined,
): Held {
	const { path } = field;
	const ours = given ?? '';
	const theirs = document.fields[path] ?? '';
	const base = fingerprint?.header.get(pathDigest(path));
	const by = (): Held['by'] => {
		if (sameValue(field, ours, theirs)) return 'nobody';
		const theirDigest = valueDigest(field, theirs);
		// What a person has emptied in Knack is not filled again with the very value.
		if (given === undefined) return theirDigest === base ? 'nobody' : 'xero';
		if (theirs === '' && base === undefined) return 'record';
		const who = changedBy(base, valueDigest(field, ours), theirDigest);
		if (who === 'xero' && theirs === '') return 'emptied';
		return who === 'unknown' ? 'both' : who;
	};
	return { path, field, ours, theirs, base, by: by() };
}

/** Who gives the values of a unit; undefined where nothing is to be done. */
function verdictOf(
	unit: readonly Held[],
	winner: Exclude<Winner, 'newest'>,
): 'record' | 'xero' | 'hold' | undefined {
	const [by, ...others] = changedBySides(unit);
	if (others.length === 0 && by !== 'both') return by;
	return winner === 'knack' ? 'record' : winner;
}

/** Whether both sides have changed something of a unit. */
function isOfBoth(unit: readonly Held[]): boolean {
	const by = changedBySides(unit);
	return by.length > 1 || by.includes('both');
}

function changedBySides(unit: readonly Held[]): Array<'record' | 'xero' | 'both'> {
	const by = unit.map((each) => each.by);
	return (['record', 'xero', 'both'] as const).filter((side) => by.includes(side));
}

/**
 * Whether what goes over would stand beside a part that only the other side has, since a blank erases
 * nothing: the new street beside the old town.
 */
function mixesSides(unit: readonly Held[], verdict: 'record' | 'xero' | 'hold'): boolean {
	if (verdict === 'hold') return false;
	const isGiven = ({ ours, theirs }: Held) => (verdict === 'record' ? ours : theirs) !== '';
	const differing = unit.filter(differs);
	return differing.some(isGiven) && !differing.every(isGiven);
}

function differs({ field, ours, theirs }: Held): boolean {
	return !sameValue(field, ours, theirs);
}

function changeOf({ path, ours, theirs }: Held): FieldChange {
	return { field: path, before: theirs, after: ours };
}
