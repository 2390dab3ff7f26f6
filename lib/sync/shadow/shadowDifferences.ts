import { shortened } from '../../texts';
import type { DocumentDefinition, FieldValue, XeroDocument } from '../../xero/documents/definition';
import { fieldsByPath, linePath } from '../check/draftValues';
import { linesOf } from '../compare/compareLines';
import { changedHeader, compareRow } from '../compare/compareRow';
import type { Comparing } from '../compare/comparing';
import type { Finding } from '../compare/difference';
import { DIFFERENCE_KINDS, type DifferenceKind } from '../compare/kinds';
import { compareStopped } from '../compare/stoppedRow';
import type { Draft } from '../draft';
import { asStopped, type Matched } from '../find/matching';
import { changedLabel } from '../plan/changeWords';
import type { Row } from '../row';

/** A field of a document in which theirs is not as ours would be. */
export interface ShadowDifference {
	/** By its label: "Due Date", "Quantity (line 2)". */
	readonly field: string;
	readonly theirs: string;
	readonly ours: string;
}

/** Told field by field from the header itself. */
const OF_HEADER: ReadonlySet<DifferenceKind> = new Set<DifferenceKind>([
	'dates',
	'closedPeriod',
	'currencyRate',
	'sent',
]);

/** Told of the lines as a whole, since lines may be split or joined. */
const OF_ALL_LINES = /^(accountCode|accountID|taxType|tracking\..*)$/;

const LONGEST_VALUE = 200;

/** What a record's draft and a document of theirs differ in, field by field. Pure. */
export function shadowDifferences(
	comparing: Comparing,
	row: Row,
	document: XeroDocument,
	byId: (id: string) => XeroDocument | undefined,
): ShadowDifference[] {
	const { definition } = comparing;
	const draft = row.plan?.draft ?? row.draft;
	const match: Matched = { kind: 'matched', document, by: '', issues: [] };
	const compared = compareRow(comparing, { ...row, match }, byId)?.findings ?? [];
	const findings = compared.filter(({ kind }) => !OF_HEADER.has(kind));
	const known = fieldsByPath(definition.fields);
	const header = changedHeader(comparing, draft, document, '')
		.filter(({ field, before }) => before !== undefined || !known.get(field)?.mayNotBeShown)
		.map(({ field, before, after }) => ({
			field: changedLabel(definition, field),
			theirs: inWords(before),
			ours: inWords(after),
		}));
	return [
		...otherContact(comparing, row, findings, byId),
		...findings.map(ofFinding),
		...header,
		...ofLines(definition, draft, document),
	];
}

/** Where Xero does not have the record's contact at all, the finder says whose document it is. */
function otherContact(
	comparing: Comparing,
	row: Row,
	findings: readonly Finding[],
	byId: (id: string) => XeroDocument | undefined,
): ShadowDifference[] {
	const stopped = asStopped(row.match);
	if (!stopped || findings.some(({ kind }) => kind === 'contact')) return [];
	const told = compareStopped(comparing, row, stopped, byId)?.findings ?? [];
	return told.filter(({ kind }) => kind === 'contact').map(ofFinding);
}

function ofFinding({ kind, ours, theirs }: Finding): ShadowDifference {
	const field = DIFFERENCE_KINDS[kind];
	// What is paid stands in Xero; they should have brought it to Knack, and we would have.
	return kind === 'paid'
		? { field, theirs: `${ours} in Knack`, ours: `${theirs}, as in Xero` }
		: { field, theirs, ours };
}

/** What of paired lines is otherwise, and lines that one side alone has. */
function ofLines(
	definition: DocumentDefinition,
	draft: Draft,
	document: XeroDocument,
): ShadowDifference[] {
	if (!draft.lines || !document.lines) return [];
	const { pairs, left } = linesOf(definition, draft, document);
	const isUneven = left.length > 0 || pairs.some(({ pair }) => !pair);
	const count = (number: number) => `${number} ${number === 1 ? 'line' : 'lines'}`;
	const uneven = {
		field: 'Lines',
		theirs: count(document.lines.length),
		ours: count(pairs.length),
	};
	return [
		...(isUneven ? [uneven] : []),
		...pairs.flatMap(({ line, pair, differing }, index) =>
			differing
				.filter((path) => !OF_ALL_LINES.test(path))
				.map((path) => ({
					field: changedLabel(definition, linePath(index, path)),
					theirs: inWords(pair?.fields[path]),
					ours: inWords(line.fields[path]),
				})),
		),
	];
}

function inWords(value: FieldValue | undefined): string {
	if (typeof value === 'boolean') return value ? 'yes' : 'no';
	return value === undefined || value === '' ? 'none' : shortened(value, LONGEST_VALUE);
}
