import type { FieldValues, XeroDocument } from '../../xero/documents/definition';
import { textOf } from '../check/draftValues';
import { foldText, looseName } from './names';

/** What a record says of its contact. */
export interface WantedContact {
	readonly id?: string;
	readonly contactNumber?: string;
	readonly name?: string;
	readonly emailAddress?: string;
	/** Whether records of this name have the number or the e-mail address, and none has both. */
	readonly isEmailOfAnother?: boolean;
	/** Whether only some records of this name have the number. */
	readonly isNumberOfSome?: boolean;
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

/** What a record calls its contact: by its name, or by what it has instead. */
export function nameOfWanted(wanted: WantedContact): string | undefined {
	return wanted.name ?? wanted.contactNumber ?? wanted.emailAddress;
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

export type ContactKey = 'number' | 'name' | 'loose' | 'email';

/** The contacts that a run knows, found again by each of their keys. */
export class ContactIndex {
	private readonly byId = new Map<string, XeroDocument>();
	private readonly byKey = new Map<string, XeroDocument[]>();

	constructor(contacts: readonly XeroDocument[] = []) {
		for (const contact of contacts) this.add(contact);
	}

	/** Adds a contact, each once. */
	add(contact: XeroDocument): void {
		this.byId.set(contact.id.toLowerCase(), contact);
		const { name, contactNumber, emailAddress } = contact.fields;
		this.note('number', textOf(contactNumber), contact);
		this.note('name', textOf(name), contact);
		this.note('loose', textOf(name), contact);
		this.note('email', textOf(emailAddress), contact);
	}

	/** The contact itself, or the one that it was merged into. */
	get(id: string): XeroDocument | undefined {
		const contact = this.byId.get(id.toLowerCase());
		return contact && this.throughMerges(contact);
	}

	/** The contacts that bear a key themselves, merged into another or not. */
	bearersOf(key: ContactKey, value: string | undefined): readonly XeroDocument[] {
		return this.byKey.get(`${key} ${keyText(key, value)}`) ?? [];
	}

	find(key: ContactKey, value: string | undefined): readonly XeroDocument[] {
		return [...new Set(this.bearersOf(key, value).map((each) => this.throughMerges(each)))];
	}

	/** Where a contact has gone, as far as that was read. */
	private throughMerges(contact: XeroDocument): XeroDocument {
		const passed = new Set([contact]);
		let last = contact;
		for (const each of passed) {
			last = each;
			const next = this.byId.get(each.mergedToId?.toLowerCase() ?? '');
			// One that was passed already is not passed again, so that a circle ends.
			if (next) passed.add(next);
		}
		return last;
	}

	/** What is blank is no key. */
	private note(key: ContactKey, value: string | undefined, contact: XeroDocument): void {
		const text = keyText(key, value);
		if (text === '') return;
		const slot = `${key} ${text}`;
		const others = this.byKey.get(slot);
		if (others) others.push(contact);
		else this.byKey.set(slot, [contact]);
	}
}

function keyText(key: ContactKey, value = ''): string {
	if (key === 'number') return value.trim();
	return key === 'loose' ? looseName(value) : foldText(value);
}

export function isActive(contact: XeroDocument): boolean {
	return contact.status !== 'ARCHIVED' && contact.status !== 'GDPRREQUEST';
}
