import { closeSync, openSync, readSync, writeSync } from 'fs';

import type { XeroClient, XeroRead } from '../../lib/xero/client';
import { decimal, roundHalfUp, UNIT_PLACES } from '../../lib/money';
import { remember } from '../../lib/remember';
import { customerName, orderNumber, sentQuantity } from './knackOrders';

const contactId = (index: number) => `c0000000-0000-4000-8000-${String(index).padStart(12, '0')}`;

function contact(index: number) {
	return {
		ContactID: contactId(index),
		ContactStatus: 'ACTIVE',
		Name: customerName(index),
		EmailAddress: `office${index}@example.com`,
		UpdatedDateUTC: '/Date(1761000000000+0000)/',
	};
}

/** The amount of a line and its tax as Xero reckons them, in hundredths; reckoned once, for they repeat. */
const hundredthsOf = remember((terms) => {
	const [quantity = '', unitAmount = ''] = terms.split(' ');
	const exact = roundHalfUp(decimal(unitAmount), UNIT_PLACES).times(quantity).times(100);
	const amount = roundHalfUp(exact, 0);
	return { amount: amount.toNumber(), tax: roundHalfUp(amount.times(0.2), 0).toNumber() };
});

function invoiceLine(index: number, line: number) {
	const quantity = sentQuantity(index, line);
	const unitAmount = 12.345 + (index % 50);
	const { amount, tax } = hundredthsOf(`${quantity} ${unitAmount}`);
	const isNorth = line % 2 === 0;
	return {
		LineItemID: `e${String(line).padStart(7, '0')}-0000-4000-8000-${String(index).padStart(12, '0')}`,
		Description: `Work of day ${line + 1}, order ${index}`,
		Quantity: quantity,
		UnitAmount: unitAmount,
		AccountCode: '200',
		TaxType: 'OUTPUT2',
		TaxAmount: tax / 100,
		LineAmount: amount / 100,
		Tracking: [
			{
				TrackingCategoryID: 'category-region',
				TrackingOptionID: isNorth ? 'option-north' : 'option-south',
				Name: 'Region',
				Option: isNorth ? 'North' : 'South',
			},
		],
	};
}

/** The invoice of an order as Xero shows it, with the link that it was sent with. */
function invoice(index: number, count: number, link: string | undefined) {
	const lines = Array.from({ length: count }, (_, line) => invoiceLine(index, line));
	const subTotal = lines.reduce((sum, { LineAmount }) => sum + Math.round(LineAmount * 100), 0);
	const totalTax = lines.reduce((sum, { TaxAmount }) => sum + Math.round(TaxAmount * 100), 0);
	const total = (subTotal + totalTax) / 100;
	return {
		Type: 'ACCREC',
		InvoiceID: `d0000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
		Url: link,
		InvoiceNumber: orderNumber(index),
		Status: 'AUTHORISED',
		Contact: { ContactID: contactId(index % 2_000), Name: customerName(index) },
		Date: '/Date(1795132800000+0000)/',
		DateString: '2026-11-20T00:00:00',
		DueDate: '/Date(1797724800000+0000)/',
		DueDateString: '2026-12-20T00:00:00',
		CurrencyCode: 'GBP',
		LineAmountTypes: 'Exclusive',
		SubTotal: subTotal / 100,
		TotalTax: totalTax / 100,
		Total: total,
		AmountDue: total,
		AmountPaid: 0,
		UpdatedDateUTC: '/Date(1761000000000+0000)/',
		LineItems: lines,
	};
}

/** Invoices in a file, as they come over the wire. */
export interface WrittenInvoices {
	readonly file: string;
	/** Where each ends. */
	readonly ends: readonly number[];
}

/**
 * Writes the invoices of orders into a file.
 * @param links that they were sent with, in the order of the orders
 */
export function writeInvoices(
	file: string,
	links: readonly string[],
	lines: number,
): WrittenInvoices {
	const descriptor = openSync(file, 'w');
	let end = 0;
	const ends = links.map((link, index) => {
		end += writeSync(descriptor, JSON.stringify(invoice(index, lines, link)));
		return end;
	});
	closeSync(descriptor);
	return { file, ends };
}

const LONGEST_INVOICE = 64_000;

/** Reads invoices by their places, into one piece of memory for all of them. */
function invoiceReader({ file, ends }: WrittenInvoices): (index: number) => unknown {
	const descriptor = file === '' ? -1 : openSync(file, 'r');
	const bytes = Buffer.alloc(LONGEST_INVOICE);
	return (index) => {
		const from = ends[index - 1] ?? 0;
		const length = readSync(descriptor, bytes, 0, (ends[index] ?? 0) - from, from);
		return JSON.parse(bytes.toString('latin1', 0, length));
	};
}

/** What making the answers took, which is Xero's work and not the planning's. */
export interface Spent {
	readonly seconds: number;
	readonly processorSeconds: number;
	/** When it was done, in milliseconds of `performance.now()`. */
	readonly spans: ReadonlyArray<{ readonly from: number; readonly to: number }>;
}

/**
 * A Xero that only lists: 2,000 contacts and the orders' invoices, as far as they are written. These
 * are made by another process: what making them takes is Xero's.
 */
export function listedXero(written: WrittenInvoices): {
	readonly client: XeroClient;
	readonly spent: () => Spent;
} {
	let reads = 0;
	const invoices = written.ends.length;
	const readInvoice = invoiceReader(written);
	const spans: Array<{ readonly from: number; readonly to: number }> = [];
	const spent = { seconds: 0, processorSeconds: 0, spans };
	const client: XeroClient = {
		organisationId: 'organisation',
		calls: () => ({ reads, writes: 0 }),
		dayRemaining: () => undefined,
		write: () => Promise.reject(new Error('Planning writes nothing.')),
		async read(request) {
			reads += 1;
			// What comes over the wire is never there at once.
			await new Promise<void>((resolve) => setImmediate(resolve));
			const before = process.cpuUsage();
			const from = performance.now();
			const body = answer(request);
			const to = performance.now();
			spans.push({ from, to });
			spent.seconds += (to - from) / 1_000;
			const { user, system } = process.cpuUsage(before);
			spent.processorSeconds += (user + system) / 1e6;
			return body;
		},
	};
	const answer = ({ path, query = {} }: XeroRead) => {
		const page = Number(query.page ?? 1);
		if (path === '/Contacts') {
			const first = (page - 1) * 1_000;
			return {
				pagination: { page, pageSize: 1_000, pageCount: 2, itemCount: 2_000 },
				Contacts: Array.from({ length: 1_000 }, (_, index) => contact(first + index)),
			};
		}
		const asked = query.InvoiceNumbers?.split(',').map((number) => Number(number.slice(4)));
		const first = (page - 1) * 1_000;
		const listed = Array.from(
			{ length: Math.min(1_000, invoices - first) },
			(_, index) => first + index,
		);
		const itemCount = asked?.length ?? invoices;
		return {
			pagination: { page, pageSize: 1_000, pageCount: Math.ceil(itemCount / 1_000), itemCount },
			Invoices: (invoices === 0 ? [] : (asked ?? listed)).map(readInvoice),
		};
	};
	return { client, spent: () => spent };
}
