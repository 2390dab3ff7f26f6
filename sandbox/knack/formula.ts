/** Knack's equations: numbers, `{field}` tokens, + - * / and brackets, in binary floating point. */

type Lookup = (token: string) => number | undefined;

/** The value of an equation; undefined when it does not work out to a number. */
export function evaluateEquation(equation: string, lookup: Lookup): number | undefined {
	const tokens = equation.match(/\{[^}]+\}|\d+(?:\.\d+)?|[-+*/()]/g) ?? [];
	let position = 0;

	function factor(): number {
		const token = tokens[position++];
		if (token === undefined) return Number.NaN;
		if (token === '-') return -factor();
		if (token === '(') {
			const inner = sum();
			position += 1;
			return inner;
		}
		if (token.startsWith('{')) return lookup(token.slice(1, -1)) ?? 0;
		return Number(token);
	}

	function product(): number {
		let value = factor();
		while (tokens[position] === '*' || tokens[position] === '/') {
			const operator = tokens[position++];
			const right = factor();
			value = operator === '*' ? value * right : value / right;
		}
		return value;
	}

	function sum(): number {
		let value = product();
		while (tokens[position] === '+' || tokens[position] === '-') {
			const operator = tokens[position++];
			const right = product();
			value = operator === '+' ? value + right : value - right;
		}
		return value;
	}

	const result = tokens.length === 0 ? Number.NaN : sum();
	return Number.isFinite(result) ? result : undefined;
}

/**
 * A text formula: tokens replaced by what a person sees, with the functions `upper`, `lower`,
 * `trim`, `left` and `right`.
 */
export function evaluateText(formula: string, lookup: (token: string) => string): string {
	const text = formula.replace(/\{([^}]+)\}/g, (_match, token: string) => lookup(token));
	return text.replace(
		/\b(upper|lower|trim|left|right)\(([^()]*)\)/g,
		(_match, name: string, inside: string) => applyTextFunction(name, inside),
	);
}

function applyTextFunction(name: string, inside: string): string {
	if (name === 'upper') return inside.toUpperCase();
	if (name === 'lower') return inside.toLowerCase();
	if (name === 'trim') return inside.trim();
	const comma = inside.lastIndexOf(',');
	const text = inside.slice(0, comma);
	const length = Number(inside.slice(comma + 1));
	return name === 'left' ? text.slice(0, length) : text.slice(Math.max(0, text.length - length));
}

/** The tokens of a formula, such as `field_3` and `field_3.field_4`. */
export function formulaTokens(formula: string): string[] {
	return [...formula.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? '');
}
