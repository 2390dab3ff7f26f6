import { z } from '../../vendor/zod';
import type { XeroClient } from '../../xero/client';
import type { XeroEvent } from '../../xero/webhookDelivery';
import { invoicesOfCredit, invoicesOfPayments, readDocumentsById } from './readDocuments';
import type { ReadDocument } from './readDocuments';
import { categoryOf, kindOfCategory } from './watchedDocuments';
import type { WatchedKind } from './watchedDocuments';

type Events = [XeroEvent, ...XeroEvent[]];

const xeroId = z.string().uuid();

/** A document with all the events that hinted at it. */
interface HintedDocument {
	readonly document: ReadDocument;
	readonly events: Events;
}

export interface DocumentsOfEvents {
	readonly hinted: readonly HintedDocument[];
	/** Events that led to no document: passed on as they are. */
	readonly bare: readonly XeroEvent[];
}

/** Events by the id of the document that they lead to. */
class Wanted {
	readonly ids = new Map<string, Events>();

	add(id: string, ...events: Events): void {
		const known = this.ids.get(id);
		if (known) known.push(...events);
		else this.ids.set(id, [...events]);
	}
}

/**
 * Reads what events of one organisation are about, each document once, in bulk. A payment leads to
 * its invoice; a credit note, prepayment or overpayment also to the invoices that it is applied to,
 * whose state it changes. An event leads nowhere when Xero does not return what it names, or when it
 * is a payment that stands on an overpayment or another credit. Throws ServiceFaultError.
 */
export async function documentsOfEvents(
	client: XeroClient,
	organisationId: string,
	events: readonly XeroEvent[],
): Promise<DocumentsOfEvents> {
	const wanted = new Map<WatchedKind, Wanted>();
	const want = (kind: WatchedKind, id: string, ...about: Events): void => {
		const held = wanted.get(kind) ?? new Wanted();
		wanted.set(kind, held);
		held.add(id, ...about);
	};
	const payments = new Wanted();
	for (const event of events) {
		// Xero refuses a whole question that holds another id than its own kind.
		if (!xeroId.safeParse(event.resourceId).success) continue;
		const category = categoryOf(event);
		const kind = kindOfCategory(category);
		if (kind) want(kind, event.resourceId, event);
		else if (category === 'PAYMENT') payments.add(event.resourceId, event);
	}

	const hinted: HintedDocument[] = [];
	const read = async (kind: WatchedKind): Promise<void> => {
		const ids = wanted.get(kind)?.ids ?? new Map<string, Events>();
		const documents = await readDocumentsById(client, organisationId, kind, [...ids.keys()]);
		for (const document of documents) {
			const about = ids.get(document.id);
			if (about) hinted.push({ document, events: about });
		}
	};
	for (const kind of ['contact', 'creditNote', 'prepayment', 'overpayment'] as const) {
		await read(kind);
	}
	for (const { document, events: about } of hinted) {
		for (const id of invoicesOfCredit(document)) want('invoice', id, ...about);
	}
	const invoices = await invoicesOfPayments(client, [...payments.ids.keys()]);
	for (const [payment, about] of payments.ids) {
		const id = invoices.get(payment);
		if (id !== undefined) want('invoice', id, ...about);
	}
	await read('invoice');
	const led = new Set(hinted.flatMap(({ events: about }) => about));
	return { hinted, bare: events.filter((event) => !led.has(event)) };
}
