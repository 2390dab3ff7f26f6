import { shownOutcome } from '../../lib/n8n/shownOutcome';
import type { HttpPort } from '../../lib/http';
import type { GuardSettings } from '../../lib/sync/guard/guardSettings';
import type { Outcome } from '../../lib/sync/outcome';
import { readRanOutcome, type RanOutcome } from '../../lib/sync/undo/ranOutcome';
import { previewUndo, undo } from '../../lib/sync/undo/undo';
import { guardOf } from './guardOf';
import type { World } from './guardedRuns';

/** Outcomes of runs as Undo reads them from items. */
export function ransOf(outcomes: readonly Outcome[]): RanOutcome[] {
	return outcomes.map((outcome, index) => {
		const read = readRanOutcome(JSON.parse(JSON.stringify(shownOutcome(outcome))), index);
		if (!read.ok) throw new Error(read.failure.message);
		return read.value;
	});
}

interface Undoing {
	readonly isPreview?: boolean;
	readonly around?: (inner: HttpPort) => HttpPort;
}

/** Takes runs back as the node does, under guards. */
export async function undoUnder(
	world: World,
	guards: Partial<GuardSettings>,
	rans: readonly RanOutcome[],
	{ isPreview = false, around }: Undoing = {},
): Promise<readonly Outcome[]> {
	world.sandbox.clock.advance(60_000);
	const guard = guardOf(world.sandbox, guards);
	const client = guard.watch(world.anotherClient(around));
	const { settings, clock, turns } = world;
	const context = { client, settings, clock, turns, lookedUpAtMs: clock.now() };
	const report = await (isPreview ? previewUndo : undo)(context, rans, {
		archivesContacts: false,
		reason: 'it was sent to Xero in error.',
		refusal: async () => await guard.refusal(client),
	});
	return report.outcomes;
}
