import type { Issue } from '../../issue';
import type { FieldValues, XeroDocument } from '../../xero/documents/definition';
import { issueOf, type RuleSeverities } from '../check/check';
import { textOf } from '../check/draftValues';
import type { LateRule } from '../check/rule';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Match } from './matching';
import { foldText, looseName, sharedWords } from './names';

/** What a record says of its contact. */
export interface WantedContact {
	readonly id?: string;
	readonly contactNumber?: string;
	readonly name?: string;
	readonly emailAddress?: string;
}

export function wantedContact(fields: FieldValues, prefix = ''): WantedContact {
	const at = (path: string) => textOf(fields[`${prefix}${path}`]);
	return {
		id: at('id') ?? at('contactID'),
		contactNumber: at('contactNumber'),
		name: at('name'),
		emailAddress: at('emailAddress'),
	};
}

/** One line for a person to tell contacts apart. */
export function contactLabel(contact: XeroDocument): string {
	const email = textOf(contact.fields.emailAddress);
	const number = textOf(contact.fields.contactNumber);
	return [
		textOf(contact.fields.name) ?? contact.id,
		email,
		number === undefined ? undefined : `number ${number}`,
		contact.status === 'ARCHIVED' ? 'archived' : undefined,
	]
		.filter((part) => part !== undefined)
		.join(', ');
}

/** The contacts that a run knows, found again by each of their keys. */
export class ContactIndex {
	private readonly byId = new Map<string, XeroDocument>();
	private readonly byKey = new Map<string, Set<string>>();

	constructor(contacts: readonly XeroDocument[] = []) {
		for (const contact of contacts) this.add(contact);
	}

	add(contact: XeroDocument): void {
		this.byId.set(contact.id, contact);
		const { name, contactNumber, emailAddress } = contact.fields;
		this.note('number', textOf(contactNumber)?.trim(), contact.id);
		this.note('name', fold(name), contact.id);
		this.note(
			'loose',
			textOf(name) === undefined ? undefined : looseName(String(name)),
			contact.id,
		);
		this.note('email', fold(emailAddress), contact.id);
	}

	/** The contact itself, or the one that it was merged into. */
	get(id: string): XeroDocument | undefined {
		let contact = this.byId.get(id);
		for (let hops = 0; contact?.mergedToId !== undefined && hops < 5; hops++) {
			const target = this.byId.get(contact.mergedToId);
			if (!target) break;
			contact = target;
		}
		return contact;
	}

	find(key: 'number' | 'name' | 'loose' | 'email', value: string | undefined): XeroDocument[] {
		const text = value === undefined ? undefined : keyText(key, value);
		const ids = text === undefined ? undefined : this.byKey.get(`${key} ${text}`);
		const found = [...(ids ?? [])].flatMap((id) => this.get(id) ?? []);
		return [...new Map(found.map((contact) => [contact.id, contact])).values()];
	}

	private note(key: string, value: string | undefined, id: string): void {
		if (!value) return;
		const slot = `${key} ${value}`;
		const ids = this.byKey.get(slot) ?? new Set<string>();
		ids.add(id);
		this.byKey.set(slot, ids);
	}
}

function fold(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? foldText(value) : undefined;
}

function keyText(key: string, value: string): string {
	if (key === 'number') return value.trim();
	return key === 'loose' ? looseName(value) : foldText(value);
}

const isActive = (contact: XeroDocument) =>
	contact.status !== 'ARCHIVED' && contact.status !== 'GDPRREQUEST';

/**
 * Finds the one contact that a record means, from the surest sign down: the id kept in Knack, the
 * contact number, the name as Xero compares it, the name as people write it, the e-mail address.
 * Whatever is not certain is held with its candidates.
 */
export function matchContact(
	index: ContactIndex,
	wanted: WantedContact,
	severities: RuleSeverities,
	field = 'contact.name',
): Match {
	const stop = (
		rule: LateRule,
		message: string,
		fix: string,
		found: readonly XeroDocument[],
	): Match => ({
		kind: 'stopped',
		issues: issueOf(rule, { field, message, fix }, severities, {
			candidates: found.map((contact) => ({ id: contact.id, label: contactLabel(contact) })),
		}),
	});
	const archived = (contact: XeroDocument): Match =>
		stop(
			LATE_RULES.contactArchived,
			`The contact ${String(contact.fields.name ?? contact.id)} is archived in Xero, so nothing can be posted to it.`,
			'Restore the contact in Xero (Contacts, Archived), or give the record another contact.',
			[contact],
		);
	const decide = (found: readonly XeroDocument[], by: string): Match | undefined => {
		const active = found.filter(isActive);
		const [only] = active;
		if (only && active.length === 1) return { kind: 'matched', document: only, by, issues: [] };
		if (active.length > 1) {
			return stop(
				LATE_RULES.contactAmbiguous,
				`${active.length} contacts in Xero fit: ${active.map(contactLabel).join('; ')}.`,
				'Merge them in Xero, or keep the right one’s Contact ID or Contact Number in Knack.',
				active,
			);
		}
		return found[0] ? archived(found[0]) : undefined;
	};

	if (wanted.id !== undefined) {
		const kept = index.get(wanted.id);
		if (kept)
			return isActive(kept)
				? { kind: 'matched', document: kept, by: 'id', issues: [] }
				: archived(kept);
		return stop(
			LATE_RULES.idUnknown,
			`The Contact ID kept in Knack (${wanted.id}) is not in this organisation.`,
			'Clear the Contact ID on the Knack record, or check that the right organisation is chosen.',
			[],
		);
	}
	return (
		decide(index.find('number', wanted.contactNumber), 'contactNumber') ??
		decide(index.find('name', wanted.name), 'name') ??
		matchLoosely(index, wanted, stop) ??
		matchByEmail(index, wanted, severities, field, stop, decide)
	);
}

type Stop = (rule: LateRule, message: string, fix: string, found: readonly XeroDocument[]) => Match;

/** Same name but for accents, punctuation or "Ltd"; taken only where nothing speaks against it. */
function matchLoosely(index: ContactIndex, wanted: WantedContact, stop: Stop): Match | undefined {
	const found = index.find('loose', wanted.name).filter(isActive);
	const [only] = found;
	if (!only) return undefined;
	const differs = (a: string | undefined, b: unknown) =>
		a !== undefined && textOf(b as string) !== undefined && foldText(a) !== foldText(String(b));
	const contradicted =
		differs(wanted.emailAddress, only.fields.emailAddress) ||
		differs(wanted.contactNumber, only.fields.contactNumber);
	if (found.length === 1 && !contradicted) {
		return { kind: 'matched', document: only, by: 'similarName', issues: [] };
	}
	return stop(
		found.length > 1 ? LATE_RULES.contactAmbiguous : LATE_RULES.contactLooksAlike,
		`"${wanted.name}" looks like ${found.map(contactLabel).join('; ')}.`,
		'If it is the same contact, write its name in Knack as in Xero; if not, give it a Contact Number.',
		found,
	);
}

function matchByEmail(
	index: ContactIndex,
	wanted: WantedContact,
	severities: RuleSeverities,
	field: string,
	stop: Stop,
	decide: (found: readonly XeroDocument[], by: string) => Match | undefined,
): Match {
	const found = index.find('email', wanted.emailAddress);
	const { name } = wanted;
	if (name === undefined) {
		return (
			decide(found, 'emailAddress') ??
			stop(
				LATE_RULES.contactUnknown,
				'No contact in Xero fits, and without a name none can be created.',
				'Map Contact Name to the Knack field with the customer’s name.',
				[],
			)
		);
	}
	const active = found.filter(isActive);
	const alike = active.filter(
		(contact) => sharedWords(name, String(contact.fields.name ?? '')) >= 0.3,
	);
	if (alike.length > 0) {
		return stop(
			LATE_RULES.contactLooksAlike,
			`"${name}" has the e-mail address of ${alike.map(contactLabel).join('; ')}, and nearly its name.`,
			'If it is the same contact, write its name in Knack as in Xero; if not, give it a Contact Number.',
			alike,
		);
	}
	const issues: Issue[] =
		active.length === 0
			? []
			: issueOf(
					LATE_RULES.contactSharesEmail,
					{
						field,
						message: `${active.map(contactLabel).join('; ')} has the same e-mail address.`,
						fix: 'Check in Xero whether this is the same contact; merge them if so.',
					},
					severities,
				);
	return { kind: 'missing', issues };
}
