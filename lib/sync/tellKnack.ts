import type { KnackClient } from '../knack/client';
import { failed, ok } from '../result';
import { isServiceFaultError, type ServiceFault } from '../serviceFault';
import { isRecord } from './map/sampleShape';
import type { Outcome } from './outcome';
import {
	UNTOLD,
	foreseeWriteBack,
	writeBackInWords,
	writeOutcomesBack,
	type ToldRecord,
	type WriteBackFields,
	type WriteBackTarget,
} from './outcomeWriteBack';
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

/** What telling needs of its run. */
interface Telling {
	readonly definition: DocumentDefinition;
	readonly writeBackFields?: WriteBackFields;
	/** Says what would be written, and writes nothing. */
	readonly isPreview: boolean;
}

/**
 * Writes outcomes back where the node is set to, and adds what is written to their operations; what
 * fails there becomes a warning of its outcome.
 */
export async function tellKnack(
	{ definition, writeBackFields: fields, isPreview }: Telling,
	outcomes: readonly Outcome[],
	items: readonly ItemToTell[],
	knack: () => Promise<KnackClient>,
): Promise<{ outcomes: readonly Outcome[]; troubles: number }> {
	if (!fields || Object.values(fields).every((field) => !field)) return { outcomes, troubles: 0 };
	const byIndex = new Map(items.map((item) => [item.index, item]));
	const targets = outcomes.flatMap((outcome) => targetsOf(outcome, byIndex));
	const work = isPreview ? foreseeWriteBack : writeOutcomesBack;
	const telling = async () => await work(await knack(), definition, targets, fields);
	// Whatever goes wrong here must not lose the outcomes: the documents are in Xero by now.
	const told = await telling().then(ok, (error: unknown) => failed(knackFault(error)));
	// What is in Xero stays in Xero: the run says so, and the next one tells Knack.
	const own = new Map<Outcome, ToldRecord[]>();
	if (told.ok) {
		for (const [{ outcome }, record] of told.value) {
			own.set(outcome, [...(own.get(outcome) ?? []), record]);
		}
	} else {
		const record = untold(told.failure);
		targets.forEach(({ outcome }) => own.set(outcome, [record]));
	}
	const whole = outcomes.map((outcome) => withTold(outcome, own.get(outcome) ?? [], isPreview));
	const troubles = [...own.values()].filter((each) => each.some(({ issues }) => issues.length > 0));
	return { outcomes: whole, troubles: troubles.length };
}

function withTold(outcome: Outcome, records: readonly ToldRecord[], isPreview: boolean): Outcome {
	const operations = [...(outcome.operations ?? []), ...writeBackInWords(records)];
	const writtenBack = isPreview ? [] : records.flatMap(({ fields }) => fields);
	return {
		...outcome,
		...(operations.length > 0 ? { operations } : {}),
		...(writtenBack.length > 0 ? { writtenBack } : {}),
		issues: [...outcome.issues, ...records.flatMap(({ issues }) => issues)],
	};
}

function untold(fault: ServiceFault): ToldRecord {
	return { ...UNTOLD, issues: [{ ...faultIssue(fault), severity: 'warn' }] };
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

/** Stands in samples where a record's id would; Knack gives it to none. */
const NO_RECORD = /^0+$/;

/** The Knack records of an outcome: one, or one for each line where items are lines. */
function targetsOf(outcome: Outcome, items: ReadonlyMap<number, ItemToTell>): WriteBackTarget[] {
	const targets = new Map<string, WriteBackTarget>();
	for (const index of outcome.itemIndexes) {
		const item = items.get(index);
		const recordId = item?.source.knackRecordId;
		if (!item || recordId === undefined || item.knackTable === undefined) continue;
		// The sample of an example workflow.
		if (NO_RECORD.test(recordId)) continue;
		const shown = isRecord(item.json) ? item.json : {};
		targets.set(recordId, { outcome, table: item.knackTable, recordId, shown });
	}
	return [...targets.values()];
}
