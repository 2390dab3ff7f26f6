import { faultOr } from '../../serviceFault';
import { planAgain } from '../prepare';
import { contactIdOf, type Row } from '../row';
import { planDraft, type Plan } from '../plan/plan';
import type { XeroDocument } from '../../xero/documents/definition';
import { isTaken } from '../words/xeroWords';
import type { Writing } from './writing';

type PlannedRow = Row & { plan: Plan };
type UpdateRow = Row & { plan: Extract<Plan, { action: 'update' }> };

/**
 * Rows of which somebody was faster: Xero refused their number or name as taken, or another worker
 * has posted them, perhaps from an older state of the record. What is there decides: all of them are
 * found in one look and planned anew. Takes rows of creates. Sets each one's `sent`, and returns rows
 * that are to be updated in the place of theirs.
 */
export async function settleLostRaces(
	writing: Writing,
	rows: readonly PlannedRow[],
): Promise<ReadonlyMap<Row, UpdateRow>> {
	const { context, definition, options } = writing;
	const again = new Map(
		rows
			.filter((row) => hasLostRace(writing, row))
			.map((row): [Row, Row] => {
				const { draft, contact, replaces } = row;
				return [row, { draft, contact, replaces }];
			}),
	);
	const due = new Map<Row, UpdateRow>();
	if (again.size === 0) return due;
	const planned = await faultOr(planAgain(context, definition, [...again.values()], options));
	for (const [row, now] of again) {
		if (!planned.ok) row.sent = { kind: 'unknown', reason: planned.failure.message };
		const { plan } = now;
		if (!plan) continue;
		// Issues of the race, such as a twin that was taken back, are not forgotten over it.
		const told = row.sent?.kind === 'done' ? row.sent.plan.issues : [];
		const issues = [...plan.issues, ...told.filter((issue) => !plan.issues.includes(issue))];
		const said = { ...plan, issues };
		const isLeft = 'wanted' in row && options.contactPolicy !== 'matchCreateOrUpdate';
		if (said.action === 'keep' || (said.action === 'update' && isLeft)) {
			const { document } = said;
			row.sent = {
				kind: 'done',
				did: 'unchanged',
				document,
				warnings: [],
				plan: said,
				by: 'readBack',
			};
		} else if (said.action === 'update') due.set(row, { ...now, plan: said });
		else row.sent = { kind: 'stop', plan: said };
	}
	return due;
}

function hasLostRace(writing: Writing, row: PlannedRow): boolean {
	const { sent } = row;
	switch (sent?.kind) {
		case 'rejected':
			return isTaken(sent.messages);
		case 'done':
			return sent.isReadBack === true && !isApplied(writing, row, sent.document);
		default:
			return false;
	}
}

/** Whether nothing of the row is left to do on what Xero has now. */
export function isApplied(
	{ context, definition, options }: Writing,
	row: PlannedRow,
	document: XeroDocument,
): boolean {
	const plan = planDraft({
		definition,
		draft: row.plan.draft,
		match: { kind: 'matched', document, by: 'id', issues: [] },
		contactId: contactIdOf(row),
		settings: context.settings,
		options,
	});
	return plan.action === 'keep';
}
