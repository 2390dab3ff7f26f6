import { isSameText } from '../../foldText';
import type {
	DocumentDefinition,
	DocumentKey,
	XeroDocument,
} from '../../xero/documents/definition';
import { issueOf, type RuleSeverities } from '../check/check';
import { fieldsByPath, headerText, textOf } from '../check/draftValues';
import { LATE_RULES } from '../check/rules/lateRules';
import { contactIdOf, type Row } from '../row';
import { isOwn, type Match } from './matching';
import { foldText } from './names';

/** Whether two rows are deliveries of one Knack record. */
export function isSameRecord(a: Row, b: Row): boolean {
	if (a === b) return true;
	const { knackRecordId } = a.draft.source;
	return knackRecordId !== undefined && knackRecordId === b.draft.source.knackRecordId;
}

/** One document, or contact, cannot be two records': whom it names keeps it, the others are held. */
export function holdShared(rows: readonly Row[], severities: RuleSeverities): void {
	const claims = new Map<string, Row[]>();
	for (const row of rows) {
		if (row.match?.kind !== 'matched' || row.repeats) continue;
		const { id } = row.match.document;
		const others = claims.get(id);
		if (others) others.push(row);
		else claims.set(id, [row]);
	}
	for (const claimants of claims.values()) {
		const [first] = claimants;
		if (!first || claimants.every((row) => isSameRecord(row, first))) continue;
		// A contact that was merged is found under its old id; the one that it went into keeps its own.
		const kept = claimants.filter(({ draft, match }) => keepsItself(draft, match));
		const owners = kept.length > 0 ? kept : claimants.filter(({ match }) => isOwn(match));
		const [owner] = owners;
		for (const row of claimants) {
			if (owner && owners.length === 1 && isSameRecord(row, owner)) continue;
			if (row.match?.kind !== 'matched') continue;
			const { document } = row.match;
			row.match = {
				kind: 'stopped',
				issues: issueOf(
					LATE_RULES.keyOfAnother,
					{
						message: `${claimants.length} records of this run lead to ${labelOf(document)} in Xero: ${claimants.map(wordsFor).join('; ')}.`,
						fix: 'Give each record its own number, reference or code in Knack.',
					},
					severities,
					{ candidates: [{ id: document.id, label: labelOf(document) }] },
				),
			};
		}
	}
}

/**
 * Holds new records whose number or reference this same run gives to the document of another record.
 * Afterwards nobody could tell whose of the two documents is whose, or Xero would refuse one of them.
 */
export function holdKeysOfOthers(
	definition: DocumentDefinition,
	rows: readonly Row[],
	severities: RuleSeverities,
): void {
	const given = keysGiven(definition, rows);
	for (const row of rows) {
		if (row.match?.kind !== 'missing' || row.repeats) continue;
		const key = definition.keys.find(({ path }) => headerText(row.draft, path) !== undefined);
		const value = key && headerText(row.draft, key.path);
		if (!key || value === undefined) continue;
		const other = given
			.get(slotOf(key, value))
			?.find(
				(each) => !isSameRecord(each, row) && (!key.withinContact || isSameContact(each, row)),
			);
		if (other?.match?.kind !== 'matched') continue;
		const { document } = other.match;
		const name = (fieldsByPath(definition.fields).get(key.path)?.label ?? key.path).toLowerCase();
		const issues = issueOf(
			LATE_RULES.keyOfAnother,
			{
				field: key.path,
				message: `This run gives the ${name} "${value}" to ${labelOf(document)} too, the document of another record (${wordsFor(other)}).`,
				fix: `Give each record a ${name} of its own in Knack.`,
			},
			severities,
			{ candidates: [{ id: document.id, label: labelOf(document) }] },
		);
		row.match = { kind: 'stopped', issues };
	}
}

/** The rows that change a key of their document, by the key's new value. */
function keysGiven(
	{ keys }: DocumentDefinition,
	rows: readonly Row[],
): ReadonlyMap<string, readonly Row[]> {
	const given = new Map<string, Row[]>();
	for (const row of rows) {
		const { match, draft } = row;
		if (match?.kind !== 'matched') continue;
		for (const key of keys) {
			const value = headerText(draft, key.path);
			if (value === undefined) continue;
			if (isSameText(value, textOf(match.document.fields[key.path]) ?? '')) continue;
			const slot = slotOf(key, value);
			const others = given.get(slot);
			if (others) others.push(row);
			else given.set(slot, [row]);
		}
	}
	return given;
}

const slotOf = ({ path }: DocumentKey, value: string) => `${path} ${foldText(value)}`;

function isSameContact(a: Row, b: Row): boolean {
	if (a.contact !== undefined && a.contact === b.contact) return true;
	const id = contactIdOf(a);
	return id !== undefined && id === contactIdOf(b);
}

function keepsItself(draft: Row['draft'], match: Match | undefined): boolean {
	return match?.kind === 'matched' && isSameText(draft.id ?? '', match.document.id);
}

function labelOf({ number, fields, id }: XeroDocument): string {
	return number ?? textOf(fields.name) ?? id;
}

/** A record, as a person knows it. */
function wordsFor({ draft }: Row): string {
	const { source, fields } = draft;
	const name = [fields.name, fields.reference, fields['contact.name']].map(textOf).find(Boolean);
	return [name, source.knackRecordId && `record ${source.knackRecordId}`]
		.filter(Boolean)
		.join(', ');
}
