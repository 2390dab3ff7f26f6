import type { Draft } from '../../../lib/sync/draft';
import type { Outcome } from '../../../lib/sync/outcome';
import type { UnusualAnswers } from '../../../lib/sync/unusual/answers';
import { upsertDocuments, type UpsertOptions } from '../../../lib/sync/upsert';
import { DEFAULT_OPTIONS } from '../../../lib/sync/upsertContext';
import { DOCUMENTS } from '../../../lib/xero/documents';
import type { FieldValue } from '../../../lib/xero/documents/definition';
import { readOrganisationSettings } from '../../../lib/xero/readSettings';
import { xeroInMemory, type XeroInMemory } from '../../support/xeroInMemory';
import { Random } from '../random';
import { MISTAKES, REPEATS, withMistakes } from './plant';
import { dayAfter, FIRST_DAY, FIRST_JUDGED_DAY, JOBS, LAST_DAY, Year, type Document } from './year';

/** Days whose records go over in one run. */
const DAYS_OF_RUN = 14;
const FOUND_PERCENT = 90;
const MOST_FALSE_PERCENT = 1;
const MOST_CALLS = 4;

export interface UnusualJob {
	/** Documents of the judged year. */
	readonly documents: number;
	readonly seed: number;
	/** Tells of each record that was judged wrongly. */
	readonly explain?: (line: string) => void;
}

export interface UnusualResult {
	readonly judged: number;
	readonly planted: number;
	readonly found: number;
	readonly ofKinds: ReadonlyMap<string, { planted: number; found: number }>;
	readonly others: number;
	readonly falseAlarms: number;
	readonly runs: number;
	/** Most calls of a run to read what was posted. */
	readonly mostCalls: number;
	/** Records that came to something that nobody meant, such as a held one that was posted. */
	readonly failures: readonly string[];
}

/**
 * A firm's year goes over in runs with Unusual Records on *Hold*, after a quarter that only fills the
 * books. A mistake that is held is put right, one that is not is in the books; what was held without
 * need is released by its code, once.
 */
export async function proveUnusual(job: UnusualJob): Promise<UnusualResult> {
	const proof = await UnusualProof.open(job);
	return await proof.play();
}

class UnusualProof {
	private readonly counts = new Map<string, { planted: number; found: number }>();
	private readonly failures: string[] = [];
	private judged = 0;
	private falseAlarms = 0;
	private runs = 0;
	private mostCalls = 0;

	private constructor(
		private readonly job: UnusualJob,
		private readonly world: XeroInMemory,
		private readonly settings: XeroInMemory['settings'],
		private readonly year: readonly Document[],
	) {}

	static async open(job: UnusualJob): Promise<UnusualProof> {
		const world = await xeroInMemory();
		world.sandbox.xero.configure({ limitsOn: false });
		const year = new Year(job.seed);
		await put(world, '/Items', {
			Items: year.items().map(({ code, name, price, cost }) => ({
				Code: code,
				Name: name,
				SalesDetails: { UnitPrice: price, AccountCode: '260' },
				PurchaseDetails: { UnitPrice: cost, AccountCode: '310' },
			})),
		});
		const category = world.settings.trackingCategories.find(({ name }) => name === 'Job');
		for (const name of JOBS) {
			await put(world, `/TrackingCategories/${category?.id ?? ''}/Options`, { Name: name });
		}
		const random = new Random(job.seed * 7 + 1);
		const whole = yearOf(year.make(), job.documents, random);
		const planted = withMistakes(whole, Math.round(job.documents * 0.02), random);
		return new UnusualProof(
			job,
			world,
			await readOrganisationSettings(world.anotherClient()),
			planted,
		);
	}

	async play(): Promise<UnusualResult> {
		for (let from = FIRST_DAY; from <= LAST_DAY; from = dayAfter(from, DAYS_OF_RUN)) {
			const to = dayAfter(from, DAYS_OF_RUN);
			const { clock } = this.world.sandbox;
			const until = Date.parse(`${to}T08:00:00Z`);
			if (clock.now() < until) clock.advance(until - clock.now());
			for (const side of ['sale', 'purchase'] as const) {
				const own = this.year.filter(
					(each) => each.side === side && each.entered >= from && each.entered < to,
				);
				if (own.length > 0) await this.send(own);
			}
		}
		const planted = [...this.counts.values()].reduce((sum, each) => sum + each.planted, 0);
		const found = [...this.counts.values()].reduce((sum, each) => sum + each.found, 0);
		return {
			judged: this.judged,
			planted,
			found,
			ofKinds: this.counts,
			others: this.judged - planted,
			falseAlarms: this.falseAlarms,
			runs: this.runs,
			mostCalls: this.mostCalls,
			failures: this.failures,
		};
	}

	private async send(documents: readonly Document[]): Promise<void> {
		const isJudged = (document: Document) => document.entered >= FIRST_JUDGED_DAY;
		const parts = [documents.filter((each) => !isJudged(each)), documents.filter(isJudged)];
		const [filling = [], judged = []] = parts;
		if (filling.length > 0) this.expectPosted(filling, await this.upsert(filling, undefined));
		if (judged.length === 0) return;
		this.runs += 1;
		const outcomes = await this.upsert(judged, 'hold');
		const again: Array<{ document: Document; answers?: UnusualAnswers }> = [];
		judged.forEach((document, index) => {
			const outcome = outcomes[index];
			const isFlagged = this.isFlagged(document, outcome);
			this.count(document, outcome, isFlagged);
			if (outcome?.outcome === 'created') return;
			const code = outcome?.issues.find(({ releaseCode }) => releaseCode)?.releaseCode ?? '';
			const release = { code, by: 'Ida Berg', on: document.entered, reason: 'Asked the customer' };
			if (!document.planted) again.push({ document, answers: { release } });
			else if (document.planted.right) {
				again.push({ document: document.planted.right, answers: { release } });
			}
		});
		await this.sendAgain(again);
	}

	/** What a person put right or released; a right record may be unusual in another way. */
	private async sendAgain(
		given: ReadonlyArray<{ document: Document; answers?: UnusualAnswers }>,
	): Promise<void> {
		if (given.length === 0) return;
		const documents = given.map(({ document }) => document);
		const answers = given.map((each) => each.answers);
		const outcomes = await this.upsert(documents, 'hold', answers);
		documents.forEach((document, index) => {
			if (outcomes[index]?.outcome === 'created' || this.wasPutRight(document)) return;
			this.failures.push(
				`${document.number} of ${document.contact} was released and is ${outcomes[index]?.outcome ?? ''}: ${textOf(outcomes[index])}`,
			);
		});
	}

	private wasPutRight(document: Document): boolean {
		return this.year.some(({ planted }) => planted?.right === document);
	}

	private isFlagged(document: Document, outcome: Outcome | undefined): boolean {
		const codes = outcome?.issues.map(({ code }) => code) ?? [];
		const isUnusual = codes.some((code) => code.startsWith('XERO_UNUSUAL'));
		const isHeld = outcome?.outcome === 'held';
		if (!isHeld && outcome?.outcome !== 'created') {
			this.failures.push(`${document.number}: ${outcome?.outcome ?? ''} ${textOf(outcome)}`);
		} else if (isHeld && !isUnusual) {
			this.failures.push(`${document.number} is held: ${textOf(outcome)}`);
		}
		return isUnusual;
	}

	private count(document: Document, outcome: Outcome | undefined, isFlagged: boolean): void {
		this.judged += 1;
		const { planted } = document;
		const kind = planted?.kind;
		if (kind === undefined) {
			if (!isFlagged) return;
			this.falseAlarms += 1;
			this.job.explain?.(`FALSE ${document.sort} ${document.number}: ${textOf(outcome)}`);
			return;
		}
		const count = this.counts.get(kind) ?? { planted: 0, found: 0 };
		this.counts.set(kind, {
			planted: count.planted + 1,
			found: count.found + (isFlagged ? 1 : 0),
		});
		if (isFlagged) return;
		this.job.explain?.(
			`MISSED ${kind} ${document.sort} ${document.number} of ${document.contact}, ${outcome?.outcome ?? ''}: ${textOf(outcome)} ${JSON.stringify(document.lines)}`,
		);
	}

	private async upsert(
		documents: readonly Document[],
		unusual: 'hold' | undefined,
		answers: ReadonlyArray<UnusualAnswers | undefined> = [],
	): Promise<readonly Outcome[]> {
		const { world, settings } = this;
		const { clock, turns } = world;
		const definition = documents[0]?.side === 'sale' ? DOCUMENTS.salesInvoice : DOCUMENTS.bill;
		const options: UpsertOptions = { ...DEFAULT_OPTIONS, ...(unusual ? { unusual } : {}) };
		const tell = (sentence: string) => {
			const calls = Number(/\((\d+) Xero calls?\)/.exec(sentence)?.[1] ?? Infinity);
			this.mostCalls = Math.max(this.mostCalls, calls);
		};
		const context = { client: world.anotherClient(), settings, clock, turns, tell };
		const drafts = documents.map((document, index) => draftOf(document, index, answers[index]));
		const { outcomes } = await upsertDocuments(context, definition, drafts, options);
		return outcomes;
	}

	private expectPosted(documents: readonly Document[], outcomes: readonly Outcome[]): void {
		documents.forEach((document, index) => {
			if (outcomes[index]?.outcome === 'created') return;
			this.failures.push(`${document.number} was not posted: ${textOf(outcomes[index])}`);
		});
	}
}

/** As many documents of the judged year as wanted, of all contacts alike, with those before it. */
function yearOf(all: readonly Document[], wanted: number, random: Random): readonly Document[] {
	const judged = all.filter(({ entered }) => entered >= FIRST_JUDGED_DAY).length;
	if (judged < wanted) throw new Error(`The year has ${judged} documents, fewer than ${wanted}.`);
	const surplus = new Set<number>();
	while (surplus.size < judged - wanted)
		surplus.add(random.int(all.length - judged, all.length - 1));
	return all.filter((_, index) => !surplus.has(index));
}

function draftOf(document: Document, index: number, unusual?: UnusualAnswers): Draft {
	const { side, contact, taxNumber, date, number, reference, currency, lines } = document;
	return {
		type: side === 'sale' ? 'salesInvoice' : 'bill',
		itemIndexes: [index],
		fields: {
			'contact.name': contact,
			...(taxNumber === undefined ? {} : { 'contact.taxNumber': taxNumber }),
			invoiceNumber: number,
			...(reference === undefined ? {} : { reference }),
			date,
			dueDate: dayAfter(date, 30),
			status: 'AUTHORISED',
			currencyCode: currency,
		},
		lines: lines.map((line) => {
			const fields: Record<string, FieldValue> = {
				description: line.description,
				quantity: String(line.quantity),
				unitAmount: String(line.price),
				accountCode: line.account,
				taxType: line.tax,
			};
			if (line.item !== undefined) fields.itemCode = line.item;
			if (line.job !== undefined) fields['tracking.Job'] = line.job;
			return { fields };
		}),
		source: {
			knackRecordId: `${contact} ${number}`,
			table: 'object_1',
			...(unusual ? { unusual } : {}),
		},
		issues: [],
	};
}

function textOf(outcome: Outcome | undefined): string {
	return (outcome?.issues ?? []).map(({ code, message }) => `${code} ${message}`).join(' | ');
}

async function put(world: XeroInMemory, path: string, body: object): Promise<void> {
	const answer = await world.anotherClient().write({
		method: 'PUT',
		path,
		body,
		idempotencyKey: `seed ${path} ${JSON.stringify(body)}`,
	});
	if (answer.kind !== 'accepted') throw new Error(JSON.stringify(answer));
}

const percentOf = (part: number, whole: number): number => (100 * part) / Math.max(1, whole);

export function isUnusualProven(result: UnusualResult): boolean {
	return (
		percentOf(result.found, result.planted) >= FOUND_PERCENT &&
		percentOf(result.falseAlarms, result.others) <= MOST_FALSE_PERCENT &&
		result.mostCalls <= MOST_CALLS &&
		result.failures.length === 0
	);
}

export function unusualTable(result: UnusualResult): string[] {
	const { judged, planted, found, others, falseAlarms, runs, mostCalls, failures } = result;
	const kinds = [...Object.keys(MISTAKES), ...Object.keys(REPEATS)].map((kind) => {
		const count = result.ofKinds.get(kind) ?? { planted: 0, found: 0 };
		return `  ${kind}: ${count.found} of ${count.planted}`;
	});
	return [
		`${judged} documents in ${runs} runs, at most ${mostCalls} calls of a run to read what was posted`,
		`${found} of ${planted} planted found (${percentOf(found, planted).toFixed(1)} %)`,
		...kinds,
		`${falseAlarms} of ${others} others flagged (${percentOf(falseAlarms, others).toFixed(2)} %)`,
		...failures.slice(0, 20).map((failure) => `WRONG ${failure}`),
		`${failures.length} wrong: held without a finding, or not posted once released`,
	];
}
