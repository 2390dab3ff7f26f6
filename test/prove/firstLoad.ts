import type { HttpPort } from '../../lib/http';
import type { KnackTable } from '../../lib/knack/app';
import type { KnackClient } from '../../lib/knack/client';
import { findField } from '../../lib/knack/tables';
import { isServiceFaultError } from '../../lib/serviceFault';
import type { Draft } from '../../lib/sync/draft';
import { tellKnack } from '../../lib/sync/tellKnack';
import { previewDocuments, upsertDocuments, type UpsertContext } from '../../lib/sync/upsert';
import { Turns } from '../../lib/sync/write/turns';
import { readOrganisationSettings } from '../../lib/xero/readSettings';
import { SALES_INVOICE } from '../../lib/xero/documents/salesInvoice';
import { knackInMemory } from '../support/knackInMemory';
import { orderDraft } from '../support/orders';
import { frozenSandbox, xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';
import { Random } from './random';
import { Killed } from './troubledPort';

const TABLE = 'Orders';
const NUMBER = 'Customer Reference';
const XERO_ID = 'Xero Invoice ID';
const CUSTOMERS = 500;
/** Orders that one run takes: as many as Knack gives with one call. */
const PORTION = 1_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A process dies within this share of a day's calls, so that each day sees several die. */
const LATEST_KILL = 0.4;
/** Days after the forecast on which it is still tried. */
const DAYS_LATE = 3;

export interface FirstLoadJob {
	readonly records: number;
	/** Calls that Xero, and that Knack, take a day. */
	readonly callsPerDay: number;
	readonly kills: number;
	readonly seed: number;
}

export interface FirstLoadResult {
	readonly forecastDays: number;
	readonly days: number;
	readonly kills: number;
	readonly runs: number;
	/** Orders that are in Xero more than once. */
	readonly twice: number;
	/** Orders that are not in Xero, or whose Knack record does not bear their invoice's ID. */
	readonly lost: number;
	/** Most calls of a day at each service. */
	readonly mostXeroCalls: number;
	readonly mostKnackCalls: number;
}

/**
 * Loads old orders into Xero by the hour, as the example of a first load does by night, on a clock
 * that moves only when somebody waits: each run takes the next orders without a Xero ID, posts them
 * and writes the ID back. Processes die at any request, and a day's calls run out on both sides.
 */
export async function loadFirst(job: FirstLoadJob): Promise<FirstLoadResult> {
	const load = await FirstLoad.open(job);
	const forecastDays = await load.forecast();
	return { forecastDays, ...(await load.play(forecastDays)) };
}

class FirstLoad {
	private readonly random: Random;
	private kills = 0;
	private runs = 0;
	private mostXeroCalls = 0;
	private mostKnackCalls = 0;

	private constructor(
		private readonly job: FirstLoadJob,
		private readonly world: XeroInMemory,
		private readonly table: KnackTable,
	) {
		this.random = new Random(job.seed);
	}

	static async open(job: FirstLoadJob): Promise<FirstLoad> {
		const world = await xeroInMemory(frozenSandbox('tradeBusiness'));
		const { sandbox } = world;
		for (let index = 0; index < job.records; index += 1) {
			sandbox.knack.createRecord(TABLE, { [NUMBER]: numberOf(index) });
		}
		const table = (await knackInMemory(sandbox).app()).tables.find(({ name }) => name === TABLE);
		if (!table) throw new Error(`The seed has no ${TABLE}.`);
		sandbox.xero.configure({ dayLimit: job.callsPerDay });
		sandbox.knack.setLimits({ planLimit: job.callsPerDay });
		return new FirstLoad(job, world, table);
	}

	/** What a preview of the first orders tells: days that the calls of each side are enough for. */
	async forecast(): Promise<number> {
		const { records, callsPerDay } = this.job;
		const knack = knackInMemory(this.world.sandbox);
		const context = await this.context();
		const orders = await this.nextOrders(knack);
		const drafts = orders.map(({ draft }) => draft);
		const { expectedCalls } = await previewDocuments(context, SALES_INVOICE, drafts);
		const xeroCalls = context.client.calls().reads + expectedCalls;
		// Each order takes a Knack call of its own, for its ID; the first run of a day reads besides.
		const knackDays = Math.ceil(records / (callsPerDay - knack.calls().reads));
		const xeroDays = Math.ceil((Math.ceil(records / PORTION) * xeroCalls) / callsPerDay);
		return Math.max(knackDays, xeroDays);
	}

	async play(forecastDays: number): Promise<Omit<FirstLoadResult, 'forecastDays'>> {
		const { clock } = this.world.sandbox;
		let days = 0;
		let isDone = false;
		while (!isDone && days < forecastDays + DAYS_LATE) {
			days += 1;
			// Knack's day begins at midnight UTC.
			clock.advance(DAY_MS - (clock.now() % DAY_MS));
			const endsAtMs = clock.now() + DAY_MS - HOUR_MS;
			while (!isDone && clock.now() < endsAtMs) {
				isDone = await this.run();
				this.noteCalls();
				clock.advance(HOUR_MS);
			}
		}
		const { kills, runs, mostXeroCalls, mostKnackCalls } = this;
		return { days, kills, runs, mostXeroCalls, mostKnackCalls, ...this.compare() };
	}

	/** @returns whether no order was left */
	private async run(): Promise<boolean> {
		this.runs += 1;
		const isDoomed = this.kills < this.job.kills;
		const life = lifeUntil(
			isDoomed ? this.random.int(1, this.job.callsPerDay * LATEST_KILL) : Infinity,
		);
		try {
			return await this.loadSome(life.around);
		} catch (error) {
			// A day whose calls are spent ends a run that has written nothing.
			if (!(error instanceof Killed) && !isServiceFaultError(error)) throw error;
			return false;
		} finally {
			if (life.hasEnded()) this.kills += 1;
		}
	}

	private async loadSome(around: (inner: HttpPort) => HttpPort): Promise<boolean> {
		const knack = knackInMemory(this.world.sandbox, around);
		const orders = await this.nextOrders(knack);
		if (orders.length === 0) return true;
		const context = await this.context(around);
		const drafts = orders.map(({ draft }) => draft);
		const { outcomes } = await upsertDocuments(context, SALES_INVOICE, drafts);
		await tellKnack(
			{ definition: SALES_INVOICE, writeBackFields: { xeroId: XERO_ID }, isPreview: false },
			outcomes,
			orders.map(({ draft, recordId }, index) => ({
				index,
				json: { [NUMBER]: draft.fields.invoiceNumber, [XERO_ID]: '' },
				source: { knackRecordId: recordId, table: this.table.key },
				knackTable: this.table.key,
			})),
			() => Promise.resolve(knack),
		);
		return false;
	}

	/** A process of its own, which reads the settings anew. */
	private async context(around?: (inner: HttpPort) => HttpPort): Promise<UpsertContext> {
		const client = this.world.anotherClient(around);
		const settings = await readOrganisationSettings(client);
		return { client, settings, clock: this.world.clock, turns: new Turns() };
	}

	private async nextOrders(knack: KnackClient): Promise<Array<{ recordId: string; draft: Draft }>> {
		const number = this.fieldKey(NUMBER);
		const records = await knack.records(this.table.key, {
			filters: {
				match: 'and',
				rules: [
					{ field: this.fieldKey(XERO_ID), operator: 'is blank' },
					{ field: number, operator: 'starts with', value: 'LOAD-' },
				],
			},
			limit: PORTION,
		});
		return records.map((record, at) => {
			const index = Number(String(record[`${number}_raw`] ?? record[number]).slice('LOAD-'.length));
			const customer = `Customer ${index % CUSTOMERS} Ltd`;
			const draft = orderDraft(index, customer, { invoiceNumber: numberOf(index) });
			const source = { knackRecordId: record.id, table: this.table.key };
			return { recordId: record.id, draft: { ...draft, itemIndexes: [at], source } };
		});
	}

	private fieldKey(label: string): string {
		const field = findField(this.table, label);
		if (!field) throw new Error(`${TABLE} have no field ${label}.`);
		return field.key;
	}

	private noteCalls(): void {
		const { sandbox } = this.world;
		this.mostKnackCalls = Math.max(this.mostKnackCalls, sandbox.knack.planUse().used);
		const { read = 0, write = 0 } = sandbox.journal.counts().byService.xero ?? {};
		this.mostXeroCalls = Math.max(this.mostXeroCalls, read + write);
		sandbox.journal.clear();
	}

	private compare(): { readonly twice: number; readonly lost: number } {
		const { sandbox } = this.world;
		const byNumber = new Map<string, string[]>();
		for (const { InvoiceNumber, InvoiceID } of sandbox.xero.invoices()) {
			const number = String(InvoiceNumber);
			byNumber.set(number, [...(byNumber.get(number) ?? []), String(InvoiceID)]);
		}
		const kept = new Map<string, unknown>();
		for (const id of sandbox.knack.recordIds(TABLE)) {
			const record = sandbox.knack.record(TABLE, id);
			kept.set(String(record[this.fieldKey(NUMBER)]), record[this.fieldKey(XERO_ID)]);
		}
		let twice = 0;
		let lost = 0;
		for (let index = 0; index < this.job.records; index += 1) {
			const ids = byNumber.get(numberOf(index)) ?? [];
			if (ids.length > 1) twice += 1;
			if (ids.length === 0 || kept.get(numberOf(index)) !== ids[0]) lost += 1;
		}
		return { twice, lost };
	}
}

function numberOf(index: number): string {
	return `LOAD-${String(index).padStart(5, '0')}`;
}

/** The way to both services of a process that dies at one of its requests, before or after it is sent. */
function lifeUntil(lastRequest: number) {
	let requests = 0;
	let hasEnded = false;
	return {
		hasEnded: () => hasEnded,
		around:
			(inner: HttpPort): HttpPort =>
			async (request) => {
				if (hasEnded) throw new Killed();
				requests += 1;
				hasEnded = requests === lastRequest;
				// Of two that die at a request, Xero or Knack has carried out what one of them asked.
				if (hasEnded && lastRequest % 2 === 0) throw new Killed();
				const outcome = await inner(request);
				if (hasEnded) throw new Killed();
				return outcome;
			},
	};
}

export function firstLoadTable(job: FirstLoadJob, result: FirstLoadResult): string[] {
	const { forecastDays, days, kills, runs, twice, lost } = result;
	return [
		`${job.records} orders at ${job.callsPerDay} calls a day on both sides, ${kills} killed of ${runs} runs`,
		`  forecast: day ${forecastDays}; ended: day ${days}`,
		`  most calls in a run: ${result.mostXeroCalls} to Xero; in a day: ${result.mostKnackCalls} to Knack`,
		`  ${twice} twice, ${lost} lost`,
	];
}

export function isFirstLoadProven(job: FirstLoadJob, result: FirstLoadResult): boolean {
	const { forecastDays, days, kills, twice, lost } = result;
	return days <= forecastDays && kills === job.kills && twice === 0 && lost === 0;
}
