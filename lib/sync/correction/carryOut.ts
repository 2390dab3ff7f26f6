import type { Issue } from '../../issue';
import { moneyText } from '../../money';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { isAllocated } from '../../xero/documents/allocations';
import { issueOf } from '../check/check';
import { LATE_RULES } from '../check/rules/lateRules';
import { allocate } from '../references/allocations';
import type { Correction, Row, Sent } from '../row';
import type { UpsertContext, UpsertOptions } from '../upsertContext';
import { execute, isDue } from '../write/execute';
import { removeSurplus } from '../write/takeBack';
import { isCorrecting, type CorrectingRow } from './correctionRows';

/** A row on its way through its correction. */
interface Step {
	readonly row: CorrectingRow;
	readonly correction: Correction;
}

/**
 * Carries corrections out: all credit notes, then each one's allocation, then the new documents,
 * each of which is made only once the old one is credited in full. Whatever dies in between, a later
 * run finds what is there by the credit note's key, its allocations and the new document's link, and
 * does the rest. Sets each row's `sent`. Never throws for what a service answers.
 */
export async function carryOutCorrections(
	context: UpsertContext,
	definition: DocumentDefinition,
	rows: readonly Row[],
	options: UpsertOptions,
): Promise<void> {
	const steps = rows.flatMap((row): Step[] =>
		isCorrecting(row) && row.correction && !row.sent && !row.repeats
			? [{ row, correction: row.correction }]
			: [],
	);
	const [first] = steps;
	if (!first) return;
	const ofNotes = { context, definition: first.correction.definition, options };
	const creditNotes = steps.map(({ correction }) => correction.creditNote);
	await removeSurplus(ofNotes, creditNotes);
	await execute(
		ofNotes,
		creditNotes.filter((note) => isDue(note) && !note.sent),
	);

	const credited: Step[] = [];
	for (const step of steps) {
		const obstacle = await credit(context, step, options);
		if (obstacle) step.row.sent = obstacle;
		else credited.push(step);
	}
	await execute(
		{ context, definition, options },
		credited.map(({ correction }) => correction.successor).filter(isDue),
	);
	for (const step of credited) step.row.sent = outcomeOf(definition, step, options);
}

/** Puts the credit note against the old document; returns what stands in the way. */
async function credit(
	{ client }: UpsertContext,
	{ row, correction }: Step,
	{ ruleSeverities }: UpsertOptions,
): Promise<Sent | undefined> {
	if (correction.isCredited) return undefined;
	const { document } = row.plan;
	const note = creditNoteOf(correction);
	if (!note) return correction.creditNote.sent ?? { kind: 'unknown', reason: '' };
	const inWords = ({ amounts }: XeroDocument) =>
		amounts ? moneyText(amounts.total, amounts.currency) : 'an unknown amount';
	const total = document.amounts?.total;
	if (!total?.eq(note.amounts?.total ?? 0)) {
		return halfway(row, note, [], ruleSeverities, {
			message: `Xero made the credit note ${note.number ?? ''} of ${inWords(note)}, not of ${inWords(document)}, so it is not put against ${document.number ?? 'the document'}.`,
			fix: 'Put the credit note in Xero right, or void it, and run the record again.',
		});
	}
	if (isAllocated(note, document.id)) return undefined;
	const followed = await allocate(
		client,
		{
			definition: correction.definition,
			note,
			invoiceId: document.id,
			amount: total,
			date: correction.date,
		},
		ruleSeverities,
	);
	if (followed.kind === 'done') return undefined;
	const [issue] = followed.issues;
	if (followed.kind === 'failed' && followed.outcome === 'failed') {
		return { kind: 'unknown', reason: issue?.message ?? '' };
	}
	const issues = followed.kind === 'failed' ? followed.issues : [];
	return halfway(row, note, issues, ruleSeverities, {
		message:
			`The credit note ${note.number ?? ''} is in Xero and not put against ${document.number ?? 'the document'}. ${issue?.message ?? ''}`.trim(),
		fix: 'Take payments and credits off the document in Xero and run the record again, or void the credit note.',
	});
}

/** The credit note as Xero has it by now. */
export function creditNoteOf({
	creditNote: { plan, sent },
}: Pick<Correction, 'creditNote'>): XeroDocument | undefined {
	if (sent?.kind === 'done') return sent.document;
	return plan?.action === 'keep' ? plan.document : undefined;
}

function outcomeOf(
	definition: DocumentDefinition,
	{ row, correction }: Step,
	{ ruleSeverities }: UpsertOptions,
): Sent {
	const { plan } = row;
	const { successor } = correction;
	const note = creditNoteOf(correction);
	const old = plan.document.number ?? 'The document';
	const by = note?.number === undefined ? '' : ` by ${note.number}`;
	const written: Sent | undefined =
		successor.plan?.action === 'keep'
			? {
					kind: 'done',
					did: 'unchanged',
					document: successor.plan.document,
					warnings: [],
					plan: successor.plan,
				}
			: successor.sent;
	if (written?.kind === 'done') {
		const { document, warnings } = written;
		const kept = definition.isNumberedByThem ? '' : ` ${old} keeps its number in Xero.`;
		const issues = issueOf(
			LATE_RULES.corrected,
			{
				message: `${old} was credited in full${by}, and ${document.number ?? 'a new document'} takes its place.${kept}`,
				fix: 'Send both to the customer, where it is a sale.',
			},
			ruleSeverities,
		);
		return {
			kind: 'done',
			did: 'updated',
			document,
			warnings,
			plan: { ...plan, issues: [...plan.issues, ...issues] },
			by: plan.by,
		};
	}
	const issues = issueOf(
		LATE_RULES.corrected,
		{
			message: `${old} was credited in full${by}, and the new document is not there yet.`,
			fix: 'Put right what is said besides, and run the record again: only the new document is made then.',
		},
		ruleSeverities,
	);
	row.plan = { ...plan, issues: [...plan.issues, ...issues] };
	if (written?.kind !== 'stop') return written ?? { kind: 'unknown', reason: '' };
	return halfway(row, note, written.plan.issues, ruleSeverities, {
		message: `The new document for ${old} was not made.`,
		fix: 'Run the record again.',
	});
}

/** The correction ends here, with at least one issue that says so. */
function halfway(
	{ plan }: CorrectingRow,
	note: XeroDocument | undefined,
	issues: readonly Issue[],
	severities: UpsertOptions['ruleSeverities'],
	finding: { readonly message: string; readonly fix: string },
): Sent {
	const { draft, key, contentHash } = plan;
	const strict = { ...severities, [LATE_RULES.issuedEdit.code]: 'hold' } as const;
	const own = issueOf(LATE_RULES.issuedEdit, finding, strict);
	return {
		kind: 'stop',
		plan: {
			action: 'stop',
			draft,
			key,
			contentHash,
			issues: [...plan.issues, ...issues, ...own],
		},
	};
}
