import type { Draft, DraftLine } from '../../../lib/sync/draft';
import type { Shadow } from '../../../lib/sync/shadow/kinds';
import { shadowDocuments } from '../../../lib/sync/shadow/shadowDocuments';
import { upsertDocuments } from '../../../lib/sync/upsert';
import { DEFAULT_OPTIONS } from '../../../lib/sync/upsertContext';
import { DOCUMENTS } from '../../../lib/xero/documents';
import { xeroInMemory, type XeroInMemory } from '../../support/xeroInMemory';
import type { Random } from '../random';
import { Zapier, type Job, type Naming } from './zapier';

/** What is true of a document, by what the tool has done to it. */
export interface Truth {
	readonly shadow: Shadow;
	/** Labels of the fields that differ, in order. */
	readonly fields: readonly string[];
}

/** The two weeks. */
const FIRST = 8;
const LAST = 21;
/** Zapier hears of no payment of an invoice that is older (its help, common problems with Xero). */
const DEAF_AFTER_DAYS = 7;

const FATES = [
	'doubled',
	'doubledAfterEdit',
	'amountEdited',
	'dueDateEdited',
	'wrongAccount',
	'wrongContact',
	'missing',
	'voided',
	'oursToo',
	'oursAlone',
] as const;
type Fate = (typeof FATES)[number] | 'fine';

const REFERENCE = 'Reference';
const AMOUNT = ['Amount', 'Unit Price'];

/** Two weeks of orders in Knack and of a Zap that posts them, with the faults that Zaps are known for. */
export class Fortnight {
	readonly truth = new Map<string, Truth>();
	readonly planted = new Map<string, number>();
	private readonly jobs: Job[] = [];

	private constructor(
		readonly xero: XeroInMemory,
		private readonly zapier: Zapier,
		private readonly random: Random,
	) {}

	static async make(records: number, random: Random): Promise<Fortnight> {
		const xero = await xeroInMemory();
		xero.sandbox.xero.configure({ limitsOn: false });
		const world = new Fortnight(xero, new Zapier(xero), random);
		for (let index = 0; index < records; index += 1) await world.live(index);
		for (let index = 0; index < records / 10; index += 1) world.byHand(index);
		return world;
	}

	/** As a workflow does with all orders of the two weeks, by a client of its own. */
	async shadow(): ReturnType<typeof shadowDocuments> {
		const { settings, clock, turns, anotherClient } = this.xero;
		const said = new Map(this.jobs.map(({ id, amountPaid }) => [id, { amountPaid }]));
		return await shadowDocuments(
			{ client: anotherClient(), settings, clock, turns, lookedUpAtMs: clock.now() },
			DOCUMENTS.salesInvoice,
			this.jobs.map(draftOf),
			{
				options: DEFAULT_OPTIONS,
				saidOf: ({ source }) => said.get(source.knackRecordId ?? '') ?? {},
			},
		);
	}

	/** An order is completed, the Zap runs, and life goes on. */
	private async live(index: number): Promise<void> {
		const { random } = this;
		const job = this.order(index);
		this.jobs.push(job);
		const naming = random.pick<Naming>(['reference', 'reference', 'worded', 'number', 'none']);
		// Half of the orders fare well.
		const fate: Fate = random.percent(50) ? 'fine' : this.fateFor(naming, job);
		this.count(fate);
		const base = naming === 'reference' ? [] : [REFERENCE];
		const tell = (shadow: Shadow, ...fields: string[]) =>
			this.truth.set(job.number, { shadow, fields: [...base, ...fields].sort() });
		switch (fate) {
			case 'missing':
				this.truth.set(job.number, { shadow: 'onlyOurs', fields: [] });
				return;
			case 'oursAlone':
				await this.postOurs(job, index);
				this.truth.set(job.number, { shadow: 'onlyOurs', fields: [] });
				return;
			case 'oursToo':
				await this.zapier.post(job, naming);
				await this.postOurs(job, index);
				tell('doubledByThem');
				return;
			case 'doubled':
				await this.zapier.post(job, naming);
				await this.zapier.post(job, naming);
				tell('doubledByThem');
				return;
			case 'doubledAfterEdit':
				await this.zapier.post(job, naming);
				edit(job);
				await this.zapier.post(job, naming);
				tell('doubledByThem');
				return;
			case 'amountEdited':
				await this.zapier.post(job, naming);
				edit(job);
				tell('different', ...AMOUNT);
				return;
			case 'dueDateEdited':
				await this.zapier.post(job, naming);
				job.dueDate = '2027-01-31';
				tell('different', 'Due Date');
				return;
			case 'wrongAccount':
				await this.zapier.post(job, naming, { account: '260' });
				tell('different', 'Account');
				return;
			case 'wrongContact':
				await this.zapier.post(job, naming, { customer: 'Head Office of All' });
				tell('different', 'Contact');
				return;
			case 'voided': {
				const { id } = await this.zapier.post(job, naming);
				this.xero.sandbox.xero.person.voidInvoice({ invoiceId: id });
				this.truth.set(job.number, { shadow: 'different', fields: ['Status'] });
				return;
			}
			case 'fine': {
				const { id } = await this.zapier.post(job, naming);
				const isMissed = this.pay(job, id);
				const fields = isMissed ? ['Paid'] : [];
				tell(base.length > 0 || isMissed ? 'different' : 'same', ...fields);
			}
		}
	}

	/** Faults by which nobody could tell what belongs together are no test of what can be told. */
	private fateFor(naming: Naming, { customer }: Job): Fate {
		const fate = this.random.pick(FATES);
		if (naming === 'number' && ['doubled', 'doubledAfterEdit', 'oursToo'].includes(fate)) {
			// Xero takes a number once, so a second post of it is an update.
			return 'wrongAccount';
		}
		// Of a customer who may have been renamed, a run holds the other orders.
		if (fate === 'wrongContact' && !/^Customer \d/.test(customer)) return 'missing';
		const needsName: readonly Fate[] = [
			'amountEdited',
			'doubledAfterEdit',
			'voided',
			'wrongContact',
		];
		return needsName.includes(fate) && naming !== 'reference' ? 'missing' : fate;
	}

	/** Some are paid; gives whether the Zap has heard nothing of it. */
	private pay(job: Job, invoiceId: string): boolean {
		const { random } = this;
		if (job.currency !== 'GBP' || !random.percent(40)) return false;
		const posted = Number(job.date.slice(-2));
		const day = random.int(posted, LAST);
		const { Total: total } = this.invoice(invoiceId);
		const date = `2026-11-${String(day).padStart(2, '0')}`;
		this.xero.sandbox.xero.person.recordPayment({ invoiceId, date });
		if (day - posted > DEAF_AFTER_DAYS) {
			this.count('paymentMissed');
			return true;
		}
		job.amountPaid = String(total);
		return false;
	}

	private invoice(id: string) {
		const found = this.xero.sandbox.xero.person
			.invoices()
			.find(({ InvoiceID }) => InvoiceID === id);
		if (!found) throw new Error('There is no such invoice.');
		return found;
	}

	/** A person enters what no order stands for, now and then for a customer of the orders. */
	private byHand(index: number): void {
		const { random } = this;
		const number = `HAND-${index}`;
		const { customer, date } = random.pick(this.jobs);
		this.xero.sandbox.xero.person.saveInvoice({
			Type: 'ACCREC',
			InvoiceNumber: number,
			Contact: { Name: random.percent(50) ? customer : `Stranger ${index}` },
			Date: date,
			DueDate: '2026-12-30',
			Status: 'AUTHORISED',
			LineAmountTypes: 'NoTax',
			LineItems: [
				{
					Description: 'By hand',
					Quantity: 1,
					UnitAmount: `${7_000 + index}.17`,
					AccountCode: '200',
				},
			],
		});
		this.count('byHand');
		this.truth.set(number, { shadow: 'onlyTheirs', fields: [] });
	}

	private async postOurs(job: Job, index: number): Promise<void> {
		const { client, settings, clock, turns } = this.xero;
		const options = {
			...DEFAULT_OPTIONS,
			// Somebody has let it go: else this node holds what looks posted.
			ruleSeverities: { XERO_LOOKS_POSTED_ALREADY: 'off' as const },
		};
		const draft = draftOf(job, index);
		const fields = { ...draft.fields, invoiceNumber: `OURS-${index}` };
		const { outcomes } = await upsertDocuments(
			{ client, settings, clock, turns },
			DOCUMENTS.salesInvoice,
			[{ ...draft, fields }],
			options,
		);
		const [outcome] = outcomes;
		if (outcome?.outcome !== 'created') throw new Error(outcome?.summary);
	}

	private order(index: number): Job {
		const { random } = this;
		const standing = index % 4 === 0 ? index / 4 : undefined;
		const days = LAST - FIRST + 1;
		const day = standing === undefined ? random.int(FIRST, LAST) : FIRST + (standing % days);
		const customer = index % 3 === 0 ? `Customer ${index}` : `Customer of Many ${index % 40}`;
		return {
			id: index.toString(16).padStart(24, '0'),
			number: `SO-${1_000 + index}`,
			// The same order every day: only the day tells its invoices apart where nothing names them.
			customer: standing === undefined ? customer : `Standing Order ${Math.floor(standing / days)}`,
			date: `2026-11-${String(day).padStart(2, '0')}`,
			dueDate: `2026-12-${random.int(10, 28)}`,
			currency: standing === undefined && random.percent(10) ? 'EUR' : 'GBP',
			lines: standing === undefined ? this.someLines() : STANDING_LINES,
			amountPaid: '0',
		};
	}

	private someLines(): DraftLine[] {
		const { random } = this;
		return Array.from({ length: random.int(1, 3) }, (_, index) => ({
			fields: {
				description: `Work ${index + 1}`,
				quantity: String(random.int(1, 9)),
				unitAmount: `${random.int(20, 900)}.${random.int(10, 99)}`,
				accountCode: random.pick(['200', '210']),
				taxType: random.pick(['OUTPUT2', 'ZERORATEDOUTPUT']),
			},
		}));
	}

	private count(what: string): void {
		this.planted.set(what, (this.planted.get(what) ?? 0) + 1);
	}
}

const STANDING_LINES: readonly DraftLine[] = [
	{
		fields: {
			description: 'Daily round',
			quantity: '1',
			unitAmount: '100.00',
			accountCode: '200',
			taxType: 'OUTPUT2',
		},
	},
];

/** Somebody changes the price of the first line. */
function edit(job: Job): void {
	job.lines = job.lines.map((line, at) =>
		at === 0 ? { ...line, fields: { ...line.fields, unitAmount: '1234.56' } } : line,
	);
}

function draftOf(job: Job, index: number): Draft {
	return {
		type: 'salesInvoice',
		itemIndexes: [index],
		fields: {
			'contact.name': job.customer,
			reference: job.number,
			date: job.date,
			dueDate: job.dueDate,
			currencyCode: job.currency,
			lineAmountTypes: 'Exclusive',
			status: 'AUTHORISED',
		},
		lines: job.lines,
		source: { knackRecordId: job.id, table: 'object_2' },
		issues: [],
	};
}
