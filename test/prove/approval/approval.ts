import { DEFAULT_OPTIONS } from '../../../lib/sync/upsertContext';
import { Random } from '../random';
import { ApprovalWorld, type Given, type Ran } from './approvalWorld';
import { alteredToken } from './alteredTokens';
import { CHANGES, HARMLESS, make, type Change } from './changes';
import { KINDS, randomRecord, type Kind } from './records';

const HOUR_MS = 3_600_000;

interface ApprovalProof {
	readonly runs: number;
	/** Written, since the plan was the one that was approved. */
	readonly written: number;
	readonly held: number;
	/** Held though the same would be sent: what that is based on has changed. */
	readonly heldForState: number;
	/** Nothing was left to be done. */
	readonly idle: number;
	readonly altered: number;
	readonly usedAgain: number;
	readonly byChange: Readonly<Record<string, number>>;
	readonly failures: readonly string[];
}

interface ProofOptions {
	readonly runs: number;
	readonly firstSeed: number;
	/** Breaks it on purpose: the token that is shown in the place of the approved one. */
	readonly plantedFault?: (world: ApprovalWorld, changed: Given) => Promise<string>;
	readonly onProgress?: (done: number) => void;
}

/**
 * Previews records, has them approved, changes something at random and writes. What is then sent must be
 * what was approved, to the letter, by a second look: runs without approvals, from the state of the
 * approval and from that of the write, put back afterwards. Tokens that are altered, late, another's or
 * used already write nothing at all.
 */
export async function proveApproval(options: ProofOptions): Promise<ApprovalProof> {
	let world = await ApprovalWorld.make();
	const proof = {
		written: 0,
		held: 0,
		heldForState: 0,
		idle: 0,
		altered: 0,
		usedAgain: 0,
		byChange: {} as Record<string, number>,
		failures: [] as string[],
	};
	let runs = 0;
	for (let seed = options.firstSeed; runs < options.runs; seed += 1) {
		const random = new Random(seed);
		// A clock that goes on and on takes the days of documents far off.
		if (seed % 1_000 === 0) world = await ApprovalWorld.make();
		const kind = random.pick(KINDS);
		world.startOver();
		world.forgetSettings();
		const given = await firstGiven(world, random, kind);
		const approvedAt = world.now();
		const preview = await world.preview(given);
		const plan = preview.approval?.planNumber;
		// What is held anyway, or needs nothing, has nobody to approve it.
		if (plan === undefined) continue;
		runs += 1;
		options.onProgress?.(runs);
		const wrong = (what: string) => void proof.failures.push(`seed ${seed}, ${kind}: ${what}`);
		const approved = await world.write(given);
		world.back(approvedAt);
		const token = world.token(plan);

		await tryOtherTokens(world, { given, plan, token, approvedAt }, random, wrong);
		proof.altered += 1;

		const changes = randomChanges(random);
		let changed = given;
		for (const change of changes) {
			changed = await make(change, changed, { world, kind, random });
			proof.byChange[change] = (proof.byChange[change] ?? 0) + 1;
		}
		world.xero.sandbox.clock.advance(1_000);
		const atWrite = world.now();
		const shown = (await options.plantedFault?.(world, changed)) ?? token;
		const ran = await world.writeApproved(changed, shown);
		const after = world.now();
		world.back(atWrite);
		const free = await world.write(changed);
		const verdict = judge({ ran, free, approved, changes });
		if (verdict.wrong !== undefined) {
			wrong(`${changes.join(', ')}: ${verdict.wrong}; ${ran.outcome.summary}`);
		}
		proof[verdict.counted] += 1;
		if (verdict.counted !== 'written') continue;
		world.back(after);
		const again = await useAgain(world, changed, token, { random, kind });
		if (again > 0) wrong(`the token wrote ${again} times more`);
		proof.usedAgain += 1;
	}
	return { runs, ...proof };
}

/** A record that is new, or one that was posted and has changed since. */
async function firstGiven(world: ApprovalWorld, random: Random, kind: Kind): Promise<Given> {
	const draft = randomRecord(random, kind);
	const options = {
		...DEFAULT_OPTIONS,
		issuedDocuments: random.pick(['overwrite', 'hold', 'creditNote'] as const),
		contactPolicy: random.pick(['matchOrCreate', 'matchCreateOrUpdate'] as const),
	};
	const given: Given = { draft, options };
	if (random.percent(40)) return given;
	await world.write(given);
	world.xero.sandbox.clock.advance(600_000);
	const change = random.pick(['header', 'line', 'lineAdded', 'mapping', 'contact'] as const);
	return await make(change, given, { world, kind, random });
}

function randomChanges(random: Random): Change[] {
	const count = random.pick([1, 1, 1, 2, 3]);
	return Array.from({ length: count }, () => random.pick(CHANGES));
}

interface Judged {
	readonly ran: Ran;
	/** What a run without approvals would have sent at the time of the write. */
	readonly free: Ran;
	/** What one would have sent when it was approved. */
	readonly approved: Ran;
	readonly changes: readonly Change[];
}

function judge({ ran, free, approved, changes }: Judged): {
	readonly counted: 'written' | 'held' | 'heldForState' | 'idle';
	readonly wrong?: string;
} {
	const isSame = free.sent === approved.sent;
	const isHarmless = changes.every((change) => HARMLESS.has(change));
	if (ran.writes > 0) {
		const isApproved = ran.sent === approved.sent && isSame && !changes.includes('afterwards');
		return isApproved
			? { counted: 'written' }
			: { counted: 'written', wrong: 'something was sent that nobody has approved' };
	}
	if (isHarmless) return { counted: 'held', wrong: 'the plan is the approved one, and was held' };
	if (ran.outcome.outcome === 'held' || ran.outcome.outcome === 'blocked') {
		return { counted: isSame ? 'heldForState' : 'held' };
	}
	return free.writes === 0
		? { counted: 'idle' }
		: { counted: 'idle', wrong: `nothing was written, and it is ${ran.outcome.outcome}` };
}

/** A record as it was approved, and Xero as it was then. */
interface Approved {
	readonly given: Given;
	readonly plan: string;
	readonly token: string;
	readonly approvedAt: unknown;
}

/** Tokens that are not the one of this record: not one of them writes. */
async function tryOtherTokens(
	world: ApprovalWorld,
	{ given, plan, token, approvedAt }: Approved,
	random: Random,
	wrong: (what: string) => void,
): Promise<void> {
	const { draft } = given;
	const other = { ...draft.source, knackRecordId: '6740f1c29a3b4e0012ab34ff' };
	const late = world.token(plan, 0.1);
	const tries: Array<readonly [string, Given, string | undefined, number]> = [
		['no token', given, undefined, 0],
		['an altered token', given, alteredToken(random, token), 0],
		["another record's token", { ...given, draft: { ...draft, source: other } }, token, 0],
		['a token that is late', given, late, 0.1 * HOUR_MS],
	];
	for (const [what, asked, shown, lateMs] of tries) {
		world.back(approvedAt);
		world.xero.sandbox.clock.advance(lateMs);
		const { writes, outcome } = await world.writeApproved(asked, shown);
		if (writes > 0) wrong(`${what} wrote ${writes} times`);
		if (outcome.outcome !== 'held') wrong(`${what}: ${outcome.outcome}`);
	}
	world.back(approvedAt);
}

/** The same record again, and once more after a person has put Xero back as far as they can. */
async function useAgain(
	world: ApprovalWorld,
	given: Given,
	token: string,
	{ random, kind }: { readonly random: Random; readonly kind: Kind },
): Promise<number> {
	world.xero.sandbox.clock.advance(60_000);
	const first = await world.writeApproved(given, token);
	await make(random.pick(['field', 'voided', 'backAndForth']), given, { world, kind, random });
	const second = await world.writeApproved(given, token);
	return first.writes + second.writes;
}

export function approvalTable(proof: ApprovalProof): string[] {
	const { runs, written, held, heldForState, idle, altered, usedAgain, byChange } = proof;
	return [
		`${runs} approvals: ${written} written as approved, ${held} held, ${heldForState} held since what they are based on has changed, ${idle} with nothing left to do`,
		`${altered} times without a token, with an altered one, another's and a late one; ${usedAgain} used again`,
		...Object.entries(byChange).map(([change, count]) => `  ${count} × ${change}`),
		...proof.failures.slice(0, 40).map((failure) => `WRONG ${failure}`),
		`${proof.failures.length} wrong: sent without approval, or held though the plan is equal`,
	];
}
