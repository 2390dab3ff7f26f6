import Big from 'big.js';

import { queryParseException } from './failures';

/** What a field can be compared with in a `where`. */
export type Literal =
	| string
	| boolean
	| Big
	| null
	| { readonly date: string }
	| { readonly guid: string };

type OperandType = 'String' | 'Guid' | 'DateTime' | 'Decimal' | 'Boolean';

/** What Xero takes a field for; the others are texts. */
function typeOfField(path: string): OperandType {
	const name = path.toLowerCase().replace(/^.*\./, '');
	if (name.endsWith('id') && !name.endsWith('paid')) return 'Guid';
	if (/date(utc)?$/.test(name)) return 'DateTime';
	if (/^(is|has|enable|canapply)/.test(name)) return 'Boolean';
	if (/(total|subtotal|amount|amountdue|amountpaid|amountcredited|credit|rate|price)$/.test(name)) {
		return 'Decimal';
	}
	return 'String';
}

function typeOfLiteral(literal: Exclude<Literal, null>): OperandType {
	if (typeof literal === 'string') return 'String';
	if (typeof literal === 'boolean') return 'Boolean';
	if (literal instanceof Big) return 'Decimal';
	return 'date' in literal ? 'DateTime' : 'Guid';
}

/**
 * A mistyped comparison ends the request (recorded: "incompatible operand types").
 * @throws Refusal 400 / 16
 */
export function checkOperands(path: string, sign: string, literal: Literal): void {
	if (literal === null) return;
	const field = typeOfField(path.replace(/\.(tolower|toupper)$/i, ''));
	const given = typeOfLiteral(literal);
	if (field !== given) {
		throw queryParseException(
			`Operator '${sign}' incompatible with operand types '${field}' and '${given}'`,
		);
	}
}
