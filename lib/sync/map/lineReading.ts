import type { Issue, Severity } from '../../issue';
import { likeness } from '../../likeness';
import type { DocumentDefinition } from '../../xero/documents/definition';
import type { TrackingCategory } from '../../xero/settings';
import {
	chosenColumn,
	columnChoice,
	fieldForAllLines,
	isListedAsColumn,
	LISTED_KINDS,
	lineFormFields,
	NOTHING_SAVED,
	type SavedLineForm,
} from './columnChoice';
import type { MappedValues } from './draftFromValues';
import { nameKey, namesOf, nameWords } from './fieldNames';
import { FIELD_GONE, namesIn } from './goneNames';
import type { LineColumns, LineSource, LineSources } from './lineColumns';
import type { MappableField } from './mappableFields';
import { misspelt, successorOf } from './nameSuccessor';
import { isBlank, readFieldValue } from './readFieldValue';

/** What a mapping of lines says of one record's lines. */
export interface ReadLines {
	readonly sources: LineSources;
	/** Columns that are named and that the lines do not have. */
	readonly issues: readonly Issue[];
}

/** Where an issue stands that is about a field of all lines. */
export function columnPath(path: string): string {
	return `lineItems.${path}`;
}

/** By field path, the columns that fields of lines are read from. */
export function columnNames(sources: LineSources): Readonly<Record<string, string>> {
	return Object.fromEntries(
		Object.entries(sources).flatMap(([path, source]) =>
			source.kind === 'column' ? [[path, source.name] as const] : [],
		),
	);
}

export interface LineReadingOptions {
	/** The form as it was saved; without it every text is a bare one. */
	readonly form?: SavedLineForm;
	/** What is done where a column is gone. */
	readonly severity?: Severity | 'off';
	readonly categories?: readonly TrackingCategory[];
}

interface ReadField {
	readonly source: LineSource;
	readonly issue?: Issue;
}

/** A text of the form that may be a column's name or a value, and what it was taken for. */
interface Guess {
	readonly label: string;
	readonly text: string;
	readonly isColumn: boolean;
}

/** How much two names must have in common for one to be held as the other's misreading. */
const NEAR = 0.65;

/**
 * Tells for each field of the form for lines which column it comes from, or which value all lines
 * share. The form saves the two apart. Forms saved by 0.1.0, and expressions, give a bare text: it is
 * a column where the lines have one of that name, else a value; what looks like the misspelt or former
 * name of a column is held.
 */
export class LineReading {
	private readonly form: SavedLineForm;

	private readonly severity: Severity | 'off';

	private readonly fields: ReadonlyMap<string, MappableField>;

	/** What the same text of the form comes to for every record. */
	private readonly known = new Map<string, ReadField>();

	private readonly guesses = new Map<string, Guess>();

	constructor(
		definition: DocumentDefinition,
		private readonly columns: LineColumns,
		{ form, severity, categories = [] }: LineReadingOptions = {},
	) {
		this.form = form ?? NOTHING_SAVED;
		this.severity = severity ?? FIELD_GONE.severity;
		const byPath = lineFormFields(definition, []).map(({ field }) => [field.path, field] as const);
		const byId = lineFormFields(definition, categories).map(
			({ id, field }) => [id, field] as const,
		);
		this.fields = new Map([...byPath, ...byId]);
	}

	read(mapping: MappedValues): ReadLines {
		const sources: Record<string, LineSource> = {};
		const issues: Issue[] = [];
		for (const [id, told] of Object.entries(mapping)) {
			const path = fieldForAllLines(id);
			if (path !== undefined) {
				if (!isBlank(told)) sources[path] = { kind: 'value', value: told };
				continue;
			}
			const { source, issue } = this.readField(id, told, mapping);
			sources[id] ??= source;
			if (issue) issues.push(issue);
		}
		return { sources, issues };
	}

	/** For mapping without a form: what is named are columns. */
	ofColumns(columns: Readonly<Record<string, string>>): ReadLines {
		const named = Object.entries(columns).map(([path, name]) => [path, column(name)] as const);
		return { sources: Object.fromEntries(named), issues: [] };
	}

	/** What the bare texts of the form were taken for, for the person who saved them; undefined if none. */
	get taken(): string | undefined {
		const all = [...this.guesses.values()];
		if (all.length === 0 || !this.columns.areKnown) return undefined;
		const { table } = this.columns;
		const columns = all.filter(({ isColumn }) => isColumn).map(quotedGuess);
		const values = all.filter(({ isColumn }) => !isColumn).map(quotedGuess);
		return [
			'Line Fields were saved before columns and values were kept apart.',
			...(columns.length === 0 ? [] : [`Taken as columns of ${table}: ${columns.join(', ')}.`]),
			...(values.length === 0
				? []
				: [
						`Not columns of ${table}, so that they go onto every line as they stand: ${values.join(', ')}.`,
					]),
			'Open the node once with data and save the workflow to settle it.',
		].join(' ');
	}

	private readField(id: string, told: unknown, mapping: MappedValues): ReadField {
		if (typeof told !== 'string' || isBlank(told))
			return { source: { kind: 'value', value: told } };
		// What an expression gives differs from record to record, and is not kept.
		if (this.form.stored[id] !== told) return this.readText(id, told, mapping);
		const known = this.known.get(id) ?? this.readText(id, told, mapping);
		this.known.set(id, known);
		return known;
	}

	private readText(id: string, told: string, mapping: MappedValues): ReadField {
		const stored = this.form.stored[id];
		const isTyped = stored === told;
		const value: ReadField = { source: { kind: 'value', value: told } };
		// What stands in the record, or is written as a text, names no column, whatever it reads.
		if (stored !== undefined && (isConstant(stored) || namesIn(stored))) return value;
		const chosen = chosenColumn(told);
		const listed = isListedAsColumn(isTyped ? this.form.listed[id]?.get(told) : undefined);
		const field = this.fields.get(id);
		if (chosen !== undefined || listed) {
			const name = chosen ?? told;
			return this.renamed(field, name) ?? this.readColumn(field, name, mapping);
		}
		if (listed === false) return value;
		const isNamed =
			this.columns.has(told) || (field && namesOf(field).includes(nameKey(told))) === true;
		const label = field?.label ?? id;
		const wasColumn = isTyped && this.form.columns.has(told);
		if (isTyped) this.guesses.set(id, { label, text: told, isColumn: isNamed || wasColumn });
		if (isNamed || wasColumn) return this.readColumn(field, told, mapping);
		const issue = isTyped && field ? this.misread(field, told, mapping) : undefined;
		if (!issue) return value;
		this.guesses.delete(id);
		return issue.severity === 'warn' ? { ...value, issue } : { source: column(told), issue };
	}

	private readColumn(
		field: MappableField | undefined,
		name: string,
		mapping: MappedValues,
	): ReadField {
		const source = column(this.columns.writtenAs(name) ?? name);
		if (!field || this.severity === 'off' || !this.columns.areKnown || this.columns.has(name)) {
			return { source };
		}
		const free = this.free(mapping);
		// Lines of other origin leave out what is blank; an almost equal name is no blank.
		if (!this.columns.isGone(name) && misspelt(name, free) === undefined) return { source };
		return this.gone(field, name, successorOf(name, field, free));
	}

	/** A chosen column of which the lines have the words alone: "Price ($)" may not be "Price". */
	private renamed(field: MappableField | undefined, name: string): ReadField | undefined {
		const written = this.columns.writtenAs(name);
		if (!field || this.severity === 'off' || written === undefined) return undefined;
		return nameWords(written) === nameWords(name) ? undefined : this.gone(field, name, written);
	}

	private gone(field: MappableField, name: string, successor: string | undefined): ReadField {
		const { table } = this.columns;
		return {
			source: column(name),
			issue: this.issue(
				field,
				`${field.label} is mapped to the column "${name}", which ${ofTable(table)} not have any more.`,
				successor
					? `Was it renamed? "${successor}" looks like it: choose ${columnChoice(successor)} for ${field.label}, or another column.`
					: `Choose another column for ${field.label}, or take it out of the form. ${this.there()}`,
			),
		};
	}

	/** The issue of a text that was meant for a column, as far as can be told. */
	private misread(field: MappableField, told: string, mapping: MappedValues): Issue | undefined {
		if (this.severity === 'off' || !this.columns.areKnown || LISTED_KINDS.has(field.kind))
			return undefined;
		const free = this.free(mapping);
		const isUnreadable =
			readFieldValue(field, told, { timeZone: 'UTC' }).kind === 'unreadable' &&
			/^\p{Letter}/u.test(told.trim());
		const near = misspelt(told, free) ?? free.find((each) => likeness(each, told) >= NEAR);
		if (near === undefined && !isUnreadable) return undefined;
		const successor = near ?? successorOf(told, field, free);
		const { label } = field;
		return this.issue(
			field,
			`${label}: there is no column "${told}" in ${this.columns.table}. ${this.there()}`,
			[
				successor
					? `"${successor}" looks like it: choose ${columnChoice(successor)} for ${label}.`
					: `Choose the column for ${label}.`,
				...(isUnreadable
					? []
					: [
							`If "${told}" is meant for every line, switch ${label} to Expression and write it there.`,
						]),
			].join(' '),
		);
	}

	private issue({ path }: MappableField, message: string, fix: string): Issue {
		const severity = this.severity === 'off' ? FIELD_GONE.severity : this.severity;
		return { code: FIELD_GONE.code, severity, field: columnPath(path), message, fix };
	}

	private there(): string {
		const { names } = this.columns;
		const most = names.slice(0, MOST_NAMES).join(', ');
		return `There are: ${most}${names.length > MOST_NAMES ? ' …' : '.'}`;
	}

	/** Columns that no other field of the form takes. */
	private free(mapping: MappedValues): string[] {
		const used = new Set(
			Object.values(mapping).flatMap((told) =>
				typeof told === 'string' ? nameKey(chosenColumn(told) ?? told) : [],
			),
		);
		return this.columns.names.filter((name) => !used.has(nameKey(name)));
	}
}

const MOST_NAMES = 12;

/** An expression in which nothing is worked out: a text, written where the form has a list. */
function isConstant(stored: string): boolean {
	return stored.startsWith('=') && !stored.includes('{{');
}

function column(name: string): LineSource {
	return { kind: 'column', name };
}

function ofTable(table: string): string {
	return table === 'the lines' ? 'the lines do' : `the table ${table} does`;
}

function quotedGuess({ label, text }: Guess): string {
	return nameKey(label) === nameKey(text) ? label : `${label} "${text}"`;
}
