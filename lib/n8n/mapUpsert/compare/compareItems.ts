import type { IDataObject, INodeExecutionData, NodeExecutionHint } from 'n8n-workflow';
import type { Issue } from '../../../issue';
import { amountText } from '../../../money';
import type { Comparison, StandingDifference } from '../../../sync/compare/compare';
import { STATES } from '../../../sync/compare/decisions';
import { DIFFERENCE_KINDS, WAYS } from '../../../sync/compare/kinds';
import type { DraftSource } from '../../../sync/draft';
import { asMatched } from '../../../sync/find/matching';
import { headerText } from '../../../sync/check/draftValues';
import { placeOfSource } from '../../../sync/outcomes';
import type { Row } from '../../../sync/row';
import { countOf } from '../../../texts';
import type { DocumentDefinition, XeroDocument } from '../../../xero/documents/definition';
import { nested } from '../../../xero/documents/nestedValues';
import type { OtherFields } from './mappedPlaces';

/** A difference as an item: the sentence first, then what both sides say, and what may be done. */
export function differenceItem(
	definition: DocumentDefinition,
	{ difference, state, way, by, at, message }: StandingDifference,
	shortCode: string | undefined,
): INodeExecutionData {
	const { summary, record, kind, ours, theirs, ways, suggested, key, digest, draft } = difference;
	const { values, document } = difference;
	const json: IDataObject = {
		summary: message ? `${summary} ${message}` : summary,
		record,
		outcome: state === 'carriedOut' ? 'carriedOut' : 'differs',
		difference: DIFFERENCE_KINDS[kind],
		inKnack: ours,
		inXero: theirs,
		state: STATES[state],
		way: way ? WAYS[way] : '',
		suggested: WAYS[suggested],
		ways: ways.map((each) => WAYS[each]),
		decidedBy: by ?? '',
		decidedAt: at ?? '',
		document: shownDocument(definition, document, shortCode),
		forKnack: values ? Object(nested(values)) : {},
		source: { ...placeOfSource(draft?.source ?? {}) },
		kind,
		key,
		digest,
	};
	return { json, pairedItem: pairedWith(draft?.itemIndexes ?? [0]) };
}

/** A record that says what Xero says. */
export function agreeingItem(
	definition: DocumentDefinition,
	{ draft, match }: Row,
	accepted: number,
	shortCode: string | undefined,
): INodeExecutionData {
	const document = asMatched(match)?.document;
	const record =
		headerText(draft, definition.numberPath) ??
		headerText(draft, 'reference') ??
		document?.number ??
		'';
	const skipped = draft.skipReason;
	const but =
		accepted === 0
			? ''
			: `, but for ${accepted === 1 ? '1 difference that was' : `${accepted} differences that were`} accepted`;
	const summary =
		skipped === undefined
			? `${definition.label} ${record} agrees with Xero${but}.`
			: `${definition.label} ${record} was not compared: ${skipped}`;
	const json: IDataObject = {
		summary,
		record,
		outcome: skipped === undefined ? 'agrees' : 'skipped',
		accepted,
		document: shownDocument(definition, document, shortCode),
		source: { ...placeOfSource(draft.source) },
	};
	return { json, pairedItem: pairedWith(draft.itemIndexes) };
}

/** A record of which nothing is known that it could be held against. */
export function notComparedItem(
	{ label, type }: DocumentDefinition,
	source: DraftSource,
	issues: readonly Issue[],
	itemIndexes: readonly number[],
): INodeExecutionData {
	const first = issues.find(({ severity }) => severity !== 'warn') ?? issues[0];
	const json: IDataObject = {
		summary: `${label} was not compared: ${first ? `${first.message} ${first.fix}` : 'it came to no plan.'}`,
		record: '',
		outcome: 'notCompared',
		document: { type },
		issues: issues.map((issue) => ({ ...issue, candidates: [...(issue.candidates ?? [])] })),
		source: { ...placeOfSource(source) },
	};
	return { json, pairedItem: pairedWith(itemIndexes) };
}

/** What an item is paired with, one of the input or several. */
export function pairedWith(itemIndexes: readonly number[]): INodeExecutionData['pairedItem'] {
	const [first = 0] = itemIndexes;
	return itemIndexes.length > 1 ? itemIndexes.map((item) => ({ item })) : { item: first };
}

/** A document with its link, as items have it. */
export function shownDocument(
	definition: DocumentDefinition,
	document: XeroDocument | undefined,
	shortCode: string | undefined,
): IDataObject {
	if (!document) return { type: definition.type };
	const { id, number = '', status = '', contactName = '', amounts } = document;
	return {
		number,
		contactName,
		...(amounts
			? { total: amountText(amounts.total, amounts.currency), currency: amounts.currency }
			: {}),
		status,
		url: definition.link(id, shortCode),
		type: definition.type,
		id,
	};
}

/** "3 differences: 2 amount, 1 dates", and what a person should know besides. */
export function compareHints(
	{ plural }: DocumentDefinition,
	{ standing, rows, unclear, window }: Comparison,
	calls: { readonly reads: number; readonly writes: number },
	options: OtherFields,
	absent: readonly string[],
): NodeExecutionHint[] {
	const open = standing.filter(({ state }) => state === 'open');
	const count = (state: StandingDifference['state']) =>
		standing.filter((each) => each.state === state).length;
	const kinds = Object.entries(DIFFERENCE_KINDS).flatMap(([kind, label]) => {
		const number = open.filter(({ difference }) => difference.kind === kind).length;
		return number === 0 ? [] : [`${number} ${label.toLowerCase()}`];
	});
	const parts = [
		`${countOf(open.length, 'difference')} in ${countOf(rows.length, 'record')}${kinds.length > 0 ? ` (${kinds.join(', ')})` : ''}`,
		...(count('carriedOut') > 0 ? [`${count('carriedOut')} carried out`] : []),
		...(count('accepted') > 0 ? [`${count('accepted')} accepted`] : []),
		...(unclear.size > 0 ? [`${unclear.size} not compared`] : []),
		countOf(calls.reads + calls.writes, 'Xero call'),
	];
	const sentences = [
		`${parts.join(', ')}.`,
		`Without a record are ${plural} of ${window.from} to ${window.to} that none of the items claims, so give the node all records of those days.`,
		...(options.amountPaidField
			? []
			: ['Payment is not compared: name the Amount Paid Field under Compare Options.']),
	];
	const hintOf = (message: string, isWarning: boolean): NodeExecutionHint => ({
		message,
		type: isWarning ? 'warning' : 'info',
		location: 'outputPane',
	});
	return [
		...sentences.map((message, index) => hintOf(message, index === 0 && open.length > 0)),
		...absent.map((label) =>
			hintOf(`${label} is in none of the items, and so was not compared. Look at its name.`, true),
		),
	];
}
