import { faultOr } from '../../serviceFault';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { issueOf } from '../check/check';
import { LATE_RULES } from '../check/rules/lateRules';
import type { AfterWritten, Outcome } from '../outcome';
import { DEFAULT_OPTIONS, type UpsertContext, type UpsertOptions } from '../upsertContext';
import { addNote } from './addNote';
import { attachFile, readFiles, type AttachedFile } from './attachFile';
import { distinctFiles } from './distinctFiles';
import { emailInvoice, onlineInvoiceUrl } from './emailInvoice';
import type { StepResult, Written } from './step';

/** What a record wants done once its document is there. */
export interface AfterWriting {
	readonly files?: readonly AttachedFile[];
	/** Shows the files with the online invoice too. */
	readonly includeOnline?: boolean;
	readonly note?: string;
	readonly email?: 'once' | 'onEveryChange';
	readonly onlineLink?: boolean;
	/** Also for documents that needed no change: reads what is there, and adds what is missing. */
	readonly alsoWhenUnchanged?: boolean;
	/** What was amiss with the wish itself, in sentences: said with what goes wrong in Xero. */
	readonly problems?: readonly string[];
}

/**
 * Attaches files, adds a note, e-mails and reads the online link, each at most once however often
 * it is run. What fails becomes a warning on the outcome: the document itself is neither undone nor
 * written again. Never rejects for what Xero answers.
 */
export async function afterWrite(
	{ client }: UpsertContext,
	definition: DocumentDefinition,
	outcomes: readonly Outcome[],
	wishOf: (outcome: Outcome) => AfterWriting | undefined | Promise<AfterWriting | undefined>,
	options: UpsertOptions = DEFAULT_OPTIONS,
): Promise<Outcome[]> {
	const all: Outcome[] = [];
	for (const outcome of outcomes) {
		const wish = await wishOf(outcome);
		const { id, status } = outcome.document;
		if (!wish || id === undefined || !isDue(outcome, wish)) {
			all.push(outcome);
			continue;
		}
		const written: Written = {
			client,
			definition,
			id,
			status,
			contentHash: outcome.sync.contentHash,
			isNew: outcome.outcome === 'created',
		};
		const { after, problems } = await doFor(written, wish, outcome.outcome === 'unchanged');
		const issues = [...problems].flatMap(([message, fix]) =>
			issueOf(
				LATE_RULES.afterWrite,
				{
					message,
					fix: `The document itself is in Xero. ${fix} Or run the record again with Also When Unchanged on.`,
				},
				options.ruleSeverities,
			),
		);
		all.push({ ...outcome, after, issues: [...outcome.issues, ...issues] });
	}
	return all;
}

const BY_HAND = 'Do this by hand there.';

/** Whether anything is done for a document of which this became. */
export function isDue({ outcome }: Outcome, { alsoWhenUnchanged = false }: AfterWriting): boolean {
	return (
		outcome === 'created' || outcome === 'updated' || (outcome === 'unchanged' && alsoWhenUnchanged)
	);
}

async function doFor(
	written: Written,
	wish: AfterWriting,
	isUnchanged: boolean,
): Promise<{ after: AfterWritten; problems: ReadonlyMap<string, string> }> {
	/** What to do by what was amiss; the same thing, such as a missing scope, is said once. */
	const problems = new Map((wish.problems ?? []).map((message) => [message, BY_HAND]));
	const attempt = async <Value>(work: Promise<Value>): Promise<Value | undefined> => {
		const result = await faultOr(work);
		if (result.ok) return result.value;
		problems.set(result.failure.message, result.failure.fix);
		return undefined;
	};
	const step = async (work: Promise<StepResult>): Promise<boolean> => {
		const result = await attempt(work);
		if (result?.problem !== undefined) problems.set(result.problem, result.fix ?? BY_HAND);
		return result?.done ?? false;
	};
	const attached: string[] = [];
	const files = distinctFiles(wish.files ?? []);
	const present = files.length === 0 ? undefined : await attempt(readFiles(written));
	for (const file of present ? files : []) {
		const online = wish.includeOnline ?? false;
		if (present && (await step(attachFile(written, file, present, online)))) {
			attached.push(file.name);
		}
	}
	const noteAdded = wish.note === undefined ? false : await step(addNote(written, wish.note));
	// Last, so that the customer gets the invoice with its files.
	// What has not changed is at most made up for, never sent again.
	const when = wish.email && isUnchanged ? 'once' : wish.email;
	const emailed = when === undefined ? false : await step(emailInvoice(written, when));
	const url = wish.onlineLink ? await attempt(onlineInvoiceUrl(written)) : undefined;
	const after: AfterWritten = {
		attached,
		noteAdded,
		emailed,
		...(url === undefined ? {} : { onlineInvoiceUrl: url }),
	};
	return { after, problems };
}
