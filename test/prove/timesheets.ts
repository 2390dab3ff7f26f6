import { addDays, calendarDate } from '../../lib/dates';
import type { HttpPort } from '../../lib/http';
import { canonicalDecimal, decimal, sum } from '../../lib/money';
import type { Draft } from '../../lib/sync/draft';
import type { Outcome } from '../../lib/sync/outcome';
import { upsertDocuments } from '../../lib/sync/upsert';
import { Turns } from '../../lib/sync/write/turns';
import { TIMESHEET } from '../../lib/xero/documents/timesheet';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';
import { Random } from './random';
import { Killed, randomTrouble, troubledPort, UNTROUBLED, type Trouble } from './troubledPort';

export interface TimesheetProof {
	readonly timesheets: number;
	readonly hours: string;
	readonly kills: number;
	readonly edits: number;
	/** What held the records that cannot be paid, by what is wrong with them. */
	readonly held: Readonly<Record<string, string>>;
	/** One line for each thing that ended wrong; none is the proof. */
	readonly failures: readonly string[];
}

interface Options {
	readonly people: number;
	readonly weeks: number;
	readonly seed: number;
	/** Breaks the way to Xero, to show that the proof notices. */
	readonly plantedFault?: (inner: HttpPort) => HttpPort;
}

/** The hours of a person and week as they stand in Knack: quarters, by day. */
interface Week {
	readonly email: string;
	readonly monday: string;
	readonly quarters: number[];
}

const FIRST_MONDAY = '2026-11-16';
const ROUNDS = 10;

/** Records that no pay run could take, each with the code that is to hold it. */
const UNPAYABLE = {
	'unknown person': 'XERO_TARGET_MISSING',
	'closed period': 'XERO_PAY_PERIOD_CLOSED',
	'missing rate': 'XERO_HOURS_NOT_PAYABLE',
} as const;

/**
 * The weeks of some people, delivered again and again by two workers at once that die, lose answers
 * and come again, while hours are corrected in Knack. At rest each is there once, with the hours of
 * its record to the quarter, and what cannot be paid is held with what helps.
 */
export async function proveTimesheets(options: Options): Promise<TimesheetProof> {
	const world = await xeroInMemory();
	world.sandbox.xero.configure({ limitsOn: false, secondTimesheet: 'taken' });
	return await new Weeks(world, options).play();
}

class Weeks {
	private readonly random: Random;
	private readonly weeks: Week[] = [];
	private readonly created = new Map<Week, number>();
	private kills = 0;
	private edits = 0;

	constructor(
		private readonly world: XeroInMemory,
		private readonly options: Options,
	) {
		this.random = new Random(options.seed);
		for (let person = 1; person <= options.people; person += 1) {
			const { email } = world.sandbox.xero.person.hire({
				firstName: 'Worker',
				lastName: String(person),
			});
			for (let week = 0; week < options.weeks; week += 1) {
				const quarters = Array.from({ length: 5 }, () => this.random.int(1, 48));
				this.weeks.push({ email, monday: dayAfter(FIRST_MONDAY, 7 * week), quarters });
			}
		}
	}

	async play(): Promise<TimesheetProof> {
		const { random } = this;
		for (let round = 0; round < ROUNDS; round += 1) {
			await Promise.all([1, 2].map(async () => await this.survive(this.trouble())));
			for (const week of this.weeks) {
				if (!random.percent(5)) continue;
				week.quarters[random.int(0, 4)] = random.int(1, 48);
				this.edits += 1;
			}
		}
		await this.work(UNTROUBLED, new Random(1));
		const before = this.writes();
		const outcomes = await this.work(UNTROUBLED, new Random(1));
		const restless = outcomes
			.slice(0, this.weeks.length)
			.filter(({ outcome }) => outcome !== 'unchanged');
		const held = outcomes.slice(this.weeks.length);
		return {
			timesheets: this.inXero().length,
			hours: canonicalDecimal(sum(this.weeks.flatMap(({ quarters }) => quarters.map(hoursOf)))),
			kills: this.kills,
			edits: this.edits,
			held: Object.fromEntries(
				Object.keys(UNPAYABLE).map((name, at) => [name, held[at]?.issues[0]?.fix ?? '']),
			),
			failures: [
				...restless.map(({ summary }) => `not at rest: ${summary}`),
				...(this.writes() > before ? ['written although nothing was to be done'] : []),
				...this.wrongHours(),
				...wrongHolds(held),
				...[...this.created].flatMap(([{ email, monday }, times]) =>
					times > 1 ? [`said to be created ${times} times: ${email} ${monday}`] : [],
				),
			],
		};
	}

	/**
	 * Deaths fall anywhere in a run, which takes a request or two for each record. What else goes wrong
	 * is rare, so that runs of hundreds of requests come to their writes.
	 */
	private trouble(): Trouble {
		const { random, weeks } = this;
		const kill = {
			atRequest: random.int(1, 2 * weeks.length + 10),
			when: random.pick(['before', 'after'] as const),
		};
		return {
			...randomTrouble(random, false),
			kill: random.percent(80) ? kill : undefined,
			lostAnswers: random.pick([0, 1, 3]),
			lostRequests: random.pick([0, 0, 2]),
			falseAnswers: random.pick([0, 2]),
			sleeps: random.pick([0, 0, 1]),
		};
	}

	private async survive(trouble: Trouble): Promise<void> {
		try {
			await this.work(trouble, new Random(this.random.int(0, 1_000_000)));
		} catch (error) {
			const isOfTrouble = error instanceof Error && error.name === 'ServiceFaultError';
			if (!isOfTrouble && !(error instanceof Killed)) throw error;
		}
	}

	/** A run that dies while it writes ends without an exception: nothing more of it is answered. */
	private countingDeath(port: HttpPort): HttpPort {
		let isDead = false;
		return async (request) => {
			try {
				return await port(request);
			} catch (error) {
				if (error instanceof Killed && !isDead) this.kills += 1;
				isDead = true;
				throw error;
			}
		};
	}

	private async work(trouble: Trouble, chance: Random): Promise<readonly Outcome[]> {
		const { settings, clock, sandbox, anotherClient } = this.world;
		const client = anotherClient((inner) =>
			this.countingDeath(
				troubledPort(this.options.plantedFault?.(inner) ?? inner, trouble, chance, sandbox.clock),
			),
		);
		const drafts = [...this.weeks.map(draftOf), ...unpayable()].map((draft, index) => ({
			...draft,
			itemIndexes: [index],
		}));
		const { outcomes } = await upsertDocuments(
			{ client, settings, clock, turns: new Turns() },
			TIMESHEET,
			drafts,
		);
		for (const [index, { outcome }] of outcomes.entries()) {
			const week = this.weeks[index];
			if (week && outcome === 'created') {
				this.created.set(week, (this.created.get(week) ?? 0) + 1);
			}
		}
		return outcomes;
	}

	private inXero() {
		return this.world.sandbox.xero.organisation().timesheets.all();
	}

	private writes(): number {
		return this.world.sandbox.journal.counts().byService.xero?.write ?? 0;
	}

	private wrongHours(): string[] {
		const { employees } = this.world.sandbox.xero.organisation();
		const present = new Map<string, string[]>();
		for (const { employeeId, startDate, lines } of this.inXero()) {
			const name = `${employees.get(employeeId)?.email ?? ''} ${startDate}`;
			const days = lines.map(({ date, numberOfUnits }) => `${date} ${numberOfUnits.toFixed()}`);
			present.set(name, [...(present.get(name) ?? []), days.sort().join(', ')]);
		}
		const wrong = this.weeks.flatMap((week) => {
			const name = `${week.email} ${week.monday}`;
			const found = present.get(name) ?? [];
			present.delete(name);
			const wanted = linesOf(week)
				.map(({ date, numberOfUnits }) => `${date} ${numberOfUnits}`)
				.join(', ');
			return found.length === 1 && found[0] === wanted
				? []
				: [`${name} is ${found.join(' and ') || 'not there'}, not ${wanted}`];
		});
		return [...wrong, ...[...present.keys()].map((name) => `nobody’s: ${name}`)];
	}
}

function dayAfter(day: string, days: number): string {
	const date = calendarDate(day);
	if (!date) throw new Error(`${day} is no day.`);
	return addDays(date, days);
}

function hoursOf(quarters: number) {
	return decimal(quarters).div(4);
}

function linesOf({ monday, quarters }: Week) {
	return quarters.map((each, day) => ({
		date: dayAfter(monday, day),
		earningsRateID: 'Ordinary Hours',
		numberOfUnits: canonicalDecimal(hoursOf(each)),
	}));
}

function draftOf(week: Week): Draft {
	return {
		type: TIMESHEET.type,
		itemIndexes: [],
		fields: { employeeID: week.email, startDate: dayAfter(week.monday, 4) },
		lines: linesOf(week).map((fields) => ({ fields })),
		source: { table: 'object_1', knackRecordId: `${week.email} ${week.monday}` },
		issues: [],
	};
}

/** In the order of UNPAYABLE. */
function unpayable(): Draft[] {
	const week = { email: 'worker.1@example.com', monday: '2027-01-04', quarters: [30] };
	const draft = draftOf(week);
	const withoutRate = draft.lines?.map(({ fields }) => ({
		fields: { ...fields, earningsRateID: '' },
	}));
	return [
		draftOf({ ...week, email: 'nobody@example.com' }),
		draftOf({ ...week, monday: '2026-11-09' }),
		{ ...draft, lines: withoutRate },
	];
}

function wrongHolds(outcomes: readonly Outcome[]): string[] {
	return Object.entries(UNPAYABLE).flatMap(([name, code], index) => {
		const { outcome, issues = [] } = outcomes[index] ?? {};
		const isHeld = outcome === 'blocked' && issues[0]?.code === code && issues[0].fix !== '';
		return isHeld ? [] : [`${name} is ${outcome ?? 'lost'} with ${issues[0]?.code ?? 'nothing'}`];
	});
}

/** The proof in words, a line each. */
export function timesheetTable(proof: TimesheetProof): string[] {
	return [
		`${proof.timesheets} timesheets with ${proof.hours} hours, each once; ${proof.kills} killed processes, ${proof.edits} corrections in Knack`,
		...Object.entries(proof.held).map(([name, fix]) => `  held, ${name}: ${fix}`),
		...proof.failures.slice(0, 20).map((failure) => `WRONG ${failure}`),
		`${proof.failures.length} wrong`,
	];
}
