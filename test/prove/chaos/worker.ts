import type { HttpPort } from '../../../lib/http';
import type { KnackClient } from '../../../lib/knack/client';
import { isServiceFaultError } from '../../../lib/serviceFault';
import type { Outcome } from '../../../lib/sync/outcome';
import type { WriteBackFields } from '../../../lib/sync/outcomeWriteBack';
import { tellKnack } from '../../../lib/sync/tellKnack';
import { upsertDocuments, type UpsertContext } from '../../../lib/sync/upsert';
import type { Turns } from '../../../lib/sync/write/turns';
import { readOrganisationSettings } from '../../../lib/xero/readSettings';
import { knackInMemory } from '../../support/knackInMemory';
import type { XeroInMemory } from '../../support/xeroInMemory';
import type { Kind } from '../kind';
import type { Random } from '../random';
import { troubledPort, UNTROUBLED, type Trouble } from '../troubledPort';
import { faultyPort, type AnswerFault, type Service } from './answerFaults';
import type { KnackOrders, ReadOrder } from './knackOrders';

/** What all workers of a scene have in common. */
export interface Stage {
	readonly world: XeroInMemory;
	readonly kind: Kind;
	readonly knack: KnackOrders;
	/** Whether documents carry the link of their record. */
	readonly isLinked: boolean;
	/** Breaks the way to Xero, to show that the proof notices. */
	readonly plantedFault: (inner: HttpPort) => HttpPort;
	/** Told of each request and each step, in words. */
	log(line: string): void;
	/** Told of each fault that an answer had. */
	onFault(service: Service, fault: AnswerFault): void;
	/** Told of what must not be. */
	wrong(what: string): void;
}

/** How one worker fares. */
export interface Fortune {
	readonly name: string;
	readonly trouble: Trouble;
	readonly faultyPercent: number;
	readonly chance: Random;
	readonly turns: Turns;
	/** At which request somebody changes the structure of the Knack app. */
	readonly schemaChangesAt?: number;
}

/** A record of a run that ended, and what became of it. */
export interface Delivered {
	readonly recordId: string;
	readonly outcome: Outcome;
}

/** One worker: reads records from Knack, brings them into Xero, and tells Knack. */
export class Worker {
	requests = 0;
	runs = 0;
	private xeroWrites = 0;
	private readonly underWay = new Set<Promise<unknown>>();

	constructor(
		private readonly stage: Stage,
		private readonly fortune: Fortune,
	) {}

	/**
	 * All records in one run, or each in a run of its own.
	 * @param hear is told of each run that ended
	 */
	async deliver(fields: WriteBackFields, hear: (run: readonly Delivered[]) => void): Promise<void> {
		const { world, knack, isLinked } = this.stage;
		const { chance, trouble, turns } = this.fortune;
		const ways = new Map<Service, HttpPort>();
		const port = this.port(ways);
		const around = (service: Service) => (inner: HttpPort) => {
			ways.set(service, service === 'xero' ? this.stage.plantedFault(inner) : inner);
			return port;
		};
		const client = world.anotherClient(around('xero'));
		const knackClient = knackInMemory(world.sandbox, around('knack'));
		const isTroubled = trouble !== UNTROUBLED;
		const read = await knack.read(knackClient, isLinked);
		const some = isTroubled && chance.percent(30) ? read.slice(0, chance.int(1, 6)) : read;
		const parts = isTroubled && chance.percent(40) ? some.map((each) => [each]) : [some];
		const mostElements = isTroubled ? chance.pick([1, 2, 2, 3, 50]) : 50;
		for (const part of parts.filter(({ length }) => length > 0)) {
			this.runs += 1;
			const settings =
				isTroubled && chance.percent(25) ? await readOrganisationSettings(client) : world.settings;
			const context = { client, settings, clock: world.clock, turns, mostElements };
			const outcomes = await this.upsert(context, part);
			const told = await this.tell(knackClient, fields, part, outcomes);
			hear(
				told.flatMap((outcome, index) => {
					const recordId = part[index]?.recordId;
					return recordId === undefined ? [] : [{ recordId, outcome }];
				}),
			);
		}
	}

	/** Ends when nothing of it is under way, which may outlast a run that threw. */
	async ended(): Promise<void> {
		while (this.underWay.size > 0) {
			await Promise.allSettled(this.underWay);
			await new Promise<void>((resolve) => setImmediate(resolve));
		}
	}

	private async upsert(
		context: UpsertContext,
		part: readonly ReadOrder[],
	): Promise<readonly Outcome[]> {
		const { kind, wrong } = this.stage;
		const drafts = part.map(({ order, item, fingerprint }, index) => ({
			...kind.draft(order, index),
			source: { ...item.source, ...(fingerprint === undefined ? {} : { fingerprint }) },
			itemIndexes: [item.index],
		}));
		const before = this.xeroWrites;
		try {
			const { outcomes } = await upsertDocuments(context, kind.definition, drafts);
			if (outcomes.length !== part.length) {
				wrong(`${outcomes.length} outcomes for ${part.length} records`);
			}
			return outcomes;
		} catch (error) {
			const writes = this.xeroWrites - before;
			if (isServiceFaultError(error) && writes > 0) {
				wrong(`a run threw after ${writes} write(s): ${error.message}`);
			}
			throw error;
		}
	}

	private async tell(
		knack: KnackClient,
		writeBackFields: WriteBackFields,
		part: readonly ReadOrder[],
		outcomes: readonly Outcome[],
	): Promise<readonly Outcome[]> {
		const { kind, log } = this.stage;
		const telling = { definition: kind.definition, writeBackFields, isPreview: false };
		const items = part.map(({ item }) => item);
		const told = await tellKnack(telling, outcomes, items, () => Promise.resolve(knack));
		for (const { summary, issues } of told.outcomes) {
			const codes = issues.map(({ code }) => code).join(', ');
			log(`${this.fortune.name}: ${summary}${codes === '' ? '' : ` (${codes})`}`);
		}
		return told.outcomes;
	}

	/** The one way of a process to both services, which ends for both when it is killed. */
	private port(ways: ReadonlyMap<Service, HttpPort>): HttpPort {
		const { world, knack, log } = this.stage;
		const { chance, trouble, faultyPercent, schemaChangesAt } = this.fortune;
		const { clock } = world.sandbox;
		const faulty = new Map<Service, HttpPort>();
		const wayTo = (service: Service): HttpPort => {
			const known = faulty.get(service);
			if (known) return known;
			const inner = ways.get(service);
			if (!inner) throw new Error(`There is no way to ${service}.`);
			const made = faultyPort(inner, {
				service,
				percent: faultyPercent,
				random: chance,
				clock,
				onAnswer: (request, outcome, fault) => {
					this.requests += 1;
					if (fault) this.stage.onFault(service, fault);
					const isWrite = service === 'xero' && request.method !== 'GET';
					if (isWrite && fault?.isCarriedOut !== false) this.xeroWrites += 1;
					const status = outcome.kind === 'answer' ? outcome.status : outcome.kind;
					const { pathname } = new URL(request.url);
					const what = fault
						? `, ${fault.name}, ${fault.isCarriedOut ? 'after it was done' : 'undone'}`
						: '';
					log(`${this.fortune.name}: ${request.method} ${pathname} ${status}${what}`);
					if (this.requests === schemaChangesAt) knack.changeSchema(chance);
				},
			});
			faulty.set(service, made);
			return made;
		};
		const whole = troubledPort(
			async (request) => await wayTo(request.url.includes('/knack/') ? 'knack' : 'xero')(request),
			trouble,
			chance,
			clock,
		);
		return async (request) => {
			const answer = whole(request);
			this.underWay.add(answer);
			return await answer.finally(() => this.underWay.delete(answer));
		};
	}
}
