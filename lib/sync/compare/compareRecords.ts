import type { CalendarDate } from '../../dates';
import { foldText } from '../../foldText';
import { findWholeDocuments } from '../../xero/documentsOfDays';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { isApproved } from '../check/approval';
import { headerText, textOf } from '../check/draftValues';
import type { Draft } from '../draft';
import { isFullyCredited } from '../find/fullyCredited';
import { asMatched } from '../find/matching';
import { prepare } from '../prepare';
import type { Row } from '../row';
import { bearsMarkOf, readSourceMark } from '../sourceLink/sourceMark';
import { todayOf, type UpsertContext, type UpsertOptions } from '../upsertContext';
import { compareRow } from './compareRow';
import type { Comparing, SaidOfDocument } from './comparing';
import { comparingOptions, periodOfRecords, type Period } from './comparedPeriod';
import { documentInWords, documentName, recordName } from './comparedNames';
import { placed, type Difference, type Finding } from './difference';
import type { KnackPlaces } from './knackPlaces';
import { waysOf } from './ways';

/** What is compared, and with which documents of Xero the other way round. */
export interface CompareSettings {
	readonly options: UpsertOptions;
	/** First and last day of the documents that need a record; those of the records unless told. */
	readonly from?: CalendarDate;
	readonly to?: CalendarDate;
	/** Whether open credit beside what is due is a difference; it takes three more calls. */
	readonly comparesCredit: boolean;
	/** Where in Knack the values of records stand, as far as each is one field. */
	readonly places: KnackPlaces;
	saidOf(draft: Draft): SaidOfDocument;
}

/** Records held against Xero. */
export interface ComparedRecords {
	readonly differences: readonly Difference[];
	/** The rows of the records, planned as Create or Update would. */
	readonly rows: readonly Row[];
	/** Rows of which it is not known which document is theirs, so that they were not compared. */
	readonly unclear: ReadonlySet<Row>;
	/** Days whose documents were looked through for those without a record. */
	readonly window: Period;
	/** Documents of those days. */
	readonly documents: readonly XeroDocument[];
}

/**
 * Holds records against Xero, both ways, by the plan that Create or Update goes by. Writes nothing.
 * Throws ServiceFaultError when Xero cannot be read.
 */
export async function compareRecords(
	context: UpsertContext,
	definition: DocumentDefinition,
	drafts: readonly Draft[],
	settings: CompareSettings,
): Promise<ComparedRecords> {
	const today = todayOf(context);
	const window = periodOfRecords(drafts, today, settings);
	const documents = await findWholeDocuments(context.client, definition, window);
	const options: UpsertOptions = {
		...comparingOptions(settings.options),
		...(settings.comparesCredit ? ({ openCredit: 'ofContact' } as const) : {}),
	};
	const { rows, settings: organisation } = await prepare(
		{ ...context, known: documents },
		definition,
		drafts,
		options,
	);
	const comparing: Comparing = {
		definition,
		settings: organisation,
		options: { ...options, today },
		saidOf: settings.saidOf,
	};
	const byId = new Map(documents.map((document) => [document.id, document]));
	const known = (id: string) => byId.get(id) ?? matchedIn(rows).get(id);
	const differences: Difference[] = [];
	const unclear = new Set<Row>();
	for (const row of rows) {
		if (row.draft.skipReason !== undefined || row.repeats) continue;
		const compared = compareRow(comparing, row, known);
		if (!compared) unclear.add(row);
		for (const finding of compared?.findings ?? []) {
			differences.push(ofRecord(comparing, row, finding, compared?.document, settings.places));
		}
	}
	return {
		differences: [...differences, ...others(comparing, documents, rows, settings.places)],
		rows,
		unclear,
		window,
		documents,
	};
}

function matchedIn(rows: readonly Row[]): ReadonlyMap<string, XeroDocument> {
	return new Map(
		rows.flatMap(({ match }) => {
			const document = asMatched(match)?.document;
			return document ? [[document.id, document] as const] : [];
		}),
	);
}

function ofRecord(
	comparing: Comparing,
	{ draft }: Row,
	finding: Finding,
	document: XeroDocument | undefined,
	places: KnackPlaces,
): Difference {
	const { definition } = comparing;
	const isPosted = document !== undefined && isApproved(definition, document);
	return placed(finding, {
		type: definition.type,
		label: definition.label,
		draft,
		...(document ? { document } : {}),
		record: recordName(definition, draft, document),
		isPosted,
		ways: waysOf(comparing, finding, draft, document, places),
	});
}

/** Documents of the period that no record claims, and second ones that bear a record's link. */
function others(
	comparing: Comparing,
	documents: readonly XeroDocument[],
	rows: readonly Row[],
	places: KnackPlaces,
): Difference[] {
	const { definition } = comparing;
	const claims = new Claims(definition, rows);
	return documents.flatMap((document): Difference[] => {
		const isGone = definition.lifecycle.gone.includes(document.status ?? '');
		// What was credited in full is corrected: the document in its place is its record's.
		if (isGone || isFullyCredited(document) || claims.claim(document)) return [];
		const row = claims.rowOf(document);
		if (row) {
			const theirs = `${documentName(definition, document)} bears its link as well`;
			const finding: Finding = { kind: 'twice', ours: 'one record', theirs, paths: [] };
			return [ofRecord(comparing, row, finding, document, places)];
		}
		const finding: Finding = {
			kind: 'withoutRecord',
			ours: '',
			theirs: documentInWords(definition, document),
			paths: [],
		};
		return [
			placed(finding, {
				type: definition.type,
				label: definition.label,
				document,
				record: documentName(definition, document),
				isPosted: isApproved(definition, document),
				ways: ['accept'],
			}),
		];
	});
}

/** Which documents records of the run lay claim to, however sure. */
class Claims {
	private readonly ids: ReadonlySet<string>;
	private readonly keys: ReadonlySet<string>;
	private readonly byRecord: ReadonlyMap<string, Row>;

	constructor(
		private readonly definition: DocumentDefinition,
		rows: readonly Row[],
	) {
		this.ids = new Set(rows.flatMap(idsOf));
		this.keys = new Set(
			rows.flatMap(({ draft, match }) => {
				// A record that was not looked for, or not found for sure, may mean what has its number.
				if (match?.kind === 'matched') return [];
				const number = headerText(draft, definition.numberPath);
				return number === undefined ? [] : [foldText(number)];
			}),
		);
		this.byRecord = new Map(
			rows.flatMap((row) => {
				const { knackRecordId } = row.draft.source;
				return knackRecordId === undefined ? [] : [[knackRecordId, row] as const];
			}),
		);
	}

	claim(document: XeroDocument): boolean {
		if (this.ids.has(document.id)) return true;
		const number = textOf(document.fields[this.definition.numberPath]);
		return number !== undefined && this.keys.has(foldText(number));
	}

	/** The record that the document's link names, where it is one of the run. */
	rowOf({ fields }: XeroDocument): Row | undefined {
		const url = textOf(fields.url);
		const row = this.byRecord.get(readSourceMark(url)?.recordId ?? '');
		return row && bearsMarkOf(url, row.draft.source) === 'this' ? row : undefined;
	}
}

function idsOf({ draft, match }: Row): string[] {
	const own = draft.id === undefined ? [] : [draft.id.toLowerCase()];
	if (match?.kind === 'matched') {
		return [...own, match.document.id, ...(match.surplus ?? []).map(({ id }) => id)];
	}
	const candidates = (match?.issues ?? []).flatMap(({ candidates: each = [] }) => each);
	return [...own, ...candidates.map(({ id }) => id)];
}
