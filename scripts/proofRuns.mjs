/**
 * What `npm run proof` runs: each claim with the command that shows it, at a size for every day and at
 * the size that a release is held to. `{seed}` is the seed of the day, or the one that was named.
 *
 * @typedef {{ name: string, claim: string, command: 'prove' | 'bench', everyDay?: string, release: string,
 *   alone?: true }} ProofRun
 *   What has no `everyDay` takes a real n8n or hours, and is run for a release alone.
 *   `alone`: not beside others, since it is timed, or needs the machine.
 */

/** @type {readonly ProofRun[]} */
export const PROOF_RUNS = [
	{
		name: 'prove',
		claim:
			'Never twice and nothing lost, over killed processes, lost answers and races of workers.',
		command: 'prove',
		everyDay: '--runs 500 --seed {seed}',
		release: '--runs 10000 --seed {seed}',
	},
	{
		name: 'identity',
		claim: 'Right, or held: records that are hard to tell apart never meet another’s document.',
		command: 'prove',
		everyDay: '--identity --runs 500 --seed {seed}',
		release: '--identity --runs 10000 --seed {seed}',
	},
	{
		name: 'edits',
		claim: 'What a person set in Xero stays, and what is changed in Knack is not lost.',
		command: 'prove',
		everyDay: '--edits --runs 100 --seed {seed}',
		release: '--edits --runs 1000 --seed {seed}',
	},
	{
		name: 'totals',
		claim: 'Totals and tax are foreseen to the cent.',
		command: 'prove',
		everyDay: '--totals 10000 --seed {seed}',
		release: '--totals 100000 --seed {seed}',
	},
	{
		name: 'chaos',
		claim: 'Bad days on both sides end with each record as one document, and Knack knowing it.',
		command: 'prove',
		everyDay: '--chaos --records 500 --seed {seed}',
		release: '--chaos --records 10000 --seed {seed}',
	},
	{
		name: 'fuzz',
		claim:
			'Whatever stands in a field or comes to an address stops nothing else and shows no secret.',
		command: 'prove',
		everyDay: '--fuzz --runs 2000 --bodies 500 --long 500000 --seed {seed}',
		release: '--fuzz --runs 20000 --seed {seed}',
	},
	{
		name: 'books',
		claim:
			'The ledger of the stand-in for Xero agrees with its documents, so that proofs against it count.',
		command: 'prove',
		everyDay: '--books 50 --seed {seed}',
		release: '--books 500 --seed {seed}',
	},
	{
		name: 'insights',
		claim: 'What Xero Insights says equals a second reckoning, and ties to the ledger.',
		command: 'prove',
		everyDay: '--insights 10 --seed {seed}',
		release: '--insights 200 --seed {seed}',
	},
	{
		name: 'unusual',
		claim:
			'Of mistakes planted in a firm’s year nearly all are found, and nearly nothing else is flagged.',
		command: 'prove',
		everyDay: '--unusual 1000 --seed {seed}',
		release: '--unusual 5000 --seed {seed}',
	},
	{
		name: 'compare',
		claim:
			'What differs between Knack and Xero is found, nothing else is, and what is ticked is carried out.',
		command: 'prove',
		everyDay: '--compare --records 500 --differences 100 --seed {seed}',
		release: '--compare --seed {seed}',
	},
	{
		name: 'guards',
		claim: 'A workflow that runs away is stopped at its limits, and what is held goes over once.',
		command: 'prove',
		everyDay: '--guards 20 --records 500 --emails 1000 --seed {seed}',
		release: '--guards 150 --records 5000 --emails 8000 --seed {seed}',
	},
	{
		name: 'approval',
		claim: 'Nothing is written that nobody has approved, whatever changes after the approval.',
		command: 'prove',
		everyDay: '--approval --runs 100 --seed {seed}',
		release: '--approval --runs 10000 --seed {seed}',
	},
	{
		name: 'undo',
		claim:
			'What a run did is taken back to the cent, or stays with the exact reason, whatever dies.',
		command: 'prove',
		everyDay: '--undo --runs 1 --documents 60 --kills 10 --seed {seed}',
		release: '--undo --runs 20 --seed {seed}',
	},
	{
		name: 'shadow',
		claim: 'What another tool did otherwise in two weeks is listed, and nothing is invented.',
		command: 'prove',
		everyDay: '--shadow --records 300 --seed {seed}',
		release: '--shadow --seed {seed}',
	},
	{
		name: 'log',
		claim: 'Each attempt has its row in the Sync Log, and nobody changes one unseen.',
		command: 'prove',
		everyDay: '--log 500 --seed {seed}',
		release: '--log 10000 --seed {seed}',
	},
	{
		name: 'deposits',
		claim: 'Open credit is used once, and all of it that can be.',
		command: 'prove',
		everyDay: '--deposits --jobs 100 --seed {seed}',
		release: '--deposits --seed {seed}',
	},
	{
		name: 'timesheets',
		claim: 'Hours of four weeks are in payroll once, to the quarter.',
		command: 'prove',
		everyDay: '--timesheets --people 10 --seed {seed}',
		release: '--timesheets --seed {seed}',
	},
	{
		name: 'first-load',
		claim:
			'A first load with too few calls a day ends on the day that was forecast, whatever dies.',
		command: 'prove',
		everyDay: '--first-load --records 1000 --seed {seed}',
		release: '--first-load --seed {seed}',
	},
	{
		name: 'queue',
		claim:
			'In n8n’s queue mode, with workers that are killed at ten moments: none twice, none lost.',
		command: 'prove',
		release: '--queue --only orders --seed {seed}',
		alone: true,
	},
	{
		name: 'queue-payments',
		claim: 'In queue mode Knack ends as Xero stands, and nothing is missed while main is down.',
		command: 'prove',
		release: '--queue --only payments --seed {seed}',
		alone: true,
	},
	{
		name: 'queue-limits',
		claim: 'Workers share Xero’s minute: none starves, and next to nothing is refused.',
		command: 'prove',
		release: '--queue --only limits --seed {seed}',
		alone: true,
	},
	{
		name: 'bench',
		claim: 'Time, memory and calls stay within what is promised.',
		command: 'bench',
		everyDay: '',
		release: '',
		alone: true,
	},
	{
		name: 'start',
		claim: 'The package adds next to nothing to n8n’s start.',
		command: 'bench',
		release: '--start',
		alone: true,
	},
	{
		name: 'peers',
		claim: 'The same orders through other ways, in the same n8n.',
		command: 'bench',
		release: '--peers',
		alone: true,
	},
];
