import type { IDataObject } from 'n8n-workflow';
import { InsightInputError } from '../../insights/inputError';
import type { Insight } from '../../insights/insight';
import { resolveSettings } from '../../insights/knackTable/tableSettings';
import { writeInsight, type RowWritten } from '../../insights/knackTable/writeInsight';
import { outcomeOf, writtenSentence, writtenSums } from '../../insights/knackTable/writtenWords';
import type { KnackClient } from '../../knack/client';
import { tableOrFault } from '../../knack/fieldSuccessors';
import type { ChosenTable } from './knackTableParameters';

/** What an item says of the writing, and what the panel says of it. */
export interface KnackTableDone {
	readonly sentence: string;
	readonly hasFailed: boolean;
	/** In numbers, for an item that stands for all rows. */
	readonly whole: IDataObject;
	/** Of each row, in order. */
	readonly rows: readonly IDataObject[];
}

/** Writes an insight into the chosen table. Throws InsightInputError and ServiceFaultError. */
export async function writeKnackTable(
	client: KnackClient,
	insight: Insight,
	chosen: ChosenTable,
): Promise<KnackTableDone> {
	if (chosen.table === '') {
		throw new InsightInputError('No Knack table is chosen.', 'Choose one under Knack Table.');
	}
	const table = tableOrFault(await client.app(), chosen.table);
	const settings = resolveSettings(insight, table, chosen);
	const written = await writeInsight(client, table, insight, settings);
	const sums = writtenSums(written);
	const issues = [...written.rows, ...written.gone].flatMap(issuesOf);
	return {
		sentence: [
			writtenSentence(table, written, settings.withoutField),
			...new Set(issues.slice(0, 3).map(({ message, fix }) => `${message} ${fix}`)),
		].join(' '),
		hasFailed: sums.failed > 0,
		whole: {
			table: table.name,
			...sums,
			calls: { ...written.calls },
			columnsWithoutField: settings.withoutField.map(({ label }) => label),
			issues: issues.map((issue) => ({ ...issue })),
		},
		rows: written.rows.map((row) => ({
			key: row.key,
			outcome: outcomeOf(row.result),
			...(row.result.kind === 'written' ? { recordId: row.result.record.id } : {}),
			issues: issuesOf(row).map((issue) => ({ ...issue })),
		})),
	};
}

function issuesOf({ result }: RowWritten) {
	switch (result.kind) {
		case 'written':
			return result.warnings;
		case 'failed':
			return result.issues;
		case 'notTried':
			return [];
	}
}
