import { isSameText } from '../../foldText';
import type { Issue } from '../../issue';
import type { XeroClient } from '../../xero/client';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { findElements } from '../../xero/lookups';
import type { InvoiceReference } from './invoiceOfItem';
import { isGone, readInvoiceSnapshot } from './invoiceSnapshot';
import type { InvoiceSnapshot, UnreadableInvoice } from './invoiceSnapshot';

export type InvoiceRead =
	| { readonly kind: 'read'; readonly snapshot: InvoiceSnapshot }
	| { readonly kind: 'notRead'; readonly issue: Issue };

const KEY_PATHS = { number: 'invoiceNumber', reference: 'reference' } as const;

/**
 * Reads the invoices that items mean, in as few calls as Xero allows; what each item gets is how
 * Xero has it now, not what the item says. One result for each reference, in order; undefined
 * stands for an item that names none. Throws ServiceFaultError.
 */
export async function readInvoicesOfItems(
	client: XeroClient,
	definition: DocumentDefinition,
	references: ReadonlyArray<InvoiceReference | undefined>,
): Promise<InvoiceRead[]> {
	const wanted = (by: InvoiceReference['by']): string[] =>
		references.flatMap((reference) => (reference?.by === by ? [reference.value] : []));
	const elements = references.some((reference) => reference !== undefined)
		? await findElements(client, definition, {
				ids: wanted('id'),
				values: {
					[KEY_PATHS.number]: wanted('number'),
					[KEY_PATHS.reference]: wanted('reference'),
				},
			})
		: [];
	const results = elements.map(readInvoiceSnapshot);
	const snapshots = results.flatMap((result) => (result.ok ? [result.value] : []));
	const unreadable = results.flatMap((result) => (result.ok ? [] : [result.failure]));
	return references.map((reference) => {
		if (!reference) return notRead(noInvoice(definition));
		// One without any name may be any of them.
		const hidden = unreadable.find((one) => fits(one, reference) || !isNamed(one));
		if (hidden) return notRead(unreadableInvoice(definition, hidden, reference.value));
		const fitting = snapshots.filter((snapshot) => fits(snapshot, reference));
		const standing = fitting.filter((each) => !isGone(each));
		const candidates = standing.length > 0 ? standing : fitting;
		const [only] = candidates;
		if (!only) return notRead(notFound(definition, reference));
		if (candidates.length > 1) return notRead(ambiguous(definition, reference, candidates));
		return { kind: 'read', snapshot: only };
	});
}

function isNamed({ id, number, reference }: UnreadableInvoice): boolean {
	return [id, number, reference].some((name) => name !== undefined);
}

function fits(
	{ id, number, reference }: Pick<UnreadableInvoice, 'id' | 'number' | 'reference'>,
	{ by, value }: InvoiceReference,
): boolean {
	const held = { id, number, reference }[by];
	return held !== undefined && isSameText(held, value);
}

function notRead(issue: Issue): InvoiceRead {
	return { kind: 'notRead', issue };
}

const BY_WORDS = { id: 'id', number: 'number', reference: 'reference' } as const;

/** That something is there, and what of it nobody can read: its payment is told by nobody then. */
export function unreadableInvoice(
	{ label }: Pick<DocumentDefinition, 'label'>,
	{ id, number, part }: UnreadableInvoice,
	sought = 'without an ID',
): Issue {
	return {
		code: 'XERO_INVOICE_UNREADABLE',
		severity: 'hold',
		message: `What Xero says of ${label.toLowerCase()} ${number ?? id ?? sought} cannot be read (${part}).`,
		fix: 'Run it again. If it stays so, look at it in Xero, and tell the makers of this package what cannot be read.',
	};
}

function noInvoice({ label }: DocumentDefinition): Issue {
	return {
		code: 'ITEM_WITHOUT_INVOICE',
		severity: 'block',
		message: `The item does not say which ${label.toLowerCase()} it is about.`,
		fix: 'Choose under Invoice Is Named By how to find it, and map the value.',
	};
}

function notFound({ label, plural }: DocumentDefinition, { by, value }: InvoiceReference): Issue {
	return {
		code: 'XERO_INVOICE_NOT_FOUND',
		severity: 'block',
		message: `Xero has no ${label.toLowerCase()} with the ${BY_WORDS[by]} ${value}.`,
		fix: `Check that the organisation is the right one, and that it is among its ${plural}.`,
	};
}

function ambiguous(
	{ plural, link }: DocumentDefinition,
	{ by, value }: InvoiceReference,
	candidates: readonly InvoiceSnapshot[],
): Issue {
	return {
		code: 'XERO_INVOICE_AMBIGUOUS',
		severity: 'hold',
		message: `${candidates.length} ${plural} have the ${BY_WORDS[by]} ${value}.`,
		fix: 'Name the invoice by its id or number instead.',
		candidates: candidates.map((candidate) => ({
			id: candidate.id,
			label: [candidate.number, candidate.contactName].filter(Boolean).join(', '),
			url: link(candidate.id, undefined),
		})),
	};
}
