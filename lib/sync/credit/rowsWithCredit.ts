import type { DocumentDefinition } from '../../xero/documents/definition';
import type { RuleSeverities } from '../check/check';
import type { Row } from '../row';
import type { UpsertContext } from '../upsertContext';
import { foreseenWith } from './settledWith';
import { useCredit, type CreditTaker } from './useCredit';

const WILL_BE_THERE: ReadonlySet<string> = new Set(['wouldCreate', 'wouldUpdate', 'unchanged']);

/** A preview's rows, with the credit that would be used. */
export function foreseeCredit(rows: readonly Row[]): void {
	for (const row of rows) {
		const { credit, settled } = row;
		if (!credit || !settled || !WILL_BE_THERE.has(settled.outcome)) continue;
		row.settled = foreseenWith(settled, credit);
	}
}

/** Pays the rows' documents from the credit that was planned, once they are there and approved. */
export async function useCreditOfRows(
	context: UpsertContext,
	definition: DocumentDefinition,
	rows: readonly Row[],
	severities: RuleSeverities,
): Promise<void> {
	const takers = new Map(
		rows.flatMap((row): Array<[Row, CreditTaker]> => {
			const { credit, settled } = row;
			return credit && settled ? [[row, { settled, credit }]] : [];
		}),
	);
	for (const [row, settled] of await useCredit(context, definition, takers, severities)) {
		row.settled = settled;
	}
}
