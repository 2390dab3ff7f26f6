import type { GiveWay } from '../giveWay';
import type { DocumentDefinition } from '../xero/documents/definition';
import { issueOf, type RuleSeverities } from './check/check';
import { fieldsByPath } from './check/draftValues';
import type { Finding } from './check/rule';
import { LATE_RULES } from './check/rules/lateRules';
import type { Draft } from './draft';
import { isPlainAndDated } from './find/keptByOthers';
import { foldText } from './find/names';
import { quoted } from './map/fieldReading';
import { draftHash, draftKey } from './plan/plan';
import type { Row } from './row';

/**
 * Records of one run that claim the same document. The same record delivered again (an event that
 * came five times) is one document; two that differ are both stopped, since either could be meant,
 * and so are two records of Knack that are alike in everything.
 */
export async function findDuplicates(
	definition: DocumentDefinition,
	rows: readonly Row[],
	severities: RuleSeverities,
	giveWay: GiveWay,
): Promise<void> {
	const firsts = new Map<string, Row>();
	const shared = new Map<Row, Row[]>();
	for (const row of rows) {
		await giveWay();
		const { draft } = row;
		const key = draftKey(definition, draft);
		if (key === '' || draft.skipReason !== undefined) continue;
		// Held for that very reason already.
		if (draft.issues.some(({ code }) => code === LATE_RULES.numberShared.code)) continue;
		const slot = slotOf(definition, key, draft);
		const first = firsts.get(slot);
		if (!first) {
			firsts.set(slot, row);
			continue;
		}
		const others = shared.get(first);
		if (others) others.push(row);
		else shared.set(first, [row]);
	}
	const isEach = definition.lineFields !== undefined || isPlainAndDated(definition);
	for (const [first, others] of shared) {
		const claimants = [first, ...others];
		const areAlike = new Set(claimants.map(({ draft }) => draftHash(draft))).size === 1;
		// Two customers of one name are one; two payments alike, or two hours, were both meant.
		const areOne = !isEach || recordsOf(claimants).size < 2;
		if (areAlike && areOne) {
			for (const row of others) row.repeats = first;
			continue;
		}
		for (const row of claimants) {
			const key = draftKey(definition, row.draft);
			const finding = inWords(definition, key, claimants, areAlike);
			const issues = issueOf(LATE_RULES.duplicateInBatch, finding, severities);
			row.draft = { ...row.draft, issues: [...row.draft.issues, ...issues] };
		}
	}
}

/** What is the matter, and what helps: an id that two records keep does not go with a new number. */
function inWords(
	definition: DocumentDefinition,
	key: string,
	claimants: readonly Row[],
	areAlike: boolean,
): Finding {
	const field = key.slice(0, key.indexOf(':'));
	const value = claimants[0]?.draft.name ?? key.slice(field.length + 1);
	const content = areAlike ? 'and are alike in everything' : 'but differ in content';
	const isOneRecord =
		recordsOf(claimants).size === 1 &&
		claimants.every(({ draft }) => draft.source.knackRecordId !== undefined);
	if (isOneRecord) {
		return {
			field,
			message: `The record ${quoted(value)} came ${claimants.length} times in this run, each time with other content.`,
			fix: 'Run the record again by itself, so that it goes as it is in Knack now.',
		};
	}
	if (field === 'id') {
		return {
			field,
			message: `${claimants.length} records of this run keep the same ${definition.label} ID (${value}), ${content}.`,
			fix: `Clear the ${definition.label} ID on the Knack record that it does not belong to.`,
		};
	}
	if (definition.isPaidByPeriod) {
		return {
			field,
			message: `${claimants.length} records of this run are of ${value}, ${content}; a person has one ${definition.label.toLowerCase()} a pay period.`,
			fix: 'Send all hours of the person and the period as one record: its lines from a connected table, or items that are grouped by person and week.',
		};
	}
	const [first] = definition.keys;
	const isWord = definition.keys.some(({ isShared, needsLink }) => isShared || needsLink);
	const label = fieldsByPath(definition.fields)
		.get(first?.path ?? '')
		?.label.toLowerCase();
	const own = isWord && label !== undefined ? label : 'number or reference';
	return {
		field,
		message: `${claimants.length} records of this run share ${quoted(value)} ${content}.`,
		fix: `Give each record its own ${own} in Knack.`,
	};
}

function recordsOf(rows: readonly Row[]): ReadonlySet<string> {
	return new Set(rows.flatMap(({ draft }) => draft.source.knackRecordId ?? []));
}

/** What two records must share to claim one document. */
function slotOf(definition: DocumentDefinition, key: string, draft: Draft): string {
	const path = key.slice(0, key.indexOf(':'));
	const known = definition.keys.find((each) => each.path === path);
	// A reference alone may repeat under different contacts.
	const contact = known?.withinContact
		? ['contact.id', 'contact.contactNumber', 'contact.name', 'contact.emailAddress']
				.map((each) => draft.fields[each])
				.find((value) => value !== undefined && value !== '')
		: undefined;
	// Where the draft's document lives, for keys that count only there.
	const place = (known?.within ?? []).map((each) => String(draft.fields[each] ?? '')).join(' ');
	// One name with two numbers, or with two e-mail addresses, is two people.
	const person =
		definition.isContact && path === 'name' ? String(draft.fields.emailAddress ?? '') : '';
	// What is known by its link alone has nothing in common with another record's.
	const record = known?.needsLink ? (draft.source.knackRecordId ?? '') : '';
	return foldText(`${key} ${String(contact ?? '')} ${place} ${person} ${record}`);
}
