import type { Call } from './call';
import type { Input } from './input';
import type { InvoiceRow, InvoiceType } from './model';
import type { Problems } from './problems';

export function invoiceByNumber(
	call: Call,
	type: InvoiceType,
	number: string,
): InvoiceRow | undefined {
	const holders = call.ledger.invoices
		.lookUp('number', number.toLowerCase())
		.filter((invoice) => invoice.type === type);
	return holders.find((invoice) => !isGone(invoice)) ?? holders[0];
}

export function isGone(invoice: InvoiceRow): boolean {
	return invoice.status === 'DELETED' || invoice.status === 'VOIDED';
}

export function readNumber(
	call: Call,
	input: Input,
	existing: InvoiceRow | undefined,
	type: InvoiceType,
	problems: Problems,
): string | undefined {
	const number = input.trimmed('InvoiceNumber');
	if (number === undefined) return existing?.number ?? (type === 'ACCPAY' ? '' : undefined);
	if (number.length > 255) problems.add('Invoice Number must not exceed 255 characters.');
	if (type === 'ACCREC' && number.toLowerCase() !== existing?.number.toLowerCase()) {
		const holder = invoiceByNumber(call, type, number);
		const free = !holder || (isGone(holder) && call.settings.deletedNumberReusable);
		if (!free) problems.add('Invoice # must be unique.');
	}
	return number;
}

export function nextInvoiceNumber(call: Call): string {
	const { info } = call.ledger;
	for (;;) {
		const next = info.value.nextInvoiceNumber;
		info.update({ nextInvoiceNumber: next + 1 });
		const number = `INV-${String(next).padStart(4, '0')}`;
		if (!invoiceByNumber(call, 'ACCREC', number)) return number;
	}
}
