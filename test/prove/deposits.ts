import type { HttpPort } from '../../lib/http';
import { decimal, parseDecimal, sum, type Decimal } from '../../lib/money';
import type { Draft } from '../../lib/sync/draft';
import type { Outcome } from '../../lib/sync/outcome';
import { upsertDocuments } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS } from '../../lib/sync/upsertContext';
import { Turns } from '../../lib/sync/write/turns';
import { DOCUMENTS } from '../../lib/xero/documents';
import type { CreditRow, InvoiceRow } from '../../sandbox/xero/model';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';
import type { Way } from './kind';
import { Random } from './random';
import { Killed, randomTrouble, troubledPort, UNTROUBLED, type Trouble } from './troubledPort';

const CONTACTS = ['Acme Ltd', 'Bolt Ltd'];
const REGIONS = ['North', 'South'];
const CREDIT_KINDS = ['prepayment', 'overpayment', 'creditNote'] as const;

export interface DepositProof {
	readonly jobs: number;
	readonly credits: number;
	readonly used: number;
	readonly payments: number;
	readonly kills: number;
	readonly races: number;
	/** One line for each scene that ended wrong; none is the proof. */
	readonly failures: readonly string[];
}

type Counts = { -readonly [Name in keyof Omit<DepositProof, 'failures'>]: number };

interface Options {
	/** At least so many, in scenes of some each. */
	readonly jobs: number;
	readonly firstSeed: number;
	/** Breaks the way to Xero, to show that the proof notices. */
	readonly plantedFault?: (inner: HttpPort) => HttpPort;
	readonly onProgress?: (jobs: number) => void;
}

/**
 * Jobs with deposits, overpayments, credit notes and part payments, invoiced and billed by two
 * workers at once that die, lose answers and come again. At rest nothing is allocated twice or to
 * another's document, nothing that could be used lies open, and the control accounts agree.
 */
export async function proveDeposits(options: Options): Promise<DepositProof> {
	const { jobs, firstSeed, plantedFault = (inner) => inner, onProgress } = options;
	const world = await xeroInMemory();
	world.sandbox.xero.configure({ limitsOn: false });
	seedContacts(world);
	const empty = world.sandbox.snapshot();
	const counts = noCounts();
	const failures: string[] = [];
	for (let seed = firstSeed; counts.jobs < jobs; seed += 1) {
		world.sandbox.restore(empty);
		world.sandbox.journal.clear();
		const wrong = await new DepositScene(world, new Random(seed), counts, plantedFault).play();
		failures.push(...wrong.map((each) => `seed ${seed}: ${each}`));
		onProgress?.(counts.jobs);
	}
	return { ...counts, failures };
}

function seedContacts({ sandbox }: XeroInMemory): void {
	sandbox.xero.seedContacts(CONTACTS.map((name) => ({ name })));
}

function noCounts(): Counts {
	return { jobs: 0, credits: 0, used: 0, payments: 0, kills: 0, races: 0 };
}

/** A scene of jobs among those of other kinds. */
export const OPEN_CREDIT: Way = {
	name: 'open credit of invoices and bills',
	seed: async (world) => await Promise.resolve(seedContacts(world)),
	play: async ({ world, random, plantedFault, counts }) => {
		const own = noCounts();
		const wrong = await new DepositScene(world, random, own, plantedFault).play();
		counts.kills += own.kills;
		counts.races += own.races;
		return wrong;
	},
};

interface Job {
	readonly number: string;
	readonly contact: string;
	readonly region: string;
	readonly price: number;
	xeroId?: string;
}

class DepositScene {
	private readonly type: 'salesInvoice' | 'bill';
	private readonly scope: 'ofJob' | 'ofContact';
	private readonly jobs: readonly Job[];
	private keys = 0;

	constructor(
		private readonly world: XeroInMemory,
		private readonly random: Random,
		private readonly counts: Counts,
		private readonly plantedFault: (inner: HttpPort) => HttpPort,
	) {
		this.type = random.pick(['salesInvoice', 'bill']);
		this.scope = random.pick(['ofJob', 'ofContact']);
		this.jobs = Array.from({ length: random.int(2, 6) }, (_, index) => ({
			number: `JOB-${index + 1}`,
			contact: random.pick(CONTACTS),
			region: random.pick(REGIONS),
			price: random.int(50, 900),
		}));
		counts.jobs += this.jobs.length;
	}

	/** @returns what went wrong */
	async play(): Promise<string[]> {
		const { random, counts } = this;
		for (let more = random.int(1, 5); more > 0; more -= 1) await this.addCredit();
		for (let round = random.int(1, 3); round > 0; round -= 1) {
			const isRace = random.percent(70);
			if (isRace) counts.races += 1;
			const workers = isRace ? [1, 2] : [1];
			await Promise.all(
				workers.map(
					async () => await this.survive(randomTrouble(random, !isRace), random.int(0, 1_000_000)),
				),
			);
			if (random.percent(40)) await this.addCredit();
			if (random.percent(50)) this.payPart();
			if (random.percent(25)) this.world.sandbox.clock.advance(random.int(1, 20) * 60_000);
		}
		await this.work(UNTROUBLED, new Random(1));
		const writes = this.writes();
		const outcomes = await this.work(UNTROUBLED, new Random(1));
		const restless = outcomes.filter(({ outcome }) => outcome !== 'unchanged');
		return [
			...restless.map(({ summary }) => `not at rest: ${summary}`),
			...(this.writes() > writes ? ['written although nothing was to be done'] : []),
			...this.wrongDocuments(),
			...(await this.wrongBooks()),
		];
	}

	private writes(): number {
		return this.world.sandbox.journal.counts().byService.xero?.write ?? 0;
	}

	private async survive(trouble: Trouble, seed: number): Promise<void> {
		try {
			await this.work(trouble, new Random(seed));
		} catch (error) {
			if (error instanceof Killed) this.counts.kills += 1;
			else if (!(error instanceof Error && error.name === 'ServiceFaultError')) throw error;
		}
	}

	private async work(trouble: Trouble, chance: Random): Promise<readonly Outcome[]> {
		const { settings, clock, sandbox, anotherClient } = this.world;
		const client = anotherClient((inner) =>
			troubledPort(this.plantedFault(inner), trouble, chance, sandbox.clock),
		);
		const { outcomes } = await upsertDocuments(
			{ client, settings, clock, turns: new Turns() },
			DOCUMENTS[this.type],
			this.jobs.map((job, index) => this.draftOf(job, index)),
			{ ...DEFAULT_OPTIONS, openCredit: this.scope },
		);
		outcomes.forEach(({ document }, index) => {
			const job = this.jobs[index];
			if (job && document.id !== undefined && !chance.percent(30)) job.xeroId = document.id;
		});
		return outcomes;
	}

	private draftOf({ number, contact, region, price, xeroId }: Job, index: number): Draft {
		const isBill = this.type === 'bill';
		return {
			type: this.type,
			itemIndexes: [index],
			...(xeroId === undefined ? {} : { id: xeroId }),
			fields: {
				'contact.name': contact,
				invoiceNumber: number,
				...(isBill ? {} : { reference: `${number} of ${contact}` }),
				date: '2026-11-02',
				dueDate: '2026-12-02',
				status: 'AUTHORISED',
			},
			lines: [
				{
					fields: {
						description: 'Work',
						quantity: '1',
						unitAmount: String(price),
						accountCode: isBill ? '429' : '200',
						taxType: isBill ? 'INPUT2' : 'OUTPUT2',
						'tracking.Region': region,
					},
				},
			],
			source: { knackRecordId: number, table: 'object_2' },
			issues: [],
		};
	}

	/** Somebody pays ahead or too much, or is credited something. */
	private async addCredit(): Promise<void> {
		const { random } = this;
		const isBill = this.type === 'bill';
		const kind = random.pick(CREDIT_KINDS);
		const side = isBill ? 'SPEND' : 'RECEIVE';
		const element = {
			Contact: { Name: random.pick(CONTACTS) },
			Date: `2026-${random.pick(['09', '10'])}-${random.int(10, 28)}`,
			LineAmountTypes: 'NoTax',
			LineItems: [
				{
					Description: 'Paid ahead',
					Quantity: 1,
					UnitAmount: random.int(20, 700),
					...(kind === 'overpayment' ? {} : { AccountCode: isBill ? '429' : '200' }),
					Tracking: random.percent(80) ? [{ Name: 'Region', Option: random.pick(REGIONS) }] : [],
				},
			],
		};
		if (kind === 'creditNote') {
			const Type = isBill ? 'ACCPAYCREDIT' : 'ACCRECCREDIT';
			const job = random.pick(this.jobs);
			const Reference = isBill ? undefined : `${job.number} of ${job.contact}`;
			await this.put('CreditNotes', { ...element, Type, Status: 'AUTHORISED', Reference });
		} else {
			const Type = `${side}-${kind.toUpperCase()}`;
			await this.put('BankTransactions', { ...element, Type, BankAccount: { Code: '090' } });
		}
		this.counts.credits += 1;
	}

	private async put(resource: string, element: object): Promise<void> {
		this.keys += 1;
		const answer = await this.world.anotherClient().write({
			method: 'PUT',
			path: `/${resource}`,
			body: { [resource]: [element] },
			idempotencyKey: `person ${this.keys} ${this.world.clock.now()}`,
		});
		if (answer.kind !== 'accepted') throw new Error(JSON.stringify(answer));
	}

	/** A part of one of the documents is paid. */
	private payPart(): void {
		const open = this.invoices().filter(({ status }) => status === 'AUTHORISED');
		if (open.length === 0) return;
		const { id, amountDue } = this.random.pick(open);
		const amount = this.random.pick([
			amountDue,
			amountDue.div(3).round(2),
			amountDue.div(2).round(2),
		]);
		if (amount.lte(0)) return;
		this.world.sandbox.xero.recordPayment({ invoiceId: id, amount: amount.toFixed(2) });
		this.counts.payments += 1;
	}

	private invoices(): readonly InvoiceRow[] {
		const { invoices } = this.world.sandbox.xero.organisation();
		return invoices.all().filter(({ status }) => !['VOIDED', 'DELETED'].includes(status));
	}

	private credits(): readonly CreditRow[] {
		const ledger = this.world.sandbox.xero.organisation();
		return CREDIT_KINDS.flatMap((kind) => ledger.credits(kind).all());
	}

	private wrongDocuments(): string[] {
		const { jobs, scope } = this;
		const ledger = this.world.sandbox.xero.organisation();
		const invoices = this.invoices();
		const credits = new Map(this.credits().map((credit) => [credit.id, credit]));
		const wrong: string[] = [];
		if (invoices.length !== jobs.length) wrong.push(`${invoices.length} of ${jobs.length} jobs`);
		const parts = new Set<string>();
		for (const { creditId, invoiceId, amount, deleted } of ledger.allocations.all()) {
			if (deleted) continue;
			this.counts.used += 1;
			const pair = `${creditId} ${invoiceId}`;
			// What another worker left of a credit may follow as a second part, of another amount.
			const part = `${amount} of ${pair}`;
			if (parts.has(part)) wrong.push(`allocated twice: ${part}`);
			parts.add(part);
			const credit = credits.get(creditId);
			const invoice = invoices.find(({ id }) => id === invoiceId);
			if (!credit || !invoice || (scope === 'ofJob' && !isSameJob(credit, invoice))) {
				wrong.push(`allocated to another job: ${amount} of ${pair}`);
			}
		}
		for (const credit of credits.values()) {
			if (credit.remainingCredit.lte(0)) continue;
			const due = invoices.find(
				(invoice) =>
					invoice.contactId === credit.contactId &&
					invoice.amountDue.gt(0) &&
					(scope === 'ofContact' || isSameJob(credit, invoice)),
			);
			if (due)
				wrong.push(`${credit.remainingCredit} of a ${credit.kind} lies beside ${due.number}`);
		}
		return wrong;
	}

	/** What the trial balance says beside what the documents do. */
	private async wrongBooks(): Promise<string[]> {
		const balances = await this.trialBalance();
		const owed = sum(this.invoices().map(({ amountDue }) => decimal(amountDue.toFixed())));
		const credited = sum(
			this.credits()
				.filter(({ kind }) => kind !== 'prepayment')
				.map(({ remainingCredit }) => decimal(remainingCredit.toFixed())),
		);
		const isBill = this.type === 'bill';
		const control = balances.get(isBill ? '800' : '610') ?? decimal(0);
		const is = isBill ? control.times(-1) : control;
		const total = sum([...balances.values()]);
		return [
			...(total.eq(0) ? [] : [`the trial balance is off by ${total.toFixed()}`]),
			...(is.eq(owed.minus(credited))
				? []
				: [`the control account says ${is.toFixed()}, not ${owed.minus(credited).toFixed()}`]),
		];
	}

	/** Debit less credit, by the code of the account. */
	private async trialBalance(): Promise<ReadonlyMap<string, Decimal>> {
		const body = await this.world.anotherClient().read({ path: '/Reports/TrialBalance' });
		const balances = new Map<string, Decimal>();
		for (const [name, , , debit, credit] of rowsOf(body)) {
			const code = /\((\w+)\)$/.exec(name ?? '')?.[1];
			if (code === undefined) continue;
			const amount = (text = '') => parseDecimal(text.replaceAll(',', '')) ?? decimal(0);
			balances.set(code, amount(debit).minus(amount(credit)));
		}
		return balances;
	}
}

/** The texts of a report's rows, wherever they are nested. */
function rowsOf(node: unknown): string[][] {
	if (Array.isArray(node)) return node.flatMap(rowsOf);
	if (typeof node !== 'object' || node === null) return [];
	if ('Cells' in node && Array.isArray(node.Cells) && 'RowType' in node && node.RowType === 'Row') {
		const cells: unknown[] = node.Cells;
		return [
			cells.map((cell) =>
				typeof cell === 'object' && cell !== null && 'Value' in cell ? String(cell.Value) : '',
			),
		];
	}
	return Object.values(node).flatMap(rowsOf);
}

function isSameJob(credit: CreditRow, invoice: InvoiceRow): boolean {
	if (credit.reference && credit.reference === invoice.reference) return true;
	const optionsOf = ({ lines }: CreditRow | InvoiceRow) =>
		lines.flatMap(({ tracking }) => tracking.map(({ trackingOptionId }) => trackingOptionId));
	const own = optionsOf(invoice);
	return optionsOf(credit).some((option) => own.includes(option));
}

export function depositTable(result: DepositProof): string[] {
	const { jobs, credits, used, payments, kills, races, failures } = result;
	return [
		`${jobs} jobs, ${credits} deposits, overpayments and credit notes, ${payments} part payments; ${used} parts of credit used`,
		`${kills} killed, ${races} races of two workers`,
		...failures.slice(0, 20).map((failure) => `WRONG ${failure}`),
		`${failures.length} wrong: allocated twice or to another, left lying, or books that do not agree`,
	];
}
