import Big from 'big.js';

import { queryParseException } from './failures';
import { checkOperands, type Literal } from './whereTypes';

/** What a field of a row is worth in a `where` or an `order`. */
export type FieldValue = string | number | boolean | Big | null | undefined;

/** How `where` and `order` reach a row's fields, by lower-case path such as `contact.contactid`. */
export type Fields<Row> = Readonly<Record<string, (row: Row) => FieldValue>>;

type Test<Row> = (row: Row) => boolean;

interface Token {
	readonly kind: 'word' | 'text' | 'number' | 'sign';
	readonly value: string;
}

const TOKEN =
	/\s*(?:"([^"]*)"|(-?\d+(?:\.\d+)?)|([A-Za-z_][A-Za-z0-9_.]*)|(==|!=|<=|>=|&&|\|\||[<>=(),]))/y;

/**
 * Reads the subset of Xero's `where` language that is documented as optimised, with the text
 * functions besides.
 * @throws Refusal 400 / 16 for anything else
 */
export function parseWhere<Row>(text: string, fields: Fields<Row>, ignoreCase: boolean): Test<Row> {
	const parser = new Parser(tokens(text), fields, ignoreCase);
	return parser.parse();
}

function tokens(text: string): Token[] {
	const found: Token[] = [];
	TOKEN.lastIndex = 0;
	const trimmed = withoutFoldingCalls(text).trimEnd();
	while (TOKEN.lastIndex < trimmed.length) {
		const at = TOKEN.lastIndex;
		const match = TOKEN.exec(trimmed);
		if (!match) throw queryParseException(`Syntax error at position ${at}`);
		const [, quoted, number, word, sign] = match;
		if (quoted !== undefined) found.push({ kind: 'text', value: quoted });
		else if (number !== undefined) found.push({ kind: 'number', value: number });
		else if (word !== undefined) found.push({ kind: 'word', value: word });
		else if (sign !== undefined) found.push({ kind: 'sign', value: sign });
	}
	return found;
}

/** `Name.ToLower().Contains("x")` as `Name.tolower.Contains("x")`; quoted text is left alone. */
function withoutFoldingCalls(text: string): string {
	return text
		.split('"')
		.map((piece, index) =>
			index % 2 === 0 ? piece.replace(/\.(ToLower|ToUpper)\(\)/gi, '.$1') : piece,
		)
		.join('"');
}

class Parser<Row> {
	private at = 0;

	constructor(
		private readonly list: readonly Token[],
		private readonly fields: Fields<Row>,
		private readonly ignoreCase: boolean,
	) {}

	parse(): Test<Row> {
		const test = this.alternatives();
		const extra = this.list[this.at];
		if (extra) throw queryParseException(`Unexpected "${extra.value}"`);
		return test;
	}

	private alternatives(): Test<Row> {
		let test = this.conjunction();
		while (this.take('or') || this.take('||')) {
			const left = test;
			const right = this.conjunction();
			test = (row) => left(row) || right(row);
		}
		return test;
	}

	private conjunction(): Test<Row> {
		let test = this.condition();
		while (this.take('and') || this.take('&&')) {
			const left = test;
			const right = this.condition();
			test = (row) => left(row) && right(row);
		}
		return test;
	}

	private condition(): Test<Row> {
		if (this.take('(')) {
			const inner = this.alternatives();
			this.expect(')');
			return inner;
		}
		const path = this.next('word').value;
		const { read, method, folded } = this.operand(path);
		if (method !== undefined) return this.textTest(read, method, folded);
		const sign = this.next('sign').value;
		const literal = this.literal();
		checkOperands(path, sign, literal);
		return (row) => compare(read(row), sign, literal, this.ignoreCase || folded);
	}

	/** A field, with any `.ToLower()` and the text function that may follow. */
	private operand(path: string): {
		read: (row: Row) => FieldValue;
		method?: string;
		folded: boolean;
	} {
		let rest = path;
		let folded = false;
		let method: string | undefined;
		let replaces = false;
		for (;;) {
			const dot = rest.lastIndexOf('.');
			const last = rest.slice(dot + 1).toLowerCase();
			if (dot > 0 && last === 'replace') {
				replaces = true;
				rest = rest.slice(0, dot);
				continue;
			}
			if (dot > 0 && ['contains', 'startswith', 'endswith'].includes(last)) method = last;
			else if (dot > 0 && ['tolower', 'toupper'].includes(last)) folded = true;
			else break;
			rest = rest.slice(0, dot);
		}
		const read = this.fields[rest.toLowerCase()];
		if (!read) throw queryParseException(`No property or field '${rest}' exists in this type`);
		return { read: replaces ? this.replacing(read) : read, method, folded };
	}

	/** `InvoiceNumber.Replace("INV-","") == "1"` */
	private replacing(read: (row: Row) => FieldValue): (row: Row) => FieldValue {
		this.expect('(');
		const wanted = this.next('text').value;
		this.expect(',');
		const instead = this.next('text').value;
		this.expect(')');
		return (row) => {
			const value = read(row);
			return typeof value === 'string' ? value.replaceAll(wanted, instead) : value;
		};
	}

	private textTest(read: (row: Row) => FieldValue, method: string, folded: boolean): Test<Row> {
		this.expect('(');
		const wanted = fold(this.next('text').value, this.ignoreCase || folded);
		this.expect(')');
		let expected = true;
		if (this.take('==')) expected = this.next('word').value.toLowerCase() === 'true';
		return (row) => {
			const value = read(row);
			const text = fold(typeof value === 'string' ? value : '', this.ignoreCase || folded);
			const met =
				method === 'contains'
					? text.includes(wanted)
					: method === 'startswith'
						? text.startsWith(wanted)
						: text.endsWith(wanted);
			return met === expected;
		};
	}

	private literal(): Literal {
		const token = this.list[this.at];
		this.at += 1;
		if (!token) throw queryParseException('Expression expected');
		if (token.kind === 'text') return token.value;
		if (token.kind === 'number') return new Big(token.value);
		const word = token.value.toLowerCase();
		if (word === 'null') return null;
		if (word === 'true' || word === 'false') return word === 'true';
		if (word === 'guid') {
			this.expect('(');
			const guid = this.next('text').value.toLowerCase();
			this.expect(')');
			return { guid };
		}
		if (word === 'datetime') return { date: this.dateArguments() };
		if (word === 'datetime.parse') {
			this.expect('(');
			const text = this.next('text').value;
			this.expect(')');
			if (Number.isNaN(Date.parse(text))) {
				throw queryParseException('String was not recognized as a valid DateTime.');
			}
			return { date: text.replace(/(T00:00:00)?Z?$/, '') };
		}
		throw queryParseException(`Unexpected "${token.value}"`);
	}

	/** `(2026,1,31)`, or with a time of day, which dates do not have and instants are compared by. */
	private dateArguments(): string {
		this.expect('(');
		const parts: string[] = [];
		do parts.push(this.next('number').value);
		while (this.take(','));
		this.expect(')');
		const [year = '1970', month = '1', day = '1', hour = '0', minute = '0', second = '0'] = parts;
		const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
		const time = [hour, minute, second].map((unit) => unit.padStart(2, '0')).join(':');
		return parts.length > 3 ? `${date}T${time}` : date;
	}

	private next(kind: Token['kind']): Token {
		const token = this.list[this.at];
		if (!token || token.kind !== kind) {
			throw queryParseException(token ? `Unexpected "${token.value}"` : 'Expression expected');
		}
		this.at += 1;
		return token;
	}

	private take(value: string): boolean {
		const token = this.list[this.at];
		if (!token || token.kind === 'text' || token.value.toLowerCase() !== value) return false;
		this.at += 1;
		return true;
	}

	private expect(value: string): void {
		if (!this.take(value)) throw queryParseException(`'${value}' expected`);
	}
}

function compare(value: FieldValue, sign: string, literal: Literal, ignoreCase: boolean): boolean {
	const order = ordering(value, literal, ignoreCase);
	if (sign === '==' || sign === '=') return order === 0;
	if (sign === '!=') return order !== 0;
	if (order === undefined) return false;
	if (sign === '<') return order < 0;
	if (sign === '>') return order > 0;
	if (sign === '<=') return order <= 0;
	if (sign === '>=') return order >= 0;
	throw queryParseException(`Unexpected "${sign}"`);
}

/** Below, at or above zero; undefined when the two cannot be compared. */
function ordering(value: FieldValue, literal: Literal, ignoreCase: boolean): number | undefined {
	if (value === undefined || value === null) return literal === null ? 0 : undefined;
	if (literal === null) return undefined;
	if (typeof literal === 'boolean') return value === literal ? 0 : undefined;
	if (literal instanceof Big) {
		if (value instanceof Big || typeof value === 'number') return new Big(value).cmp(literal);
		return undefined;
	}
	if (typeof literal !== 'string' && 'guid' in literal) {
		return typeof value === 'string' && value.toLowerCase() === literal.guid ? 0 : undefined;
	}
	const right = typeof literal === 'string' ? fold(literal, ignoreCase) : literal.date;
	if (typeof literal !== 'string' && typeof value === 'number') {
		return value - Date.parse(`${right.length > 10 ? right : `${right}T00:00:00`}Z`);
	}
	if (typeof value !== 'string') return undefined;
	const left = fold(value, ignoreCase && typeof literal === 'string');
	return left < right ? -1 : left > right ? 1 : 0;
}

function fold(text: string, ignoreCase: boolean): string {
	return ignoreCase ? text.toLowerCase() : text;
}
