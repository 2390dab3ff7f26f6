import { parseDecimal, type Decimal } from '../../money';
import type { Described } from '../parameters/kinds';
import { parameter, refuse, type Parameter } from '../parameters/parameter';

/** A number that nothing stands for where it is not set; a text in the panel, so that it can be empty. */
export function optionalAmount<const Name extends string>(
	declared: Described<Name> & { readonly least?: number; readonly most?: number },
): Parameter<Decimal | undefined, Name> {
	const { least, most, ...property } = declared;
	const range = [
		...(least === undefined ? [] : [`${least} or more`]),
		...(most === undefined ? [] : [`${most} or less`]),
	].join(', ');
	const fix = `Give a number without currency or thousands separators${range === '' ? '' : `, ${range}`}.`;
	return parameter({ ...property, type: 'string', default: '' }, undefined, (given, place) => {
		const amount = parseDecimal(given);
		if (!amount) refuse(property.displayName, given, 'not a number', fix, place);
		if ((least !== undefined && amount.lt(least)) || (most !== undefined && amount.gt(most))) {
			refuse(property.displayName, given, `not ${range}`, fix, place);
		}
		return amount;
	});
}
