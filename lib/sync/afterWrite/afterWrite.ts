import { faultOr } from '../../serviceFault';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { issueOf } from '../check/check';
import { LATE_RULES } from '../check/rules/lateRules';
import type { AfterWritten, Outcome } from '../outcome';
import { statusAfter } from '../status/statusAfter';
import { DEFAULT_OPTIONS, type UpsertContext, type UpsertOptions } from '../upsertContext';
import { noteStep } from './addNote';
import { fileStep, readFiles, type AttachedFile } from './attachFile';
import { distinctFiles } from './distinctFiles';
import { emailStep, onlineInvoiceUrl } from './emailInvoice';
import { DONE, isDueStep, type LookedAt, type StepResult, type Written } from './step';

/** What a record wants done once its document is there. */
export interface AfterWriting {
	readonly files?: readonly AttachedFile[];
	/** Shows the files with the online invoice too. */
	readonly includeOnline?: boolean;
	readonly note?: string;
	/** Who has approved the document, and when: a note of its own, where Xero keeps notes. */
	readonly approvedBy?: string;
	readonly email?: 'once' | 'onEveryChange' | undefined;
	/** Where the e-mail goes, as far as the run knows. */
	readonly addressee?: string;
	readonly onlineLink?: boolean;
	/** Also for documents that needed no change: reads what is there, and adds what is missing. */
	readonly alsoWhenUnchanged?: boolean;
	/** What was amiss with the wish itself, in sentences: said with what goes wrong in Xero. */
	readonly problems?: readonly string[];
}

type WishOf = (outcome: Outcome) => AfterWriting | undefined | Promise<AfterWriting | undefined>;

/**
 * Attaches files, adds a note, e-mails and reads the online link, each at most once however often
 * it is run. What fails becomes a warning on the outcome: the document itself is neither undone nor
 * written again. Never rejects for what Xero answers.
 */
export async function afterWrite(
	context: UpsertContext,
	definition: DocumentDefinition,
	outcomes: readonly Outcome[],
	wishOf: WishOf,
	options: UpsertOptions = DEFAULT_OPTIONS,
): Promise<Outcome[]> {
	return await forEachDue(outcomes, wishOf, async (outcome, wish) => {
		if (outcome.document.id === undefined) return outcome;
		const written = writtenOf(context, definition, outcome);
		const carryOut = async (step: LookedAt) => {
			if (!isDueStep(step)) return step;
			await context.beforeWriting?.();
			return await step.carryOut();
		};
		const done = await doFor(written, wish, outcome.outcome === 'unchanged', carryOut);
		const url = wish.onlineLink ? await done.attempt(onlineInvoiceUrl(written)) : undefined;
		const { attached, noteAdded, emailed } = done;
		const after = { attached, noteAdded, emailed, ...linked(url) };
		const fixOf = (fix = BY_HAND) =>
			`The document itself is in Xero. ${fix} Or run the record again with Also When Unchanged on.`;
		return withAfter(outcome, done, after, fixOf, options);
	});
}

/**
 * What `afterWrite` would do, said by the same look at what is there. Writes nothing, and never
 * rejects for what Xero answers.
 */
export async function foreseeAfterWriting(
	context: UpsertContext,
	definition: DocumentDefinition,
	outcomes: readonly Outcome[],
	wishOf: WishOf,
	options: UpsertOptions = DEFAULT_OPTIONS,
): Promise<Outcome[]> {
	return await forEachDue(outcomes, wishOf, async (outcome, wish) => {
		const written = writtenOf(context, definition, outcome);
		// A record that repeats another of the run: what will be there by then cannot be read yet.
		if (written.id === undefined && !written.isNew) return outcome;
		const done = await doFor(written, wish, outcome.outcome === 'unchanged', (step) =>
			isDueStep(step) ? DONE : step,
		);
		// The link of an invoice that is about to be approved is not there yet.
		const now: Written = { ...written, status: outcome.document.status };
		const isRead = wish.onlineLink === true && !written.isNew;
		const url = isRead ? await done.attempt(onlineInvoiceUrl(now)) : undefined;
		const after =
			url === undefined
				? undefined
				: { attached: [], noteAdded: false, emailed: false, ...linked(url) };
		const fixOf = (fix = 'Put it right before the run, or do it by hand in Xero after it.') => fix;
		return withAfter(outcome, done, after, fixOf, options);
	});
}

async function forEachDue(
	outcomes: readonly Outcome[],
	wishOf: WishOf,
	work: (outcome: Outcome, wish: AfterWriting) => Promise<Outcome>,
): Promise<Outcome[]> {
	const all: Outcome[] = [];
	for (const outcome of outcomes) {
		const wish = await wishOf(outcome);
		all.push(wish && isDue(outcome, wish) ? await work(outcome, wish) : outcome);
	}
	return all;
}

/**
 * For so long after its run began nobody has to look beside a new document: what another worker
 * that found it may have done meanwhile went under the same Idempotency-Key, which Xero still knows.
 */
const KEYS_LAST_MS = 5 * 60_000;

function writtenOf(
	{ client, clock, lookedUpAtMs = 0 }: UpsertContext,
	definition: DocumentDefinition,
	outcome: Outcome,
): Written {
	const isRecent = clock.now() - lookedUpAtMs < KEYS_LAST_MS;
	return {
		client,
		definition,
		id: outcome.document.id,
		status: statusAfter(definition, outcome),
		contentHash: outcome.sync.contentHash,
		isNew:
			outcome.outcome === 'wouldCreate' ||
			outcome.isMadeAnew === true ||
			(outcome.outcome === 'created' && isRecent),
	};
}

const BY_HAND = 'Do this by hand there.';

const WRITTEN: ReadonlySet<Outcome['outcome']> = new Set([
	'created',
	'updated',
	'wouldCreate',
	'wouldUpdate',
]);

/** Whether anything is done for a document of which this became. */
export function isDue(
	{ outcome, match }: Outcome,
	{ alsoWhenUnchanged = false }: AfterWriting,
): boolean {
	// Whoever has created it may have died before it came to this.
	const isFound = match?.by === 'readBack';
	return WRITTEN.has(outcome) || (outcome === 'unchanged' && (alsoWhenUnchanged || isFound));
}

function linked(url: string | undefined) {
	return url === undefined ? {} : { onlineInvoiceUrl: url };
}

interface DoneBeside {
	/** In words, in the order of doing. */
	readonly operations: readonly string[];
	readonly attached: readonly string[];
	readonly noteAdded: boolean;
	readonly emailed: boolean;
	/** What to do, as far as that is known, by what was amiss. */
	readonly problems: ReadonlyMap<string, string | undefined>;
	/** The value, or undefined with the trouble among the problems. */
	readonly attempt: <Value>(work: Promise<Value>) => Promise<Value | undefined>;
}

async function doFor(
	written: Written,
	wish: AfterWriting,
	isUnchanged: boolean,
	take: (step: LookedAt) => StepResult | Promise<StepResult>,
): Promise<DoneBeside> {
	/** The same thing, such as a missing scope, is said once. */
	const problems = new Map<string, string | undefined>(
		(wish.problems ?? []).map((message) => [message, undefined]),
	);
	const operations: string[] = [];
	const attempt = async <Value>(work: Promise<Value>): Promise<Value | undefined> => {
		const result = await faultOr(work);
		if (result.ok) return result.value;
		problems.set(result.failure.message, result.failure.fix);
		return undefined;
	};
	const step = async (looking: Promise<LookedAt>): Promise<boolean> => {
		const due = await attempt(looking);
		const result = due && (await attempt(Promise.resolve(take(due))));
		if (result?.problem !== undefined) problems.set(result.problem, result.fix);
		const isDone = result?.done ?? false;
		if (isDone && due && isDueStep(due)) operations.push(due.operation);
		return isDone;
	};
	const attached: string[] = [];
	const files = distinctFiles(wish.files ?? []);
	const present = files.length === 0 ? undefined : await attempt(readFiles(written));
	for (const file of present ? files : []) {
		const online = wish.includeOnline ?? false;
		if (present && (await step(Promise.resolve(fileStep(written, file, present, online))))) {
			attached.push(file.name);
		}
	}
	const noteAdded = wish.note === undefined ? false : await step(noteStep(written, wish.note));
	const { approvedBy } = wish;
	if (approvedBy !== undefined && written.definition.can.keepHistory) {
		await step(noteStep(written, approvedBy, `Note in its history: ${approvedBy}`));
	}
	// Last, so that the customer gets the invoice with its files.
	// What has not changed is at most made up for, never sent again.
	const when = wish.email && isUnchanged ? 'once' : wish.email;
	const emailed = when === undefined ? false : await step(emailStep(written, when, wish.addressee));
	return { operations, attached, noteAdded, emailed, problems, attempt };
}

function withAfter(
	outcome: Outcome,
	{ operations, problems }: DoneBeside,
	after: AfterWritten | undefined,
	fixOf: (fix: string | undefined) => string,
	{ ruleSeverities }: UpsertOptions,
): Outcome {
	const issues = [...problems].flatMap(([message, fix]) =>
		issueOf(LATE_RULES.afterWrite, { message, fix: fixOf(fix) }, ruleSeverities),
	);
	const all = [...(outcome.operations ?? []), ...operations];
	return {
		...outcome,
		...(all.length > 0 ? { operations: all } : {}),
		...(after ? { after } : {}),
		issues: [...outcome.issues, ...issues],
	};
}
