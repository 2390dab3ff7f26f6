import { amountText } from '../../money';
import { oneText } from '../../texts';
import { CONTACT } from '../../xero/documents';
import type { DocumentAmounts, DocumentDefinition } from '../../xero/documents/definition';
import { headerText } from '../check/draftValues';
import type { ContactRow, Correction, Row } from '../row';
import { statusName } from '../status/statusName';
import { awaitedStatus } from './awaitedStatus';
import { changedLabel } from './changeWords';
import type { Plan } from './plan';
import { SOURCE_LINK } from './sourceLink';

/** The row that carries its contact's change: the first that needs it. */
export function carriesContact(row: Row): boolean {
	const { contact } = row;
	return contact !== undefined && contact.namedBy.find(needsContact) === row;
}

/** Whether anything is due for the row, and so for its contact. */
function needsContact({ plan, repeats }: Row): boolean {
	return repeats === undefined && plan !== undefined && NEEDING.has(plan.action);
}

const NEEDING: ReadonlySet<Plan['action']> = new Set(['create', 'update', 'correct', 'keep']);

/** Whether the contact itself is to be written; what no row needs is not. */
export function isContactDue({ plan, namedBy }: ContactRow): boolean {
	if (plan?.action === 'update') return namedBy.some(needsContact);
	// Without a document to post, a contact is not made.
	return (
		plan?.action === 'create' &&
		namedBy.some((row) => row.plan?.action === 'create' && !row.repeats)
	);
}

/** Everything that carrying a row's plan out does in Xero, in words, in the order of doing. */
export function operationsOf(definition: DocumentDefinition, row: Row): string[] {
	const { plan } = row;
	if (!plan || row.repeats || !NEEDING.has(plan.action)) return [];
	const ofContact = contactOperations(row);
	// A list that others are spread into has room for sixteen more, which each record would keep.
	return row.correction
		? ofContact.concat(correctionOperations(definition, row.correction))
		: ofContact.concat(documentOperations(definition, plan), approval(definition, row));
}

/** What is created as a draft, since Xero would take it twice, and gets its status when it is alone. */
function approval(definition: DocumentDefinition, row: Row): string[] {
	const status = awaitedStatus(definition, row);
	if (status === undefined) return [];
	const [before, after] = [definition.lifecycle.initial ?? '', status].map((each) =>
		statusName(definition, each),
	);
	return [`Change its status from ${before} to ${after}`];
}

function contactOperations(row: Row): string[] {
	const { contact, plan } = row;
	const { match } = contact ?? {};
	if (!contact || !match || match.kind === 'stopped') return [];
	const name = contact.wanted.name ?? contact.wanted.contactNumber ?? '';
	if (match.kind === 'missing') {
		return plan?.action === 'create'
			? [carriesContact(row) ? `New contact "${name}"` : `Finds the new contact "${name}"`]
			: [];
	}
	const known = String(match.document.fields.name ?? name);
	if (contact.plan?.action === 'update' && carriesContact(row)) {
		const fields = contact.plan.changes.map(({ field }) => changedLabel(CONTACT, field)).join(', ');
		return [`Change contact "${known}": ${fields}`];
	}
	return plan?.action === 'create' ? [`Finds contact "${known}"`] : [];
}

/** The accountant's way, as far as it is not gone already. */
function correctionOperations(
	definition: DocumentDefinition,
	{ creditNote, successor, isCredited, isToday, date }: Correction,
): string[] {
	const { document } = successor.replaces ?? {};
	const label = document?.number ?? definition.label.toLowerCase();
	const money = (amounts: DocumentAmounts | undefined) =>
		amounts ? `${amountText(amounts.total, amounts.currency)} ${amounts.currency}` : '';
	const day = isToday ? 'today' : date;
	const isNew = creditNote.plan?.action === 'create';
	const { plan } = successor;
	const amounts = plan && 'amounts' in plan ? plan.amounts : undefined;
	return [
		...(isNew ? [`Credit note for ${label} of ${money(document?.amounts)}, dated ${day}`] : []),
		...(isCredited ? [] : [`Allocate it to ${label}`]),
		...(plan?.action === 'create'
			? [
					`New ${definition.label.toLowerCase()} in its place${amounts ? `: ${money(amounts)}` : ''}`,
				]
			: documentOperations(definition, plan)),
	];
}

function documentOperations(definition: DocumentDefinition, plan: Plan | undefined): string[] {
	if (!plan) return [];
	const name = definition.label.toLowerCase();
	const surplus =
		plan.action === 'keep' || plan.action === 'update'
			? plan.surplus.map(({ number, id }) => `Take back ${name} ${number ?? id}, posted twice`)
			: [];
	if (plan.action === 'create') {
		const number = plan.draft.name ?? headerText(plan.draft, definition.numberPath);
		return [oneText('New ', name, ...(number === undefined ? [] : [' ', number])), ...surplus];
	}
	if (plan.action !== 'update') return surplus;
	const label = plan.document.number ?? plan.draft.name ?? '';
	const fields = plan.changes
		.filter(({ field }) => field !== SOURCE_LINK)
		.map(({ field }) => changedLabel(definition, field))
		.join(', ');
	const opening = plan.order?.opening ?? [];
	const change = ['Change ', name, ...(label === '' ? [] : [' ', label]), ': ', fields];
	return [...opening, oneText(...change), ...surplus];
}
