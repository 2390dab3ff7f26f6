import type { Chain } from './chain';
import type { PortionContent, Unwritten } from './logEntry';
import {
	isLogged,
	recordContent,
	WRITTEN,
	type Hands,
	type Logged,
	type LoggedOutcome,
} from './recordContent';

/** What the log tells of its run. */
export interface LogReport {
	/** Rows of records that are in the table. */
	readonly rows: number;
	/** Why outcomes have no row, by what tells them apart. */
	readonly lost: ReadonlyMap<string, string>;
	/** Why the chain of the run has no closing row, where it should have one. */
	readonly notClosed?: string;
}

/**
 * The log of one run. What Knack answers is never a reason for the run to fail: nothing here rejects
 * but when n8n cancels the run.
 */
export interface RunLog {
	/** To be awaited before the first write to Xero, so that a run that dies after it is seen to have begun. */
	begin(): Promise<void>;
	/** Takes outcomes that are final; those that were told before are left out. Rows are written beside. */
	tell(outcomes: readonly LoggedOutcome[]): void;
	/** Portions of the day that runs have entered; see `Chain.portions`. */
	portions(): Promise<readonly PortionContent[] | undefined>;
	/** Enters one. @returns whether it is in the table */
	enter(portion: PortionContent): Promise<boolean>;
	/** What tells the outcomes of a run apart. */
	identityOf(outcome: LoggedOutcome): string;
	/** Awaits the rows, and closes the chain. */
	close(): Promise<LogReport>;
}

export interface LogSettings {
	readonly logged: Logged;
	identityOf(outcome: LoggedOutcome): string;
	handsOf(itemIndex: number): Hands;
}

/** Of very many attempts without a row, the closing row names so many. */
const MOST_NAMED = 200;

/** @param openChain is called once there is something to write: a run with nothing to tell asks Knack nothing */
export function createRunLog(
	openChain: () => Promise<Chain>,
	{ logged, identityOf, handsOf }: LogSettings,
): RunLog {
	let opened: Promise<Chain> | undefined;
	const chainOf = async () => await (opened ??= openChain());
	const told = new Set<string>();
	const lost = new Map<string, string>();
	const unwritten: Unwritten[] = [];
	let rows = 0;
	let written = 0;
	let line: Promise<void> = Promise.resolve();

	const write = async (outcome: LoggedOutcome): Promise<void> => {
		const [first = 0] = outcome.itemIndexes;
		const { content, personal } = recordContent(outcome, handsOf(first));
		const done = await (await chainOf()).add(content, personal);
		if (done.kind === 'written') {
			rows += 1;
			if (WRITTEN.has(content.outcome)) written += 1;
			return;
		}
		lost.set(identityOf(outcome), done.why);
		const { knackRecordId } = outcome.source;
		unwritten.push({
			number: done.number,
			...(knackRecordId === undefined ? {} : { knackRecordId }),
			...(content.document.id === undefined ? {} : { xeroId: content.document.id }),
		});
	};

	/** The log is never why a record fails, nor why the rows after it are not written. */
	const writeOrLose = async (outcome: LoggedOutcome): Promise<void> => {
		await write(outcome).catch((error: unknown) => {
			lost.set(identityOf(outcome), error instanceof Error ? error.message : String(error));
		});
	};

	return {
		identityOf,
		begin: async () => await (await chainOf()).open(),
		portions: async () => await (await chainOf()).portions(),
		async enter(portion) {
			const entered = line.then(async () => await (await chainOf()).add(portion));
			line = entered.then(
				() => undefined,
				() => undefined,
			);
			return (await entered).kind === 'written';
		},
		tell(outcomes) {
			for (const outcome of outcomes) {
				const identity = identityOf(outcome);
				if (told.has(identity)) continue;
				told.add(identity);
				if (isLogged(outcome, logged)) line = line.then(async () => await writeOrLose(outcome));
			}
			// Whoever awaits the line at the end hears of it; until then it is nobody's to hear.
			line.catch(() => undefined);
		},
		async close() {
			await line;
			const chain = await opened;
			if (!chain?.isOpen) return { rows, lost };
			const closing = await chain.add({
				kind: 'closing',
				rows: chain.rows,
				written,
				unwritten: unwritten.slice(0, MOST_NAMED),
				unwrittenCount: unwritten.length,
			});
			return {
				rows,
				lost,
				...(closing.kind === 'written' ? {} : { notClosed: closing.why }),
			};
		},
	};
}
