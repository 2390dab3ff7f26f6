import { isSameText } from '../../foldText';
import { NEVER_GIVES_WAY, type GiveWay } from '../../giveWay';
import { grouped } from '../../grouped';
import type {
	DocumentDefinition,
	DocumentKey,
	XeroDocument,
} from '../../xero/documents/definition';
import { issueOf, type RuleSeverities } from '../check/check';
import { fieldsByPath, textOf } from '../check/draftValues';
import { LATE_RULES } from '../check/rules/lateRules';
import { contactIdOf, type Row } from '../row';
import { markOf } from '../sourceLink/sourceMark';
import { decidingKey, keyName, keysOf } from './decidingKey';
import { asMatched, isOwn, type Matched, type Match } from './matching';
import { foldText } from './names';

/** A row with the match by which a document is its record's. */
interface Claimant {
	readonly row: Row;
	readonly match: Matched;
}

/** A row that gives a key to a document: to the one that is there, or to a new one. */
interface Giver {
	readonly row: Row;
	readonly document?: XeroDocument;
}

/** Whether two rows are deliveries of one Knack record. */
export function isSameRecord(a: Row, b: Row): boolean {
	if (a === b) return true;
	const { knackRecordId } = a.draft.source;
	return knackRecordId !== undefined && knackRecordId === b.draft.source.knackRecordId;
}

/** The rows with a document that another row has too, by its id: few of a run, or none. */
async function claims(
	rows: readonly Row[],
	giveWay: GiveWay,
): Promise<ReadonlyArray<readonly [string, Claimant]>> {
	const once = new Set<string>();
	const shared = new Set<string>();
	for (const { match, repeats } of rows) {
		const id = repeats ? undefined : asMatched(match)?.document.id;
		if (id !== undefined) (once.has(id) ? shared : once).add(id);
		await giveWay();
	}
	if (shared.size === 0) return [];
	return rows.flatMap((row): [string, Claimant][] => {
		const match = asMatched(row.match);
		if (!match || row.repeats || !shared.has(match.document.id)) return [];
		return [[match.document.id, { row, match }]];
	});
}

/** One document, or contact, cannot be two records': whom it names keeps it, the others are held. */
export async function holdShared(
	rows: readonly Row[],
	severities: RuleSeverities,
	giveWay: GiveWay = NEVER_GIVES_WAY,
): Promise<void> {
	for (const claimants of grouped(await claims(rows, giveWay)).values()) {
		const [first] = claimants;
		if (claimants.every(({ row }) => isSameRecord(row, first.row))) continue;
		// A contact that was merged is found under its old id; the one that it went into keeps its own.
		const kept = claimants.filter(keepsItself);
		const own = claimants.filter(({ match }) => isOwn(match));
		const owners = [kept, own].find(({ length }) => length > 0) ?? claimants.filter(bearsItsEmail);
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
 * Holds new records whose number or reference this same run gives to the document of another record,
 * or to a new document that has a number besides, where no link tells the two apart. Afterwards nobody
 * could tell whose of the two documents is whose, or Xero would refuse one of them.
 */
export async function holdKeysOfOthers(
	definition: DocumentDefinition,
	rows: readonly Row[],
	severities: RuleSeverities,
	giveWay: GiveWay = NEVER_GIVES_WAY,
): Promise<void> {
	const given = await keysGiven(definition, rows, giveWay);
	const alike = await newWithin(definition, rows, giveWay);
	if (given.size === 0 && alike.size === 0) return;
	const held = new Map<Row, Match>();
	for (const row of rows) {
		await giveWay();
		if (row.match?.kind !== 'missing' || row.repeats) continue;
		const key = decidingKey(definition, row.draft);
		if (!key || key.needsLink) continue;
		const other =
			given
				.get(slotOf(key, key.value))
				?.find(
					(each) =>
						(!key.withinContact || isSameContact(each.row, row)) &&
						(each.document
							? !isSameRecord(each.row, row)
							: !areToldApart(definition, each.row, row)),
				) ?? alike.get(row);
		if (!other) continue;
		const label = ownLabel(definition, other);
		const name = keyName(definition, key.path);
		const isOne = isSameRecord(other.row, row);
		const issues = issueOf(
			LATE_RULES.keyOfAnother,
			{
				field: key.path,
				message: `This run gives the ${name} "${key.value}" to ${label} too, the document of ${isOne ? 'the same' : 'another'} record (${wordsFor(other.row)}).`,
				fix: isOne
					? 'Run the record again by itself, so that it goes as it is in Knack now. If two documents are meant, give each a number of its own.'
					: `Give each record its own ${name} in Knack${key.path === definition.numberPath ? '' : ', or a number'}.`,
			},
			severities,
			other.document ? { candidates: [{ id: other.document.id, label }] } : {},
		);
		held.set(row, { kind: 'stopped', issues });
	}
	for (const [row, match] of held) row.match = match;
}

/**
 * New documents of one contact that would have one key there, each with another one of them. Where
 * both records name the contact alike they are held before; here it is known to be the same.
 */
async function newWithin(
	definition: DocumentDefinition,
	rows: readonly Row[],
	giveWay: GiveWay,
): Promise<ReadonlyMap<Row, Giver>> {
	const contacts = new Map<unknown, number>();
	const slots: [string, Row][] = [];
	for (const row of rows) {
		await giveWay();
		const key = decidingKey(definition, row.draft);
		if (row.match?.kind !== 'missing' || row.repeats || !row.contact) continue;
		if (!key?.withinContact || key.needsLink) continue;
		const contact = contactIdOf(row) ?? row.contact;
		const place = contacts.get(contact) ?? contacts.size;
		contacts.set(contact, place);
		const within = (key.within ?? []).map((path) => textOf(row.draft.fields[path]) ?? '');
		slots.push([[place, ...within, slotOf(key, key.value)].join(' '), row]);
	}
	const alike = new Map<Row, Giver>();
	for (const [first, ...others] of grouped(slots).values()) {
		const [second] = others;
		if (!second) continue;
		for (const row of others) alike.set(row, { row: first });
		alike.set(first, { row: second });
	}
	return alike;
}

/** Whether each of two new documents will bear a link of its own to the record that it is of. */
function areToldApart({ fields }: DocumentDefinition, one: Row, other: Row): boolean {
	const bearsLink = ({ draft: { source } }: Row) => markOf(source) && source.isOfLine !== true;
	return (
		fieldsByPath(fields).has('url') &&
		Boolean(bearsLink(one) && bearsLink(other)) &&
		!isSameRecord(one, other)
	);
}

/** Who gives a key to a document, by its value: another one to theirs, or one beside the surest. */
async function keysGiven(
	definition: DocumentDefinition,
	rows: readonly Row[],
	giveWay: GiveWay,
): Promise<ReadonlyMap<string, readonly Giver[]>> {
	const given: [string, Giver][] = [];
	for (const row of rows) {
		await giveWay();
		const { match, draft, repeats } = row;
		const document = asMatched(match)?.document;
		if (repeats || (!document && match?.kind !== 'missing')) continue;
		const [deciding, ...others] = keysOf(definition, draft);
		const keys = document && deciding ? [deciding, ...others] : others;
		const other = keys.filter(
			({ path, value, needsLink }) =>
				!needsLink && !isSameText(value, textOf(document?.fields[path]) ?? ''),
		);
		for (const key of other) given.push([slotOf(key, key.value), { row, document }]);
	}
	return grouped(given);
}

/** What a document is called, or will be. */
function ownLabel(definition: DocumentDefinition, { row, document }: Giver): string {
	return document ? labelOf(document) : (decidingKey(definition, row.draft)?.value ?? '');
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

/** Of contacts: whether its e-mail address is the contact's. */
function bearsItsEmail({ row, match }: Claimant): boolean {
	const email = textOf(row.draft.fields.emailAddress);
	return email !== undefined && isSameText(email, textOf(match.document.fields.emailAddress) ?? '');
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
