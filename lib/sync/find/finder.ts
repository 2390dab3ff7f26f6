import { createGiveWay } from '../../giveWay';
import type { XeroClient } from '../../xero/client';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import type { OrganisationSettings } from '../../xero/settings';
import { issueOf, type RuleSeverities } from '../check/check';
import { textOf } from '../check/draftValues';
import { LATE_RULES } from '../check/rules/lateRules';
import { predictAmounts } from '../plan/predictAmounts';
import type { ContactRow, Row } from '../row';
import { ContactIndex } from './contactIndex';
import { DocumentIndex } from './documentIndex';
import type { KnownContact, Sought } from './evidence';
import { CONTACT_OF_DOCUMENT, findContact } from './findContact';
import type { FindContext } from './findContext';
import { findDocument, type DocumentLens } from './findDocument';
import { contactOfDraft, lookUpContacts, lookUpDocuments } from './lookUp';
import { isOwn, type Match } from './matching';
import { isSameText } from '../../foldText';
import { foldText } from './names';
import { resolveTwins } from './resolveTwins';
import { findSuccessors, followCorrections } from './successors';

/** What differs between those who look: upsert, change of status, adopt, reading back. */
export interface Lens extends DocumentLens {
	/** Whether the record's values go over those of a contact that is there. */
	readonly overwritesContacts?: boolean;
	/** Whether archived contacts will do, and whether names written nearly alike do. */
	readonly takesArchived?: boolean;
	readonly takesSimilarNames?: boolean;
	/** Whether what is found is written to: then no document may be two records'. */
	readonly isForWriting?: boolean;
	/** Whether twins are this app's own without Xero's saying so, as right after posting one. */
	readonly areTwinsOurs?: boolean;
	/** Where all that is looked for was made or changed since a moment of Xero's clock. */
	readonly changedSinceMs?: number;
	/** What is known of a row's contact, where another way than its `contact` tells. */
	readonly contactOf?: (row: Row) => KnownContact;
}

/** Finds the contacts of the run; sets each one's `match`. Throws ServiceFaultError. */
export async function findContactRows(
	client: XeroClient,
	rows: readonly ContactRow[],
	severities: RuleSeverities,
	lens: Pick<Lens, 'overwritesContacts'> = {},
): Promise<ContactIndex> {
	const index = new ContactIndex(
		await lookUpContacts(
			client,
			rows.map(({ wanted }) => wanted),
		),
	);
	const overwrites = lens.overwritesContacts ?? false;
	for (const row of rows) {
		row.match = findContact(index, row.wanted, { ...CONTACT_OF_DOCUMENT, severities, overwrites });
	}
	holdNamesakes(rows, severities);
	return index;
}

/**
 * Two contacts of the run that lead to one, or would be made under one name, are two people: the
 * one that the surer sign leads there stays, the other is held.
 */
function holdNamesakes(rows: readonly ContactRow[], severities: RuleSeverities): void {
	const taken = new Map<string, ContactRow>();
	const surestFirst = [...rows].sort(
		(a, b) => isOtherwiseNamed(a) - isOtherwiseNamed(b) || signRank(a.match) - signRank(b.match),
	);
	for (const row of surestFirst) {
		const { match, wanted } = row;
		if (!match || match.kind === 'stopped') continue;
		const target =
			match.kind === 'matched' ? match.document.id : `name ${foldText(wanted.name ?? '')}`;
		const first = taken.get(target);
		if (!first) {
			taken.set(target, row);
			continue;
		}
		const signs = ({ wanted: each }: ContactRow) =>
			[each.name, each.emailAddress, each.contactNumber].filter(Boolean).join(', ');
		row.match = {
			kind: 'stopped',
			issues: issueOf(
				LATE_RULES.contactContradicted,
				{
					field: 'contact.name',
					message: `Two records of this run lead to one contact in Xero: ${signs(first)}; ${signs(row)}. Xero does not keep two contacts of one name.`,
					fix: 'If it is one contact, write the same name and Contact Number on both records. If not, write the names so that the two differ.',
				},
				severities,
			),
		};
	}
}

/** 1 for a record that leads to a contact of another name, such as the one that it was merged into. */
function isOtherwiseNamed({ match, wanted }: ContactRow): number {
	const name = match?.kind === 'matched' ? textOf(match.document.fields.name) : undefined;
	return name !== undefined && !isSameText(name, wanted.name ?? name) ? 1 : 0;
}

const SIGNS = ['id', 'contactNumber', 'name', 'similarName', 'emailAddress'];

function signRank(match: Match | undefined): number {
	return match?.kind === 'matched' ? SIGNS.indexOf(match.by) : SIGNS.length;
}

/** Finds what each row is in Xero; sets its `match`. Throws ServiceFaultError. */
export async function findRows(
	context: FindContext,
	rows: readonly Row[],
	lens: Lens = {},
): Promise<void> {
	if (context.definition.type === 'contact') await findContactDrafts(context, rows, lens);
	else await findDocumentRows(context, rows, lens);
}

async function findContactDrafts(
	{ client, severities }: FindContext,
	rows: readonly Row[],
	{ overwritesContacts = true, takesArchived, takesSimilarNames, isForWriting }: Lens,
): Promise<void> {
	const wanted = rows.map(({ draft }) => contactOfDraft(draft));
	const index = new ContactIndex(await lookUpContacts(client, wanted));
	for (const row of rows) {
		row.match = findContact(index, contactOfDraft(row.draft), {
			field: 'name',
			severities,
			overwrites: overwritesContacts,
			takesArchived,
			takesSimilarNames,
		});
	}
	if (!isForWriting) return;
	holdShared(rows, severities);
	holdNewNamesakes(rows, severities);
}

/** Two new contacts of one name: Xero would take the second for the first, or refuse it. */
function holdNewNamesakes(rows: readonly Row[], severities: RuleSeverities): void {
	const taken = new Map<string, Row>();
	for (const row of rows) {
		const name = textOf(row.draft.fields.name);
		if (row.match?.kind !== 'missing' || row.repeats || name === undefined) continue;
		const first = taken.get(foldText(name));
		if (!first) {
			taken.set(foldText(name), row);
			continue;
		}
		row.match = {
			kind: 'stopped',
			issues: issueOf(
				LATE_RULES.contactContradicted,
				{
					field: 'name',
					message: `Two records of this run are new contacts of one name: ${wordsFor(first)}; ${wordsFor(row)}. Xero does not keep two contacts of one name.`,
					fix: 'Write the names in Knack so that the two differ, or remove one of the records if both are one contact.',
				},
				severities,
			),
		};
	}
}

async function findDocumentRows(
	context: FindContext,
	rows: readonly Row[],
	lens: Lens,
): Promise<void> {
	const { client, definition, settings, severities } = context;
	const successors = rows.filter(({ replaces }) => replaces !== undefined);
	await findSuccessors(context, successors);
	const known = rows.filter(({ replaces }) => replaces === undefined);
	const isSought = ({ contact, draft }: Row) =>
		draft.id !== undefined || lens.contactOf !== undefined || contact?.match?.kind !== 'stopped';
	const open = known.filter(isSought);
	for (const row of known) {
		// A document whose contact is unclear is not looked for: it cannot be told whose it is.
		if (!isSought(row)) row.match = { kind: 'missing', issues: [] };
	}
	const drafts = open.map(({ draft }) => draft);
	const index = new DocumentIndex(
		definition,
		await lookUpDocuments(client, definition, drafts, lens.changedSinceMs),
	);
	const keepers = keepersOf(rows);
	const soughtBy = (row: Row): Sought => {
		const { draft } = row;
		let amounts: Sought['amounts'] | null = null;
		return {
			definition,
			draft,
			contact: lens.contactOf?.(row) ?? knownContact(definition, row),
			get amounts() {
				if (amounts === null) amounts = amountsOf(definition, row, settings);
				return amounts;
			},
			keptByAnother: (id) => [...(keepers.get(id) ?? [])].some((each) => !isSameRecord(each, row)),
		};
	};
	const giveWay = context.clock && createGiveWay(context.clock);
	for (const row of open) {
		row.match = findDocument(index, soughtBy(row), severities, lens);
		await giveWay?.();
	}
	await followCorrections(context, open, (row, document) => {
		const sought = { ...soughtBy(row), draft: { ...row.draft, id: document.id } };
		return findDocument(new DocumentIndex(definition, [document]), sought, severities, lens);
	});
	await resolveTwins(context, [...open, ...successors], lens.areTwinsOurs ?? false);
	if (lens.isForWriting) holdShared(open, severities);
}

function amountsOf(
	definition: DocumentDefinition,
	{ draft }: Row,
	settings: OrganisationSettings,
): Sought['amounts'] {
	const lines = draft.lines ?? [];
	return lines.length === 0 ? undefined : predictAmounts(definition, draft.fields, lines, settings);
}

/** The rows that keep an id, by the id. */
function keepersOf(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
	const keepers = new Map<string, Row[]>();
	for (const row of rows) {
		if (row.draft.id === undefined) continue;
		const id = row.draft.id.toLowerCase();
		const others = keepers.get(id);
		if (others) others.push(row);
		else keepers.set(id, [row]);
	}
	return keepers;
}

function isSameRecord(a: Row, b: Row): boolean {
	if (a === b) return true;
	const { knackRecordId } = a.draft.source;
	return knackRecordId !== undefined && knackRecordId === b.draft.source.knackRecordId;
}

/** What the finder may take for granted of a row's contact. */
function knownContact({ hasContact }: DocumentDefinition, { contact }: Row): KnownContact {
	if (!hasContact || !contact?.match) return { kind: 'untold' };
	const { match, wanted, sent } = contact;
	const name = wanted.name ?? wanted.contactNumber ?? wanted.emailAddress;
	const named = name === undefined ? {} : { name };
	if (sent?.kind === 'done') return { kind: 'known', contactId: sent.document.id, ...named };
	if (match.kind === 'matched') {
		return { kind: 'known', contactId: match.document.id, ...named };
	}
	return match.kind === 'missing' ? { kind: 'unknown', ...named } : { kind: 'untold' };
}

/** One document, or contact, cannot be two records': whom it names keeps it, the others are held. */
function holdShared(rows: readonly Row[], severities: RuleSeverities): void {
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
