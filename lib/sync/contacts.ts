import { NEVER_GIVES_WAY, type GiveWay } from '../giveWay';
import type { Issue } from '../issue';
import { without } from '../without';
import { CONTACT } from '../xero/documents';
import { sameValue } from '../xero/documents/comparedValues';
import type { FieldValue, FieldValues } from '../xero/documents/definition';
import type { OrganisationSettings } from '../xero/settings';
import { issueOf, type RuleSeverities } from './check/check';
import { fieldsByPath } from './check/draftValues';
import { LATE_RULES } from './check/rules/lateRules';
import type { Draft } from './draft';
import { wantedContact, type WantedContact } from './find/contactIndex';
import { foldText } from './find/names';
import { unitOf } from './plan/bothWays';
import { planDraft, type Plan } from './plan/plan';
import type { ContactRow, Row } from './row';
import type { ContactPolicy } from './upsertContext';

/** What stands before the paths of a contact beside a document. */
export const CONTACT_PREFIX = 'contact.';

/** What a record says of its contact. */
export function inlineFields(draft: Draft): FieldValues {
	const fields: Record<string, FieldValue> = {};
	for (const path of Object.keys(draft.fields)) {
		const value = draft.fields[path];
		if (value !== undefined && path.startsWith(CONTACT_PREFIX)) {
			fields[path.slice(CONTACT_PREFIX.length)] = value;
		}
	}
	return fields;
}

function groupKeys(wanted: WantedContact): string[] {
	if (wanted.id !== undefined) return [`id ${wanted.id}`];
	const keys: string[] = [];
	if (wanted.contactNumber !== undefined) keys.push(`number ${wanted.contactNumber.trim()}`);
	if (wanted.name !== undefined) keys.push(`name ${foldText(wanted.name)}`);
	if (keys.length === 0 && wanted.emailAddress !== undefined) {
		keys.push(`email ${foldText(wanted.emailAddress)}`);
	}
	return keys;
}

/**
 * Brings together the documents of a run that mean the same contact, so that it is matched or
 * created once, and gives each row its contact. Values are taken from the first that has them.
 */
export async function shareContacts(
	rows: readonly Row[],
	giveWay: GiveWay = NEVER_GIVES_WAY,
): Promise<ContactRow[]> {
	interface Group {
		readonly fields: Record<string, FieldValue>;
		readonly namedBy: Row[];
		hasBoth: boolean;
		someLackNumber: boolean;
	}
	const groups: Group[] = [];
	const byKey = new Map<string, Group[]>();
	for (const row of rows) {
		await giveWay();
		const fields = inlineFields(row.draft);
		const own = wantedContact(fields);
		const keys = groupKeys(own);
		const [surest] = keys;
		if (surest === undefined) continue;
		const known =
			// A number decides alone: two numbers under one name are two contacts.
			(surest.startsWith('name ') ? undefined : byKey.get(surest)?.[0]) ??
			keys.flatMap((key) => byKey.get(key) ?? []).find((group) => agrees(group.fields, fields));
		const group = known ?? { fields: {}, namedBy: [], hasBoth: false, someLackNumber: false };
		if (!known) groups.push(group);
		takeFirst(group.fields, fields);
		group.namedBy.push(row);
		if (own.contactNumber === undefined) group.someLackNumber = true;
		else if (own.emailAddress !== undefined) group.hasBoth = true;
		for (const key of keys) {
			const others = byKey.get(key);
			if (!others) byKey.set(key, [group]);
			else if (!others.includes(group)) others.push(group);
		}
	}
	return groups.map(({ fields, namedBy, hasBoth, someLackNumber }) => {
		const draft: Draft = { type: CONTACT.type, itemIndexes: [], fields, source: {}, issues: [] };
		const wanted = wantedContact(fields);
		const hasNumber = wanted.contactNumber !== undefined;
		const isEmailOfAnother = hasNumber && wanted.emailAddress !== undefined && !hasBoth;
		const isNumberOfSome = hasNumber && someLackNumber;
		const contact: ContactRow = {
			draft,
			wanted:
				isEmailOfAnother || isNumberOfSome
					? { ...wanted, isEmailOfAnother, isNumberOfSome }
					: wanted,
			fields,
			namedBy,
		};
		for (const row of namedBy) row.contact = contact;
		return contact;
	});
}

/** Of what belongs together, such as an address, more is taken only from a record that says the same of the rest. */
function takeFirst(taken: Record<string, FieldValue>, fields: FieldValues): void {
	const isTaken = (path: string) => taken[path] !== undefined && taken[path] !== '';
	const paths = Object.keys(fields).filter((path) => fields[path] !== undefined);
	const apart = new Set(
		paths
			.filter((path) => isTaken(path) && fields[path] !== '' && !isAlike(path, taken, fields))
			.map(wholeOf),
	);
	for (const path of paths) {
		if (!isTaken(path) && !apart.has(wholeOf(path))) taken[path] = fields[path] ?? '';
	}
}

/** What a value is a part of: an address, a phone number, terms of payment, a person. */
function wholeOf(path: string): string {
	return path.includes('.') ? path.slice(0, path.lastIndexOf('.')) : unitOf(path);
}

function isAlike(path: string, one: FieldValues, other: FieldValues): boolean {
	const field = fieldsByPath(CONTACT.fields).get(path);
	return field !== undefined && sameValue(field, one[path], other[path]);
}

/** What tells which contact is meant. */
export const TELLING: readonly string[] = ['id', 'contactID', 'contactNumber', 'name'];

/**
 * Of a held record nothing is sent: a contact that others need too is planned anew, of what those say.
 */
export function leaveHeldOut(
	contacts: readonly ContactRow[],
	settings: OrganisationSettings,
	policy: ContactPolicy,
	severities: RuleSeverities,
): void {
	for (const contact of contacts) {
		const { namedBy, fields } = contact;
		const action = contact.plan?.action;
		const open = namedBy.filter(({ plan }) => plan && plan.action !== 'stop');
		if (action !== 'create' && action !== 'update') continue;
		if (open.length === 0 || open.length === namedBy.length) continue;
		const own: Record<string, FieldValue> = {};
		for (const path of TELLING) if (fields[path] !== undefined) own[path] = fields[path];
		for (const { draft } of open) takeFirst(own, inlineFields(draft));
		contact.fields = own;
		const plan = planContactRow(contact, settings, policy, severities);
		if (plan.action !== 'stop') continue;
		for (const row of open) {
			if (!row.plan) continue;
			const { draft, key, contentHash, issues } = row.plan;
			row.plan = { action: 'stop', draft, key, contentHash, issues: [...issues, ...plan.issues] };
			row.correction = undefined;
		}
	}
}

/** One name with two numbers, or with two e-mail addresses and no number in common, is two people. */
function agrees(group: FieldValues, fields: FieldValues): boolean {
	const ours = wantedContact(group);
	const theirs = wantedContact(fields);
	const differ = (a: string | undefined, b: string | undefined) =>
		a !== undefined && b !== undefined && foldText(a) !== foldText(b);
	if (ours.contactNumber !== undefined && ours.contactNumber === theirs.contactNumber) return true;
	return (
		!differ(ours.contactNumber, theirs.contactNumber) &&
		!differ(ours.emailAddress, theirs.emailAddress)
	);
}

/** Decides for a contact whether it is taken as it is, updated, created or left to a person. */
export function planContactRow(
	row: ContactRow,
	settings: OrganisationSettings,
	policy: ContactPolicy,
	severities: RuleSeverities,
): Plan {
	const { match } = row;
	const fields = without(row.fields, 'id', 'contactID');
	const isTaken = match?.kind === 'matched';
	row.draft = {
		type: 'contact',
		itemIndexes: [],
		source: {},
		fields: isTaken && policy !== 'matchCreateOrUpdate' ? {} : fields,
		issues: match?.kind === 'missing' ? missingIssues(row.wanted, policy, severities) : [],
		...(isTaken ? { id: match.document.id } : {}),
	};
	const plan = planDraft({
		definition: CONTACT,
		draft: row.draft,
		match,
		settings,
		options: {
			removeOmittedLines: false,
			writePolicy: 'createOrUpdate',
			ruleSeverities: severities,
		},
	});
	row.plan = plan;
	return plan;
}

function missingIssues(
	{ name, emailAddress }: WantedContact,
	policy: ContactPolicy,
	severities: RuleSeverities,
): Issue[] {
	if (policy === 'matchOnly') {
		return issueOf(
			LATE_RULES.contactUnknown,
			{
				field: 'contact.name',
				message: `The contact "${name ?? emailAddress ?? ''}" is not in Xero, and the node does not create contacts.`,
				fix: 'Add the contact in Xero, or let the node create contacts.',
			},
			severities,
		);
	}
	return name === undefined
		? issueOf(
				LATE_RULES.contactUnknown,
				{
					field: 'contact.name',
					message: 'The contact is not in Xero, and without a name none can be created.',
					fix: 'Map Contact Name to the Knack field with the customer’s name.',
				},
				severities,
			)
		: [];
}
