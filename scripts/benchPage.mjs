import { readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { projectRoot } from './toolchain.mjs';

/** Requests a minute that Xero takes for one organisation. */
const XERO_MINUTE = 60;

export const whole = (number) => Math.round(number).toLocaleString('en-GB');
const fine = (number) => number?.toFixed(2) ?? '';

export function table(head, rows) {
	return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** @param {number} milliseconds */
export function inSeconds(milliseconds) {
	return `${(milliseconds / 1_000).toFixed(1)} s`;
}

/** @param {number} load of the last minute, from before the measuring */
export function machineWords(load) {
	return `Node ${process.version}, ${os.availableParallelism()} cores (${os.cpus()[0]?.model ?? 'unknown'}), at a load of ${load.toFixed(1)}`;
}

/** The shortest time in which Xero takes so many calls, whatever makes them. */
function atXerosPace(calls) {
	const minutes = calls / XERO_MINUTE;
	if (minutes < 1) return 'under a minute';
	return minutes < 90 ? `${whole(minutes)} min` : `${(minutes / 60).toFixed(1)} h`;
}

/**
 * The text of docs/bench.md.
 * @param {{ planning: object[], calls: object[], insights: object[], machine: string }} figures
 */
export function benchPage({ planning, calls, insights, machine }) {
	return `# Figures

Made by \`npm run bench -- --write\` on ${machine}. Everything is measured against the stand-ins for Knack and Xero that come with the project; calls are counted in their journal. How many seconds a payment or an order takes through a real n8n: [from one to the other](bench-live.md).

## Planning 10,000 invoices of 5 lines

Mapping, checking, matching and planning, which is all that a preview does. Bar: 3 seconds and 300 MB; on a slower machine the same in what a step takes to copy 25,000 of them, 5.4 times its processor time. At 25,000: at most 150 MB more than a step that copies them, and 50 ms for which our own work holds the event loop.

${table(
	[
		'invoices',
		'mapping (s)',
		'checking and planning (s)',
		'processor (s)',
		'longest hold of the event loop (ms)',
		'without collecting garbage (ms)',
		'peak memory (MB)',
	],
	planning.map((each) => [
		`${whole(each.invoices)}, ${each.job}`,
		fine(each.mappingSeconds),
		fine(each.planningSeconds),
		fine(each.processorSeconds),
		whole(each.heldMilliseconds),
		whole(each.heldByWorkMilliseconds),
		whole(each.peakMegabytes),
	]),
)}

What the stand-in takes to make Xero’s answers is left out. Processor time is what the process itself used. On a machine that is busy with something else the seconds on the clock are more, and the processor time is what counts for the bar, as for the longest hold of the event loop, the work between two turns of others, of which the shorter of both times counts. What the engine takes in it to collect garbage is told apart, since no program can give back the loop meanwhile. A step that copies its items, as a Code node does, is what any step of a workflow takes at least.

## Calls for a job

Beside the way of a workflow that makes one call for one record, as n8n's built-in Xero node does: look the contact up, create it when it is missing, post the invoice; or read each invoice and write each Knack record. The organisation's settings (6 calls) are counted with ours. What is looked for is read by its keys, or in whole pages of a thousand where that takes fewer calls; what other workers may have posted meanwhile, by what has changed since.

${table(
	[
		'job',
		'Xero calls',
		'at most',
		'one by one',
		'Knack calls',
		'one by one',
		'shortest time at Xero’s 60 a minute',
	],
	calls.map((each) => [
		`${whole(each.records)} ${each.job}`,
		whole(each.xero),
		each.most === undefined ? '' : whole(each.most),
		whole(each.peerXero),
		each.knack === undefined ? '' : whole(each.knack),
		each.peerKnack === undefined ? '' : whole(each.peerKnack),
		`${atXerosPace(each.xero)}; one by one ${atXerosPace(each.peerXero)}`,
	]),
)}

Xero allows 1,000 or 5,000 calls a day for an organisation, by the app's plan; Knack 1,000 to 25,000 for an account.

${insightCalls(insights)}
`;
}

/** @param {{ operation: string, documents: number, alone: number, afterOthers: number }[]} figures */
function insightCalls(figures) {
	const sizes = [...new Set(figures.map(({ documents }) => documents))];
	const operations = [...new Set(figures.map(({ operation }) => operation))];
	const cells = (operation) =>
		sizes.flatMap((size) => {
			const found = figures.find((each) => each.operation === operation && each.documents === size);
			return found ? [whole(found.alone), whole(found.afterOthers)] : ['', ''];
		});
	return `## Calls of Xero Insights

Xero calls of each operation in a ledger of so many invoices and bills, half of them each, in a run of its own and in one in which all operations above it were done. No request is sent twice in a run: what one operation has read, the others take from it.

${table(
	[
		'operation',
		...sizes.flatMap((size) => [`${whole(size)} documents`, `${whole(size)}, after the others`]),
	],
	operations.map((operation) => [operation, ...cells(operation)]),
)}`;
}

/**
 * The text of docs/bench-live.md.
 * @param {{ payments: object, orders: object, most: { payments: number, orders: number }, everyMs: number, machine: string }} figures
 */
export function benchLivePage({ payments, orders, most, everyMs, machine }) {
	const row = (what, { p50Ms, p95Ms, maxMs, executions, xeroCalls }, knackCalls, mostMs) => [
		what,
		...[p50Ms, p95Ms, maxMs, mostMs].map(inSeconds),
		executions,
		xeroCalls,
		knackCalls,
	];
	return `# From one to the other, in seconds

Made by \`npm run bench -- --live --write\` on ${machine}: a real n8n, the stand-ins for Knack and Xero, webhooks both ways, one event every ${everyMs} ms.

${table(
	[
		'what',
		'half within',
		'95 of 100 within',
		'all within',
		'bar at 95',
		'executions',
		'Xero calls',
		'Knack calls',
	],
	[
		row(
			`${payments.payments} payments, Xero → Knack`,
			payments,
			payments.knackReads + payments.knackWrites,
			most.payments,
		),
		row(`${orders.orders} orders, Knack → Xero`, orders, orders.knackCalls, most.orders),
	],
)}

A payment is measured from its record in Xero to the write in Knack, an order from its completion in Knack to the invoice in Xero. Knack takes 10 calls a second, and each of these events needs a write there: at ten events a second a queue grows for as long as the burst lasts, and empties after it. A single event takes one to two seconds.
`;
}

export const YEAR_HEADING = '## A year of a million orders';

/**
 * The section of docs/bench.md about a year of polls.
 * @param {{ figures: object[], machine: string }} measured
 */
export function yearSection({ figures, machine }) {
	const rows = figures.flatMap(({ trigger, quarters }) =>
		quarters.map((each, index) => [
			index === 0 ? trigger : '',
			String(index + 1),
			whole(each.handedOn),
			whole(each.calls),
			whole(each.stateCharacters),
			whole(each.heapMegabytes),
		]),
	);
	const sums = figures.map(
		({ trigger, missed, twice, again }) =>
			`- ${trigger}: ${whole(missed)} missed, ${whole(twice)} handed on twice for no reason, ${whole(again)} again because their run had died.`,
	);
	return `${YEAR_HEADING}

Made by \`npm run bench -- --year --write\` on ${machine}. What Knack Trigger asks, remembers and holds, quarter by quarter, over a table that grows all year; each order is done an hour after it was made, and edited a day after. One run in a thousand dies.

${table(
	[
		'trigger',
		'quarter',
		'handed on',
		'Knack calls a poll, at most',
		'remembered (characters), at most',
		'memory in use (MB)',
	],
	rows,
)}

${sums.join('\n')}

_Record Starts to Match_ stays flat where what is done leaves the filter again, here by its Xero ID. Without such a condition it takes a call for each 1,000 records that match, and remembers 40,000.
`;
}

export const START_HEADING = "## What it adds to n8n's start";

/**
 * The last section of docs/bench.md.
 * @param {{ figures: object, most: { milliseconds: number, megabytes: number }, machine: string }} measured
 */
export function startSection({ figures, most, machine }) {
	const row = (what, { readyMs, processorMs, megabytes }) => [
		what,
		...[readyMs, processorMs, megabytes].map(whole),
	];
	const spread = (what, { low, median, high }) => [
		row(`**${what}**, median`, median),
		row(`${what}, a quarter of the pairs below`, low),
		row(`${what}, a quarter of the pairs above`, high),
	];
	return `${START_HEADING}

Made by \`npm run bench -- --start --write\` on ${machine}: ${figures.pairs} times three starts of a real n8n, without a community package, with one of a single empty node, and with this one, turn about. n8n itself does more once it has any community package: it goes through all its nodes again and writes their types. Bar: this package adds at most ${most.milliseconds} ms and ${most.megabytes} MB to the smallest one, the median of the differences.

${table(
	['start', 'n8n answers after (ms)', 'processor (ms)', 'memory (MB)'],
	[
		row('without a community package', figures.without),
		row('with the smallest one', figures.smallest),
		row('with this one', figures.with),
		...spread('added to the smallest', figures.addedToSmallest),
		...spread('added to none', figures.added),
	],
)}

Memory is the heap in use a second after it answers, garbage collected. On a machine that does something else as well, two starts of the same n8n differ by more than the package adds, in seconds and in processor time. So the bar holds too for what loading takes by itself, in a process that has n8n's core already. n8n loads each of its own nodes once a workflow uses it, and those of a community package at its start.

${table(
	['loaded', 'processor (ms)', 'heap (MB)', 'modules'],
	figures.loading.map(({ what, processorMs, heapMegabytes, modules }) => [
		what,
		whole(processorMs),
		heapMegabytes.toFixed(1),
		whole(modules),
	]),
)}

What a node does is loaded when n8n first calls it, once a process.
`;
}

/**
 * The text of a section from its heading to the next one.
 * @param {string} page @param {string} heading
 * @returns {string | undefined} undefined where the page has none
 */
export function sectionOf(page, heading) {
	const from = page.indexOf(heading);
	if (from < 0) return undefined;
	const next = page.indexOf('\n## ', from + heading.length);
	return next < 0 ? page.slice(from) : page.slice(from, next + 1);
}

/** Puts a section in the place of the one with the same heading, else at the end of the page. */
export async function writeSection(page, section) {
	const file = path.join(projectRoot, page);
	const text = await readFile(file, 'utf8');
	const old = sectionOf(text, section.slice(0, section.indexOf('\n')));
	await writeFile(
		file,
		old === undefined ? `${text}\n${section}` : text.replace(old, () => section),
	);
}
