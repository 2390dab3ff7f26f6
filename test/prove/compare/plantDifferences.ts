import { DIFFERENCE_KINDS, type DifferenceKind } from '../../../lib/sync/compare/kinds';
import { isJsonObject, type JsonObject } from '../../../sandbox/xero/json';
import type { InvoiceRow } from '../../../sandbox/xero/model';
import type { Random } from '../random';
import { CLOSED_UNTIL, type CompareWorld, type JobRecord } from './compareWorld';

/** A difference that is there, and which record or document it is of. */
export interface Planted {
	readonly kind: DifferenceKind;
	/** Number of the record, or of the document that has none. */
	readonly record: string;
}

interface Site {
	readonly record: JobRecord;
	readonly invoice: InvoiceRow;
}

const KINDS = Object.keys(DIFFERENCE_KINDS).filter((name): name is DifferenceKind => true);

/** Plants so many differences of each kind in turn, each on a record of its own. */
export async function plantDifferences(
	world: CompareWorld,
	count: number,
	random: Random,
): Promise<readonly Planted[]> {
	const records = await world.records();
	const invoices = new Map(
		world.xero.sandbox.xero
			.organisation()
			.invoices.all()
			.map((row) => [row.number, row]),
	);
	const sites = new Map(
		records.flatMap((record) => {
			const invoice = invoices.get(record.values.Number ?? '');
			return invoice ? [[record.id, { record, invoice }] as const] : [];
		}),
	);
	const planted: Planted[] = [];
	for (let index = 0; index < count; index += 1) {
		const kind = KINDS[index % KINDS.length] ?? 'amount';
		const plant = new Planter(world, random, index);
		const site = [...sites.values()].find((each) => plant.fits(kind, each));
		if (!site) throw new Error(`No record is left for ${kind}.`);
		sites.delete(site.record.id);
		planted.push({ kind, record: plant.plant(kind, site) });
	}
	return planted;
}

class Planter {
	constructor(
		private readonly world: CompareWorld,
		private readonly random: Random,
		private readonly index: number,
	) {}

	/** Whether a difference of the kind may be planted there by itself. */
	fits(kind: DifferenceKind, { record: { values }, invoice }: Site): boolean {
		const isApproved = invoice.status === 'AUTHORISED';
		const isBase = values.Currency === 'GBP';
		switch (kind) {
			case 'currencyRate':
				return !isBase;
			case 'taxRate':
				return invoice.lines.some(({ taxType }) => taxType === 'ZERORATEDOUTPUT');
			case 'unallocatedCredit':
				return isApproved && isBase && (values.Customer ?? '').match(/^Customer \d+$/) !== null;
			case 'status':
				return invoice.status === 'DRAFT';
			case 'paid':
				return isApproved && isBase;
			case 'voided':
				return isApproved;
			case 'sent':
				return values.Sent === 'No' && isApproved;
			default:
				return true;
		}
	}

	/** Plants it, and gives the number by which it is found. */
	plant(kind: DifferenceKind, site: Site): string {
		const { world, index } = this;
		const { record, invoice } = site;
		const number = record.values.Number ?? '';
		const { person } = world.xero.sandbox.xero;
		switch (kind) {
			case 'missing':
				return this.unposted(record, '2026-11-12');
			case 'closedPeriod':
				return this.unposted(record, CLOSED_UNTIL.replace('30', '12'));
			case 'withoutRecord':
				return this.copied(site, { InvoiceNumber: `BY-HAND-${index}`, Url: null });
			case 'twice':
				this.copied(site, { InvoiceNumber: `TWIN-${index}`, Url: invoice.url ?? null });
				return number;
			case 'amount':
				world.lines.set(
					number,
					(world.lines.get(number) ?? []).map((line, at) =>
						at === 0 ? { ...line, fields: { ...line.fields, unitAmount: '1234.56' } } : line,
					),
				);
				return number;
			case 'account':
				return this.edited(site, { AccountCode: '260' });
			case 'taxRate':
				return this.edited(site, { TaxType: 'EXEMPTOUTPUT' }, 'ZERORATEDOUTPUT');
			case 'tracking': {
				const [first] = world.lines.get(number) ?? [];
				const Option = first?.fields['tracking.Region'] === 'North' ? 'South' : 'North';
				return this.edited(site, { Tracking: [{ Name: 'Region', Option }] });
			}
			case 'contact':
				person.saveInvoice({ InvoiceID: invoice.id, Contact: { Name: `Moved ${index}` } });
				return number;
			case 'dates':
				world.setInKnack(record.id, { 'Due Date': '2027-01-31' });
				return number;
			case 'status':
				person.saveInvoice({ InvoiceID: invoice.id, Status: 'AUTHORISED' });
				return number;
			case 'currencyRate':
				world.setInKnack(record.id, { Rate: '1.2345' });
				return number;
			case 'paid':
				person.recordPayment({ invoiceId: invoice.id, amount: '1.00' });
				return number;
			case 'unallocatedCredit':
				this.credit(record.values.Customer ?? '');
				return number;
			case 'voided':
				person.voidInvoice({ invoiceId: invoice.id });
				return number;
			case 'sent':
				person.saveInvoice({ InvoiceID: invoice.id, SentToContact: true });
				return number;
		}
	}

	private unposted({ values }: JobRecord, day: string): string {
		const number = `NEW-${this.index}`;
		this.world.lines.set(number, this.world.lines.get(values.Number ?? '') ?? []);
		this.world.addRecord({
			...values,
			Number: number,
			Date: day,
			'Wanted Status': 'AUTHORISED',
			'Xero Status': '',
		});
		return number;
	}

	private copied({ record: { values } }: Site, members: Record<string, string | null>): string {
		this.world.xero.sandbox.xero.person.saveInvoice({
			Type: 'ACCREC',
			Contact: { Name: `Stranger ${this.index}` },
			Date: `2026-10-${this.random.int(10, 28)}`,
			DueDate: '2026-12-30',
			Status: 'AUTHORISED',
			LineItems: [{ Description: 'By hand', Quantity: 1, UnitAmount: 77, AccountCode: '200' }],
			...members,
		});
		return members.InvoiceNumber ?? values.Number ?? '';
	}

	/** Changes one line in Xero: the first, or the first with a tax rate. */
	private edited({ record, invoice }: Site, members: JsonObject, taxType?: string): string {
		const at = invoice.lines.findIndex((line) => taxType === undefined || line.taxType === taxType);
		const { person } = this.world.xero.sandbox.xero;
		const { LineItems: lines } = person.saveInvoice({ InvoiceID: invoice.id });
		if (!Array.isArray(lines)) throw new Error('The invoice has no lines.');
		const LineItems = lines.map((line, index) =>
			index === at && isJsonObject(line) ? { ...line, ...members } : line,
		);
		person.saveInvoice({ InvoiceID: invoice.id, LineItems });
		return record.values.Number ?? '';
	}

	private credit(Name: string): void {
		this.world.credits.push({
			Type: 'ACCRECCREDIT',
			Contact: { Name },
			Date: '2026-10-05',
			Status: 'AUTHORISED',
			LineAmountTypes: 'NoTax',
			LineItems: [{ Description: 'Goodwill', Quantity: 1, UnitAmount: 5, AccountCode: '200' }],
		});
	}
}
