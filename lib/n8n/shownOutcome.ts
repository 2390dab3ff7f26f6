import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { Issue } from '../issue';
import { without } from '../without';
import { ATTENTION, type FieldChange, type Outcome } from '../sync/outcome';

/** The name of a field as people know it, by its path in the outcome. */
type NameOf = (path: string) => string | undefined;

/** An outcome of either node that writes. */
type AnyOutcome = Omit<Outcome, 'subject'> & Partial<Pick<Outcome, 'subject'>>;

/** What a table shows first of a document; what is not here comes behind it. */
const DOCUMENT_FIRST = [
	'number',
	'contactName',
	'total',
	'currency',
	'status',
	'amountDue',
	'subTotal',
	'totalTax',
	'url',
] as const satisfies ReadonlyArray<keyof Outcome['document']>;

/** The entries of an item in the order of a table's columns. */
const ENTRIES = [
	'summary',
	'record',
	'outcome',
	'document',
	'payment',
	'issues',
	'changes',
	'operations',
	'approval',
	'after',
	'history',
	'reason',
	'match',
	'input',
	'writtenBack',
	'source',
	'sync',
];

/**
 * An outcome as an item shows it: a person reads a table from the left, so the sentence comes first,
 * with what to do, then the record's own number or name, then what became of it. Ids, keys and hashes
 * stand last. The names are the outcome's own, which workflows read.
 */
export function shownOutcome(outcome: AnyOutcome, nameOf: NameOf = () => undefined): IDataObject {
	const { record = '', ...facts } = without(
		outcome,
		'itemIndexes',
		'requestKey',
		'isMadeAnew',
		'subject',
	);
	const { document, changes, issues } = facts;
	const shown = {
		...facts,
		summary: summaryWithFix(outcome),
		record,
		document: inOrder(document, DOCUMENT_FIRST),
		issues: issues.map((issue) => shownIssue(issue, nameOf)),
		changes: changes.map((change) => shownChange(change, nameOf)),
	};
	return inOrder(shown, ENTRIES);
}

/** The sentence, and behind it what to do about what keeps the record from being written. */
function summaryWithFix({
	summary,
	outcome,
	issues,
}: Pick<Outcome, 'summary' | 'outcome' | 'issues'>): string {
	if (!ATTENTION.has(outcome)) return summary;
	const fix = issues.find(({ severity }) => severity !== 'warn')?.fix ?? '';
	if (fix === '' || summary.includes(fix)) return summary;
	return `${/[.!?]$/.test(summary) ? summary : `${summary}.`} ${fix}`;
}

function shownIssue({ message, fix, severity, code, field, ...more }: Issue, nameOf: NameOf) {
	return {
		message,
		fix,
		...(field === undefined ? {} : { where: whereOf(field, nameOf) }),
		severity,
		code,
		...(field === undefined ? {} : { field }),
		...more,
	};
}

function shownChange({ field, ...values }: FieldChange, nameOf: NameOf) {
	return { where: whereOf(field, nameOf), ...values, field };
}

/** "Account (line 1)" of `lineItems[0].accountCode`. */
function whereOf(path: string, nameOf: NameOf): string {
	const [, index, inLine] = /^lineItems\[(\d+)\]\.?(.*)$/.exec(path) ?? [];
	const name = nameOf(path.replace(/\[\d+\]/, '')) ?? (index === undefined ? path : inLine);
	return index === undefined
		? (name ?? path)
		: `${name ? `${name} (line ${Number(index) + 1})` : `Line ${Number(index) + 1}`}`;
}

/** What a run says of the records on Needs Attention; nothing where there are none. */
export function attentionWords(count: number): string[] {
	return count === 0 ? [] : [`${count} ${count === 1 ? 'needs' : 'need'} attention`];
}

/** Items for the outputs Synced and Needs Attention, each paired with what it came from. */
export function outputsOf(
	outcomes: readonly AnyOutcome[],
	shown: readonly IDataObject[],
	run: {
		/** The items of the input, where they are to be included. */
		readonly input: readonly INodeExecutionData[];
		readonly isTool: boolean;
	},
): [INodeExecutionData[], INodeExecutionData[]] {
	const synced: Item[] = [];
	const attention: Item[] = [];
	outcomes.forEach(({ outcome, itemIndexes }, index) => {
		const [first = 0] = itemIndexes;
		const included = run.input.length > 0 ? { input: run.input[first]?.json ?? {} } : {};
		const item = {
			json: { ...shown[index], ...included },
			pairedItem:
				itemIndexes.length === 1 ? { item: first } : itemIndexes.map((each) => ({ item: each })),
		};
		// An agent sees the first output only.
		if (ATTENTION.has(outcome) && !run.isTool) attention.push(item);
		else synced.push(item);
	});
	return run.isTool ? [synced, attention] : [withEqualEntries(synced), withEqualEntries(attention)];
}

type Item = INodeExecutionData & { readonly json: IDataObject };

function withEqualEntries(items: readonly Item[]): Item[] {
	const names = new Set(items.flatMap(({ json }) => Object.keys(json)));
	return items.map((item) => ({ ...item, json: withEntries(item.json, names) }));
}

/**
 * An item with every entry that some item of its output has: n8n's table writes "undefined" where
 * only some of them have one.
 */
function withEntries(item: IDataObject, names: ReadonlySet<string>): IDataObject {
	const absent = [...names].filter((name) => !(name in item)).map((name) => [name, ''] as const);
	return absent.length === 0 ? item : inOrder({ ...item, ...Object.fromEntries(absent) }, ENTRIES);
}

/** The entries of a record, those named first. */
function inOrder(record: object, first: readonly string[]): IDataObject {
	const entries = new Map<string, unknown>(Object.entries(record));
	const named = first.flatMap((name) => (entries.has(name) ? [[name, entries.get(name)]] : []));
	return Object(
		Object.fromEntries([...named, ...[...entries].filter(([name]) => !first.includes(name))]),
	);
}
