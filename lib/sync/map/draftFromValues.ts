import type { Issue } from '../../issue';
import { merged } from '../../merged';
import { perObject } from '../../perObject';
import { remember } from '../../remember';
import type {
	DocumentDefinition,
	FieldKind,
	FieldValue,
	FieldValues,
} from '../../xero/documents/definition';
import { booksOf } from '../../xero/books';
import type { OrganisationSettings } from '../../xero/settings';
import { linePath } from '../check/draftValues';
import type { Draft, DraftLine, DraftSource } from '../draft';
import { nameKey } from './fieldNames';
import { quoted, type ReadingContext } from './fieldReading';
import { headerFields, ID_PATH, lineFields, type MappableField } from './mappableFields';
import { isBlank, readFieldValue } from './readFieldValue';
import { trackingPath } from './settingsReading';

/** Values by field path as an item carries them, not yet read. */
export type MappedValues = Readonly<Record<string, unknown>>;

export interface MappedLine {
	readonly values: MappedValues;
	/** What identifies the line across runs: its Knack record id. */
	readonly key?: string;
}

export interface MappingOptions {
	/** IANA zone in which an instant ("…Z") is taken to its day. */
	readonly timeZone: string;
	/** What a blank in Knack does to a value in Xero; it leaves it alone unless told. */
	readonly blankPolicy: 'leave' | 'clear';
	/** Values for what is blank, by field path. */
	readonly defaults?: MappedValues;
	/** As `defaults`, for each line. */
	readonly lineDefaults?: MappedValues;
	/** Names of accounts, tax rates and so on are found here. */
	readonly settings?: OrganisationSettings;
}

/** What a mapping step has of one record besides its values. */
export interface MappedRecord {
	readonly values: MappedValues;
	/** Absent when the document's lines are left as they are. */
	readonly lines?: readonly MappedLine[];
	/** By field path, the columns that values of lines were read from. */
	readonly lineColumns?: Readonly<Record<string, string>>;
	readonly source: DraftSource;
	readonly itemIndexes: readonly number[];
	/** What an earlier step found amiss. */
	readonly issues?: readonly Issue[];
}

/** Kinds that Xero lets be emptied; a status or an account cannot be nothing. */
const CLEARABLE: ReadonlySet<FieldKind> = new Set<FieldKind>([
	'text',
	'multilineText',
	'email',
	'url',
	'tracking',
]);

/**
 * Turns a record's mapped values into a draft: each value read by its field's kind, blanks left out
 * (or cleared), and an issue for each value that cannot be read, which is then left out as well.
 */
export function draftFromValues(
	definition: DocumentDefinition,
	record: MappedRecord,
	options: MappingOptions,
): Draft {
	const { settings, timeZone, blankPolicy } = options;
	const context: ReadingContext = { settings, timeZone };
	const kept = new Set([...definition.keys.map((key) => key.path), definition.numberPath]);
	const isCleared = (field: MappableField) =>
		blankPolicy === 'clear' &&
		(CLEARABLE.has(field.kind) || field.zeroIsNone === true) &&
		!field.requiredToCreate &&
		!kept.has(field.path);
	const reader = new ValueReader(context, isCleared);

	const header = reader.read(
		headerFieldsOf(definition),
		withDefaults(record.values, options.defaults),
		(field) => ({ field: field.path, label: field.label }),
	);
	const fieldsOfLines = lineFieldsOf(settings?.trackingCategories ?? NO_CATEGORIES)(definition);
	// Numbers of which a blank is a value: no discount.
	const discounts = fieldsOfLines.filter(({ zeroIsNone }) => zeroIsNone).map(({ path }) => path);
	const lineDefaults = options.lineDefaults && withTrackingPaths(options.lineDefaults, settings);
	const columns = withTrackingPaths(record.lineColumns ?? {}, settings);
	const lines = record.lines?.map((line, index): DraftLine => {
		const named = withTrackingPaths(line.values, settings);
		const values = withDefaults(named, lineDefaults);
		const read = reader.read(withUnknownTracking(fieldsOfLines, values), values, (field) => ({
			field: linePath(index, field.path),
			label: lineLabel(field, index, columns[field.path]),
		}));
		const key = line.key === undefined ? {} : { key: line.key };
		const left = discounts.filter(
			(path) => values[path] !== undefined && isBlank(values[path]) && read[path] === undefined,
		);
		const blank = left.length === 0 ? {} : { leftBlank: left };
		const { id, fields } = apart(read);
		return { fields, ...(typeof id === 'string' ? { id } : {}), ...key, ...blank };
	});

	const { id, fields } = apart(header);
	// A contact may take such a value over from Xero.
	const leftBlank = definition.isContact ? blankPaths(definition, record.values, header) : [];
	return {
		type: definition.type,
		itemIndexes: record.itemIndexes,
		...(typeof id === 'string' ? { id } : {}),
		fields,
		...(leftBlank.length > 0 ? { leftBlank } : {}),
		...(definition.lineFields && lines ? { lines } : {}),
		source: record.source,
		issues: [...(record.issues ?? []), ...reader.issues],
	};
}

/** The id that stands among the values, and the others. */
function apart(read: FieldValues): { readonly id?: FieldValue; readonly fields: FieldValues } {
	if (read[ID_PATH] === undefined) return { fields: read };
	const { [ID_PATH]: id, ...fields } = read;
	return { id, fields };
}

/** `Unit Price (column "Price", line 1)`; a column of the field's own name is not named again. */
function lineLabel({ label }: MappableField, index: number, column: unknown): string {
	const line = `line ${index + 1}`;
	return typeof column !== 'string' || nameKey(column) === nameKey(label)
		? `${label} (${line})`
		: `${label} (column ${quoted(column)}, ${line})`;
}

/** Paths that are mapped and of which the record has no value. */
function blankPaths(
	definition: DocumentDefinition,
	values: MappedValues,
	read: FieldValues,
): readonly string[] {
	return headerFieldsOf(definition)
		.map(({ path }) => path)
		.filter((path) => values[path] !== undefined && isBlank(values[path]) && !(path in read));
}

const NO_CATEGORIES: OrganisationSettings['trackingCategories'] = [];

/** Made once for all records of a document, and of an organisation. */
const headerFieldsOf = perObject(headerFields);
const lineFieldsOf = perObject((categories: OrganisationSettings['trackingCategories']) =>
	perObject((definition: DocumentDefinition) => lineFields(definition, categories)),
);

/** Where each path stands among the fields. */
const placesOf = perObject(
	(fields: readonly MappableField[]): ReadonlyMap<string, number> =>
		new Map(fields.map(({ path }, place) => [path, place])),
);

/** Of more fields, as a header's hundred, those that are mapped are found by their paths. */
const FEW = 30;

/** The fields that values are mapped to, in their order. A column that the item lacks is not mapped. */
function mappedAmong(fields: readonly MappableField[], values: MappedValues): MappableField[] {
	if (fields.length <= FEW) return fields.filter(({ path }) => values[path] !== undefined);
	const known = placesOf(fields);
	const places = Object.keys(values)
		.filter((path) => values[path] !== undefined)
		.map((path) => known.get(path) ?? -1);
	return places.sort((a, b) => a - b).flatMap((place) => fields[place] ?? []);
}

interface Place {
	readonly field: string;
	readonly label: string;
}

class ValueReader {
	readonly issues: Issue[] = [];

	constructor(
		private readonly context: ReadingContext,
		private readonly isCleared: (field: MappableField) => boolean,
	) {}

	read(
		fields: readonly MappableField[],
		values: MappedValues,
		placeOf: (field: MappableField) => Place,
	): FieldValues {
		const read: Record<string, FieldValue> = {};
		for (const field of mappedAmong(fields, values)) {
			const reading = readFieldValue(field, values[field.path], this.context);
			if (reading.kind === 'value') read[field.path] = reading.value;
			if (reading.kind === 'blank' && this.isCleared(field)) read[field.path] = '';
			if (reading.kind === 'unreadable') {
				const place = placeOf(field);
				this.issues.push({
					code: reading.code,
					severity: 'block',
					field: place.field,
					message: `${place.label} ${reading.message}`,
					fix: reading.fix,
				});
			}
		}
		return read;
	}
}

function withDefaults(values: MappedValues, defaults: MappedValues | undefined): MappedValues {
	if (!defaults) return values;
	const filled = merged(values);
	for (const [path, value] of Object.entries(defaults)) {
		if (isBlank(filled[path])) filled[path] = value;
	}
	return filled;
}

const TRACKING = 'tracking.';

function isTracking(path: string): boolean {
	return path.startsWith(TRACKING);
}

/** Forms name a tracking category by its id, so that renaming it in Xero breaks no workflow. */
function withTrackingPaths(
	values: MappedValues,
	settings: OrganisationSettings | undefined,
): MappedValues {
	const paths = Object.keys(values);
	if (!settings || !paths.some(isTracking)) return values;
	const pathOf = pathsByName(settings);
	const named: Record<string, unknown> = {};
	for (const path of paths) {
		named[isTracking(path) ? pathOf(path) : path] = values[path];
	}
	return named;
}

/** Looked up once for all lines of a run. */
const pathsByName = perObject((settings: OrganisationSettings) =>
	remember((path) => {
		const category = booksOf(settings).trackingCategory(path.slice(TRACKING.length));
		return category ? trackingPath(category) : path;
	}),
);

/** Tracking that is mapped and that the organisation does not have (any more): never dropped. */
function withUnknownTracking(
	known: readonly MappableField[],
	values: MappedValues,
): readonly MappableField[] {
	const unknown = Object.keys(values).filter(
		(path) => isTracking(path) && !placesOf(known).has(path),
	);
	if (unknown.length === 0) return known;
	return [
		...known,
		...unknown.map(
			(path): MappableField => ({
				path,
				label: path.slice(TRACKING.length),
				kind: 'tracking',
				usual: false,
			}),
		),
	];
}
