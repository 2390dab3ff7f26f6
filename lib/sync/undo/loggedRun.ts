import { grouped } from '../../grouped';
import type { Issue } from '../../issue';
import { ServiceFaultError } from '../../serviceFault';
import { documentOfType } from '../../xero/documents';
import { DIFFERENCE_KINDS } from '../compare/kinds';
import type { LogTarget } from '../log/chain';
import type { LogFinding } from '../log/finding';
import type { RecordContent } from '../log/logEntry';
import { isSigned, type SignedRow } from '../log/logRow';
import { readRowsOfRun } from '../log/readLog';
import { MOST_TOLD } from '../log/recordContent';
import { verifyLog } from '../log/verifyLog';
import { UNDO_RULES, undoIssue } from './undoRules';

/** What the log tells of a record, as the item of the run would, or why that is not undone. */
type LoggedRecord =
	| { readonly json: unknown }
	| { readonly subject: string; readonly issue: Issue };

/**
 * What the Sync Log has of a run, or of all runs of an execution, row by row. Rows that are not as the
 * run wrote them, or are missing, are told of. Throws ServiceFaultError where there is no such run.
 * @param sought the id of the run, or that of the execution in n8n
 */
export async function readLoggedRun(
	{ knack, log, key, clock }: Pick<LogTarget, 'knack' | 'log' | 'key' | 'clock'>,
	sought: string,
): Promise<LoggedRecord[]> {
	const all = await readRowsOfRun(knack, log, sought);
	const own = all.filter(
		({ entry }) => entry && (entry.run === sought || entry.place.execution === sought),
	);
	const signed = own.filter((row) => isSigned(row, key));
	requireOne(log.table.name, sought, own.length, signed);
	const runs = new Set(own.flatMap(({ entry }) => entry?.run ?? []));
	// An unsigned one would stand for the row that it says it is.
	const erasures = all.filter(
		(row) => isSigned(row, key) && row.entry.content.kind === 'erasure' && !own.includes(row),
	);
	const { findings } = await verifyLog([...own, ...erasures], log, key, { clock });
	const told = findings.filter(
		({ run = '', kind, isAlarming }) => runs.has(run) && (isAlarming || INCOMPLETE.has(kind)),
	);
	const doubtful = new Set(told.map(({ run, number }) => `${run} ${number}`));
	const sound = signed.filter(({ entry }) => !doubtful.has(`${entry.run} ${entry.number}`));
	const byRun = grouped(sound.map((row) => [row.entry.run, row] as const));
	return [
		...told.map((finding) => asRefused(finding, signed)),
		...[...runs].flatMap((run) => recordsOf(run, byRun.get(run) ?? [], told)),
	];
}

/** What is told of a run besides alarms, since documents may be in Xero that it has no row of. */
const INCOMPLETE: ReadonlySet<LogFinding['kind']> = new Set(['notClosed', 'notWritten']);

function requireOne(
	table: string,
	sought: string,
	rows: number,
	signed: readonly SignedRow[],
): void {
	const refuse = (message: string) => {
		const fix = 'Choose a single run from the list under Run.';
		throw new ServiceFaultError({ service: 'knack', cause: 'requestRefused', message, fix });
	};
	if (rows === 0) refuse(`${table} has no run "${sought}".`);
	const workflows = new Set(signed.map(({ entry }) => entry.place.workflowId));
	if (workflows.size > 1) refuse(`${sought} is an execution of several workflows in ${table}.`);
}

function asRefused(
	{ kind, message, run, number }: LogFinding,
	signed: readonly SignedRow[],
): LoggedRecord {
	const subject = 'a row of the Sync Log';
	if (!INCOMPLETE.has(kind)) return { subject, issue: altered(message) };
	const lost = signed
		.flatMap(({ entry: { run: of, content } }) =>
			of === run && content.kind === 'closing' ? content.unwritten : [],
		)
		.find((each) => number !== undefined && each.number === number);
	const { knackRecordId, xeroId } = lost ?? {};
	const ids = [
		...(knackRecordId === undefined ? [] : [`Its Knack record is ${knackRecordId}.`]),
		...(xeroId === undefined ? [] : [`Its document in Xero is ${xeroId}.`]),
	];
	return { subject, issue: incomplete([message, ...ids].join(' ')) };
}

function altered(message: string): Issue {
	return undoIssue(UNDO_RULES.logAltered, {
		message,
		fix: 'Find out who has been at the log. Take back what it is about with the items of that run, or by hand.',
	});
}

function incomplete(message: string): Issue {
	return undoIssue(UNDO_RULES.logIncomplete, {
		message,
		fix: 'Look at the execution in n8n. Take back what it is about with the items of that run, or by hand.',
	});
}

function recordsOf(
	run: string,
	rows: readonly SignedRow[],
	told: readonly LogFinding[],
): LoggedRecord[] {
	const [opening] = rows.flatMap(({ entry: { content } }) =>
		content.kind === 'opening' ? [content] : [],
	);
	const subject = `run ${run}`;
	if (!opening) {
		const own = told.filter((each) => each.run === run);
		const isLost = own.some(({ kind, number }) => kind === 'notWritten' && number === 1);
		const issue = isLost
			? incomplete('Its first row could not be written, so nothing of it is undone.')
			: altered('Its first row is not as it was written, so nothing of it is undone.');
		return [{ subject, issue }];
	}
	const { about, operation } = opening;
	if (operation === undefined) {
		const issue = undoIssue(UNDO_RULES.notPossible, {
			message: `It is a run of ${about}, which wrote nothing to Xero that Undo could take back.`,
			fix: 'Choose a run of Map & Upsert to Xero.',
		});
		return [{ subject, issue }];
	}
	const inOrder = [...rows].sort((a, b) => a.entry.number - b.entry.number);
	return inOrder.flatMap((row) => {
		const { content } = row.entry;
		if (content.kind !== 'record') return [];
		// Of what an undo left as it was there is nothing to take back.
		if (operation === 'undo' && content.outcome !== 'undone') return [];
		return [recordOf(row, content)];
	});
}

function recordOf({ entry, personal = {} }: SignedRow, content: RecordContent): LoggedRecord {
	const { document, changes, findings, source, matchedBy, emailed } = content;
	const values = personal.record?.values ?? {};
	const { fingerprint, onlineLink } = values;
	const { number = values.number } = document;
	const name = documentOfType(document.type ?? '')?.label.toLowerCase() ?? 'document';
	const subject = number === undefined ? `a ${name}` : `${name} ${number}`;
	const missing = missingOf(content, entry.personal.record !== undefined && !personal.record);
	if (missing !== undefined) return { subject, issue: incomplete(missing) };
	if (changes.length > 0 && changes.every(({ field }) => TAKEN.has(field))) {
		const issue = undoIssue(UNDO_RULES.notPossible, {
			message: 'The run wrote it into the Knack record alone, and nothing to Xero.',
			fix: 'Put it right in Knack by hand: the row of the log tells what it was before.',
		});
		return { subject, issue };
	}
	return {
		json: {
			outcome: content.outcome,
			record: content.record ?? values.record,
			document: {
				...document,
				number,
				id: document.id ?? values.documentId,
				url: document.url ?? values.url,
				contactId: values.contactId,
				contactName: values.contactName,
			},
			source,
			...(matchedBy === undefined ? {} : { match: { by: matchedBy } }),
			changes: changes.map(({ field, before, after }, index) => ({
				field,
				before: values[`changes.${index}.before`] ?? before,
				after: values[`changes.${index}.after`] ?? after,
			})),
			issues: findings,
			after: { ...(emailed ? { emailed } : {}), onlineInvoiceUrl: onlineLink },
			sync: { fingerprint, at: entry.at },
		},
	};
}

/** What Compare calls that which it takes over from Xero; fields of documents are called by their paths. */
const TAKEN: ReadonlySet<string> = new Set(Object.values(DIFFERENCE_KINDS));

/** What a row does not hold and undoing needs, in a sentence. */
function missingOf({ outcome, changes }: RecordContent, isErased: boolean): string | undefined {
	if (isErased) {
		return 'Its personal values were erased from the log, so it is not known any more what it was before and who has it.';
	}
	return outcome === 'updated' && changes.length >= MOST_TOLD
		? `The log holds its first ${MOST_TOLD} changes alone.`
		: undefined;
}
