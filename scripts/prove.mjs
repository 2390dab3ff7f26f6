/**
 * `npm run prove -- [--runs 10000] [--seed 1]`: never twice, nothing lost, over seeded trouble.
 * `npm run prove -- --totals 100000`: predicted totals and tax equal the ones that are posted.
 * `npm run prove -- --identity [--runs 10000] [--only bill]`: right, or held, over worlds of records
 * that are hard to tell apart; with `--explain --seed 7` one world in words, as small as it goes.
 * `npm run prove -- --edits [--runs 1000]`: what people set in Xero stays, and nothing is lost.
 * `npm run prove -- --queue [--records 2000]`: never twice and nothing lost in n8n's queue mode, whose
 * workers are ended at ten moments; `--moments 4,7`, `--key reference` and `--only payments` run a part.
 * `npm run prove -- --first-load [--records 10000]`: a first load with a tenth as many calls a day as
 * there are records, and 20 killed processes, ends on the day that was forecast.
 * `npm run prove -- --fuzz [--runs 20000]`: whatever stands in a field or comes to an address stops
 * nothing else, shows no secret, and is read in a time that grows with its length.
 * `npm run prove -- --chaos [--records 10000] [--faulty 10]`: bad days on both sides, Knack told of
 * everything; with `--explain --seed 7` one scene, request by request.
 * `npm run prove -- --books 500`: the sandbox's ledger agrees with its documents, in books kept by chance.
 * `npm run prove -- --approval [--runs 10000] [--seed 1]`: nothing is written that nobody has approved,
 * whatever changes between approval and write, and whatever is done to a token.
 * `npm run prove -- --log 10000`: each attempt has its row in the Sync Log, or is known to have none, and
 * nobody changes, removes or exchanges a row unseen.
 * `npm run prove -- --insights 200 [--seed 1]`: every figure of receivables and payables equals a second
 * reckoning, and ties to the ledger, in a builder's books kept by chance, on ten days each.
 * `npm run prove -- --deposits [--jobs 1000]`: open credit is used once, and all of it that can be.
 * `npm run prove -- --guards 500 [--records 5000]`: workflows that run away are stopped at their limits,
 * and what is held goes over once.
 * `npm run prove -- --compare [--records 2000] [--differences 300]`: what differs is found, nothing
 * else is, and carrying out what is ticked leaves nothing open and no closed month changed.
 * `npm run prove -- --shadow [--records 2000]`: of two weeks beside a simulated Zap with its known
 * faults each document is told as what it is, in the fields that differ, and nothing is written.
 * `npm run prove -- --timesheets [--people 50]`: hours of four weeks are there once, to the quarter.
 * `npm run prove -- --undo [--runs 1] [--documents 200] [--kills 50]`: runs of all types of documents are
 * taken back, a fifth of them paid, reconciled, sent, edited or voided meanwhile: balances are as before.
 * `npm run prove -- --unusual 5000 [--seed 1]`: of mistakes planted in a firm's year at least nine of
 * ten are found, and at most one of a hundred others is flagged; with `--explain` each one in words.
 */
import { spawn } from 'node:child_process';

import { bundleForNode } from './bundleForNode.mjs';
import { addPackageStep, tarball } from './packagePack.mjs';
import { Plan } from './plan.mjs';
import { findServices } from './queue/findServices.mjs';
import { program } from './program.mjs';
import { addToolchainSteps, cacheFolders, n8nRuntime } from './toolchain.mjs';

await program(async () => {
	const queue = process.argv.includes('--queue');
	const services = queue ? findServices() : undefined;
	const plan = new Plan({ durationsFile: cacheFolders().durations });
	addToolchainSteps(plan, { n8n: queue });
	if (queue) addPackageStep(plan);
	await plan.run();
	const file = await bundleForNode(queue ? 'test/queue/main.ts' : 'test/prove/main.ts');
	const ready = { ...n8nRuntime(), tarball, services };
	const child = spawn(process.execPath, ['--enable-source-maps', file, ...process.argv.slice(2)], {
		stdio: 'inherit',
		env: { ...process.env, ...(queue ? { KNACK_XERO_PREPARED: JSON.stringify(ready) } : {}) },
	});
	child.on('close', (code) => {
		process.exitCode = code ?? 1;
	});
});
