import type { FieldValues, XeroDocument } from '../../xero/documents/definition';
import { textOf } from '../check/draftValues';
import { foldText, looseName } from './names';

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
		.filter(Boolean)
		.join(', ');
}

type ContactKey = 'number' | 'name' | 'loose' | 'email';

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
		this.note('number', textOf(contactNumber), contact.id);
		this.note('name', textOf(name), contact.id);
		this.note('loose', textOf(name), contact.id);
		this.note('email', textOf(emailAddress), contact.id);
	}

	/** The contact itself, or the one that it was merged into. */
	get(id: string): XeroDocument | undefined {
		let contact = this.byId.get(id.toLowerCase()) ?? this.byId.get(id);
		const passed = new Set<string>();
		while (contact?.mergedToId !== undefined && !passed.has(contact.id)) {
			passed.add(contact.id);
			contact = this.byId.get(contact.mergedToId) ?? contact;
		}
		return contact;
	}

	find(key: ContactKey, value: string | undefined): XeroDocument[] {
		const ids = this.byKey.get(`${key} ${keyText(key, value)}`) ?? new Set<string>();
		const found = [...ids].flatMap((id) => this.get(id) ?? []);
		return [...new Map(found.map((contact) => [contact.id, contact])).values()];
	}

	/** What is blank is no key. */
	private note(key: ContactKey, value: string | undefined, id: string): void {
		const text = keyText(key, value);
		if (text === '') return;
		const slot = `${key} ${text}`;
		const ids = this.byKey.get(slot) ?? new Set<string>();
		ids.add(id);
		this.byKey.set(slot, ids);
	}
}

function keyText(key: ContactKey, value = ''): string {
	if (key === 'number') return value.trim();
	return key === 'loose' ? looseName(value) : foldText(value);
}

export function isActive(contact: XeroDocument): boolean {
	return contact.status !== 'ARCHIVED' && contact.status !== 'GDPRREQUEST';
}
