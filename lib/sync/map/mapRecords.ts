import type { KnackClient } from '../../knack/client';
import { mapGivingWay, type GiveWay } from '../../giveWay';
import { ServiceFaultError } from '../../serviceFault';
import type { Issue } from '../../issue';
import { autoMap, autoMapLines, autoMapping } from './autoMap';
import { readConnectedLines } from './connectedLines';
import type { MappedLine, MappedRecord, MappedValues } from './draftFromValues';
import { FIELD_GONE, goneNames, type MappingExpressions } from './goneNames';
import { groupLines } from './groupLines';
import { LineColumns } from './lineColumns';
import { lineMapper, linesInItems, type ItemLines } from './lineList';
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
	/** By field path: the name of a column of the lines, or a value for all of them. */
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
}

/** A mapped record and why it is not meant to be synced, if so. */
export interface RecordToDraft extends MappedRecord {
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
	{ knack, timeZone, giveWay }: MappingPorts,
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
	const records = open.filter(({ source }) => source.knackRecordId !== undefined);
	const gone = goneIssues(run, records);
	const ofRecords = new Set(records);
	const goneFrom = (item: ItemToMap): readonly Issue[] => (ofRecords.has(item) ? gone : []);
	const lineMapping = (position: number, columns: LineColumns): MappedValues =>
		open[position]?.lineMapping ?? autoMapLines(definition, columns.names, categories);

	if (lineSource === 'itemPerLine') {
		const columns = new LineColumns(
			definition,
			open.map(({ json }) => json),
		);
		const byIndex = new Map(items.map((item) => [item.index, item]));
		const lineItems = await mapGivingWay(open, giveWay, (item, position) => ({
			itemIndex: item.index,
			groupBy: item.groupBy,
			values: valuesOf(item),
			line: columns.mappedLine(item.json, lineMapping(position, columns)),
			source: item.source,
		}));
		const grouped = groupLines(definition, lineItems).map((record) => {
			const own = record.itemIndexes.flatMap((index) => byIndex.get(index) ?? []);
			const unnumbered = own.flatMap((item) => numbers.get(item)?.issues ?? []).slice(0, 1);
			return { ...record, issues: [...(record.issues ?? []), ...gone, ...unnumbered] };
		});
		return [...grouped, ...items.filter((item) => !isOpen(item)).map(bare)];
	}
	if (lineSource === 'none') return await mapGivingWay(items, giveWay, bare);
	const lists =
		lineSource === 'list'
			? linesInItems(
					definition,
					open.map(({ json }) => json),
					open.map(({ lineList }) => lineList),
				)
			: await connectedLists(run, open, knack);
	const mapped = lineMapper(definition, lists, lineMapping);
	const lines = await mapGivingWay(lists, giveWay, mapped);
	return await mapGivingWay(items, giveWay, (item) => {
		const position = byItem.get(item.index);
		return position === undefined
			? bare(item)
			: withLines(bare(item), lines[position], lists[position]?.issues);
	});
}

/** What all records of the run lack of the form: one that only some lack is an item of another make. */
function goneIssues(run: Mapping, records: readonly ItemToMap[]): readonly Issue[] {
	const severity = run.upsert.ruleSeverities[FIELD_GONE.code] ?? FIELD_GONE.severity;
	if (severity === 'off' || records.length === 0) return [];
	const item: ItemRecord = Object.assign({}, ...records.map(({ json }) => json));
	return goneNames(run.definition, run.expressions, item).map((issue) => ({ ...issue, severity }));
}

function withLines(
	record: RecordToDraft,
	lines: readonly MappedLine[] = [],
	issues: readonly Issue[] = [],
): RecordToDraft {
	return { ...record, lines, issues: [...(record.issues ?? []), ...issues] };
}

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
