import type { DocumentDefinition } from '../xero/documents/definition';
import { issueOf, type RuleSeverities } from './check/check';
import { LATE_RULES } from './check/rules/lateRules';
import type { Draft } from './draft';
import { foldText } from './match/names';
import { draftHash, draftKey } from './plan/plan';

export interface Deduplicated {
	/** The drafts, those that contradict each other with an issue. */
	readonly drafts: readonly Draft[];
	/** For a draft that repeats an earlier one to the letter: the index of that one. */
	readonly repeats: ReadonlyMap<number, number>;
}

/**
 * Records of one run that claim the same document. The same record delivered again (an event that
 * came five times) is one document; two that differ are both stopped, since either could be meant.
 */
export function findDuplicates(
	definition: DocumentDefinition,
	drafts: readonly Draft[],
	severities: RuleSeverities,
): Deduplicated {
	const byKey = new Map<string, number[]>();
	drafts.forEach((draft, index) => {
		const key = draftKey(definition, draft);
		if (key === '' || draft.skipReason !== undefined) return;
		// Held for that very reason already.
		if (draft.issues.some(({ code }) => code === LATE_RULES.numberShared.code)) return;
		// A reference alone may repeat under different contacts.
		const contact = isWithinContact(definition, key)
			? ['contact.id', 'contact.contactNumber', 'contact.name', 'contact.emailAddress']
					.map((path) => draft.fields[path])
					.find((value) => value !== undefined && value !== '')
			: undefined;
		const slot = foldText(`${key} ${String(contact ?? '')} ${placeOf(definition, key, draft)}`);
		byKey.set(slot, [...(byKey.get(slot) ?? []), index]);
	});

	const repeats = new Map<number, number>();
	const checked = [...drafts];
	for (const indexes of byKey.values()) {
		const [first, ...others] = indexes;
		if (first === undefined || others.length === 0) continue;
		const hashes = new Set(indexes.map((index) => hashAt(drafts, index)));
		if (hashes.size === 1) {
			others.forEach((index) => repeats.set(index, first));
			continue;
		}
		for (const index of indexes) {
			const draft = drafts[index];
			if (!draft) continue;
			const key = draftKey(definition, draft);
			checked[index] = {
				...draft,
				issues: [
					...draft.issues,
					...issueOf(
						LATE_RULES.duplicateInBatch,
						{
							field: key.slice(0, key.indexOf(':')),
							message: `${indexes.length} records of this run share "${key.slice(key.indexOf(':') + 1)}" but differ in content.`,
							fix: 'Give each record its own number or reference in Knack.',
						},
						severities,
					),
				],
			};
		}
	}
	return { drafts: checked, repeats };
}

/** Where the draft's document lives, for keys that count only there. */
function placeOf(definition: DocumentDefinition, key: string, draft: Draft): string {
	const path = key.slice(0, key.indexOf(':'));
	const within = definition.keys.find((each) => each.path === path)?.within ?? [];
	return within.map((each) => String(draft.fields[each] ?? '')).join(' ');
}

function hashAt(drafts: readonly Draft[], index: number): string {
	const draft = drafts[index];
	return draft ? draftHash(draft) : '';
}

function isWithinContact(definition: DocumentDefinition, key: string): boolean {
	const path = key.slice(0, key.indexOf(':'));
	return definition.keys.some((each) => each.path === path && each.withinContact);
}
