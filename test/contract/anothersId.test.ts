/** Answers to creates that bear the id of a document that is not the record's. */
import type { HttpRequest } from '../../lib/http';
import type { DocumentType } from '../../lib/xero/documents';
import type { FieldValues } from '../../lib/xero/documents/definition';
import { isElement } from '../../lib/xero/documents/wireSlots';
import { definitionOf } from '../support/definitionOf';
import type { XeroInMemory } from '../support/xeroInMemory';
import { having, itself, run, takenTwice, type Port } from './passingWorkersTestbed';

const NAMED = { 'contact.name': 'Somebody else', reference: 'THEIRS' };
/** Documents that Xero takes twice, and what makes one somebody else's. */
const TYPES: Array<[DocumentType, FieldValues]> = [
	['salesInvoice', NAMED],
	['salesInvoice', { invoiceNumber: 'OF-THE-SAME', reference: '' }],
	['bill', { 'contact.name': 'Somebody else', invoiceNumber: 'THEIRS' }],
	['salesCreditNote', NAMED],
	['quote', NAMED],
	['purchaseOrder', NAMED],
	['bankTransaction', NAMED],
	['payment', { reference: 'THEIRS', amount: '3.00' }],
	['projectTask', { name: 'Theirs' }],
	['timeEntry', { description: 'Theirs', dateUtc: '2026-11-19' }],
];

/** Puts another id into the answer to the first create, with the rest of it or alone. */
function answering(type: DocumentType, theirs: string, isAlone: boolean): Port {
	const { idName, resource } = definitionOf(type).wire;
	let isFirst = true;
	const changed = (element: unknown): unknown => {
		if (Array.isArray(element)) return element.map(changed);
		return isElement(element) ? { ...(isAlone ? {} : element), [idName]: theirs } : element;
	};
	const isCreate = ({ method, url }: HttpRequest) =>
		(method === 'PUT' || method === 'POST') && !/Contacts|Projects$/.test(url.split('?')[0] ?? '');
	return (inner) => async (request) => {
		const outcome = await inner(request);
		if (!isCreate(request) || !isFirst || outcome.kind !== 'answer') return outcome;
		isFirst = false;
		const { body } = outcome;
		if (!isElement(body)) return outcome;
		return {
			...outcome,
			body: resource in body ? { ...body, [resource]: changed(body[resource]) } : changed(body),
		};
	};
}

/** A document as it stands in the ledger. */
function inLedger({ sandbox }: XeroInMemory, id: string): string[] {
	const ledger = sandbox.xero.organisation();
	const { invoices, creditNotes, quotes, purchaseOrders, bankTransactions } = ledger;
	const { payments, tasks, timeEntries } = ledger;
	const tables = [invoices, creditNotes, quotes, purchaseOrders, bankTransactions];
	const rows = [...tables, payments, tasks, timeEntries].map((table) => table.get(id));
	return rows.flatMap((row) => (row ? [JSON.stringify(row)] : []));
}

describe.each([
	['with the rest of the answer', false],
	['alone', true],
])('an answer with the id of somebody else’s document, %s', (_, isAlone) => {
	it.each(TYPES)('leaves that one as it is, and tells the own one: %s', async (type, other) => {
		const world = await having(type);
		const theirs = { ...takenTwice(type, other), source: { knackRecordId: 'theirs' } };
		const { document } = await run(world, theirs, itself);
		const id = String(document.id);
		world.sandbox.clock.advance(660_000);
		const before = inLedger(world, id);
		expect(before).not.toEqual([]);
		const mine = await run(world, takenTwice(type), answering(type, id, isAlone));
		expect(inLedger(world, id)).toEqual(before);
		expect(mine.document.id).not.toBe(id);
		world.sandbox.clock.advance(660_000);
		const again = await run(world, takenTwice(type), itself);
		expect(again).toMatchObject({ outcome: 'unchanged', document: { id: mine.document.id } });
		expect(inLedger(world, id)).toEqual(before);
	});
});
