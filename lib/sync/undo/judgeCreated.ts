import { foldText } from '../../foldText';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { isAllocated } from '../../xero/documents/allocations';
import { isElement } from '../../xero/documents/wireSlots';
import { textOf } from '../check/draftValues';
import { LATE_RULES } from '../check/rules/lateRules';
import { correctedBy } from '../find/correctingNote';
import { closedPeriods, periodOf, postingOf, type ClosedPeriod } from '../plan/closedPeriods';
import { issuedState } from '../plan/issuedEdits';
import { reversalStays } from '../reversal/reversalStays';
import { bearsMarkOf, readSourceMark } from '../sourceLink/sourceMark';
import { statusName } from '../status/statusName';
import { isClosedSince, withoutBills } from './billed';
import { editedSince } from './edited';
import type { Judged, Judging } from './judging';
import { withoutFreed } from './paid';
import type { RanDocument } from './ranDocument';
import type { RanOutcome } from './ranOutcome';
import { UNDO_RULES, undoIssue } from './undoRules';
import { labelOf, stop, type Standing, type Way } from './way';

/** How what a run has created is taken back, by what its type can and how it stands. Pure. */
export function judgeCreated(
	judging: Judging,
	ran: RanDocument,
	standing: Standing | undefined,
): Judged {
	const { definition } = ran;
	if (!standing) return { ran, way: { kind: 'done', why: 'is not in Xero any more' } };
	const { element } = standing;
	const { allocations, document: present } = withoutOwnAllocations(ran, standing.document);
	const document = withoutBills(
		definition,
		withoutFreed(definition, present, judging.freed),
		judging.freed,
	);
	const judged = { ran, document, allocations };
	const { status = '' } = document;
	const { gone, closed } = definition.lifecycle;
	const named = `is ${statusName(definition, status).toLowerCase()}`;
	if (gone.includes(status)) {
		// What reverses a journal that somebody has taken out stands in the books alone.
		const stays = judging.reversals.has(document.id) ? reversalStays(definition, document) : [];
		return { ran, document, way: { kind: 'done', why: `${named} already` }, issues: stays };
	}
	const note = judging.notes.back.get(document.id);
	if (note) {
		const why = `is credited in full${note.number === undefined ? '' : ` by ${note.number}`} already`;
		return { ran, document, way: { kind: 'done', why } };
	}
	// What documents bear is archived by Xero where it is deleted.
	const [away] = definition.lifecycle.moves[ran.left.status ?? ''] ?? [];
	if (definition.lifecycle.deletePath && away !== undefined && away === status) {
		return { ran, document, way: { kind: 'done', why: `${named} already` } };
	}
	const obstacle = obstacleTo(judging, ran, { document, element });
	if (obstacle) return { ran, document, way: obstacle };
	if (definition.isContact) return { ran, document, way: judgeContact(judging, ran, document) };
	if (closed.includes(status)) {
		return {
			ran,
			document,
			way: stop(UNDO_RULES.notPossible, {
				message: `${labelOf(ran, document)} ${named} in Xero by now and cannot be taken back.`,
				fix: definition.lifecycle.reopening ?? 'Put it right in Xero by hand.',
			}),
		};
	}
	const { deletePath } = definition.lifecycle;
	const { singly } = definition.wire;
	const path = (singly?.removePath ?? deletePath)?.(document.id, document.fields);
	if (path !== undefined) return { ...judged, way: { kind: 'delete', path } };
	const to = definition.lifecycle.moves[status]?.find((next) => gone.includes(next));
	if (to === undefined) {
		return {
			ran,
			document,
			way: stop(UNDO_RULES.notPossible, {
				message: `${labelOf(ran, document)} stays in Xero: its API cannot delete ${definition.plural}.`,
				fix: `Delete or close it in Xero by hand, if nothing is to be done with it.`,
			}),
		};
	}
	const isSent = element.SentToContact === true || ran.isEmailed;
	return { ...judged, ...judgeStatus(judging, ran, document, to, isSent) };
}

/** A document that a status takes out, unless it was issued or lies in a closed period. */
function judgeStatus(
	{ settings, options, today, reversals }: Judging,
	ran: RanDocument,
	document: XeroDocument,
	to: string,
	isSent: boolean,
): Pick<Judged, 'way' | 'issues'> {
	const { definition } = ran;
	const { posted, offered } = definition.lifecycle;
	const label = labelOf(ran, document);
	const isPosted = posted?.includes(document.status ?? '') === true;
	const periods = closedPeriods(settings, options.booksClosedUntil);
	const state = issuedState({ definition, options, settings }, document);
	const closed = isPosted
		? (state?.closed ?? periodOf(postingOf(document).day, periods))
		: undefined;
	const reversal = reversals.get(document.id);
	if (reversal && closed) {
		const why = `is reversed on ${String(reversal.fields.date ?? 'a later day')} already`;
		return { way: { kind: 'done', why } };
	}
	if (!isPosted) {
		const isOut = isSent || offered.includes(document.status ?? '');
		return {
			way: { kind: 'status', to, besides: [] },
			issues: isOut ? [staysSent(label)] : [],
		};
	}
	if (!closed && !isSent) {
		const isOwn = ran.changes.some(({ field }) => field === 'reversal');
		if (!reversal) return { way: { kind: 'status', to, besides: [] } };
		if (isOwn && !periodOf(postingOf(reversal).day, periods)) {
			return { way: { kind: 'status', to, besides: [reversal] } };
		}
		const why = `is reversed on ${String(reversal.fields.date ?? 'a later day')} already`;
		return { way: { kind: 'done', why } };
	}
	if (correctedBy(document)) return { way: { kind: 'toCredit' } };
	if (definition.reverses && closed) {
		const isOpen = !periodOf(today, periods);
		if (isOpen) return { way: { kind: 'reverse', day: today } };
	}
	return { way: closed ? isClosed(definition, label, document, closed) : isIssued(label) };
}

function isClosed(
	{ plural }: DocumentDefinition,
	label: string,
	document: XeroDocument,
	{ until, name, opening, rule }: ClosedPeriod,
): Way {
	// The day of an undo stands among its own options.
	const isOwn = rule === LATE_RULES.booksClosed;
	const opened = isOwn ? 'move Books Closed Until under Undo Options' : opening;
	return stop(UNDO_RULES.closedPeriod, {
		field: 'date',
		message: `${label} is posted on ${postingOf(document).day ?? 'a day'}, in a closed period (the ${name} is ${until}), and taking it out would change figures of that period. Nothing else takes ${plural} back.`,
		fix: `Correct it in Xero by a document of today, or ${opened} and run Undo again.`,
	});
}

function isIssued(label: string): Way {
	return stop(UNDO_RULES.issued, {
		message: `${label} was sent to the contact, so it is not voided, and no credit note takes it back.`,
		fix: 'Agree with the contact what is right, and put it right in Xero by a document of today.',
	});
}

function staysSent(label: string) {
	return undoIssue(UNDO_RULES.staysSent, {
		message: `${label} was sent to the contact before. What was sent stays with the contact.`,
		fix: 'Tell the contact that it no longer counts.',
	});
}

/** What keeps whatever a run has made from being taken back. */
export function obstacleTo(
	judging: Judging,
	ran: RanDocument,
	{ document, element }: Standing,
): Way | undefined {
	const { definition } = ran;
	const label = labelOf(ran, document);
	if (document.isLocked === true || element.IsReconciled === true) {
		const word = definition.lifecycle.lockedBy?.word ?? 'reconciled';
		return stop(UNDO_RULES.reconciled, {
			message: `${label} is ${word} in Xero with a line of the bank, so it is not deleted.`,
			fix: 'Find out what the money was for. To take it out, unreconcile it in Xero and run Undo again.',
		});
	}
	const note = judging.notes.correcting.get(document.id);
	if (note) return isCorrected(label, document, note);
	if (document.hasPaymentsOrCredits === true) {
		return stop(UNDO_RULES.paid, {
			message: `${label} has payments or credits in Xero that do not go with it, so it stays.`,
			fix: 'Take the payments or credits off it in Xero and run Undo again, or refund the money.',
		});
	}
	if (ran.outcomes.every(({ source }) => isOfAnotherRecord(document, source))) {
		return stop(UNDO_RULES.edited, {
			message: `${label} belongs to another record of Knack, as its link in Xero says, so it stays.`,
			fix: 'Ask who linked it to that record. To take it out all the same, do so in Xero by hand.',
		});
	}
	if (ran.did !== 'created') return undefined;
	const edited = definition.isContact ? [] : editedSince(ran, document, judging.settings);
	if (edited.length === 0 && isClosedSince(ran, document)) edited.push('status');
	if (edited.length === 0) return undefined;
	return stop(UNDO_RULES.edited, {
		message: `${label} was changed in Xero since the run (${edited.join(', ')}), so somebody works with it and it stays.`,
		fix: 'Ask who changed it. To take it out all the same, do so in Xero by hand.',
	});
}

/** To take its credit note off would leave that open beside the document in its place. */
function isCorrected(label: string, { id }: XeroDocument, note: XeroDocument): Way {
	const { number = '' } = note;
	return isAllocated(note, id)
		? stop(UNDO_RULES.issued, {
				message: `${label} was corrected since the run: the credit note ${number} credits it in full, and what took its place stays.`,
				fix: 'Take the one in its place out by Change Status, if it shall not count either, or put the record right in Knack and run Create or Update. Leave the credit note where it is.',
			})
		: stop(UNDO_RULES.notCredited, {
				message: `${label} is being corrected: the credit note ${number} for it is in Xero, and not put against it. A second one would credit it twice.`,
				fix: 'Run the record with Create or Update, which ends the correction; or void that credit note in Xero and run Undo again.',
			});
}

/** A document of lines bears the link of their order, which is of another table. */
function isOfAnotherRecord({ fields }: XeroDocument, source: RanOutcome['source']): boolean {
	const url = textOf(fields.url);
	return (
		readSourceMark(url)?.table === source?.table && bearsMarkOf(url, source ?? {}) === 'another'
	);
}

/** An archived contact can be neither edited nor restored through the API. */
function judgeContact(
	{ archivesContacts }: Judging,
	{ definition }: RanDocument,
	{ status = '' }: XeroDocument,
): Way {
	const { moves, closed } = definition.lifecycle;
	const to = moves[status]?.find((next) => closed.includes(next));
	if (to === undefined) {
		return { kind: 'done', why: `is ${statusName(definition, status).toLowerCase()} already` };
	}
	return archivesContacts
		? { kind: 'status', to, besides: [] }
		: {
				kind: 'stays',
				why: 'stays in Xero, where the API can archive a contact and never restore it. To have it archived, switch on Archive Contacts under Undo Options',
			};
}

/** What the run itself has put against other documents is taken off first. */
function withoutOwnAllocations(
	{ definition, changes }: RanDocument,
	document: XeroDocument,
): { readonly document: XeroDocument; readonly allocations: readonly string[] } {
	const { allocates } = definition;
	const live = (document.allocations ?? []).filter(({ IsDeleted }) => IsDeleted !== true);
	const numbers = changes
		.filter(({ field, after }) => field === allocates?.numberPath && String(after ?? '') !== '')
		.map(({ after }) => foldText(String(after ?? '').split(':')[0] ?? ''));
	const ids = live.flatMap(({ AllocationID, Invoice }) => {
		const number = isElement(Invoice) ? foldText(String(Invoice.InvoiceNumber ?? '')) : '';
		return typeof AllocationID === 'string' && numbers.includes(number) ? [AllocationID] : [];
	});
	// A run puts it against a document once: what is more than that is another's.
	const isOwn = ids.length === live.length && ids.length <= numbers.length;
	if (!isOwn || ids.length === 0) return { document, allocations: [] };
	const [first] = definition.lifecycle.approved;
	return {
		document: { ...document, hasPaymentsOrCredits: false, status: first },
		allocations: ids,
	};
}
