import { dayInZone, instantText } from '../../dates';
import { amountText } from '../../money';
import { documentOf } from '../../xero/documents';
import type { DocumentDefinition, WireElement } from '../../xero/documents/definition';
import { readAmounts, readContact, readText, readUpdatedAt } from '../../xero/documents/reading';
import { nested } from '../../xero/documents/nestedValues';
import { elementsOf, isElement } from '../../xero/documents/wireSlots';
import type { Organisation } from '../../xero/settings';
import type { XeroEvent } from '../../xero/webhookDelivery';
import { readWireDate } from '../../xero/wireDates';
import { readInvoiceSnapshot } from '../payments/invoiceSnapshot';
import { paymentView } from '../payments/paymentOutcome';
import type { PaymentView } from '../payments/paymentOutcome';
import { paymentStateOf } from '../payments/paymentState';
import { paymentWords } from '../payments/paymentWording';
import type { ReadDocument } from './readDocuments';
import { categoryOf, WATCHED } from './watchedDocuments';

/** What started the workflow. */
export interface EventView {
	/** The first event's category; a payment leads to its invoice. */
	readonly category: string;
	/** Every category that told of the document, when a burst held several. */
	readonly categories: readonly string[];
	/** CREATE when one of the events says so. UNKNOWN from the sweep: Xero's lists do not tell. */
	readonly type: string;
	/** Of the latest event, as Xero wrote it, in UTC. */
	readonly at: string;
	readonly via: 'webhook' | 'sweep';
	readonly resourceId: string;
	readonly organisationId: string;
	readonly organisation?: string;
	readonly data?: Readonly<Record<string, unknown>>;
}

/** An item of Xero Trigger. */
export interface EventItem {
	readonly event: EventView;
	/** `type` and `id` at least; later nodes of this package recognise it. */
	readonly document: Readonly<Record<string, unknown>>;
	/** Where an invoice or bill stands with its payment. */
	readonly payment?: PaymentView;
	/** As Xero sent it, on request. */
	readonly raw?: WireElement;
}

/** What of the organisation shows in an item. */
export type OrganisationFacts = Pick<Organisation, 'name' | 'shortCode' | 'timeZone'>;

export interface ItemOptions {
	readonly organisation: OrganisationFacts;
	readonly nowMs: number;
	readonly includeRaw: boolean;
}

/** The view of the events that told of one document; there is at least one. */
export function eventView(
	events: readonly [XeroEvent, ...XeroEvent[]],
	organisation?: OrganisationFacts,
): EventView {
	const [first] = events;
	const latest = events.reduce((a, b) => ((b.atMs ?? 0) >= (a.atMs ?? 0) ? b : a), first);
	const data = events.find((event) => event.data)?.data;
	return {
		category: categoryOf(first),
		categories: [...new Set(events.map(categoryOf))],
		type: events.some(({ type }) => type === 'CREATE') ? 'CREATE' : latest.type,
		at: latest.dateText,
		via: 'webhook',
		resourceId: first.resourceId,
		organisationId: first.organisationId,
		...(organisation ? { organisation: organisation.name } : {}),
		...(data ? { data } : {}),
	};
}

/** The view of a change that no event told of. */
export function sweepView(
	document: ReadDocument,
	organisationId: string,
	organisation: OrganisationFacts,
): EventView {
	const category = document.kind.toUpperCase();
	return {
		category,
		categories: [category],
		type: 'UNKNOWN',
		at: instantText(document.atMs),
		via: 'sweep',
		resourceId: document.id,
		organisationId,
		organisation: organisation.name,
	};
}

/** The item of a document. */
export function documentItem(
	event: EventView,
	document: ReadDocument,
	{ organisation, nowMs, includeRaw }: ItemOptions,
): EventItem {
	const { kind, element } = document;
	const read = kind === 'invoice' ? readInvoiceSnapshot(element) : undefined;
	const snapshot = read?.ok ? read.value : undefined;
	const state = snapshot && paymentStateOf(snapshot, dayInZone(nowMs, organisation.timeZone));
	const definition = documentOf(WATCHED[kind].resource, element);
	const url = definition?.link(document.id, organisation.shortCode);
	return {
		event,
		document: {
			...(definition ? registryView(definition, element, url ?? '') : creditView(document)),
			...(snapshot?.repeatingInvoiceId === undefined
				? {}
				: { repeatingInvoiceId: snapshot.repeatingInvoiceId }),
		},
		...(snapshot && state
			? {
					payment: paymentView({
						snapshot,
						state,
						label: paymentWords(state.state, {}).label,
						value: undefined,
						url: url ?? '',
					}),
				}
			: {}),
		...(includeRaw ? { raw: element } : {}),
	};
}

/** The item of an event about something that is not read: what the event tells, and no more. */
export function bareItem(event: EventView): EventItem {
	return {
		event,
		document: { type: event.category.toLowerCase(), id: event.resourceId },
	};
}

function registryView(
	definition: DocumentDefinition,
	element: WireElement,
	url: string,
): Record<string, unknown> {
	const document = definition.read(element);
	const { lines, updatedAtMs } = document;
	return {
		...nested(document.fields),
		type: document.type,
		id: document.id,
		number: document.number,
		status: document.status,
		...amountsView(element),
		contactId: document.contactId,
		contactName: document.contactName,
		url,
		updatedAt: updatedAtMs === undefined ? undefined : instantText(updatedAtMs),
		...(lines ? { lines: lines.map(({ id, fields }) => ({ id, ...nested(fields) })) } : {}),
		...allocationsView(element),
	};
}

/** Prepayments and overpayments, which are written as bank transactions and only read as such. */
function creditView({ kind, id, element }: ReadDocument): Record<string, unknown> {
	const updatedAtMs = readUpdatedAt(element);
	return {
		type: kind,
		id,
		status: readText(element, 'Status'),
		date: readWireDate(element.DateString ?? element.Date),
		...amountsView(element),
		...readContact(element),
		updatedAt: updatedAtMs === undefined ? undefined : instantText(updatedAtMs),
		...allocationsView(element),
	};
}

function amountsView(element: WireElement): Record<string, string> {
	const amounts = readAmounts(element);
	if (!amounts) return {};
	const { currency, ...values } = amounts;
	return {
		currency,
		...Object.fromEntries(
			Object.entries(values).flatMap(([name, value]) =>
				value === undefined ? [] : [[name, amountText(value, currency)] as const],
			),
		),
	};
}

function allocationsView(element: WireElement): Record<string, unknown> {
	const rows = elementsOf(element.Allocations);
	if (rows.length === 0) return {};
	return {
		allocations: rows.map(({ Amount, Date: date, Invoice }) => ({
			amount: Amount,
			date: readWireDate(date),
			...(isElement(Invoice)
				? {
						invoiceId: readText(Invoice, 'InvoiceID'),
						invoiceNumber: readText(Invoice, 'InvoiceNumber'),
					}
				: {}),
		})),
	};
}
