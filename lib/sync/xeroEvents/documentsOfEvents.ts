import type { XeroClient } from '../../xero/client';
import type { XeroEvent } from '../../xero/webhookDelivery';
import { invoicesOfCredit, invoicesOfPayments, readDocumentsById } from './readDocuments';
import type { ReadDocument } from './readDocuments';
import { categoryOf, kindOfCategory } from './watchedDocuments';
import type { WatchedKind } from './watchedDocuments';

type Events = [XeroEvent, ...XeroEvent[]];

/** A document with all the events that hinted at it. */
interface HintedDocument {
	readonly document: ReadDocument;
	readonly events: Events;
}

export interface DocumentsOfEvents {
	readonly hinted: readonly HintedDocument[];
	/** Events about something that cannot be read: passed on as they are. */
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
 * whose state it changes. Throws ServiceFaultError.
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
	const bare: XeroEvent[] = [];
	for (const event of events) {
		const category = categoryOf(event);
		const kind = kindOfCategory(category);
		if (kind) want(kind, event.resourceId, event);
		else if (category === 'PAYMENT') payments.add(event.resourceId, event);
		else bare.push(event);
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
		// A payment of a credit note, a prepayment or an overpayment has no invoice.
		if (id === undefined) bare.push(...about);
		else want('invoice', id, ...about);
	}
	await read('invoice');
	return { hinted, bare };
}
