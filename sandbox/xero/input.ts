import Big from 'big.js';

import { postDataInvalid } from './failures';
import { isJsonObject, type Json, type JsonObject } from './json';
import { readCalendarDate } from './xeroDates';

/**
 * One submitted object, read without regard to the case of its keys, as Xero does. A value of the
 * wrong type ends the request with PostDataInvalidException (ErrorNumber 17).
 */
export class Input {
	private readonly members = new Map<string, Json>();

	constructor(readonly submitted: JsonObject) {
		for (const [key, value] of Object.entries(submitted)) {
			this.members.set(key.toLowerCase(), value);
		}
	}

	/** True when the key was sent, even with null. */
	has(key: string): boolean {
		return this.members.has(key.toLowerCase());
	}

	/** True when the key was sent with a value other than null. */
	sent(key: string): boolean {
		const value = this.members.get(key.toLowerCase());
		return value !== undefined && value !== null;
	}

	text(key: string): string | undefined {
		const value = this.members.get(key.toLowerCase());
		if (value === undefined || value === null) return undefined;
		if (typeof value === 'string') return value;
		if (typeof value === 'number' || typeof value === 'boolean') return String(value);
		throw postDataInvalid(`A text was expected for ${key}.`);
	}

	/** Text without surrounding blanks; undefined when nothing is left. */
	trimmed(key: string): string | undefined {
		const value = this.text(key)?.trim();
		return value === '' ? undefined : value;
	}

	decimal(key: string): Big | undefined {
		const value = this.members.get(key.toLowerCase());
		if (value === undefined || value === null || value === '') return undefined;
		if (typeof value !== 'number' && typeof value !== 'string') {
			throw postDataInvalid(`Error converting value to a decimal. Path '${key}'.`);
		}
		try {
			return new Big(value);
		} catch {
			throw postDataInvalid(`Error converting value "${value}" to type 'Decimal'. Path '${key}'.`);
		}
	}

	flag(key: string): boolean | undefined {
		const value = this.members.get(key.toLowerCase());
		if (value === undefined || value === null) return undefined;
		if (typeof value === 'boolean') return value;
		if (value === 'true') return true;
		if (value === 'false') return false;
		throw postDataInvalid(`Error converting value to type 'Boolean'. Path '${key}'.`);
	}

	date(key: string): string | undefined {
		const value = this.trimmed(key);
		if (value === undefined) return undefined;
		const date = readCalendarDate(value);
		if (date === undefined) {
			throw postDataInvalid(`String was not recognized as a valid DateTime. Path '${key}'.`);
		}
		return date;
	}

	object(key: string): Input | undefined {
		const value = this.members.get(key.toLowerCase());
		if (value === undefined || value === null) return undefined;
		if (!isJsonObject(value)) throw postDataInvalid(`An object was expected for ${key}.`);
		return new Input(value);
	}

	/** The objects of a list; undefined when the key was not sent or is null. */
	list(key: string): Input[] | undefined {
		const value = this.members.get(key.toLowerCase());
		if (value === undefined || value === null) return undefined;
		if (!Array.isArray(value)) throw postDataInvalid(`A list was expected for ${key}.`);
		return value.map((member) => {
			if (!isJsonObject(member))
				throw postDataInvalid(`A list of objects was expected for ${key}.`);
			return new Input(member);
		});
	}
}

/**
 * The elements of a request body: `{"Invoices":[...]}`, or one bare object, or a bare list.
 * @throws Refusal 400 / 17 when there is nothing usable
 */
export function readElements(body: string, collection: string): Input[] {
	const parsed = parseBody(body);
	if (Array.isArray(parsed)) return new Input({ [collection]: parsed }).list(collection) ?? [];
	if (!isJsonObject(parsed)) throw postDataInvalid('No usable body was found.');
	const wrapper = new Input(parsed);
	if (wrapper.sent(collection)) {
		const elements = wrapper.list(collection) ?? [];
		if (elements.length === 0) throw postDataInvalid(`No ${collection} were found in the body.`);
		return elements;
	}
	if (Object.keys(parsed).length === 0) throw postDataInvalid('The body is empty.');
	return [wrapper];
}

/** One object: bare, or the first of the collection. */
export function readElement(body: string, collection: string): Input {
	const first = readElements(body, collection)[0];
	if (!first) throw postDataInvalid(`No ${collection} were found in the body.`);
	return first;
}

function parseBody(body: string): Json {
	if (body.trim() === '') throw postDataInvalid('The request body is empty.');
	try {
		return JSON.parse(body) as Json;
	} catch {
		throw postDataInvalid('Unexpected character encountered while parsing the JSON body.');
	}
}
