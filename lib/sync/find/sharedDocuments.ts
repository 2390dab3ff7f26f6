import { isSameText } from '../../foldText';
import { grouped } from '../../grouped';
import type {
	DocumentDefinition,
	DocumentKey,
	XeroDocument,
} from '../../xero/documents/definition';
import { issueOf, type RuleSeverities } from '../check/check';
import { fieldsByPath, headerText, textOf } from '../check/draftValues';
import { LATE_RULES } from '../check/rules/lateRules';
import { contactIdOf, type Row } from '../row';
import { decidingKey } from './decidingKey';
import { asMatched, isOwn, type Matched } from './matching';
import { foldText } from './names';

/** A row with the match by which a document is its record's. */
interface Claimant {
	readonly row: Row;
	readonly match: Matched;
}

/** Whether two rows are deliveries of one Knack record. */
export function isSameRecord(a: Row, b: Row): boolean {
	if (a === b) return true;
	const { knackRecordId } = a.draft.source;
	return knackRecordId !== undefined && knackRecordId === b.draft.source.knackRecordId;
}

/** One document, or contact, cannot be two records': whom it names keeps it, the others are held. */
export function holdShared(rows: readonly Row[], severities: RuleSeverities): void {
	const claims = rows.flatMap((row): [string, Claimant][] => {
		const match = asMatched(row.match);
		return match && !row.repeats ? [[match.document.id, { row, match }]] : [];
	});
	for (const claimants of grouped(claims).values()) {
		const [first] = claimants;
		if (claimants.every(({ row }) => isSameRecord(row, first.row))) continue;
		// A contact that was merged is found under its old id; the one that it went into keeps its own.
		const kept = claimants.filter(keepsItself);
		const owners = kept.length > 0 ? kept : claimants.filter(({ match }) => isOwn(match));
		const [owner, another] = owners;
		for (const { row, match } of claimants) {
			if (owner && !another && isSameRecord(row, owner.row)) continue;
			const { document } = match;
			row.match = {
				kind: 'stopped',
				issues: issueOf(
					LATE_RULES.keyOfAnother,
					{
						message: `${claimants.length} records of this run lead to ${labelOf(document)} in Xero: ${claimants.map(({ row: each }) => wordsFor(each)).join('; ')}.`,
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
		const key = decidingKey(definition, row.draft);
		if (!key) continue;
		const { value } = key;
		const other = given
			.get(slotOf(key, value))
			?.find(
				(each) =>
					!isSameRecord(each.row, row) && (!key.withinContact || isSameContact(each.row, row)),
			);
		if (!other) continue;
		const { document } = other.match;
		const name = (fieldsByPath(definition.fields).get(key.path)?.label ?? key.path).toLowerCase();
		const issues = issueOf(
			LATE_RULES.keyOfAnother,
			{
				field: key.path,
				message: `This run gives the ${name} "${value}" to ${labelOf(document)} too, the document of another record (${wordsFor(other.row)}).`,
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
): ReadonlyMap<string, readonly Claimant[]> {
	const given = rows.flatMap((row) => {
		const match = asMatched(row.match);
		if (!match) return [];
		return keys.flatMap((key): [string, Claimant][] => {
			const value = headerText(row.draft, key.path);
			const present = textOf(match.document.fields[key.path]) ?? '';
			return value === undefined || isSameText(value, present)
				? []
				: [[slotOf(key, value), { row, match }]];
		});
	});
	return grouped(given);
}

const slotOf = ({ path }: DocumentKey, value: string) => `${path} ${foldText(value)}`;

function isSameContact(a: Row, b: Row): boolean {
	if (a.contact !== undefined && a.contact === b.contact) return true;
	const id = contactIdOf(a);
	return id !== undefined && id === contactIdOf(b);
}

function keepsItself({ row, match }: Claimant): boolean {
	return isSameText(row.draft.id ?? '', match.document.id);
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
