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
		let contact = this.byId.get(id.toLowerCase()) ?? this.byId.get(id);
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

export function isActive(contact: XeroDocument): boolean {
	return contact.status !== 'ARCHIVED' && contact.status !== 'GDPRREQUEST';
}
