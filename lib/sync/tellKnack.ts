import type { Issue } from '../issue';
import type { KnackClient } from '../knack/client';
import { failed, ok } from '../result';
import { isServiceFaultError, type ServiceFault } from '../serviceFault';
import { isRecord } from './map/sampleShape';
import type { Outcome } from './outcome';
import { writeOutcomesBack, type WriteBackFields, type WriteBackTarget } from './outcomeWriteBack';
import { faultIssue } from './words/faultIssue';
import type { DocumentDefinition } from '../xero/documents/definition';
import type { DraftSource } from './draft';

/** An item whose Knack record is told what became of it. */
export interface ItemToTell {
	readonly index: number;
	readonly json: unknown;
	readonly source: DraftSource;
	/** Key or name. */
	readonly knackTable?: string;
}

/** Writes outcomes back where the node is set to; what fails there becomes a warning of its outcome. */
export async function tellKnack(
	run: { readonly definition: DocumentDefinition; readonly writeBackFields?: WriteBackFields },
	outcomes: readonly Outcome[],
	items: readonly ItemToTell[],
	knack: () => Promise<KnackClient>,
): Promise<{ outcomes: readonly Outcome[]; troubles: number }> {
	const fields = run.writeBackFields;
	if (!fields || Object.values(fields).every((field) => !field)) return { outcomes, troubles: 0 };
	const byIndex = new Map(items.map((item) => [item.index, item]));
	const targets = outcomes.flatMap((outcome) => targetsOf(outcome, byIndex));
	const issues = new Map<Outcome, readonly Issue[]>();
	const told = async () => await writeOutcomesBack(await knack(), run.definition, targets, fields);
	// Whatever goes wrong here must not lose the outcomes: the documents are in Xero by now.
	const troubles = await told().then(ok, (error: unknown) => failed(knackFault(error)));
	if (troubles.ok) {
		troubles.value.forEach((found, { outcome }) =>
			issues.set(outcome, [...(issues.get(outcome) ?? []), ...found]),
		);
	} else {
		// What is in Xero stays in Xero: the run says so, and the next one tells Knack.
		const issue: Issue = { ...faultIssue(troubles.failure), severity: 'warn' };
		targets.forEach(({ outcome }) => issues.set(outcome, [issue]));
	}
	return {
		outcomes: outcomes.map((outcome) => {
			const found = issues.get(outcome);
			return found ? { ...outcome, issues: [...outcome.issues, ...found] } : outcome;
		}),
		troubles: issues.size,
	};
}

function knackFault(error: unknown): ServiceFault {
	if (isServiceFaultError(error)) return error.fault;
	return {
		service: 'knack',
		cause: 'unavailable',
		message: error instanceof Error ? error.message : String(error),
		fix: 'Look at the Knack API credential of the node, and run it again.',
	};
}

/** The Knack records of an outcome: one, or one for each line where items are lines. */
function targetsOf(outcome: Outcome, items: ReadonlyMap<number, ItemToTell>): WriteBackTarget[] {
	if (outcome.outcome === 'skipped') return [];
	const targets = new Map<string, WriteBackTarget>();
	for (const index of outcome.itemIndexes) {
		const item = items.get(index);
		const recordId = item?.source.knackRecordId;
		if (!item || recordId === undefined || item.knackTable === undefined) continue;
		const shown = isRecord(item.json) ? item.json : {};
		targets.set(recordId, { outcome, table: item.knackTable, recordId, shown });
	}
	return [...targets.values()];
}
