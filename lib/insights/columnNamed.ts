import { foldText } from '../foldText';
import { InsightInputError } from './inputError';
import type { InsightColumn } from './insight';

/** The column with a heading or key as a person wrote it. Throws InsightInputError. */
export function columnNamed(columns: readonly InsightColumn[], name: string): InsightColumn {
	const found =
		columns.find(({ key }) => key === name) ??
		columns.find(({ label }) => foldText(label) === foldText(name));
	if (found) return found;
	throw new InsightInputError(
		`The insight has no column "${name}".`,
		`Its columns are: ${columns.map(({ label }) => label).join(', ')}.`,
	);
}
