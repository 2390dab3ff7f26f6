import { columnNamed } from '../columnNamed';
import { InsightInputError } from '../inputError';
import type { Insight } from '../insight';
import { isFigure } from './figures';

/** Keys of the columns of these headings, which have figures to draw. Throws InsightInputError. */
export function drawnColumns({ columns }: Insight, names: readonly string[]): string[] {
	return names.map((name) => {
		const column = columnNamed(columns, name);
		if (isFigure(column)) return column.key;
		const figures = columns.filter(isFigure).map(({ label }) => label);
		throw new InsightInputError(
			`The column ${column.label} has no figures to draw.`,
			`Columns with figures are: ${figures.join(', ')}.`,
		);
	});
}
