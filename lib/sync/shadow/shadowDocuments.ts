import { addDays, type CalendarDate } from '../../dates';
import { createGiveWay, mapGivingWay } from '../../giveWay';
import { grouped } from '../../grouped';
import { without } from '../../without';
import { findWholeDocuments } from '../../xero/documentsOfDays';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { NEAR_DAYS } from '../adopt/signs';
import { textOf } from '../check/draftValues';
import { LATE_RULES } from '../check/rules/lateRules';
import { documentInWords, documentName } from '../compare/comparedNames';
import {
	comparingOptions,
	covering,
	periodOfRecords,
	type Period,
} from '../compare/comparedPeriod';
import type { Comparing, SaidOfDocument } from '../compare/comparing';
import type { Draft } from '../draft';
import { isFullyCredited } from '../find/fullyCredited';
import { asMatched, asStopped } from '../find/matching';
import { prepare } from '../prepare';
import type { Row } from '../row';
import { bearsMarkOf, readSourceMark } from '../sourceLink/sourceMark';
import { todayOf, type UpsertContext, type UpsertOptions } from '../upsertContext';
import { isOurs, shadowRow, type ShadowedDocument } from './shadowRow';
import { assignTheirs } from './theirDocuments';

interface ShadowSettings {
	readonly options: UpsertOptions;
	/** First and last day of the documents; those of the records unless told. */
	readonly from?: CalendarDate;
	readonly to?: CalendarDate;
	saidOf(draft: Draft): SaidOfDocument;
}

/** A period beside another tool. */
interface Shadowed {
	readonly documents: readonly ShadowedDocument[];
	readonly period: Period;
}

/**
 * Plans the records as Create or Update would, and says of each and of each document of others what
 * they did and we would have done. Theirs is what bears no mark of ours, made by hand included: Xero
 * does not say who made a document. Writes nothing; throws ServiceFaultError when Xero cannot be read.
 */
export async function shadowDocuments(
	context: UpsertContext,
	definition: DocumentDefinition,
	drafts: readonly Draft[],
	settings: ShadowSettings,
): Promise<Shadowed> {
	const today = todayOf(context);
	const period = periodOfRecords(drafts, today, settings);
	// A record of another day has its document there, and would be said to have none.
	const days = covering(period, periodOfRecords(drafts, today, {}));
	const read = await findWholeDocuments(context.client, definition, {
		from: addDays(days.from, -NEAR_DAYS),
		to: addDays(days.to, NEAR_DAYS),
	});
	const options = shadowingOptions(settings.options);
	const prepared = await prepare({ ...context, known: read }, definition, drafts, options);
	const comparing: Comparing = {
		definition,
		settings: prepared.settings,
		options: { ...options, today },
		saidOf: settings.saidOf,
	};
	const rows = prepared.rows.filter(({ repeats }) => !repeats);
	const all = withFound(read, rows);
	const [ours, others] = parted([...all.values()], isOurs);
	const isGone = ({ status }: XeroDocument) => definition.lifecycle.gone.includes(status ?? '');
	// What a credit note has settled in full a person has put right.
	const live = others.filter((each) => !isGone(each) && !isFullyCredited(each));
	const giveWay = createGiveWay(context.clock);
	const { theirs, left } = await assignTheirs(definition, rows, live, prepared.settings, giveWay);
	const standing = ours.filter((each) => !isGone(each) && !isFullyCredited(each));
	const byRecord = grouped(standing.flatMap(recordOf));
	const repeated = grouped(
		prepared.rows.flatMap(({ repeats, draft }) => (repeats ? [[repeats, draft] as const] : [])),
	);
	const documents = await mapGivingWay(rows, giveWay, (row) => {
		const { source } = row.draft;
		const own = theirs.get(row);
		const linked = (byRecord.get(source.knackRecordId ?? '') ?? []).filter(
			({ fields }) => bearsMarkOf(textOf(fields.url), source) === 'this',
		);
		const matched = asMatched(row.match)?.document;
		const found = standing.filter(({ id }) => id === matched?.id);
		const shadowed = shadowRow(comparing, row, {
			...(own ? { theirs: own } : {}),
			ours: [...new Set([...linked, ...found])],
			byId: (id) => all.get(id),
		});
		const more = (repeated.get(row) ?? []).flatMap(({ itemIndexes }) => itemIndexes);
		return { ...shadowed, itemIndexes: [...shadowed.itemIndexes, ...more] };
	});
	const asked = new Set(documents.flatMap(askedAbout));
	const onlyTheirs = left.filter((each) => isWithin(period, each) && !asked.has(each.id));
	return {
		documents: [...documents, ...onlyTheirs.map((each) => ofNobody(definition, each))],
		period,
	};
}

/**
 * As nobody had posted the records: what looks posted already is just what is sought, and credit is
 * none of the documents.
 */
function shadowingOptions(options: UpsertOptions): UpsertOptions {
	const { ruleSeverities } = options;
	return {
		...without(comparingOptions(options), 'openCredit'),
		ruleSeverities: { ...ruleSeverities, [LATE_RULES.looksPosted.code]: 'off' },
	};
}

/** The documents of the period, and those of other days that keys of the records led to. */
function withFound(
	read: readonly XeroDocument[],
	rows: readonly Row[],
): ReadonlyMap<string, XeroDocument> {
	const found = rows.flatMap(({ match }) => {
		const matched = asMatched(match);
		return matched ? [matched.document, ...(matched.surplus ?? [])] : [];
	});
	const fitting = rows.flatMap(({ match }) => asStopped(match)?.fitting?.documents ?? []);
	// With their lines, where they were read so.
	return new Map([...found, ...fitting, ...read].map((each) => [each.id, each]));
}

function recordOf(document: XeroDocument): [string, XeroDocument][] {
	const mark = readSourceMark(textOf(document.fields.url));
	return mark ? [[mark.recordId, document]] : [];
}

function isWithin({ from, to }: Period, { fields }: XeroDocument): boolean {
	const day = textOf(fields.date) ?? '';
	return from <= day && day <= to;
}

/** Documents that a record of which nobody can tell may mean. */
function askedAbout({ shadow, issues }: ShadowedDocument): string[] {
	if (shadow !== 'notCompared') return [];
	return issues.flatMap(({ candidates = [] }) => candidates.map(({ id }) => id));
}

function ofNobody(definition: DocumentDefinition, document: XeroDocument): ShadowedDocument {
	return {
		shadow: 'onlyTheirs',
		said: `None of the items makes it: ${documentInWords(definition, document)}.`,
		record: documentName(definition, document),
		itemIndexes: [],
		documents: [document],
		differences: [],
		...(document.amounts ? { amount: document.amounts } : {}),
		issues: [],
	};
}

function parted<Entry>(
	entries: readonly Entry[],
	isFirst: (entry: Entry) => boolean,
): [Entry[], Entry[]] {
	return [entries.filter(isFirst), entries.filter((entry) => !isFirst(entry))];
}
