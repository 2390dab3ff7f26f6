/** A line that only tells how far a run has come. */
const PROGRESS = /^\d[\d,]* of \d[\d,]* /;
/** What the set-up says of itself. */
const SET_UP = /^[✓✗-] /;
const CONTROL = new RegExp(String.raw`\u001b\[[0-9;]*[A-Za-z]`, 'g');

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
		.filter((line) => !PROGRESS.test(line) && !SET_UP.test(line) && !line.startsWith('> '));
	while (lines[0] === '') lines.shift();
	while (lines.at(-1) === '') lines.pop();
	return lines;
}

/**
 * The page of a proof.
 * @param {{ size: string, seed: number, on: string, versions: Record<string, string>, machine: string,
 *   runs: { name: string, claim: string, command: string, passed: boolean, seconds: number,
 *   figures: string[] }[], left: { name: string, claim: string }[] }} proof
 */
export function proofPage({ size, seed, on, versions, machine, runs, left }) {
	const failed = runs.filter(({ passed }) => !passed);
	return `# Proof

Made by \`npm run proof -- --${size} --seed ${seed}\` on ${on}, on ${machine}. The same figures stand in [proof.json](proof.json). Each command can be run by itself; with the same seed it does the same again, and with another seed it looks elsewhere.

**${runs.length - failed.length} of ${runs.length} runs passed.**${
		failed.length === 0 ? '' : ` **Failed: ${failed.map(({ name }) => name).join(', ')}.**`
	}${
		left.length === 0
			? ''
			: ` Not run at this size: ${left.map(({ name }) => name).join(', ')}, which \`npm run proof -- --release\` runs too.`
	}

${table(
	['what', 'version'],
	Object.entries(versions).map(([name, version]) => [name, version]),
)}

${table(
	['run', 'what it shows', 'result', 'time'],
	runs.map(({ name, claim, passed, seconds }) => [
		`[${name}](#${name})`,
		claim,
		passed ? 'passed' : '**failed**',
		timeOf(seconds),
	]),
)}

${runs.map(sectionOf).join('\n\n')}
`;
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
