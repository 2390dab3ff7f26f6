import { encodeRecord } from '../../knack/recordWriting';
import { countOf } from '../../texts';
import { isRecord } from '../map/sampleShape';
import type { LogContent, LogEntry, RecordContent } from './logEntry';
import type { LogColumn, LogTable } from './logTable';
import type { KeptPersonal, PersonalGroup } from './personalValues';

type Facts = Omit<LogEntry, 'columns'>;

/** Stands where a person's values were taken away. */
const ERASED = '(erased)';

/** What the columns of a row show, as Knack takes it: all of it follows from what the row says. */
export function columnFields(
	{ app, table, columns }: LogTable,
	entry: Facts,
	personal: KeptPersonal,
): { readonly fields: Readonly<Record<string, unknown>>; readonly filled: readonly LogColumn[] } {
	const values = columnValues(entry, personal);
	const filled: LogColumn[] = [];
	const fields: Record<string, unknown> = {};
	for (const [column, field] of Object.entries(columns) as Array<
		[LogColumn, NonNullable<LogTable['columns'][LogColumn]>]
	>) {
		const value = values[column];
		if (value === undefined || value === '') continue;
		const written = encodeRecord(app, table, { [field.key]: value });
		if (written.issues.length > 0) continue;
		Object.assign(fields, written.fields);
		filled.push(column);
	}
	return { fields, filled };
}

function columnValues(
	entry: Facts,
	personal: KeptPersonal,
): Partial<Record<LogColumn, string | number | object>> {
	const { content, place } = entry;
	const common = {
		when: entry.at,
		workflow: place.workflow,
		execution: place.execution,
		run: entry.run,
		number: entry.number,
		kind: KINDS[content.kind],
		who: whoInWords(entry, personal),
		why: textOf(entry, personal, 'reason', 'reason'),
	};
	if (content.kind !== 'record') return { ...common, summary: summaryOf(content) };
	const ofRecord = (name: string) => textOf(entry, personal, 'record', name);
	const { id = ofRecord('documentId'), url = ofRecord('url') } = content.document;
	const { number = ofRecord('number') ?? 'Open in Xero' } = content.document;
	return {
		...common,
		outcome: content.outcome,
		summary: ofRecord('summary'),
		changes: changesInWords(content, ofRecord),
		findings: findingsInWords(content, ofRecord),
		document: documentInWords(content),
		record: content.record ?? ofRecord('record'),
		recordId: content.source.knackRecordId,
		xeroId: id,
		// An address that was erased is none.
		link: url === undefined || url === ERASED ? undefined : { url, label: number },
		requestKey: content.requestKey,
		calls: content.calls,
	};
}

/** What the column Kind says of a portion, by which portions are asked for. */
export const PORTION_KIND = 'Portion';

export const KINDS: Readonly<Record<LogContent['kind'], string>> = {
	record: 'Record',
	opening: 'Opening',
	closing: 'Closing',
	erasure: 'Erasure',
	removal: 'Removal',
	portion: PORTION_KIND,
};

/** A personal value; a word in its place where it was erased, undefined where there never was one. */
function textOf(
	{ personal: digests }: Facts,
	personal: KeptPersonal,
	group: PersonalGroup,
	name: string,
): string | undefined {
	if (digests[group]?.[name] === undefined) return undefined;
	return personal[group]?.values[name] ?? ERASED;
}

const WHO = { knackUser: 'Knack user', approver: 'approved by', n8nUser: 'n8n user' } as const;

function whoInWords(entry: Facts, personal: KeptPersonal): string {
	return (Object.keys(WHO) as Array<keyof typeof WHO>)
		.flatMap((group) => {
			const name = textOf(entry, personal, group, 'name');
			return name === undefined ? [] : [`${WHO[group]}: ${name}`];
		})
		.join('; ');
}

/** What a row that is not of a record says, for a person. */
function summaryOf(content: Exclude<LogContent, { kind: 'record' }>): string {
	switch (content.kind) {
		case 'opening':
			return `Run begins: ${content.about}`;
		case 'closing': {
			const { rows, unwrittenCount } = content;
			const lost =
				unwrittenCount === 0
					? ''
					: `, and ${unwrittenCount} that could not be written: ${content.unwritten
							.map(
								({ number, xeroId, knackRecordId }) =>
									`${number} (${xeroId ?? knackRecordId ?? 'no id'})`,
							)
							.join(', ')}`;
			return `Run ends after ${countOf(rows, 'row')}${lost}`;
		}
		case 'erasure':
			return `Personal values erased from ${countOf(content.rows.length, 'row')}`;
		case 'portion':
			return `Guards: ${content.amount} of ${content.counted} taken for ${content.day}`;
		case 'removal': {
			const rows = content.runs.reduce((sum, run) => sum + run.rows, 0);
			return `Rows before ${content.olderThan} removed: ${countOf(rows, 'row')} of ${countOf(content.runs.length, 'run')}`;
		}
	}
}

type OfRecord = (name: string) => string | undefined;

function changesInWords({ changes }: RecordContent, ofRecord: OfRecord): string {
	return changes
		.map(({ field, ...plain }, index) => {
			const value = (side: 'before' | 'after') =>
				ofRecord(`changes.${index}.${side}`) ??
				(plain[side] === undefined ? '' : String(plain[side]));
			return `${field}: ${value('before') || '(nothing)'} → ${value('after') || '(nothing)'}`;
		})
		.join('\n');
}

function findingsInWords({ findings }: RecordContent, ofRecord: OfRecord): string {
	return findings
		.map(
			({ code, severity }, index) => `${severity} ${code}: ${ofRecord(`findings.${index}`) ?? ''}`,
		)
		.join('\n');
}

function documentInWords({ document }: RecordContent): string {
	const { type, number, status, total, currency } = document;
	const money = total === undefined ? undefined : `${total} ${currency ?? ''}`.trim();
	return [type, number, status, money].filter((part) => part !== undefined).join(' · ');
}

/** A value of a row for an item, read again from what the row says. */
export function shownRow(entry: LogEntry, personal: KeptPersonal): Record<string, unknown> {
	const { link, number, ...values } = columnValues(entry, personal);
	return { ...values, url: isRecord(link) ? link.url : undefined, number };
}
