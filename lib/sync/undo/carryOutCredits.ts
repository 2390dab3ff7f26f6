import { moneyText } from '../../money';
import type { XeroDocument } from '../../xero/documents/definition';
import { creditNoteOf } from '../correction/carryOut';
import { allocate } from '../references/allocations';
import { settleRow } from '../settle';
import type { UpsertContext, UpsertOptions } from '../upsertContext';
import { execute, isDue } from '../write/execute';
import { removeSurplus } from '../write/takeBack';
import type { Step } from './step';
import type { CreditBack } from './creditBack';
import { UNDO_RULES, undoIssue } from './undoRules';
import type { Undoing } from './way';

/**
 * Makes the credit notes that are not there, and puts each against what it takes back. Never throws
 * for what Xero answers.
 */
export async function creditBack(
	context: UpsertContext,
	undoings: readonly Undoing[],
	options: UpsertOptions,
): Promise<ReadonlyMap<Undoing, Step>> {
	const due = undoings.flatMap((undoing) =>
		undoing.way.kind === 'credit' && undoing.document
			? [{ undoing, back: undoing.way.back, document: undoing.document }]
			: [],
	);
	const steps = new Map<Undoing, Step>();
	const [first] = due;
	if (!first) return steps;
	const ofNotes = { context, definition: first.back.definition, options };
	const notes = due.map(({ back }) => back.note);
	await removeSurplus(ofNotes, notes);
	await execute(
		ofNotes,
		notes.filter((note) => isDue(note) && !note.sent),
	);
	for (const { undoing, back, document } of due) {
		steps.set(undoing, await putBack(context, document, back, options));
	}
	return steps;
}

async function putBack(
	{ client }: UpsertContext,
	document: XeroDocument,
	{ definition, note: row, date }: CreditBack,
	{ ruleSeverities }: UpsertOptions,
): Promise<Step> {
	const note = creditNoteOf({ creditNote: row });
	if (!note) {
		const { outcome, issues } = settleRow({ definition, severities: ruleSeverities }, row);
		return { outcome: outcome === 'blocked' || outcome === 'held' ? outcome : 'failed', issues };
	}
	const label = document.number ?? 'the document';
	const total = document.amounts?.total;
	if (!total?.eq(note.amounts?.total ?? 0)) {
		const inWords = ({ amounts }: XeroDocument) =>
			amounts ? moneyText(amounts.total, amounts.currency) : 'an unknown amount';
		return notPutBack(
			`Xero made the credit note ${note.number ?? ''} of ${inWords(note)}, not of ${inWords(document)}, so it is not put against ${label}.`,
			'Put the credit note in Xero right, or void it, and run Undo again.',
		);
	}
	const followed = await allocate(
		client,
		{ definition, note, invoiceId: document.id, amount: total, date },
		ruleSeverities,
	);
	if (followed.kind === 'done') return { outcome: 'undone', issues: [] };
	if (followed.kind === 'failed' && followed.outcome !== 'blocked') {
		return { outcome: followed.outcome, issues: followed.issues };
	}
	const why = followed.issues[0]?.message ?? '';
	return notPutBack(
		`The credit note ${note.number ?? ''} is in Xero and not put against ${label}. ${why}`.trim(),
		'Take payments and credits off the document in Xero and run Undo again, or void the credit note.',
	);
}

function notPutBack(message: string, fix: string): Step {
	return { outcome: 'held', issues: [undoIssue(UNDO_RULES.notCredited, { message, fix })] };
}
