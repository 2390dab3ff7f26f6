import type { Issue } from '../issue';
import { CONTACT } from '../xero/documents/contact';
import type { FieldValue, FieldValues } from '../xero/documents/definition';
import type { OrganisationSettings } from '../xero/settings';
import { issueOf, type RuleSeverities } from './check/check';
import { LATE_RULES } from './check/rules/lateRules';
import type { Draft } from './draft';
import {
	matchContact,
	wantedContact,
	type ContactIndex,
	type WantedContact,
} from './match/contactMatch';
import type { Match } from './match/matching';
import { foldText } from './match/names';
import { planDraft, type Plan } from './plan/plan';

export type ContactPolicy = 'matchOrCreate' | 'matchCreateOrUpdate' | 'matchOnly';

const PREFIX = 'contact.';

/** One contact that documents of the run share, and what is to be done for it. */
export interface SharedContact {
	readonly wanted: WantedContact;
	/** Its values without the prefix, taken together from all its documents. */
	readonly fields: FieldValues;
	/** Indexes of the drafts that it belongs to. */
	readonly drafts: readonly number[];
}

export interface ContactPlan extends SharedContact {
	readonly plan: Plan;
	/** The contact's id in Xero, when it is there already. */
	readonly contactId?: string;
}

function inlineFields(draft: Draft): FieldValues {
	return Object.fromEntries(
		Object.entries(draft.fields)
			.filter(([path]) => path.startsWith(PREFIX))
			.map(([path, value]) => [path.slice(PREFIX.length), value]),
	);
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
 * created once. Values are taken from the first document that has them.
 */
export function shareContacts(
	drafts: readonly Draft[],
	indexes: readonly number[],
): SharedContact[] {
	const groups: Array<{ fields: Record<string, FieldValue>; drafts: number[] }> = [];
	const byKey = new Map<string, (typeof groups)[number]>();
	for (const index of indexes) {
		const draft = drafts[index];
		if (!draft) continue;
		const fields = inlineFields(draft);
		const keys = groupKeys(wantedContact(fields));
		if (keys.length === 0) continue;
		const [surest] = keys;
		// A number decides alone: two numbers under one name are two contacts, which Xero will tell.
		const known =
			(surest === undefined ? undefined : byKey.get(surest)) ??
			keys.map((key) => byKey.get(key)).find((group) => group && agrees(group.fields, fields));
		const group = known ?? { fields: {}, drafts: [] };
		if (!known) groups.push(group);
		for (const [path, value] of Object.entries(fields)) {
			if (group.fields[path] === undefined || group.fields[path] === '') group.fields[path] = value;
		}
		group.drafts.push(index);
		for (const key of keys) if (!byKey.has(key)) byKey.set(key, group);
	}
	return groups.map((group) => ({ ...group, wanted: wantedContact(group.fields) }));
}

function agrees(group: FieldValues, fields: FieldValues): boolean {
	const ours = wantedContact(group).contactNumber;
	const theirs = wantedContact(fields).contactNumber;
	return ours === undefined || theirs === undefined || ours === theirs;
}

/** Decides for a shared contact whether it is taken as it is, updated, created or left to a person. */
export function planContact(
	shared: SharedContact,
	index: ContactIndex,
	settings: OrganisationSettings,
	policy: ContactPolicy,
	severities: RuleSeverities,
): ContactPlan {
	const match = matchContact(index, shared.wanted, severities);
	const fields = Object.fromEntries(
		Object.entries(shared.fields).filter(([path]) => path !== 'id' && path !== 'contactID'),
	);
	const draft: Draft = {
		type: 'contact',
		itemIndexes: [],
		fields: match.kind === 'matched' && policy !== 'matchCreateOrUpdate' ? {} : fields,
		source: {},
		issues: match.kind === 'missing' ? missingIssues(shared, policy, severities) : [],
	};
	const plan = planDraft(
		CONTACT,
		match.kind === 'matched' ? { ...draft, id: match.document.id } : draft,
		match,
		undefined,
		settings,
		{ removeOmittedLines: false, writePolicy: 'createOrUpdate', ruleSeverities: severities },
	);
	return { ...shared, plan, contactId: contactIdOf(match) };
}

function contactIdOf(match: Match): string | undefined {
	return match.kind === 'matched' ? match.document.id : undefined;
}

function missingIssues(
	shared: SharedContact,
	policy: ContactPolicy,
	severities: RuleSeverities,
): Issue[] {
	const name = shared.wanted.name;
	if (policy === 'matchOnly') {
		return issueOf(
			LATE_RULES.contactUnknown,
			{
				field: 'contact.name',
				message: `The contact "${name ?? shared.wanted.emailAddress ?? ''}" is not in Xero, and the node does not create contacts.`,
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
