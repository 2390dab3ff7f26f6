import { flag, number, proof, text, type Proof, type Proven, type Tell } from './command';

const seed = number(1, 'the first seed: the same one does the same again', 0);

/**
 * Each proof once: a new one is an entry here. What it needs is loaded when it is run, since n8n's
 * engine, which some run in, keeps settings and timers.
 */
export const PROOFS: readonly Proof[] = [
	proof({
		shows: 'Never twice, nothing lost, over killed processes, lost answers and races of workers.',
		options: {
			runs: number(10_000, 'runs, one kind of document each'),
			only: text('kinds whose name contains it'),
			seed,
		},
		run: async ({ runs, only, seed: firstSeed }, tell) => {
			const { prove, proofTable } = await import('./proof');
			const onProgress = everyFew(500, tell, `of ${runs} runs`);
			const result = await prove({ runs, firstSeed, only, onProgress });
			return provenOver(firstSeed, runs, proofTable(result), result);
		},
	}),
	proof({
		name: 'identity',
		shows: 'Right, or held, over worlds of records that are hard to tell apart.',
		options: {
			runs: number(10_000, 'worlds'),
			only: text('families of documents whose name contains it'),
			explain: flag('the world of the seed in words, as small as it goes'),
			seed,
		},
		run: async ({ runs: worlds, only, explain, seed: firstSeed }, tell) => {
			const { explainWorld, proveIdentity } = await import('./identity/identity');
			if (explain) return { passed: true, lines: await explainWorld(firstSeed) };
			const { identityTable, isProven } = await import('./identity/report');
			const onProgress = everyFew(500, tell, `of ${worlds} worlds`);
			const result = await proveIdentity({ worlds, firstSeed, only, onProgress });
			return {
				passed: isProven(result),
				lines: [seedsTo(firstSeed, worlds), ...identityTable(result)],
			};
		},
	}),
	proof({
		name: 'edits',
		shows: 'What people set in Xero stays, and what is changed in Knack is not lost.',
		options: { runs: number(1_000, 'documents that people edit, and on both sides'), seed },
		run: async ({ runs: edits, seed: firstSeed }) => {
			const { areEditsProven, editTable, proveEdits } = await import('./edits/edits');
			const result = await proveEdits({ edits, firstSeed });
			const { byPeople, onBothSides } = result;
			const seeds = `Seeds ${firstSeed} to ${byPeople.lastSeed} and ${onBothSides.lastSeed}`;
			return { passed: areEditsProven(result), lines: [seeds, ...editTable(result)] };
		},
	}),
	proof({
		name: 'totals',
		shows: 'Totals and tax that are foretold equal those that are posted.',
		options: { totals: number(100_000, 'documents'), seed },
		run: async ({ totals, seed: firstSeed }, tell) => {
			const { compareTotals, totalsTable } = await import('./totals');
			const onProgress = everyFew(10_000, tell, `of ${totals} documents`);
			const result = await compareTotals(totals, firstSeed, onProgress);
			const { differences: failures } = result;
			return provenOver(firstSeed, totals, totalsTable(result), { failures });
		},
	}),
	proof({
		name: 'chaos',
		shows: 'Bad days on both sides end with each record as one document, and Knack told of it.',
		options: {
			records: number(10_000, 'records, in scenes of some each'),
			faulty: number(10, 'share of answers that are faulty, in percent', 0),
			only: text('kinds whose name contains it'),
			explain: flag('the scene of the seed, request by request'),
			seed,
		},
		run: async ({ records, faulty: faultyPercent, only, explain, seed: firstSeed }, tell) => {
			const { chaos, chaosTable, explainChaos } = await import('./chaos/chaos');
			if (explain) return { passed: true, lines: await explainChaos(firstSeed, faultyPercent) };
			const onProgress = everyFew(500, tell, `of ${records} records`);
			const result = await chaos({ records, firstSeed, faultyPercent, only, onProgress });
			return proven(chaosTable(result), result);
		},
	}),
	proof({
		name: 'fuzz',
		shows:
			'Whatever stands in a field or comes to an address stops nothing else, shows no secret, and is read in a time that grows with its length.',
		options: {
			runs: number(20_000, 'odd values in records'),
			bodies: number(5_000, 'bodies to the addresses of the triggers'),
			long: number(1_000_000, 'characters of the long texts, beside those of 10000', 200_000),
			seed,
		},
		run: async ({ runs: values, bodies, long, seed: firstSeed }) => {
			const { fuzz, fuzzTable, isFuzzProven, TIMES } = await import('./fuzz/fuzz');
			const times = { ...TIMES, long };
			const result = await fuzz({ values, bodies, times, firstSeed });
			const lines = [`Seeds from ${firstSeed}`, ...fuzzTable(result)];
			return { passed: isFuzzProven(result), lines };
		},
	}),
	proof({
		name: 'books',
		shows: 'The sandbox’s ledger agrees with its documents, in books kept by chance.',
		options: { books: number(500, 'books'), seed },
		run: async ({ books, seed: firstSeed }, tell) => {
			const { booksTable, proveBooks } = await import('./books');
			const onProgress = everyFew(50, tell, `of ${books} books`);
			const result = await proveBooks({ books, firstSeed, onProgress });
			return provenOver(firstSeed, books, booksTable(result), result);
		},
	}),
	proof({
		name: 'insights',
		shows:
			'Every figure of Xero Insights equals a second reckoning, and ties to the ledger, in a builder’s books kept by chance, on ten days each.',
		options: { insights: number(200, 'books'), seed },
		run: async ({ insights: books, seed: firstSeed }, tell) => {
			const { insightsTable, proveInsights } = await import('./insights/insights');
			const onProgress = everyFew(10, tell, `of ${books} books`);
			const result = await proveInsights({ books, firstSeed, onProgress });
			return provenOver(firstSeed, books, insightsTable(result), result);
		},
	}),
	proof({
		name: 'unusual',
		shows:
			'Of mistakes planted in a firm’s year at least nine of ten are found, and at most one of a hundred others is flagged.',
		options: {
			unusual: number(5_000, 'documents'),
			explain: flag('each one that was judged wrongly in words'),
			seed,
		},
		run: async ({ unusual: documents, explain, seed: only }, tell) => {
			const { isUnusualProven, proveUnusual, unusualTable } = await import('./unusual/proof');
			const job = { documents, seed: only, ...(explain ? { explain: tell } : {}) };
			const result = await proveUnusual(job);
			return { passed: isUnusualProven(result), lines: [`Seed ${only}`, ...unusualTable(result)] };
		},
	}),
	proof({
		name: 'compare',
		shows:
			'What differs between Knack and Xero is found, nothing else is, and carrying out what is ticked leaves nothing open and no closed month changed.',
		options: {
			records: number(2_000, 'records that agree'),
			differences: number(300, 'differences that are planted', 0),
			seed,
		},
		run: async ({ records, differences, seed: only }) => {
			const { compareTable, proveCompare } = await import('./compare/proveCompare');
			const result = await proveCompare({ records, differences, seed: only });
			return proven([`Seed ${only}`, ...compareTable(result)], result);
		},
	}),
	proof({
		name: 'guards',
		shows: 'Workflows that run away are stopped at their limits, and what is held goes over once.',
		options: {
			guards: number(500, 'workflows by chance'),
			records: number(5_000, 'records of one more'),
			emails: number(8_000, 'e-mails of another'),
			seed,
		},
		run: async ({ guards: scenes, records, emails, seed: firstSeed }) => {
			const { guardTable, proveGuards } = await import('./guards');
			const { proveEmails, proveRunaway } = await import('./runaway');
			const result = await proveGuards({ scenes, firstSeed });
			const wrong = await proveRunaway(records);
			const wrongEmails = await proveEmails(emails);
			const inWords = (found: readonly string[], right: string) =>
				found.length === 0 ? right : found.join('; ');
			const lines = [
				`Seeds from ${firstSeed}`,
				...guardTable(result),
				`a runaway of ${records}  ${inWords(wrong, 'stopped at 100')}`,
				`${emails} e-mails  ${inWords(wrongEmails, 'stopped at 100 a day, each sent once when ticked')}`,
			];
			return proven(lines, { failures: [...result.failures, ...wrong, ...wrongEmails] });
		},
	}),
	proof({
		name: 'approval',
		shows:
			'Nothing is written that nobody has approved, whatever changes between approval and write, and whatever is done to a token.',
		options: { runs: number(10_000, 'approvals'), seed },
		run: async ({ runs, seed: firstSeed }, tell) => {
			const { approvalTable, proveApproval } = await import('./approval/approval');
			const onProgress = everyFew(500, tell, `of ${runs} approvals`);
			const result = await proveApproval({ runs, firstSeed, onProgress });
			return proven([`Seeds from ${firstSeed}`, ...approvalTable(result)], result);
		},
	}),
	proof({
		name: 'undo',
		shows:
			'Runs of all types of documents are taken back, a fifth of them paid, reconciled, sent, edited or voided meanwhile: balances are as before.',
		options: {
			runs: number(1, 'runs'),
			documents: number(200, 'documents of a run'),
			kills: number(50, 'moments of a run at which the process dies', 0),
			seed,
		},
		run: async ({ runs, documents, kills, seed: firstSeed }, tell) => {
			const { proveUndo, undoTable } = await import('./undo/proveUndo');
			const onProgress = everyFew(1, tell, `of ${runs} runs`);
			const result = await proveUndo({ runs, firstSeed, documents, kills, onProgress });
			return provenOver(firstSeed, runs, undoTable(result), result);
		},
	}),
	proof({
		name: 'shadow',
		shows:
			'Of two weeks beside a simulated Zap with its known faults each document is told as what it is, in the fields that differ, and nothing is written.',
		options: { records: number(2_000, 'orders'), seed },
		run: async ({ records, seed: only }) => {
			const { proveShadow, shadowTable } = await import('./shadow/proveShadow');
			const result = await proveShadow({ records, seed: only });
			return proven([`Seed ${only}`, ...shadowTable(result)], result);
		},
	}),
	proof({
		name: 'log',
		shows:
			'Each attempt has its row in the Sync Log, or is known to have none, and nobody changes, removes or exchanges a row unseen.',
		options: { log: number(10_000, 'attempts'), seed },
		run: async ({ log: attempts, seed: only }, tell) => {
			const { logTable, proveLog } = await import('./log/log');
			const onProgress = everyFew(1_000, tell, `of ${attempts} attempts`);
			const result = await proveLog({ attempts, seed: only, onProgress });
			return proven([`Seed ${only}`, ...logTable(result)], result);
		},
	}),
	proof({
		name: 'deposits',
		shows: 'Open credit is used once, and all of it that can be.',
		options: { jobs: number(1_000, 'jobs, in scenes of some each'), seed },
		run: async ({ jobs, seed: firstSeed }, tell) => {
			const { depositTable, proveDeposits } = await import('./deposits');
			const onProgress = everyFew(100, tell, `of ${jobs} jobs`);
			const result = await proveDeposits({ jobs, firstSeed, onProgress });
			return proven([`Seeds from ${firstSeed}`, ...depositTable(result)], result);
		},
	}),
	proof({
		name: 'timesheets',
		shows: 'Hours of four weeks are in payroll once, to the quarter.',
		options: { people: number(50, 'people'), seed },
		run: async ({ people, seed: only }) => {
			const { proveTimesheets, timesheetTable } = await import('./timesheets');
			const result = await proveTimesheets({ people, weeks: 4, seed: only });
			return proven([`Seed ${only}`, ...timesheetTable(result)], result);
		},
	}),
	proof({
		name: 'first-load',
		shows:
			'A first load with a tenth as many calls a day as there are records, and 20 killed processes, ends on the day that was forecast.',
		options: { records: number(10_000, 'records'), seed },
		run: async ({ records, seed: only }) => {
			const { firstLoadTable, isFirstLoadProven, loadFirst } = await import('./firstLoad');
			const job = { records, callsPerDay: records / 10, kills: 20, seed: only };
			const result = await loadFirst(job);
			return { passed: isFirstLoadProven(job, result), lines: firstLoadTable(job, result) };
		},
	}),
	proof({
		name: 'queue',
		shows:
			'Never twice and nothing lost in n8n’s queue mode, whose workers are ended at ten moments. Needs a real n8n, PostgreSQL and Redis.',
		options: {
			records: number(2_000, 'records by each key'),
			small: flag('the part that belongs to the tests'),
			moments: text('numbers of the moments, from 1, with commas between'),
			key: text('one of both keys: reference or number'),
			only: text('parts, with commas between: orders, payments, limits'),
			seed,
		},
		run: async (asked, tell) => {
			const { proveWholeQueue } = await import('../queue/proveWholeQueue');
			return await proveWholeQueue(asked, tell);
		},
	}),
];

function proven(
	lines: readonly string[],
	{ failures }: { readonly failures: readonly unknown[] },
): Proven {
	return { passed: failures.length === 0, lines };
}

function provenOver(
	firstSeed: number,
	seeds: number,
	lines: readonly string[],
	result: { readonly failures: readonly unknown[] },
): Proven {
	return proven([seedsTo(firstSeed, seeds), ...lines], result);
}

function seedsTo(firstSeed: number, seeds: number): string {
	return `Seeds ${firstSeed} to ${firstSeed + seeds - 1}`;
}

/** Tells of progress each time that so many more are done. */
function everyFew(step: number, tell: Tell, of: string): (done: number) => void {
	let next = step;
	return (done) => {
		if (done < next) return;
		tell(`${done} ${of}`);
		next = done - (done % step) + step;
	};
}
