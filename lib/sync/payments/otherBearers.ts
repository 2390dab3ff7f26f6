import type { XeroClient } from '../../xero/client';
import type { DocumentDefinition, WireElement } from '../../xero/documents/definition';
import { readId, readText } from '../../xero/documents/reading';
import { findElements } from '../../xero/lookups';
import { documentOf } from '../../xero/documents';
import { claimRecords, type Claim } from './claimRecords';
import { type ClaimingInvoice, isGone, type InvoiceSnapshot } from './invoiceSnapshot';
import { locateRecords, type Located } from './locateRecords';
import type { BorneKey, PaymentContext, PaymentSettings } from './paymentSettings';
import { isOfSubscription } from './subscriptions';

/** The keys that more than one invoice may bear. */
const SHARED_KEYS = ['invoiceNumber', 'reference'] as const;

/**
 * Holds claims by a key other than an id against all invoices that Xero has with that key, as if they
 * were of the same run: they may have come in another one. Only of what would be written Xero is
 * asked. Throws ServiceFaultError.
 */
export async function claimBesideOthers(
	{ knack, bearersOf }: Pick<PaymentContext, 'knack' | 'bearersOf'>,
	settings: PaymentSettings,
	{
		invoices,
		located,
		claims,
	}: {
		readonly invoices: readonly InvoiceSnapshot[];
		readonly located: readonly Located[];
		readonly claims: readonly Claim[];
	},
	wouldWrite: (index: number) => boolean,
): Promise<readonly Claim[]> {
	const borne = claims.flatMap((claim, index): BorneKey[] => {
		const invoice = invoices[index];
		if (claim.kind !== 'record' || !invoice) return [];
		const by = SHARED_KEYS.find((key) => key === claim.by);
		if (!by || isOfSubscription(settings, invoice, by) || !wouldWrite(index)) return [];
		return [{ invoice, by }];
	});
	if (borne.length === 0) return claims;
	const ofRun = new Set(invoices.map(({ id }) => id));
	const others = (await bearersOf(borne)).filter(({ id }) => !ofRun.has(id));
	if (others.length === 0) return claims;
	const { table, match } = settings;
	const places = await locateRecords(
		knack,
		table,
		match,
		others.map((invoice) => ({ invoice })),
	);
	return claimRecords(table, [...invoices, ...others], [...located, ...places], settings).slice(
		0,
		claims.length,
	);
}

/**
 * The invoices that are neither voided nor deleted and bear one of the keys; none is asked for where
 * Xero itself lets no other bear it. Throws ServiceFaultError.
 */
export async function readBearers(
	client: XeroClient,
	definition: DocumentDefinition,
	borne: readonly BorneKey[],
): Promise<ClaimingInvoice[]> {
	const valuesOf = (path: BorneKey['by']): string[] => {
		const isUnique = definition.keys.some((key) => key.path === path && key.enforced);
		return borne.flatMap(({ invoice, by }) => {
			if (by !== path || (isUnique && !isGone(invoice))) return [];
			return (path === 'reference' ? invoice.reference : invoice.number) ?? [];
		});
	};
	const values = Object.fromEntries(SHARED_KEYS.map((path) => [path, valuesOf(path)]));
	const elements = await findElements(client, definition, { values, leavesLinesOut: true });
	return elements
		.filter((element) => documentOf('Invoices', element)?.type === definition.type)
		.map(bearerIn)
		.filter((invoice) => !isGone(invoice));
}

/** It bears its keys also where its amounts cannot be read. */
function bearerIn(element: WireElement): ClaimingInvoice {
	return {
		id: readText(element, 'InvoiceID') ?? '',
		number: readText(element, 'InvoiceNumber'),
		reference: readText(element, 'Reference'),
		repeatingInvoiceId: readId(element, 'RepeatingInvoiceID'),
		status: (readText(element, 'Status') ?? '').toUpperCase(),
	};
}
