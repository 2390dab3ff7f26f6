import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createSandbox } from '../../sandbox/sandbox';
import { KNACK_WORDS, N8N_WORDS, SANDBOX_WORDS, XERO_WORDS } from '../support/docs/othersWords';
import { labelsOfTheExamples, labelsOfThePackage } from '../support/docs/shownLabels';

const root = path.join(__dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

const pages = [
	'README.md',
	'workflows-examples/README.md',
	...readdirSync(path.join(root, 'docs'))
		.filter((name) => name.endsWith('.md'))
		.map((name) => `docs/${name}`),
];

const known = new Set<string>([
	...labelsOfThePackage(),
	...labelsOfTheExamples(),
	...N8N_WORDS,
	...XERO_WORDS,
	...KNACK_WORDS,
	...SANDBOX_WORDS,
]);

/** Lists that are made when they are opened have their entries in the code alone. */
const inLists = sourcesOf(['lib/n8n', 'nodes']);

/** What the package says to a person, wherever it says it. */
const sentences = sourcesOf(['lib', 'nodes', 'sandbox', 'scripts']);

function sourcesOf(folders: readonly string[]): string {
	return folders
		.flatMap((folder) =>
			readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
				.filter((name) => /\.(ts|mjs|js|html)$/.test(name))
				.map((name) => read(path.join(folder, name))),
		)
		.join('\n')
		.replace(/\\'/g, "'");
}

/**
 * What a page says is on a screen. The convention of the docs: a label stands in italics and begins
 * with a capital letter, an arrow leads from one to the next, and of what stands in bold the same
 * holds where every word is capital, as labels in n8n are.
 */
function labelsIn(page: string): string[] {
	const text = page.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '');
	const marked = [...text.matchAll(/(?<![\w*])(\*\*|\*|_)(?=\S)([^*_\n]+?)(?<=\S)\1(?![\w*])/g)];
	return marked.flatMap(([, mark, words = '']) =>
		words
			.split('→')
			.map((part) => part.trim())
			.filter((part) => (mark === '**' ? isTitle(part) : /^[A-Z⋯]/.test(part))),
	);
}

const SMALL = new Set([
	'a',
	'an',
	'the',
	'and',
	'or',
	'of',
	'to',
	'in',
	'on',
	'by',
	'for',
	'with',
	'as',
	'is',
	'from',
]);

/** "Webhook Signing Key", but not "Plain words." nor a single word, which may be stressed alone. */
function isTitle(words: string): boolean {
	const each = words.split(' ');
	if (each.length < 2 || words.endsWith('.')) return false;
	if (SMALL.has((each[0] ?? '').toLowerCase())) return false;
	return each.every((word) => /^[A-Z&]/.test(word) || SMALL.has(word));
}

function unknownIn(page: string): string[] {
	return labelsIn(page).filter((label) => !isShown(label));
}

function isShown(label: string): boolean {
	if (known.has(label) || shortened.has(label)) return true;
	// "Status is Completed", "Draft, Awaiting Approval": labels in one breath.
	const parts = label.split(/ is |, /);
	if (parts.length > 1 && parts.every((part) => isShown(part))) return true;
	return inLists.includes(`'${label}'`) || (isSentence(label) && quoted(label));
}

/** n8n's rules want endings that nobody says: "Message Field Name or ID", "Gather For (Seconds)". */
const shortened = new Set(
	[...known].map((label) => label.replace(/ (Names? or IDs?|\([^)]*\))$/, '')),
);

function isSentence(label: string): boolean {
	return label.includes('…') || label.split(' ').length > 3;
}

/** "…" stands for what differs from case to case. */
function quoted(sentence: string): boolean {
	const parts = sentence.split('…').map((part) => part.trim());
	return parts.every((part) => sentences.includes(part));
}

describe.each(pages)('%s', (page) => {
	it('names labels that are on the screen', () => {
		expect(unknownIn(read(page))).toEqual([]);
	});
});

it('a label that is on no screen is found, however it is marked', () => {
	const page =
		'Choose *Write Back to Knack*, then *Options → Lines of Each Field*, and **Webhook Sign Key**. Status is *Complete*.';
	expect(unknownIn(page)).toEqual(['Lines of Each Field', 'Webhook Sign Key', 'Complete']);
});

it('the page of the sandbox names every table that it has', () => {
	const { tables } = createSandbox().knack.appState();
	const names = [...tables.values()].map(({ schema }) => schema.name);
	const page = read('docs/sandbox.md');
	expect(names.filter((name) => !page.includes(`*${name}*`))).toEqual([]);
});
