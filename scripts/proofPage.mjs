/** A line that only tells how far a run has come, such as "500 of 10000 runs". */
const PROGRESS = /^\d[\d,]* of \d[\d,]* [a-z]+$/;
/** What the set-up says of itself. */
const SET_UP = /^[✓✗-] /;
/** Names of files that a sentence has room for. */
const MOST_NAMED = 12;
const CONTROL = new RegExp(String.raw`\u001b\[[0-9;]*[A-Za-z]`, 'g');

/**
 * @typedef {{ name: string, claim: string, command: string, size: string, seed?: number, on: string,
 *   commit: string, passed: boolean, seconds: number, figures: string[] }} ProvenRun
 *   `size` is what it was told beside the seed, `on` the day on which it ended, `commit` that of its code.
 * @typedef {{ size: string, seed: number, on: string, versions: Record<string, string>,
 *   machine: string, runs: ProvenRun[], changed: Record<string, string[]>, due: string[],
 *   left: string[] }} Proof
 *   `changed`: files of code that have changed since the commits of earlier runs.
 *   `due` are still to be run, and `left` are not run at this size.
 */

/** @param {string} line */
export function isProgress(line) {
	return PROGRESS.test(line);
}

/**
 * What a run has found, without what it said on the way.
 * @param {string} output
 * @returns {string[]} its lines
 */
export function figuresOf(output) {
	const lines = output
		.replaceAll(CONTROL, '')
		.split('\n')
		.map((line) => line.trimEnd())
		.filter((line) => !isProgress(line) && !SET_UP.test(line) && !line.startsWith('> '));
	while (lines[0] === '') lines.shift();
	while (lines.at(-1) === '') lines.pop();
	return lines;
}

/**
 * The page of a proof.
 * @param {Proof} proof
 */
export function proofPage({ size, seed, on, versions, machine, runs, changed, due, left }) {
	const failed = runs.filter(({ passed }) => !passed);
	const command = `npm run proof -- --${size} --seed ${seed}`;
	const says = [
		`**${runs.length - failed.length} of ${runs.length + due.length} runs passed.**`,
		failed.length > 0 && `**Failed: ${failed.map(({ name }) => name).join(', ')}.**`,
		due.length > 0 && `**Still to be run: ${due.join(', ')}**, by \`${command} --resume\`.`,
		left.length > 0 &&
			`Not run at this size: ${left.join(', ')}, which \`npm run proof -- --release\` runs too.`,
	];
	const earlier = Object.entries(changed).map(([commit, files]) => {
		const names = runs.filter((run) => run.commit === commit).map(({ name }) => name);
		return `Of the commit ${commit}, before ${fileWords(files)} changed: ${names.join(', ')}.`;
	});
	return `# Proof

Made by \`${command}\` on ${on}, on ${machine}. The same figures stand in [proof.json](proof.json). Each command can be run by itself; with the same seed it does the same again, and with another seed it looks elsewhere.

${[says.filter(Boolean).join(' '), ...earlier].join('\n\n')}

${table(
	['what', 'version'],
	Object.entries(versions).map(([name, version]) => [name, version]),
)}

${table(
	['run', 'what it shows', 'size', 'seed', 'result', 'time', 'on'],
	runs.map((run) => [
		`[${run.name}](#${run.name})`,
		run.claim,
		run.size === '' ? '' : `\`${run.size}\``,
		run.seed ?? '',
		run.passed ? 'passed' : '**failed**',
		timeOf(run.seconds),
		run.on,
	]),
)}

${runs.map(sectionOf).join('\n\n')}
`;
}

/** By name, or how many of each folder where nobody would read the names. */
function fileWords(files) {
	if (files.length <= MOST_NAMED) return files.map((file) => `\`${file}\``).join(', ');
	const counts = new Map();
	for (const file of files) {
		const [folder] = file.split('/');
		counts.set(folder, (counts.get(folder) ?? 0) + 1);
	}
	const parts = [...counts].map(([folder, count]) => `${count} in \`${folder}\``);
	return `${files.length} files (${parts.join(', ')}; [proof.json](proof.json) names them)`;
}

function sectionOf({ name, claim, command, figures }) {
	return `## ${name}

${claim}

\`\`\`
$ ${command}
${figures.join('\n')}
\`\`\``;
}

function table(head, rows) {
	return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** @param {number} seconds */
function timeOf(seconds) {
	return seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}
