import type { Preparation } from '../prepare';
import type { Row } from '../row';

const IS_THERE: ReadonlySet<string> = new Set(['created', 'updated', 'unchanged']);
const WILL_BE_THERE: ReadonlySet<string> = new Set(['wouldCreate', 'wouldUpdate', 'unchanged']);

/** A preview, with what would be done after the document. @returns the write calls that it takes */
export function foresee({ follow, rows }: Preparation): number {
	let calls = 0;
	for (const row of rows) {
		const { settled } = row;
		if (!follow || !settled || !WILL_BE_THERE.has(settled.outcome)) continue;
		const step = follow(settled.plan, settled.document);
		if (!step) continue;
		if ('issues' in step) {
			row.settled = { ...settled, issues: [...settled.issues, ...step.issues] };
			continue;
		}
		if (!step.change) continue;
		if (!row.repeats) calls += step.inWords.length;
		const operations = [...(settled.operations ?? []), ...step.inWords];
		row.settled =
			settled.outcome === 'wouldCreate'
				? // The values of a new document are all among its changes already.
					{ ...settled, operations }
				: {
						...settled,
						outcome: 'wouldUpdate',
						changes: [...(settled.changes ?? []), step.change],
						operations,
					};
	}
	return calls;
}

/** Does what records ask for beside their documents, one after the other. */
export async function followUp(
	{ follow, rows }: Preparation,
	beforeWriting?: () => Promise<void>,
): Promise<void> {
	for (const row of rows) if (!row.repeats) await followOne(follow, row, beforeWriting);
}

async function followOne(
	follow: Preparation['follow'],
	row: Row,
	beforeWriting: (() => Promise<void>) | undefined,
): Promise<void> {
	const { settled } = row;
	if (!follow || !settled?.document || !IS_THERE.has(settled.outcome)) return;
	const step = follow(settled.plan, settled.document);
	if (!step) return;
	if ('issues' in step) {
		row.settled = { ...settled, issues: [...settled.issues, ...step.issues] };
		return;
	}
	if (step.change) await beforeWriting?.();
	const result = await step.carryOut(settled.document);
	if (result.kind === 'noted') {
		row.settled = { ...settled, issues: [...settled.issues, ...result.issues] };
		return;
	}
	if (result.kind === 'failed') {
		row.settled = {
			...settled,
			outcome: result.outcome,
			issues: [...settled.issues, ...result.issues],
		};
		return;
	}
	if (!step.change) return;
	const isNew = settled.outcome === 'created';
	row.settled = {
		...settled,
		document: result.document,
		outcome: isNew ? 'created' : 'updated',
		changes: isNew ? settled.changes : [...(settled.changes ?? []), step.change],
		operations: [...(settled.operations ?? []), ...step.inWords],
	};
}
