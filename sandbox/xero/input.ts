import Big from 'big.js';

import { noDataProcessed, postDataInvalid, type Refusal } from './failures';
import { isJsonObject, type Json, type JsonObject } from './json';
import { readCalendarDate } from './xeroDates';

/** How the values of a request are read, beyond their types. */
export interface Reading {
	/** Whether `""` in the place of a number ends the request. */
	readonly blankNumberIsRefused: boolean;
}

const LENIENT: Reading = { blankNumberIsRefused: false };

/**
 * One submitted object, read without regard to the case of its keys, as Xero does. A value of the
 * wrong type ends the whole request with PostDataInvalidException (ErrorNumber 14), with the words
 * that were recorded of JSON and of XML.
 */
export class Input {
	private readonly members = new Map<string, Json>();

	/** @param path where in the request it stands: `Invoices[0]` */
	constructor(
		readonly submitted: JsonObject,
		private readonly path = '',
		private readonly reading = LENIENT,
	) {
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
		throw this.misfit(key, value, 'System.String');
	}

	/** Text without surrounding blanks; undefined when nothing is left. */
	trimmed(key: string): string | undefined {
		const value = this.text(key)?.trim();
		return value === '' ? undefined : value;
	}

	decimal(key: string): Big | undefined {
		const value = this.members.get(key.toLowerCase());
		if (value === undefined || value === null) return undefined;
		if (value === '' && !this.reading.blankNumberIsRefused) return undefined;
		if (typeof value !== 'number' && typeof value !== 'string') {
			throw this.misfit(key, value, 'System.Decimal');
		}
		try {
			return new Big(value);
		} catch {
			throw postDataInvalid('Input string was not in a correct format.');
		}
	}

	flag(key: string): boolean | undefined {
		const value = this.members.get(key.toLowerCase());
		if (value === undefined || value === null) return undefined;
		if (typeof value === 'boolean') return value;
		if (value === 'true') return true;
		if (value === 'false') return false;
		throw this.misfit(key, value, 'System.Boolean');
	}

	date(key: string): string | undefined {
		const value = this.trimmed(key);
		if (value === undefined) return undefined;
		const date = readCalendarDate(value);
		if (date === undefined) {
			throw postDataInvalid(`The string '${value}' is not a valid AllXsd value.`);
		}
		return date;
	}

	/** One of Xero's words, in any case; another one ends the request. */
	oneOf<Word extends string>(
		key: string,
		words: readonly Word[],
		typeName: string,
	): Word | undefined {
		const value = this.trimmed(key);
		if (value === undefined) return undefined;
		const word = words.find((one) => one.toLowerCase() === value.toLowerCase());
		if (word === undefined) throw this.misfit(key, value, typeName);
		return word;
	}

	object(key: string): Input | undefined {
		const value = this.members.get(key.toLowerCase());
		if (value === undefined || value === null) return undefined;
		if (!isJsonObject(value)) throw this.misfit(key, value, 'System.Object');
		return new Input(value, this.pathOf(key), this.reading);
	}

	/** The objects of a list; undefined when the key was not sent or is null. */
	list(key: string): Input[] | undefined {
		const value = this.members.get(key.toLowerCase());
		if (value === undefined || value === null) return undefined;
		if (!Array.isArray(value)) throw this.misfit(key, value, 'System.Array');
		return value.map((member, index) => {
			if (!isJsonObject(member)) throw this.misfit(key, member, 'System.Object');
			return new Input(member, `${this.pathOf(key)}[${index}]`, this.reading);
		});
	}

	/** The same object with other or further members. */
	with(members: JsonObject): Input {
		return new Input({ ...this.submitted, ...members }, this.path, this.reading);
	}

	private pathOf(key: string): string {
		return this.path === '' ? key : `${this.path}.${key}`;
	}

	private misfit(key: string, value: Json, typeName: string): Refusal {
		return postDataInvalid(
			`Error converting value ${JSON.stringify(value)} to type '${typeName}'. Path '${this.pathOf(key)}'.`,
		);
	}
}

/**
 * The elements of a request body: `{"Invoices":[...]}`, or one bare object, or a bare list.
 * @throws Refusal 400 / 17 when there is nothing usable
 */
export function readElements(body: string, collection: string, reading = LENIENT): Input[] {
	const nothing = noDataProcessed(collection.replace(/s$/, ''));
	if (body.trim() === '') throw nothing;
	const parsed = parseBody(body);
	if (Array.isArray(parsed)) {
		return new Input({ [collection]: parsed }, '', reading).list(collection) ?? [];
	}
	if (!isJsonObject(parsed)) throw nothing;
	const wrapper = new Input(parsed, '', reading);
	if (wrapper.sent(collection)) {
		const elements = wrapper.list(collection) ?? [];
		if (elements.length === 0) throw nothing;
		return elements;
	}
	if (Object.keys(parsed).length === 0) throw nothing;
	return [wrapper];
}

/** One object: bare, or the first of the collection. */
export function readElement(body: string, collection: string, reading = LENIENT): Input {
	const first = readElements(body, collection, reading)[0];
	if (!first) throw noDataProcessed(collection.replace(/s$/, ''));
	return first;
}

function parseBody(body: string): Json {
	try {
		return JSON.parse(body) as Json;
	} catch {
		throw postDataInvalid('Unexpected character encountered while parsing value.');
	}
}
