import type { Issue } from '../../issue';
import type { KnackRecord, KnackTable } from '../../knack/app';
import { recordTitle } from '../../knack/recordView';
import { type ClaimingInvoice, isGone } from './invoiceSnapshot';
import type { Located, MatchKey } from './locateRecords';
import type { PaymentSettings } from './paymentSettings';

/** Which record an invoice may write to, if any. */
export type Claim =
	| { readonly kind: 'record'; readonly record: KnackRecord; readonly by: MatchKey | 'recordId' }
	| { readonly kind: 'skip'; readonly reason: string }
	| { readonly kind: 'attention'; readonly outcome: 'blocked' | 'held'; readonly issue: Issue };

const SUREST_FIRST = ['invoiceId', 'recordId', 'repeatingInvoiceId', 'invoiceNumber', 'reference'];

/** How many candidates are listed; more do not help anybody to choose. */
const MOST_CANDIDATES = 10;

/**
 * Decides what each invoice may write to, so that no record is written for two invoices: the one
 * found by the surer key has it, then the one that is not voided or deleted; between equals a
 * person must decide. Invoices of one subscription share its record.
 */
export function claimRecords(
	table: KnackTable,
	invoices: readonly ClaimingInvoice[],
	located: readonly Located[],
	{ match, whenMissing }: Pick<PaymentSettings, 'match' | 'whenMissing'>,
): Claim[] {
	const winners = winnersByRecord(invoices, located, match.repeatingInvoiceId !== undefined);
	return located.map((place, index): Claim => {
		const invoice = invoices[index];
		if (place.kind === 'found' && invoice) {
			const winner = winners.get(place.record.id);
			if (winner?.has(invoice.id)) return { kind: 'record', record: place.record, by: place.by };
			const other = invoices.find(({ id }) => winner?.has(id));
			if (isGone(invoice) && other) return supersededBy(nameOf(other));
			return attention('held', sharedRecord(table, place, invoices, located));
		}
		switch (place.kind) {
			case 'belongsElsewhere':
				if (invoice && isGone(invoice)) return supersededBy(place.holds);
				return attention('held', {
					code: 'KNACK_RECORD_OF_OTHER_INVOICE',
					severity: 'hold',
					field: place.field,
					message: `The record fits, but its ${place.field} names another invoice.`,
					fix: `Clear ${place.field} on the record in Knack if this invoice is the right one.`,
					candidates: candidatesOf(table, [place.record]),
				});
			case 'several':
				return attention('held', {
					code: 'KNACK_RECORD_AMBIGUOUS',
					severity: 'hold',
					message: `${place.records.length} records of ${table.name} fit this invoice.`,
					fix: 'Keep the invoice id on the right one, or remove the others.',
					candidates: candidatesOf(table, place.records),
				});
			default:
				if (whenMissing === 'skip') {
					return { kind: 'skip', reason: `no record of ${table.name} belongs to it` };
				}
				return attention('blocked', notFoundIssue(table, place));
		}
	});
}

function attention(outcome: 'blocked' | 'held', issue: Issue): Claim {
	return { kind: 'attention', outcome, issue };
}

function supersededBy(other: string): Claim {
	return { kind: 'skip', reason: `the record belongs to another invoice by now (${other})` };
}

function nameOf(invoice: ClaimingInvoice): string {
	return invoice.number ?? invoice.reference ?? invoice.id;
}

/** The invoices that may write to each record, by record id: one, or those of its subscription. */
function winnersByRecord(
	invoices: readonly ClaimingInvoice[],
	located: readonly Located[],
	hasSubscriptions: boolean,
): ReadonlyMap<string, ReadonlySet<string>> {
	const claimants = new Map<string, Array<{ invoice: ClaimingInvoice; rank: number }>>();
	located.forEach((place, index) => {
		const invoice = invoices[index];
		if (place.kind !== 'found' || !invoice) return;
		const rank = SUREST_FIRST.indexOf(place.by) * 2 + (isGone(invoice) ? 1 : 0);
		const known = claimants.get(place.record.id) ?? [];
		claimants.set(place.record.id, [...known, { invoice, rank }]);
	});
	const winners = new Map<string, ReadonlySet<string>>();
	for (const [recordId, rivals] of claimants) {
		const best = Math.min(...rivals.map(({ rank }) => rank));
		const first = rivals.filter(({ rank }) => rank === best);
		const ids = new Set(first.map(({ invoice }) => invoice.id));
		const [template, ...others] = new Set(first.map(({ invoice }) => invoice.repeatingInvoiceId));
		const isSubscription = hasSubscriptions && template !== undefined && others.length === 0;
		if (ids.size === 1 || isSubscription) winners.set(recordId, ids);
	}
	return winners;
}

function sharedRecord(
	table: KnackTable,
	place: Extract<Located, { kind: 'found' }>,
	invoices: readonly ClaimingInvoice[],
	located: readonly Located[],
): Issue {
	const rivals = located.flatMap((other, index) => {
		const invoice = invoices[index];
		const shares = other.kind === 'found' && other.record.id === place.record.id;
		return shares && invoice ? [nameOf(invoice)] : [];
	});
	return {
		code: 'KNACK_RECORD_SHARED',
		severity: 'hold',
		message: `${[...new Set(rivals)].join(' and ')} all fit the same record of ${table.name}.`,
		fix: 'Keep the id of the invoice that counts on the record, in the field chosen as Invoice ID.',
		candidates: candidatesOf(table, [place.record]),
	};
}

function notFoundIssue(table: KnackTable, place: Located): Issue {
	const tried = place.kind === 'none' ? place.tried : [];
	const where = tried.map(({ field, value }) => `${field} "${value}"`).join(', ');
	return {
		code: 'KNACK_RECORD_NOT_FOUND',
		severity: 'block',
		message: `No record of ${table.name} belongs to this invoice.${where === '' ? '' : ` Looked for ${where}.`}`,
		fix: 'Fill in one of these fields on the record in Knack. If the invoice does not come from Knack, choose to skip such invoices in the node.',
	};
}

function candidatesOf(
	table: KnackTable,
	records: readonly KnackRecord[],
): ReadonlyArray<{ id: string; label: string }> {
	return records
		.slice(0, MOST_CANDIDATES)
		.map((record) => ({ id: record.id, label: recordTitle(record, table) }));
}
