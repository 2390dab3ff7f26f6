import type { Settled } from '../outcomes';
import type { Preparation } from '../prepare';

const IS_THERE: ReadonlySet<string> = new Set(['created', 'updated', 'unchanged']);
const WILL_BE_THERE: ReadonlySet<string> = new Set(['wouldCreate', 'wouldUpdate', 'unchanged']);

/** A preview, with what would be done after the document. */
export function foresee({ follow }: Preparation, settled: Settled): Settled {
	if (!follow || !WILL_BE_THERE.has(settled.outcome)) return settled;
	const step = follow(settled.plan.draft, settled.document);
	if (!step) return settled;
	if ('issues' in step) return { ...settled, issues: [...settled.issues, ...step.issues] };
	// The values of a new document are all among its changes already.
	if (settled.outcome === 'wouldCreate') return settled;
	return {
		...settled,
		outcome: 'wouldUpdate',
		changes: [...(settled.changes ?? []), step.change],
	};
}

/** Does what records ask for beside their documents, one after the other. */
export async function followUp(
	{ follow, repeats }: Preparation,
	all: readonly Settled[],
): Promise<Settled[]> {
	const followed: Settled[] = [];
	for (const [index, settled] of all.entries()) {
		followed.push(repeats.has(index) ? settled : await followOne(follow, settled));
	}
	return followed;
}

async function followOne(follow: Preparation['follow'], settled: Settled): Promise<Settled> {
	const { document } = settled;
	if (!follow || !document || !IS_THERE.has(settled.outcome)) return settled;
	const step = follow(settled.plan.draft, document);
	if (!step) return settled;
	if ('issues' in step) return { ...settled, issues: [...settled.issues, ...step.issues] };
	const result = await step.carryOut(document);
	if (result.kind === 'noted') {
		return { ...settled, issues: [...settled.issues, ...result.issues] };
	}
	if (result.kind === 'failed') {
		return {
			...settled,
			outcome: result.outcome,
			issues: [...settled.issues, ...result.issues],
		};
	}
	const isNew = settled.outcome === 'created';
	return {
		...settled,
		document: result.document,
		outcome: isNew ? 'created' : 'updated',
		changes: isNew ? settled.changes : [...(settled.changes ?? []), step.change],
	};
}
