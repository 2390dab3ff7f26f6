import { Random } from '../random';

/** A document as a firm's Knack record has it. Nothing in this folder knows how it is judged. */
export interface Document {
	readonly side: 'sale' | 'purchase';
	/** What sort of customer or supplier it is of. */
	readonly sort: string;
	readonly contact: string;
	readonly taxNumber?: string;
	/** `YYYY-MM-DD`: the day on which it was entered, and the day that it bears. */
	readonly entered: string;
	readonly date: string;
	readonly number: string;
	readonly reference?: string;
	readonly currency: string;
	readonly lines: readonly Line[];
	/** What was planted, and the record as it should have been; undefined of one too many. */
	readonly planted?: { readonly kind: string; readonly right: Document | undefined };
}

export interface Line {
	readonly item?: string;
	readonly description: string;
	readonly quantity: number;
	readonly price: number;
	readonly account: string;
	readonly tax: string;
	readonly job?: string;
}

export interface Item {
	readonly code: string;
	readonly name: string;
	readonly price: number;
	readonly cost: number;
	/** How many are usually sold at once. */
	readonly usual: number;
}

const ITEMS: readonly Item[] = [
	['PAV', 'Paving slab', 14.5, 8.2, 60],
	['TUR', 'Turf, square metre', 4.75, 2.4, 90],
	['FEN', 'Fence panel', 38, 21, 12],
	['POS', 'Fence post', 17.25, 9.5, 14],
	['GRA', 'Gravel, bulk bag', 62, 38, 4],
	['SOI', 'Topsoil, bulk bag', 58, 31, 5],
	['HED', 'Hedge plant', 6.9, 3.1, 45],
	['TRE', 'Specimen tree', 185, 96, 2],
	['LAB', 'Labour, hour', 42, 24, 16],
	['SKI', 'Skip hire', 260, 190, 1],
].map(([code, name, price, cost, usual]) => ({ code, name, price, cost, usual }) as Item);

export const JOBS = Array.from({ length: 30 }, (_, index) => `J${2001 + index}`);

const DAY_MS = 86_400_000;
/** The first day of the books; judged from a quarter later on, for a year. */
export const FIRST_DAY = '2026-12-01';
export const FIRST_JUDGED_DAY = '2027-03-01';
export const LAST_DAY = '2028-02-29';

export function dayAfter(day: string, days: number): string {
	return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

function daysFrom(from: string, to: string): number {
	return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS;
}

const TOTAL_DAYS = daysFrom(FIRST_DAY, LAST_DAY);

const cents = (value: number): number => Math.round(value * 100) / 100;

/** A firm of landscapers over fifteen months: seasons, growth, price rises, new customers. */
export class Year {
	private readonly random: Random;
	private readonly documents: Array<Omit<Document, 'number'> & { readonly numberOfThem?: string }> =
		[];

	constructor(seed: number) {
		this.random = new Random(seed);
	}

	items(): readonly Item[] {
		return ITEMS;
	}

	/** All of them in the order of their days, ours numbered in that order. */
	make(): Document[] {
		this.weeklyCustomers(26);
		this.managingAgents(3);
		this.depositCustomers(34);
		this.tradeCustomers(110);
		this.subscribers(18);
		this.exports(6);
		this.merchants(14);
		this.subcontractors(9);
		this.overheads(11);
		this.soleTraders(5);
		this.foreignSuppliers(2);
		this.newSuppliers(25);
		const sorted = [...this.documents].sort((a, b) =>
			a.entered < b.entered ? -1 : a.entered > b.entered ? 1 : 0,
		);
		let next = 1;
		return sorted.map(({ numberOfThem, ...document }) => ({
			...document,
			number: numberOfThem ?? `INV-${String(next++).padStart(5, '0')}`,
		}));
	}

	private add(document: (typeof this.documents)[number]): void {
		if (document.entered <= LAST_DAY) this.documents.push(document);
	}

	/** From 0 to 1, evenly. */
	private share(): number {
		return this.random.int(0, 1_000_000) / 1_000_000;
	}

	/** Around 1, a factor of `spread` up or down being usual; sometimes far out, as trade is. */
	private around(spread: number): number {
		const bell = this.share() + this.share() + this.share() + this.share() - 2;
		return Math.exp(bell * 1.7 * Math.log(spread));
	}

	/** What it costs in that month: prices rise once or twice. */
	private risen(day: string, from: string, byPercent: number): number {
		return day >= from ? 1 + byPercent / 100 : 1;
	}

	private day(low = 0, high = TOTAL_DAYS): string {
		return dayAfter(FIRST_DAY, this.random.int(low, high));
	}

	/** The firm grows by some two fifths over the time. */
	private isTaken(day: string): boolean {
		return this.random.percent(70 + (30 * daysFrom(FIRST_DAY, day)) / TOTAL_DAYS);
	}

	/** Customers come all the time; half are there from the start. */
	private firstDay(): number {
		return this.random.percent(55) ? this.random.int(0, 20) : this.random.int(20, TOTAL_DAYS - 30);
	}

	private weeklyCustomers(count: number): void {
		for (let index = 0; index < count; index += 1) {
			const price = this.random.int(6, 30) * 5;
			const rise = this.day(120, 260);
			const percent = this.random.int(3, 9);
			const start = this.firstDay();
			const hasWeek = this.random.percent(50);
			for (let at = start; at <= TOTAL_DAYS; ) {
				const day = dayAfter(FIRST_DAY, at);
				const month = Number(day.slice(5, 7));
				const isSeason = month >= 3 && month <= 10;
				const week = `week ${1 + Math.floor((at % 364) / 7)}`;
				this.add({
					side: 'sale',
					sort: 'weekly',
					contact: `Weekly ${index + 1}`,
					entered: day,
					date: day,
					currency: 'GBP',
					lines: [
						{
							description: hasWeek ? `Garden maintenance, ${week}` : 'Lawn mowing and edging',
							quantity: 1,
							price: cents(price * this.risen(day, rise, percent)),
							account: '200',
							tax: 'OUTPUT2',
						},
						...(this.random.percent(8)
							? [
									{
										description: 'Green waste taken away, bags',
										quantity: this.random.int(1, 8),
										price: 6.5,
										account: '200',
										tax: 'OUTPUT2',
									},
								]
							: []),
					],
				});
				at += isSeason ? 7 : 14;
			}
		}
	}

	/** Twelve sites each, all on one day, many of them for the same price. */
	private managingAgents(count: number): void {
		for (let index = 0; index < count; index += 1) {
			const prices = Array.from({ length: 12 }, () => this.random.pick([90, 120, 120, 150, 210]));
			const rise = this.day(150, 250);
			for (let month = 0; month < 15; month += 1) {
				const year = 2026 + Math.floor((11 + month) / 12);
				const number = String(((11 + month) % 12) + 1).padStart(2, '0');
				const day = `${year}-${number}-${this.random.pick(['01', '01', '02'])}`;
				prices.forEach((price, site) => {
					this.add({
						side: 'sale',
						sort: 'agent',
						contact: `Managing Agent ${index + 1}`,
						entered: day,
						date: day,
						reference: `Site ${site + 1}`,
						currency: 'GBP',
						lines: [
							{
								description: 'Grounds maintenance, monthly',
								quantity: 1,
								price: cents(price * this.risen(day, rise, 6)),
								account: '200',
								tax: 'OUTPUT2',
							},
						],
					});
				});
			}
		}
	}

	/** Thirty per cent when they order, the rest when the job is done. */
	private depositCustomers(count: number): void {
		for (let index = 0; index < count; index += 1) {
			const jobs = this.random.int(1, 9);
			for (let number = 0; number < jobs; number += 1) {
				const worth = Math.round((4_500 * this.around(2.2)) / 50) * 50;
				const job = this.random.pick(JOBS);
				const day = this.day(0, TOTAL_DAYS - 20);
				const done = dayAfter(day, this.random.int(15, 70));
				const reference = `Q-${1000 + index * 10 + number}`;
				const line = (description: string, price: number): Line => ({
					description,
					quantity: 1,
					price: cents(price),
					account: '200',
					tax: 'OUTPUT2',
					job,
				});
				const shared = {
					side: 'sale',
					sort: 'deposit',
					contact: `Garden Owner ${index + 1}`,
					reference,
					currency: 'GBP',
				} as const;
				const lines = [line(`Deposit of 30 % for ${reference}`, worth * 0.3)];
				this.add({ ...shared, entered: day, date: day, lines });
				this.add({
					...shared,
					entered: done,
					date: done,
					lines: [line(`Landscaping as quoted in ${reference}, balance`, worth * 0.7)],
				});
			}
		}
	}

	/** They buy what they need, now this and now that. */
	private tradeCustomers(count: number): void {
		for (let index = 0; index < count; index += 1) {
			const often = this.random.pick([8, 14, 20, 30, 45]);
			const size = this.around(1.8);
			const likes = Array.from({ length: this.random.int(2, 5) }, () => this.random.pick(ITEMS));
			for (let at = this.firstDay(); at <= TOTAL_DAYS; at += this.random.int(2, often * 2)) {
				const day = dayAfter(FIRST_DAY, at);
				const month = Number(day.slice(5, 7));
				const season = month >= 3 && month <= 6 ? 1.5 : month === 12 || month === 1 ? 0.7 : 1;
				if (!this.isTaken(day)) continue;
				const bought = new Set(
					Array.from({ length: this.random.int(1, 3) }, () =>
						this.random.percent(88) ? this.random.pick(likes) : this.random.pick(ITEMS),
					),
				);
				const job = this.random.percent(40) ? this.random.pick(JOBS) : undefined;
				this.add({
					side: 'sale',
					sort: 'trade',
					contact: `Trade Customer ${index + 1}`,
					entered: day,
					date: day,
					reference: `Order ${this.random.int(10_000, 99_999)}`,
					currency: 'GBP',
					lines: [...bought].map(({ code, name, price, usual }) => ({
						item: code,
						description: name,
						quantity: Math.max(1, Math.round(usual * size * season * this.around(1.7))),
						price: cents(
							price * this.risen(day, '2027-06-01', 5) * (this.random.percent(10) ? 0.9 : 1),
						),
						account: code === 'LAB' ? '200' : '260',
						tax: 'OUTPUT2',
						...(job ? { job } : {}),
					})),
				});
			}
		}
	}

	private subscribers(count: number): void {
		for (let index = 0; index < count; index += 1) {
			const price = this.random.pick([45, 60, 75, 110]);
			for (let at = this.firstDay(); at <= TOTAL_DAYS; at += 30) {
				const day = dayAfter(FIRST_DAY, at);
				this.add({
					side: 'sale',
					sort: 'subscription',
					contact: `Plant Care ${index + 1}`,
					entered: day,
					date: day,
					currency: 'GBP',
					lines: [
						{
							description: `Indoor plant care, ${day.slice(0, 7)}`,
							quantity: 1,
							price: cents(price * this.risen(day, '2027-09-01', 4)),
							account: '200',
							tax: 'OUTPUT2',
						},
					],
				});
			}
		}
	}

	private exports(count: number): void {
		for (let index = 0; index < count; index += 1) {
			for (let at = this.firstDay(); at <= TOTAL_DAYS; at += this.random.int(12, 40)) {
				const day = dayAfter(FIRST_DAY, at);
				const { code, name, price, usual } = this.random.pick(ITEMS.slice(6, 8));
				this.add({
					side: 'sale',
					sort: 'export',
					contact: `Jardin ${index + 1}`,
					entered: day,
					date: day,
					currency: 'EUR',
					lines: [
						{
							item: code,
							description: name,
							quantity: Math.max(1, Math.round(usual * 2 * this.around(1.6))),
							price: cents(price * 1.17),
							account: '260',
							tax: 'ZERORATEDOUTPUT',
						},
					],
				});
			}
		}
	}

	/** How a supplier numbers. */
	private numbering(): (running: number, day: string) => string {
		const offset = this.random.int(100, 40_000);
		return this.random.pick([
			(running: number) => `INV-${String(offset + running * 3).padStart(6, '0')}`,
			(running: number, day: string) => `${day.slice(0, 4)}/${String(running).padStart(4, '0')}`,
			(running: number) => String(offset * 7 + running * 11),
			(running: number) => `SI${offset + running}`,
			(running: number, day: string) => `${day.slice(2, 4)}-${day.slice(5, 7)}-${String(running)}`,
		]);
	}

	private supplier(
		facts: Pick<Document, 'sort' | 'contact' | 'taxNumber' | 'currency'>,
		every: readonly [number, number],
		lines: (day: string) => readonly Line[],
		start = this.random.int(0, 12),
	): void {
		const numberOf = this.numbering();
		let running = 0;
		for (let at = start; at <= TOTAL_DAYS; at += this.random.int(...every)) {
			const entered = dayAfter(FIRST_DAY, at);
			running += 1;
			if (!this.isTaken(entered)) continue;
			const date = dayAfter(entered, -this.random.int(0, 9));
			this.add({
				...facts,
				side: 'purchase',
				entered,
				date,
				numberOfThem: numberOf(running, date),
				lines: lines(entered),
			});
		}
	}

	private merchants(count: number): void {
		for (let index = 0; index < count; index += 1) {
			const stock = Array.from({ length: 4 }, () => this.random.pick(ITEMS.slice(0, 8)));
			const size = this.around(1.5);
			this.supplier(
				{
					sort: 'merchant',
					contact: `Merchant ${index + 1}`,
					taxNumber: `GB 10${index}`,
					currency: 'GBP',
				},
				[2, 8],
				(day) =>
					[...new Set([this.random.pick(stock), this.random.pick(stock)])].map(
						({ name, cost, usual }) => ({
							description: `${name}s delivered`,
							quantity: Math.max(1, Math.round(usual * size * this.around(1.6))),
							price: cents(
								cost * this.risen(day, '2027-05-15', 7) * (1 + this.random.int(-4, 4) / 100),
							),
							account: '310',
							tax: 'INPUT2',
							job: this.random.pick(JOBS),
						}),
					),
			);
		}
	}

	private subcontractors(count: number): void {
		for (let index = 0; index < count; index += 1) {
			const rate = this.random.int(14, 26) * 10;
			this.supplier(
				{
					sort: 'subcontractor',
					contact: `Groundworker ${index + 1}`,
					taxNumber: `GB 20${index}`,
					currency: 'GBP',
				},
				[6, 9],
				() => [
					{
						description: `Groundwork, days in ${this.random.pick(['May', 'week 12', 'week 31'])}`,
						quantity: this.random.int(2, 10) / 2,
						price: rate,
						account: '320',
						tax: 'INPUT2',
						job: this.random.pick(JOBS),
					},
				],
			);
		}
	}

	private overheads(count: number): void {
		const sorts = [
			['Rent of the yard', 1_450, 1, '469', 30],
			['Electricity', 310, 1.25, '429', 30],
			['Gas', 240, 1.6, '429', 30],
			['Diesel and petrol', 165, 1.4, '449', 6],
			['Van lease', 389, 1, '449', 30],
			['Website and e-mail', 48, 1, '400', 30],
			['Advertisement', 210, 1.7, '400', 21],
			['Office cleaning', 95, 1, '408', 7],
			['Tool repair', 130, 1.8, '473', 18],
			['Train tickets', 85, 1.7, '493', 15],
			['Telephone', 112, 1.1, '429', 30],
		] as const;
		for (let index = 0; index < count; index += 1) {
			const [name, amount, spread, account, every] = sorts[index % sorts.length] ?? sorts[0];
			const rise = this.day(100, 300);
			this.supplier(
				{ sort: 'overhead', contact: `${name} Ltd`, taxNumber: `GB 30${index}`, currency: 'GBP' },
				[every, every === 30 ? 30 : every + 3],
				(day) => {
					const isWinter = ['11', '12', '01', '02', '03'].includes(day.slice(5, 7));
					const season = name === 'Gas' && isWinter ? 2.2 : 1;
					return [
						{
							description: `${name} ${day.slice(0, 7)}`,
							quantity: 1,
							price: cents(
								amount * season * this.around(Math.max(1.001, spread)) * this.risen(day, rise, 6),
							),
							account,
							tax: 'INPUT2',
						},
					];
				},
			);
		}
	}

	/** Too small to be registered: they charge no tax. */
	private soleTraders(count: number): void {
		for (let index = 0; index < count; index += 1) {
			this.supplier(
				{ sort: 'soleTrader', contact: `Odd Jobs ${index + 1}`, currency: 'GBP' },
				[8, 20],
				() => [
					{
						description: 'Help in the yard, hours',
						quantity: this.random.int(4, 30),
						price: this.random.pick([15, 15, 16]),
						account: '320',
						tax: 'NONE',
						job: this.random.pick(JOBS),
					},
				],
			);
		}
	}

	private foreignSuppliers(count: number): void {
		for (let index = 0; index < count; index += 1) {
			this.supplier(
				{
					sort: 'foreign',
					contact: `Boomkwekerij ${index + 1}`,
					taxNumber: `NL 40${index}`,
					currency: 'EUR',
				},
				[14, 30],
				() => [
					{
						description: 'Young trees from the nursery',
						quantity: this.random.int(8, 40),
						price: cents(72 * (1 + this.random.int(-5, 5) / 100)),
						account: '310',
						tax: 'ZERORATEDINPUT',
						job: this.random.pick(JOBS),
					},
				],
			);
		}
	}

	/** Suppliers that come up during the year, some of them for once. */
	private newSuppliers(count: number): void {
		for (let index = 0; index < count; index += 1) {
			const { name, cost, usual } = this.random.pick(ITEMS.slice(0, 8));
			this.supplier(
				{
					sort: 'newSupplier',
					contact: `New Supplier ${index + 1}`,
					taxNumber: `GB 50${index}`,
					currency: 'GBP',
				},
				[10, 200],
				() => [
					{
						description: `${name}s delivered`,
						quantity: Math.max(1, Math.round(usual * this.around(1.7))),
						price: cents(cost * (1 + this.random.int(-8, 8) / 100)),
						account: '310',
						tax: 'INPUT2',
						job: this.random.pick(JOBS),
					},
				],
				this.random.int(60, TOTAL_DAYS),
			);
		}
	}
}
