import type { KnackClient } from '../../knack/client';
import { mapGivingWay, type GiveWay } from '../../giveWay';
import { ServiceFaultError } from '../../serviceFault';
import type { Issue, Severity } from '../../issue';
import { autoMap, autoMapLines, autoMapping } from './autoMap';
import { lineFormFields, type SavedLineForm } from './columnChoice';
import { readConnectedLines } from './connectedLines';
import type { MappedRecord, MappedValues } from './draftFromValues';
import { FIELD_GONE, goneNames, namesOfAll, type MappingExpressions } from './goneNames';
import { groupLines } from './groupLines';
import { LineColumns, mappedLine } from './lineColumns';
import { lineReader, type ItemLines } from './lineList';
import { columnNames, columnPath, LineReading, type ReadLines } from './lineReading';
import { headerFields } from './mappableFields';
import type { ItemRecord } from './sampleShape';
import { isBlank } from './readFieldValue';
import type { DocumentDefinition } from '../../xero/documents/definition';
import type { TrackingCategory } from '../../xero/settings';
import type { DraftSource } from '../draft';
import type { RuleSeverities } from '../check/check';
import { numbered, type Numbering } from './numbering';

/** How the items of a run are mapped. */
export interface Mapping {
	readonly definition: DocumentDefinition;
	readonly lineSource: 'list' | 'itemPerLine' | 'knackTable' | 'none';
	/** Where lines are kept in Knack, for the source `knackTable`. */
	readonly lineTable: { readonly table: string; readonly connection: string };
	readonly isAutoMapped: boolean;
	/** What the form holds for the document's fields, before it is worked out for each item. */
	readonly expressions: MappingExpressions;
	/** The form of the lines, as it was saved. */
	readonly lineForm?: SavedLineForm;
	readonly numbering: Numbering;
	readonly upsert: { readonly ruleSeverities: RuleSeverities };
}

/** An item with what the form says for it. */
export interface ItemToMap {
	readonly index: number;
	readonly json: ItemRecord;
	readonly source: DraftSource;
	/** By field path; undefined when items are mapped automatically. */
	readonly values?: MappedValues;
	/** What the form holds for the lines, by the ids of its fields; see `LineReading`. */
	readonly lineMapping?: MappedValues;
	/** The list of the lines or its name. */
	readonly lineList: unknown;
	readonly groupBy: unknown;
	readonly status: unknown;
	readonly skipReason?: string;
}

/** What mapping reaches outside of the items. */
export interface MappingPorts {
	knack(): Promise<KnackClient>;
	/** IANA zone of the workflow. */
	readonly timeZone: string;
	readonly giveWay: GiveWay;
	/** Says once for the run what the person who set it up should know. */
	tell?(sentence: string): void;
}

/** A mapped record and why it is not meant to be synced, if so. */
export interface RecordToDraft extends Omit<MappedRecord, 'lines'> {
	/** Mapped when the draft is made, so that a run does not keep those of all records beside the drafts. */
	lines?(): MappedRecord['lines'];
	readonly skipReason?: string;
}

/**
 * Maps items to records with their lines, by the source of lines that the node is set to.
 * Throws ServiceFaultError when lines have to be read from Knack and cannot.
 */
export async function mapRecords(
	run: Mapping,
	items: readonly ItemToMap[],
	categories: readonly TrackingCategory[],
	{ knack, timeZone, giveWay, tell }: MappingPorts,
): Promise<RecordToDraft[]> {
	const { definition, lineSource } = run;
	const isOpen = (item: ItemToMap) => item.skipReason === undefined;
	const open = items.filter(isOpen);
	const byItem = new Map(open.map((item, position) => [item.index, position]));
	const mapping = autoMapping(definition, run.isAutoMapped ? open.map(({ json }) => json) : []);
	const numbers = new Map(
		await mapGivingWay(open, giveWay, (item) => {
			const values = item.values ?? autoMap(item.json, mapping);
			return [item, numbered(definition, run.numbering, values, item.json, timeZone)] as const;
		}),
	);
	const valuesOf = (item: ItemToMap): MappedValues => {
		const values = numbers.get(item)?.values ?? {};
		const { statusPath } = definition;
		return statusPath === undefined || isBlank(item.status) || !isBlank(values[statusPath])
			? values
			: { ...values, [statusPath]: item.status };
	};
	const bare = (item: ItemToMap): RecordToDraft => ({
		values: isOpen(item) ? valuesOf(item) : {},
		source: item.source,
		itemIndexes: [item.index],
		issues: [...goneFrom(item), ...(numbers.get(item)?.issues ?? [])],
		...(item.skipReason === undefined ? {} : { skipReason: item.skipReason }),
	});
	const fromKnack = open.filter(({ source }) => source.knackRecordId !== undefined);
	const gone = goneIssues(run, fromKnack, categories);
	const ofRecords = new Set(fromKnack);
	const goneFrom = (item: ItemToMap): readonly Issue[] => (ofRecords.has(item) ? gone : []);
	const readLines = (reading: LineReading, columns: LineColumns, item: ItemToMap): ReadLines =>
		item.lineMapping
			? reading.read(item.lineMapping)
			: reading.ofColumns(autoMapLines(definition, columns.names, categories));
	const readingOf = (columns: LineColumns): LineReading =>
		new LineReading(definition, columns, {
			form: run.lineForm,
			severity: goneSeverity(run),
			categories,
		});

	if (lineSource === 'itemPerLine') {
		const columns = new LineColumns(open.map(({ json }) => json));
		const reading = readingOf(columns);
		const byIndex = new Map(items.map((item) => [item.index, item]));
		const told = new Map<number, ReadLines>();
		const lineItems = await mapGivingWay(open, giveWay, (item) => {
			const lines = readLines(reading, columns, item);
			told.set(item.index, lines);
			return {
				itemIndex: item.index,
				groupBy: item.groupBy,
				values: valuesOf(item),
				line: mappedLine(item.json, lines.sources),
				source: item.source,
			};
		});
		if (reading.taken !== undefined) tell?.(reading.taken);
		const grouped = groupLines(definition, lineItems).map((record) => {
			const own = record.itemIndexes.flatMap((index) => byIndex.get(index) ?? []);
			const unnumbered = own.flatMap((item) => numbers.get(item)?.issues ?? []).slice(0, 1);
			const [lines] = record.itemIndexes.flatMap((index) => told.get(index) ?? []);
			const issues = [...(record.issues ?? []), ...gone, ...unnumbered];
			return withColumns({ ...record, lines: () => record.lines, issues }, lines);
		});
		return [...grouped, ...items.filter((item) => !isOpen(item)).map(bare)];
	}
	if (lineSource === 'none') return await mapGivingWay(items, giveWay, bare);
	const lists =
		lineSource === 'list'
			? await listedLines(definition, open, giveWay)
			: await connectedLists(run, open, knack);
	const columns = await LineColumns.of(lists, giveWay);
	const reading = readingOf(columns);
	const records = await mapGivingWay(items, giveWay, (item) => {
		const position = byItem.get(item.index);
		const record = bare(item);
		if (position === undefined) return record;
		const { lines = [], issues: found = [] } = lists[position] ?? {};
		const { sources, issues: ofColumns } = readLines(reading, columns, item);
		const issues = [...(record.issues ?? []), ...found];
		const mapped = () => lines.map((line) => mappedLine(line, sources));
		return withColumns(
			{ ...record, lines: mapped, issues },
			{ sources, issues: lines.length > 0 ? ofColumns : [] },
		);
	});
	if (reading.taken !== undefined) tell?.(reading.taken);
	return records;
}

async function listedLines(
	definition: DocumentDefinition,
	items: readonly ItemToMap[],
	giveWay: GiveWay,
): Promise<ItemLines[]> {
	const records = items.map(({ json }) => json);
	const told = items.map(({ lineList }) => lineList);
	return await mapGivingWay(records, giveWay, lineReader(definition, records, told));
}

function goneSeverity(run: Mapping): Severity | 'off' {
	return run.upsert.ruleSeverities[FIELD_GONE.code] ?? FIELD_GONE.severity;
}

/** What all records of the run lack of the form: one that only some lack is an item of another make. */
function goneIssues(
	run: Mapping,
	records: readonly ItemToMap[],
	categories: readonly TrackingCategory[],
): readonly Issue[] {
	const severity = goneSeverity(run);
	if (severity === 'off' || records.length === 0) return [];
	const item = namesOfAll(records.map(({ json }) => json));
	const ofLines = lineFormFields(run.definition, categories).map(({ id, field }) => ({
		...field,
		path: id,
	}));
	const inLines = goneNames(ofLines, run.lineForm?.stored ?? {}, item);
	return [
		...goneNames(headerFields(run.definition), run.expressions, item),
		...inLines.map((issue) => ({ ...issue, field: columnPath(issue.field ?? '') })),
	].map((issue) => ({ ...issue, severity }));
}

function withColumns(record: RecordToDraft, read: ReadLines = NOTHING_READ): RecordToDraft {
	const columns = columnNames(read.sources);
	return {
		...record,
		...(Object.keys(columns).length > 0 ? { lineColumns: columns } : {}),
		issues: [...(record.issues ?? []), ...read.issues],
	};
}

const NOTHING_READ: ReadLines = { sources: {}, issues: [] };

async function connectedLists(
	run: Mapping,
	items: readonly ItemToMap[],
	knack: () => Promise<KnackClient>,
): Promise<ItemLines[]> {
	const ids = items.flatMap(({ source }) => source.knackRecordId ?? []);
	const read =
		ids.length === 0 ? undefined : await readConnectedLines(await knack(), run.lineTable, ids);
	if (read && !read.ok) {
		throw new ServiceFaultError({
			service: 'knack',
			cause: 'requestRefused',
			message: read.failure.message,
			fix: read.failure.fix,
		});
	}
	return items.map(({ source }) => {
		if (source.knackRecordId === undefined) return { lines: [], issues: [RECORD_ID_MISSING] };
		return { lines: read?.value.get(source.knackRecordId) ?? [], issues: [] };
	});
}

const RECORD_ID_MISSING: Issue = {
	code: 'MAPPING_RECORD_ID_MISSING',
	severity: 'block',
	field: 'lineItems',
	message: 'The item does not say which Knack record it is, so its lines cannot be read.',
	fix: 'Take the items from a Knack Trigger or Knack node, which give "knack.recordId".',
};
