import type { KnackTable } from '../../knack/app';
import { countOf } from '../../texts';
import type { InsightColumn } from '../insight';
import type { RowWritten, TableWritten } from './writeInsight';

/** A run into a Knack table in numbers. */
export interface WrittenSums {
	readonly created: number;
	readonly updated: number;
	readonly unchanged: number;
	readonly failed: number;
	/** Records whose row is gone and whose figures were emptied. */
	readonly cleared: number;
}

export function writtenSums({ rows, gone }: TableWritten): WrittenSums {
	const count = (entries: readonly RowWritten[], outcome: string) =>
		entries.filter(({ result }) => outcomeOf(result) === outcome).length;
	return {
		created: count(rows, 'created'),
		updated: count(rows, 'updated'),
		unchanged: count(rows, 'unchanged'),
		failed: count([...rows, ...gone], 'failed'),
		cleared: count(gone, 'updated'),
	};
}

/** What became of the record of a row. */
export function outcomeOf(
	result: RowWritten['result'],
): 'created' | 'updated' | 'unchanged' | 'failed' {
	return result.kind === 'written' ? result.outcome : 'failed';
}

/** The same in one sentence, with what is written nowhere. */
export function writtenSentence(
	table: KnackTable,
	written: TableWritten,
	withoutField: readonly InsightColumn[],
): string {
	const { created, updated, unchanged, failed, cleared } = writtenSums(written);
	const { reads, writes } = written.calls;
	const numbers = [
		`${created} created`,
		`${updated} updated`,
		`${unchanged} unchanged`,
		...(cleared > 0 ? [`${cleared} cleared`] : []),
		...(failed > 0 ? [`${failed} not written`] : []),
	];
	const nowhere =
		withoutField.length === 0
			? ''
			: ` ${table.name} has no field for ${withoutField.map(({ label }) => label).join(', ')}.`;
	return `Knack table ${table.name}: ${numbers.join(', ')}, ${countOf(reads + writes, 'Knack call')}.${nowhere}`;
}
