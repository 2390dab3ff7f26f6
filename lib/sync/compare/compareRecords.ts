import type { CalendarDate } from '../../dates';
import { foldText } from '../../foldText';
import { grouped } from '../../grouped';
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
	const { copies, without } = others(comparing, documents, rows);
	for (const row of rows) {
		const isCompared = row.draft.skipReason === undefined && !row.repeats;
		const compared = isCompared ? compareRow(comparing, row, known) : undefined;
		if (isCompared && !compared) unclear.add(row);
		const { findings = [], document } = compared ?? {};
		const own = copies.get(row);
		const twice = own && twiceByLink(definition, own);
		for (const finding of twice ? findings.map((one) => joined(one, twice)) : findings) {
			differences.push(ofRecord(comparing, row, finding, document, settings.places));
		}
		if (!twice || findings.some(({ kind }) => kind === twice.kind)) continue;
		differences.push(ofRecord(comparing, row, twice, own[0], settings.places));
	}
	return {
		differences: [...differences, ...without],
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

interface Others {
	/** Second documents that bear a record's link. */
	readonly copies: ReadonlyMap<Row, Copies>;
	/** Documents of the period that no record claims. */
	readonly without: readonly Difference[];
}

type Copies = readonly [XeroDocument, ...XeroDocument[]];

function others(
	{ definition }: Comparing,
	documents: readonly XeroDocument[],
	rows: readonly Row[],
): Others {
	const claims = new Claims(definition, rows);
	const left = documents.filter((document) => {
		const isGone = definition.lifecycle.gone.includes(document.status ?? '');
		// What was credited in full is corrected: the document in its place is its record's.
		return !isGone && !isFullyCredited(document) && !claims.claim(document);
	});
	const byRow = left.map((document) => [claims.rowOf(document), document] as const);
	return {
		copies: grouped(byRow.flatMap(([row, document]) => (row ? [[row, document] as const] : []))),
		without: byRow.flatMap(([row, document]) => (row ? [] : [withoutRecord(definition, document)])),
	};
}

function withoutRecord(definition: DocumentDefinition, document: XeroDocument): Difference {
	const finding: Finding = {
		kind: 'withoutRecord',
		ours: '',
		theirs: documentInWords(definition, document),
		paths: [],
	};
	return placed(finding, {
		type: definition.type,
		label: definition.label,
		document,
		record: documentName(definition, document),
		isPosted: isApproved(definition, document),
		ways: ['accept'],
	});
}

/** One difference however many they are: what is decided holds for all that are there. */
function twiceByLink(definition: DocumentDefinition, copies: Copies): Finding {
	const names = copies.map((document) => documentName(definition, document)).sort();
	const bear = names.length === 1 ? 'bears' : 'bear';
	const theirs = `${names.join(', ')} ${bear} its link as well`;
	return { kind: 'twice', ours: 'one record', theirs, paths: [] };
}

/** What a record is found twice by, its keys and its link, is one difference too. */
function joined(finding: Finding, twice: Finding): Finding {
	return finding.kind === twice.kind
		? { ...finding, theirs: `${finding.theirs}; ${twice.theirs}` }
		: finding;
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
