import { TimesheetLine } from '../../../vendor/xeroModels';
import { sameValue } from '../comparedValues';
import type { DocumentLine, FieldDefinition, WireElement } from '../definition';
import { readLines } from '../lineFields';
import { modelFields } from '../modelFields';
import type { PartsChange, SingleWrite } from '../partsWriting';
import { elementsOf, withoutMembers } from '../wireSlots';

export const LINES = {
	name: 'timesheetLines',
	idName: 'timesheetLineID',
	isUntracked: true,
} as const;

export const LINE_FIELDS: readonly FieldDefinition[] = modelFields(TimesheetLine, {
	date: {
		label: 'Day',
		kind: 'date',
		usual: true,
		tellsApart: true,
		alsoCalled: ['date', 'work date', 'worked on'],
	},
	earningsRateID: {
		label: 'Earnings Rate',
		kind: 'earningsRate',
		byName: true,
		usual: true,
		tellsApart: true,
		alsoCalled: ['earnings rate', 'pay item', 'kind of hours', 'rate name'],
	},
	numberOfUnits: {
		label: 'Hours',
		kind: 'quantity',
		usual: true,
		isNeverNegative: true,
		alsoCalled: ['hours', 'units', 'approved hours', 'quantity'],
	},
	trackingItemID: {
		label: 'Tracking Option of Payroll',
		kind: 'id',
		byName: true,
		tellsApart: true,
		alsoCalled: ['tracking', 'tracking option'],
	},
});

/**
 * What is left to do of a change: lines that differ, those that the record has dropped, new ones. In
 * that order, so that a run that dies half-way never leaves more hours than were worked. A line of the
 * same day, rate and option that came since is another worker's, so it is taken for the record's.
 */
export function lineWrites(change: PartsChange): readonly SingleWrite[] {
	const { id, known, present, wanted } = change;
	const open = new Map(
		byId(readLines(LINES, LINE_FIELDS, present) ?? []).map((line) => [line.id, line]),
	);
	const elements = elementsOf(wanted[LINES.name]);
	const pairs = new Map<WireElement, DocumentLine>();
	const take = (element: WireElement, line: DocumentLine | undefined) => {
		if (!line) return;
		pairs.set(element, line);
		open.delete(line.id);
	};
	for (const element of elements) take(element, open.get(String(element[LINES.idName])));
	for (const isAlike of [hasSameContent, isSameLine]) {
		for (const element of elements.filter((each) => !pairs.has(each))) {
			const own = lineOf(element);
			take(
				element,
				[...open.values()].find((line) => isAlike(own, line)),
			);
		}
	}

	const path = `/Timesheets/${id}/Lines`;
	const changed: SingleWrite[] = [];
	const added: SingleWrite[] = [];
	for (const element of elements) {
		const body = withoutMembers(element, LINES.idName);
		const pair = pairs.get(element);
		if (!pair) added.push({ method: 'POST', path, body });
		else if (!hasSameContent(lineOf(element), pair)) {
			changed.push({ method: 'PUT', path: `${path}/${pair.id}`, body });
		}
	}
	const own = new Set(elements.map((element) => identityOf(lineOf(element))));
	const removed = [...open.values()]
		.filter((line) => known.has(line.id ?? '') || own.has(identityOf(line)))
		.map((line): SingleWrite => ({ method: 'DELETE', path: `${path}/${line.id}` }));
	return [...changed, ...removed, ...added];
}

/** In an order that all workers see alike. */
function byId(lines: readonly DocumentLine[]): DocumentLine[] {
	return [...lines].sort((a, b) => ((a.id ?? '') < (b.id ?? '') ? -1 : 1));
}

function lineOf(element: WireElement): DocumentLine {
	return readLines(LINES, LINE_FIELDS, { [LINES.name]: [element] })?.[0] ?? { fields: {} };
}

const APART = LINE_FIELDS.filter(({ tellsApart }) => tellsApart);

function identityOf({ fields }: DocumentLine): string {
	return APART.map(({ path }) => String(fields[path] ?? '').toLowerCase()).join(' ');
}

/** Whether they are of the same day, rate and option, as far as ours says. */
function isSameLine(ours: DocumentLine, theirs: DocumentLine): boolean {
	return APART.every(({ path }) => {
		const own = ours.fields[path];
		return own === undefined || sameValue({ kind: 'text' }, own, theirs.fields[path]);
	});
}

function hasSameContent(ours: DocumentLine, theirs: DocumentLine): boolean {
	return isSameLine(ours, theirs) && ours.fields.numberOfUnits === theirs.fields.numberOfUnits;
}
