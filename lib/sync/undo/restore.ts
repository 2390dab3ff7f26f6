import { isSameText } from '../../foldText';
import { sameValue } from '../../xero/documents/comparedValues';
import type {
	DocumentLine,
	FieldDefinition,
	FieldValue,
	XeroDocument,
} from '../../xero/documents/definition';
import { fieldsByPath, textOf } from '../check/draftValues';
import type { Draft, DraftLine } from '../draft';
import { SOURCE_LINK } from '../plan/sourceLink';
import { bearsMarkOf } from '../sourceLink/sourceMark';
import type { RanChange, RanOutcome } from './ranOutcome';
import { OF_LINE, type RanDocument } from './ranDocument';

/** What of a change is given back. */
export interface Restored {
	/** Undefined where nothing is left to give back. */
	readonly draft?: Draft;
	/** Labels of what somebody has changed since, which stays. */
	readonly kept: readonly string[];
	/** What cannot be given back; then nothing of the document is. */
	readonly obstacle?: string;
}

/** The values of each line of the record that the run changed, by its place in the record. */
type ChangedLines = Map<string, Array<RanChange & { readonly path: string }>>;

/** The draft that gives a document the values back that it had before a run. Pure. */
export function restored(
	{ definition, changes, outcomes }: RanDocument,
	document: XeroDocument,
): Restored {
	const known = fieldsByPath(definition.fields);
	const fields: Record<string, FieldValue> = {};
	const kept: string[] = [];
	const lines: ChangedLines = new Map();
	for (const change of changes) {
		const { field, before, after } = change;
		if (field === definition.statusPath) continue;
		if (field === SOURCE_LINK && wasLinked(outcomes[0], before)) continue;
		const [, line, path] = OF_LINE.exec(field) ?? [];
		if (line !== undefined && path !== undefined) {
			const own = lines.get(line) ?? [];
			lines.set(line, [...own, { ...change, path }]);
			continue;
		}
		if (field === 'contact') {
			if (isSameText(document.contactName ?? '', String(before ?? ''))) continue;
			if (!isSameText(document.contactName ?? '', String(after ?? ''))) kept.push('contact');
			else fields['contact.name'] = String(before ?? '');
			continue;
		}
		const own = known.get(field === SOURCE_LINK ? 'url' : field);
		if (!own || own.hasOwnRequest || field.startsWith('contact.')) {
			return { kept, obstacle: whatOf(field) };
		}
		const present = document.fields[own.path];
		if (sameValue(own, present, before)) continue;
		if (sameValue(own, present, after)) fields[own.path] = before ?? '';
		else kept.push(own.label);
	}
	const ofLines = restoredLines(definition.lineFields ?? [], lines, document.lines ?? []);
	if (ofLines.obstacle !== undefined) return { kept, obstacle: ofLines.obstacle };
	kept.push(...ofLines.kept);
	if (Object.keys(fields).length === 0 && !ofLines.lines) return { kept };
	const { parentPath } = definition.wire;
	const parent = parentPath === undefined ? undefined : document.fields[parentPath];
	return {
		kept,
		draft: {
			type: definition.type,
			itemIndexes: outcomes[0].itemIndexes,
			id: document.id,
			fields: {
				...(parentPath === undefined || parent === undefined ? {} : { [parentPath]: parent }),
				...fields,
			},
			...(ofLines.lines ? { lines: ofLines.lines } : {}),
			source: {},
			issues: [],
		},
	};
}

/**
 * The link of a record that knew its document before stays: it tells what was sent last. By that of an
 * earlier run, what the record still says would count as new, and go over again.
 */
function wasLinked({ match, source }: RanOutcome, link: RanChange['before']): boolean {
	return match?.by === 'id' || bearsMarkOf(String(link ?? ''), source ?? {}) === 'this';
}

function whatOf(field: string): string {
	if (field === 'lineItems') return 'it removed lines, whose values are not known any more';
	if (field.startsWith('contact.')) return 'it changed fields of the contact as well';
	if (field.startsWith('allocation.')) return 'it put it against an invoice';
	return `it did something with "${field}" that is no field`;
}

/**
 * The lines of a document with the values back that some of them had. A changed line is found by what
 * the run wrote into it; a line that the run added is not told from one whose words it filled in.
 */
function restoredLines(
	fields: readonly FieldDefinition[],
	changed: ChangedLines,
	present: readonly DocumentLine[],
): {
	readonly lines?: readonly DraftLine[];
	readonly kept: readonly string[];
	readonly obstacle?: string;
} {
	const known = fieldsByPath(fields);
	const kindOf = (path: string) => known.get(path) ?? ({ kind: 'tracking' } as const);
	const taken = new Map<DocumentLine, Record<string, FieldValue>>();
	const kept: string[] = [];
	for (const [line, changes] of changed) {
		if (changes.some(({ path, before }) => path === 'description' && before === undefined)) {
			return { kept, obstacle: 'it added lines' };
		}
		const having = (side: 'before' | 'after') =>
			present.filter(
				(each) =>
					!taken.has(each) &&
					changes.every((change) =>
						sameValue(kindOf(change.path), each.fields[change.path], change[side]),
					),
			);
		const [written, ...others] = having('after');
		if (written && others.length === 0) {
			const values = changes.map(({ path, before }) => [path, before ?? ''] as const);
			taken.set(written, Object.fromEntries(values));
		} else if (written) {
			return { kept, obstacle: `several lines are as it made line ${Number(line) + 1}` };
		} else if (having('before').length === 0) kept.push(`line ${Number(line) + 1}`);
	}
	if (taken.size === 0) return { kept };
	return {
		kept,
		lines: present.map((line) => {
			const id = textOf(line.id);
			return { ...(id === undefined ? {} : { id }), fields: taken.get(line) ?? {} };
		}),
	};
}
