import { parseArgs } from 'node:util';

import { approvalTable, proveApproval } from './approval/approval';
import { booksTable, proveBooks } from './books';
import { chaos, chaosTable, explainChaos, type ChaosOptions } from './chaos/chaos';
import { compareTable, proveCompare } from './compare/proveCompare';
import { depositTable, proveDeposits } from './deposits';
import { areEditsProven, editTable, proveEdits } from './edits/edits';
import { firstLoadTable, isFirstLoadProven, loadFirst } from './firstLoad';
import { fuzz, fuzzTable, isFuzzProven, WHOLE_FUZZ } from './fuzz/fuzz';
import { guardTable, proveGuards, proveRunaway } from './guards';
import { insightsTable, proveInsights } from './insights/insights';
import { explainWorld, proveIdentity } from './identity/identity';
import { identityTable, isProven } from './identity/report';
import { logTable, proveLog } from './log/log';
import { prove } from './proof';
import { proveTimesheets, timesheetTable } from './timesheets';
import { proveShadow, shadowTable } from './shadow/proveShadow';
import { compareTotals } from './totals';
import { proveUndo, undoTable } from './undo/proveUndo';
import { isUnusualProven, proveUnusual, unusualTable } from './unusual/proof';

/** Runs the proofs from the command line and prints their seeds and counts. */
async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			runs: { type: 'string' },
			seed: { type: 'string', default: '1' },
			totals: { type: 'string', default: '0' },
			books: { type: 'string', default: '0' },
			insights: { type: 'string', default: '0' },
			identity: { type: 'boolean', default: false },
			log: { type: 'string', default: '0' },
			approval: { type: 'boolean', default: false },
			edits: { type: 'boolean', default: false },
			fuzz: { type: 'boolean', default: false },
			chaos: { type: 'boolean', default: false },
			compare: { type: 'boolean', default: false },
			differences: { type: 'string', default: '300' },
			shadow: { type: 'boolean', default: false },
			deposits: { type: 'boolean', default: false },
			guards: { type: 'string', default: '0' },
			jobs: { type: 'string', default: '1000' },
			timesheets: { type: 'boolean', default: false },
			people: { type: 'string', default: '50' },
			records: { type: 'string' },
			faulty: { type: 'string', default: '10' },
			only: { type: 'string', default: '' },
			'first-load': { type: 'boolean', default: false },
			undo: { type: 'boolean', default: false },
			documents: { type: 'string', default: '200' },
			kills: { type: 'string', default: '50' },
			unusual: { type: 'string', default: '0' },
			explain: { type: 'boolean', default: false },
		},
	});
	const firstSeed = Number(values.seed);
	const totals = Number(values.totals);
	const books = Number(values.books);
	const runs = Number(values.runs ?? (values.edits ? '1000' : '10000'));
	if (values.undo) {
		const [documents, kills] = [Number(values.documents), Number(values.kills)];
		await proveUndoing(Number(values.runs ?? '1'), firstSeed, documents, kills);
	} else if (values.unusual !== '0') {
		await proveJudging(Number(values.unusual), firstSeed, values.explain);
	} else if (values['first-load'])
		await proveFirstLoad(Number(values.records ?? '10000'), firstSeed);
	else if (values.approval) await proveApprovals(runs, firstSeed);
	else if (values.compare) {
		const [records, differences] = [Number(values.records ?? '2000'), Number(values.differences)];
		await proveComparison(records, differences, firstSeed);
	} else if (values.shadow) await proveFortnight(Number(values.records ?? '2000'), firstSeed);
	else if (Number(values.log) > 0) await proveSyncLog(Number(values.log), firstSeed);
	else if (Number(values.guards) > 0)
		await proveRunaways(Number(values.guards), Number(values.records ?? '5000'), firstSeed);
	else if (values.deposits) await proveOpenCredit(Number(values.jobs), firstSeed);
	else if (values.timesheets) await provePaidHours(Number(values.people), firstSeed);
	else if (values.fuzz) await proveFuzz(Number(values.runs ?? '20000'), firstSeed);
	else if (values.chaos && values.explain) {
		for (const line of await explainChaos(firstSeed, Number(values.faulty))) console.log(line);
	} else if (values.chaos) {
		await proveBadDays({
			records: Number(values.records ?? '10000'),
			firstSeed,
			faultyPercent: Number(values.faulty),
			only: values.only,
		});
	} else if (values.identity && values.explain) {
		for (const line of await explainWorld(firstSeed)) console.log(line);
	} else if (values.identity) await proveIdentities(runs, firstSeed, values.only);
	else if (values.edits) await proveEditing(runs, firstSeed);
	else if (Number(values.insights) > 0) await proveMoney(Number(values.insights), firstSeed);
	else if (books > 0) await proveLedger(books, firstSeed);
	else if (totals > 0) await proveTotals(totals, firstSeed);
	else await proveWriting(runs, firstSeed, values.only);
}

async function proveWriting(runs: number, firstSeed: number, only: string): Promise<void> {
	const started = process.hrtime.bigint();
	const result = await prove({
		runs,
		firstSeed,
		only,
		onProgress: (done) => {
			if (done % 500 === 0) console.log(`${done} of ${runs} runs`);
		},
	});
	const seconds = Number((process.hrtime.bigint() - started) / 1_000_000_000n);
	console.log(`Seeds ${firstSeed} to ${firstSeed + runs - 1}, in ${seconds} s`);
	console.log(
		`${result.kills} killed processes, ${result.lostAnswers} workers with lost answers, ${result.falseAnswers} with false ones, ${result.sleeps} that slept, ${result.races} races of two or three; ${result.shownTwice} records shown to a person as posted twice`,
	);
	for (const [kind, count] of Object.entries(result.byKind)) console.log(`  ${count} × ${kind}`);
	result.failures.slice(0, 20).forEach((failure) => console.log(`WRONG ${failure}`));
	console.log(
		`${result.failures.length} wrong: duplicates, lost records, twins left, two tellings or needless writes`,
	);
	if (result.failures.length > 0) process.exitCode = 1;
}

/** What a run did is taken back, to the cent, whatever people did meanwhile. */
async function proveUndoing(
	runs: number,
	firstSeed: number,
	documents: number,
	kills: number,
): Promise<void> {
	const onProgress = everyFew(1, (done) => console.log(`${done} of ${runs} runs`));
	const result = await proveUndo({ runs, firstSeed, documents, kills, onProgress });
	console.log(`Seeds ${firstSeed} to ${firstSeed + runs - 1}`);
	for (const line of undoTable(result)) console.log(line);
	if (result.failures.length > 0) process.exitCode = 1;
}

/** Whose is what: worlds of records that are hard to tell apart. */
async function proveIdentities(worlds: number, firstSeed: number, only: string): Promise<void> {
	const result = await proveIdentity({
		worlds,
		firstSeed,
		only,
		onProgress: (done) => {
			if (done % 500 === 0) console.log(`${done} of ${worlds} worlds`);
		},
	});
	console.log(`Seeds ${firstSeed} to ${firstSeed + worlds - 1}`);
	for (const line of identityTable(result)) console.log(line);
	if (!isProven(result)) process.exitCode = 1;
}

/** Whatever stands in a field, or comes to an address, stops nothing else. */
async function proveFuzz(values: number, firstSeed: number): Promise<void> {
	const result = await fuzz({ ...WHOLE_FUZZ, values, firstSeed });
	console.log(`Seeds from ${firstSeed}`);
	for (const line of fuzzTable(result)) console.log(line);
	if (!isFuzzProven(result)) process.exitCode = 1;
	// n8n's engine keeps timers.
	process.exit();
}

/** A first load over many days ends when it was forecast, whatever dies on the way. */
async function proveFirstLoad(records: number, seed: number): Promise<void> {
	const job = { records, callsPerDay: records / 10, kills: 20, seed };
	const result = await loadFirst(job);
	for (const line of firstLoadTable(job, result)) console.log(line);
	if (!isFirstLoadProven(job, result)) process.exitCode = 1;
}

/** Each attempt has its row or is known to have none, and nobody is at the log unseen. */
async function proveSyncLog(attempts: number, seed: number): Promise<void> {
	const onProgress = everyFew(1_000, (done) => console.log(`${done} of ${attempts} attempts`));
	const proof = await proveLog({ attempts, seed, onProgress });
	console.log(`Seed ${seed}`);
	for (const line of logTable(proof)) console.log(line);
	if (proof.failures.length > 0) process.exitCode = 1;
}

/** Of what is unusual in a year nearly all is found, and nearly nothing else. */
async function proveJudging(documents: number, seed: number, isExplained: boolean): Promise<void> {
	const explain = (line: string) => console.log(line);
	const result = await proveUnusual({ documents, seed, ...(isExplained ? { explain } : {}) });
	console.log(`Seed ${seed}`);
	for (const line of unusualTable(result)) console.log(line);
	if (!isUnusualProven(result)) process.exitCode = 1;
}

/** What a contact has open is used once, and all of it that can be. */
async function proveOpenCredit(jobs: number, firstSeed: number): Promise<void> {
	const onProgress = everyFew(100, (done) => console.log(`${done} of ${jobs} jobs`));
	const result = await proveDeposits({ jobs, firstSeed, onProgress });
	console.log(`Seeds from ${firstSeed}`);
	for (const line of depositTable(result)) console.log(line);
	if (result.failures.length > 0) process.exitCode = 1;
}

/** A workflow that runs away is stopped at its limits, and what is held goes over once. */
async function proveRunaways(scenes: number, records: number, firstSeed: number): Promise<void> {
	const proof = await proveGuards({ scenes, firstSeed });
	const wrong = await proveRunaway(records);
	console.log(`Seeds from ${firstSeed}`);
	for (const line of guardTable(proof)) console.log(line);
	console.log(
		`a runaway of ${records}  ${wrong.length === 0 ? 'stopped at 100' : wrong.join('; ')}`,
	);
	if (proof.failures.length + wrong.length > 0) process.exitCode = 1;
}

/** Nothing is written that nobody has approved, whatever changes after the approval. */
async function proveApprovals(runs: number, firstSeed: number): Promise<void> {
	const onProgress = everyFew(500, (done) => console.log(`${done} of ${runs} approvals`));
	const proof = await proveApproval({ runs, firstSeed, onProgress });
	console.log(`Seeds from ${firstSeed}`);
	for (const line of approvalTable(proof)) console.log(line);
	if (proof.failures.length > 0) process.exitCode = 1;
}

/** What differs is found, nothing else is, and what is ticked leaves nothing open. */
async function proveComparison(records: number, differences: number, seed: number): Promise<void> {
	const proof = await proveCompare({ records, differences, seed });
	console.log(`Seed ${seed}`);
	for (const line of compareTable(proof)) console.log(line);
	if (proof.failures.length > 0) process.exitCode = 1;
}

/** Of two weeks beside another tool each document is told as what it is. */
async function proveFortnight(records: number, seed: number): Promise<void> {
	const proof = await proveShadow({ records, seed });
	console.log(`Seed ${seed}`);
	for (const line of shadowTable(proof)) console.log(line);
	if (proof.failures.length > 0) process.exitCode = 1;
}

/** Each person's hours of four weeks are there once, to the quarter. */
async function provePaidHours(people: number, seed: number): Promise<void> {
	const result = await proveTimesheets({ people, weeks: 4, seed });
	console.log(`Seed ${seed}`);
	for (const line of timesheetTable(result)) console.log(line);
	if (result.failures.length > 0) process.exitCode = 1;
}

/** Every bad day on both sides ends with each record as one document, and Knack knowing it. */
async function proveBadDays(options: ChaosOptions): Promise<void> {
	const result = await chaos({
		...options,
		onProgress: everyFew(500, (done) => console.log(`${done} of ${options.records} records`)),
	});
	for (const line of chaosTable(result)) console.log(line);
	if (result.failures.length > 0) process.exitCode = 1;
}

/** Tells of progress each time that so many more are done. */
function everyFew(step: number, tell: (done: number) => void): (done: number) => void {
	let next = step;
	return (done) => {
		if (done < next) return;
		tell(done);
		next = done - (done % step) + step;
	};
}

/** What people set in Xero stays, and what is changed in Knack is not lost. */
async function proveEditing(edits: number, firstSeed: number): Promise<void> {
	const result = await proveEdits({ edits, firstSeed });
	console.log(
		`Seeds ${firstSeed} to ${result.byPeople.lastSeed} and ${result.onBothSides.lastSeed}`,
	);
	for (const line of editTable(result)) console.log(line);
	if (!areEditsProven(result)) process.exitCode = 1;
}

/** The sandbox's ledger agrees with its documents in every state. */
async function proveLedger(books: number, firstSeed: number): Promise<void> {
	const onProgress = everyFew(50, (done) => console.log(`${done} of ${books} books`));
	const result = await proveBooks({ books, firstSeed, onProgress });
	console.log(`Seeds ${firstSeed} to ${firstSeed + books - 1}`);
	for (const line of booksTable(result)) console.log(line);
	if (result.failures.length > 0) process.exitCode = 1;
}

/** What Xero Insights says is owed equals a second reckoning, and the ledger. */
async function proveMoney(books: number, firstSeed: number): Promise<void> {
	const onProgress = everyFew(50, (done) => console.log(`${done} of ${books} books`));
	const result = await proveInsights({ books, firstSeed, onProgress });
	console.log(`Seeds ${firstSeed} to ${firstSeed + books - 1}`);
	for (const line of insightsTable(result)) console.log(line);
	if (result.failures.length > 0) process.exitCode = 1;
}

/** Totals and tax of random documents, as predicted and as the twin's own code works them out. */
async function proveTotals(documents: number, firstSeed: number): Promise<void> {
	const result = await compareTotals(documents, firstSeed, (done) => {
		if (done % 10_000 === 0) console.log(`${done} of ${documents} documents`);
	});
	console.log(
		`Seeds ${firstSeed} to ${firstSeed + documents - 1}, ${result.posted} posted, in ${result.currencies.join(', ')}`,
	);
	for (const [type, count] of Object.entries(result.byType)) console.log(`  ${count} × ${type}`);
	result.differences.slice(0, 20).forEach((difference) => console.log(`WRONG ${difference}`));
	console.log(`${result.differences.length} predictions of totals or tax were wrong`);
	if (result.differences.length > 0) process.exitCode = 1;
}

void main();
