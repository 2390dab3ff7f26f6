import type { KnackTwin } from '../knack/twin';
import { findField } from '../knack/state';
import type { TableState } from '../knack/state';
import type { StoredValue } from '../knack/values';
import { isList, isParts } from '../knack/values';
import type { Ledger } from '../xero/ledger';
import { moneyOf } from './shownMoney';

/** What the page shows, as plain text: the newest rows of every Knack table, and the Xero books. */

const newestRows = 200;

export interface PageTable {
	key: string;
	name: string;
	total: number;
	fields: Array<{
		key: string;
		name: string;
		type: string;
		options?: string[];
		multi?: boolean;
		connectsTo?: string;
	}>;
	rows: Array<{
		id: string;
		/** The display field. */
		title: string;
		shown: Record<string, string>;
		/** What stands in the box when a person edits the value. */
		edit: Record<string, string>;
		/** Ids of connected records, by field. */
		links: Record<string, readonly string[]>;
		/** When somebody last saved it, epoch milliseconds; undefined for what is as it was at first. */
		savedAt?: number;
	}>;
}

/** @param savedAt by record id, of what was saved since the sandbox was seeded */
export function knackPageData(
	knack: KnackTwin,
	savedAt: ReadonlyMap<string, number>,
): { app: { name: string }; tables: PageTable[] } {
	const app = knack.appState();
	return {
		app: { name: app.name },
		tables: [...app.tables.values()].map((table) => pageTable(knack, table, savedAt)),
	};
}

function pageTable(
	knack: KnackTwin,
	table: TableState,
	savedAt: ReadonlyMap<string, number>,
): PageTable {
	const { schema } = table;
	const identifier = schema.identifier && findField(schema, schema.identifier)?.key;
	return {
		key: schema.key,
		name: schema.name,
		total: table.records.size,
		fields: schema.fields.map((field) => ({
			key: field.key,
			name: field.name,
			type: field.type,
			...(field.format?.options ? { options: field.format.options } : {}),
			...(field.format?.type === 'multi' ? { multi: true } : {}),
			...(field.relationship ? { connectsTo: field.relationship.object } : {}),
		})),
		rows: [...table.records.values()].slice(-newestRows).map((record) => {
			const shown = { ...knack.display(schema.key, record.id), ...moneyOf(knack, table, record) };
			const saved = savedAt.get(record.id);
			const edit: Record<string, string> = {};
			const links: Record<string, readonly string[]> = {};
			for (const field of schema.fields) {
				const value = record.values[field.key];
				if (field.type === 'connection') links[field.key] = isList(value) ? value : [];
				else if (value !== undefined) edit[field.key] = editText(value, shown[field.key] ?? '');
			}
			return {
				id: record.id,
				title: (identifier && shown[identifier]) || record.id,
				shown,
				edit,
				links,
				...(saved === undefined ? {} : { savedAt: saved }),
			};
		}),
	};
}

function editText(value: StoredValue, shown: string): string {
	if (typeof value === 'string' || typeof value === 'number') return String(value);
	if (isParts(value)) return String(value['email'] ?? value['url'] ?? value['full'] ?? shown);
	return shown;
}

export function xeroPageData(ledger: Ledger) {
	const contactName = (id: string) => ledger.contacts.get(id)?.name ?? '';
	const invoices = ledger.invoices.all().reverse().slice(0, newestRows);
	return {
		organisation: ledger.info.value.name,
		invoices: invoices.map((invoice) => ({
			id: invoice.id,
			type: invoice.type,
			number: invoice.number,
			reference: invoice.reference ?? '',
			contact: contactName(invoice.contactId),
			status: invoice.status,
			date: invoice.date,
			dueDate: invoice.dueDate ?? '',
			currency: invoice.currencyCode,
			subTotal: invoice.totals.subTotal.toFixed(2),
			totalTax: invoice.totals.totalTax.toFixed(2),
			total: invoice.totals.total.toFixed(2),
			amountPaid: invoice.amountPaid.toFixed(2),
			amountDue: invoice.amountDue.toFixed(2),
			lines: invoice.lines.map((line) => ({
				description: line.description ?? '',
				quantity: line.hasAmounts ? line.quantity.toFixed() : '',
				unitAmount: line.hasAmounts ? line.unitAmount.toFixed() : '',
				account: line.accountId ? (ledger.accounts.get(line.accountId)?.code ?? '') : '',
				tax: line.taxType ? (ledger.taxRates.get(line.taxType)?.name ?? line.taxType) : '',
				amount: line.hasAmounts ? line.lineAmount.toFixed(2) : '',
			})),
			payments: ledger.payments
				.filter(({ target, status }) => target.id === invoice.id && status === 'AUTHORISED')
				.map((payment) => ({
					id: payment.paymentId,
					date: payment.date,
					reference: payment.reference ?? '',
					amount: payment.amount.toFixed(2),
				})),
		})),
		payments: ledger.payments
			.filter(({ status }) => status === 'AUTHORISED')
			.reverse()
			.slice(0, newestRows)
			.map((payment) => {
				const invoice = ledger.invoices.get(payment.target.id);
				return {
					id: payment.paymentId,
					date: payment.date,
					invoice: invoice?.number ?? payment.target.kind,
					contact: invoice ? contactName(invoice.contactId) : '',
					reference: payment.reference ?? '',
					amount: payment.amount.toFixed(2),
					currency: invoice?.currencyCode ?? ledger.info.value.baseCurrency,
				};
			}),
		contacts: ledger.contacts.all().map((contact) => ({
			id: contact.contactId,
			name: contact.name,
			email: contact.texts['EmailAddress'] ?? '',
			number: contact.contactNumber ?? '',
			status: contact.status,
		})),
	};
}
