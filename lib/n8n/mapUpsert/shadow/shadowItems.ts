import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { dayInZone, momentText } from '../../../dates';
import { amountText } from '../../../money';
import type { Period } from '../../../sync/compare/comparedPeriod';
import { placeOfSource } from '../../../sync/outcomes';
import type { Shadow } from '../../../sync/shadow/kinds';
import { shadowReport } from '../../../sync/shadow/shadowReport';
import type { ShadowedDocument } from '../../../sync/shadow/shadowRow';
import { differingFields, shadowCounts, shadowTotals } from '../../../sync/shadow/shadowTotals';
import { recognisedBy, shadowSentence } from '../../../sync/shadow/shadowWords';
import type { DocumentDefinition } from '../../../xero/documents/definition';
import { pairedWith, shownDocument } from '../compare/compareItems';

/** A document with what its links need. */
export type ShownShadow = ShadowedDocument & { readonly shortCode?: string };

/** As other operations call it. */
const OUTCOMES: Readonly<Record<Shadow, string>> = {
	same: 'agrees',
	different: 'differs',
	onlyTheirs: 'differs',
	onlyOurs: 'differs',
	doubledByThem: 'differs',
	notCompared: 'notCompared',
	leftOut: 'skipped',
};

/** A document as an item: the sentence first, then what it is, the fields that differ, and links. */
export function shadowItem(
	definition: DocumentDefinition,
	shadowed: ShownShadow,
): INodeExecutionData {
	const { shadow, record, differences, documents, by, amount, draft, issues, shortCode } = shadowed;
	const [first] = documents;
	const json: IDataObject = {
		summary: shadowSentence(definition, shadowed),
		shadow,
		record,
		outcome: OUTCOMES[shadow],
		differences: differences.map((each) => ({ ...each })),
		link: first ? definition.link(first.id, shortCode) : '',
		...(amount
			? { total: amountText(amount.total, amount.currency), currency: amount.currency }
			: {}),
		recognisedBy: by === undefined ? '' : recognisedBy(definition, by),
		documents: documents.map((each) => shownDocument(definition, each, shortCode)),
		issues: issues.map((issue) => ({ ...issue, candidates: [...(issue.candidates ?? [])] })),
		source: { ...placeOfSource(draft?.source ?? {}) },
	};
	const paired = shadowed.itemIndexes.length > 0 ? shadowed.itemIndexes : [0];
	return { json, pairedItem: pairedWith(paired) };
}

/** Whether nobody has to look at it. */
export function isQuiet({ shadow }: ShadowedDocument): boolean {
	return shadow === 'same' || shadow === 'leftOut';
}

interface Reported {
	readonly definition: DocumentDefinition;
	readonly organisations: readonly string[];
	/** Absent where none of the items could be read. */
	readonly period?: Period;
	readonly documents: readonly ShownShadow[];
	readonly sentences: readonly string[];
	readonly xeroCalls: number;
	readonly at: { readonly ms: number; readonly zone: string };
}

/** The period in numbers, for a weekly message. */
export function totalsItem(reported: Reported): IDataObject {
	const { documents, period, sentences, xeroCalls } = reported;
	return {
		summary: sentences[0],
		...period,
		records: documents.length,
		...shadowCounts(documents),
		differingFields: differingFields(documents),
		totals: shadowTotals(documents).map((total) => ({ ...total })),
		xeroCalls,
	};
}

/** The period as one item: in numbers, `html` for an e-mail, and the same page as a file. */
export async function shadowReportItem(
	context: IExecuteFunctions,
	reported: Reported,
): Promise<INodeExecutionData> {
	const { ms, zone } = reported.at;
	const { title, notListed, html } = shadowReport({ ...reported, at: momentText(ms, zone) });
	const fileName = `shadow-${dayInZone(ms, zone)}.html`;
	const file = await context.helpers.prepareBinaryData(Buffer.from(html), fileName, 'text/html');
	const items = reported.documents.flatMap(({ itemIndexes }) => itemIndexes);
	return {
		json: { ...totalsItem(reported), title, notListed, html },
		binary: { report: file },
		pairedItem: items.map((item) => ({ item })),
	};
}
