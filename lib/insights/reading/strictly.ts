import { calendarDate, type CalendarDate } from '../../dates';
import { parseDecimal, type Decimal } from '../../money';
import { ServiceFaultError } from '../../serviceFault';
import { z } from '../../vendor/zod';
import type { WireElement } from '../../xero/documents/definition';
import { xeroFault } from '../../xero/faults';
import { readWireDate } from '../../xero/wireDates';

/** Members of Xero's elements, each read strictly: what cannot be read is refused by its name. */

export const wireId = z
	.string()
	.min(1)
	.transform((id) => id.toLowerCase());

export const wireText = z
	.string()
	.nullish()
	.transform((text) => text || undefined);

export const wireAmount = z.unknown().transform((value, context): Decimal => {
	const amount = parseDecimal(value);
	if (amount) return amount;
	context.addIssue({ code: z.ZodIssueCode.custom, message: 'not an amount' });
	return z.NEVER;
});

/** Nothing where Xero leaves it out. */
export const optionalAmount = z.union([
	z.null().transform(() => undefined),
	z.undefined(),
	wireAmount,
]);

export const wireDay = z.unknown().transform((value, context): CalendarDate => {
	const day = readWireDate(value);
	if (day && calendarDate(day)) return day;
	context.addIssue({ code: z.ZodIssueCode.custom, message: 'not a date' });
	return z.NEVER;
});

export const optionalDay = z.union([z.null().transform(() => undefined), z.undefined(), wireDay]);

/**
 * An element by its schema. Throws ServiceFaultError, which names the element and the member that
 * cannot be read.
 * @param path where it was read, such as `/Invoices`
 * @param named what people know it by
 */
export function readStrictly<Schema extends z.ZodTypeAny>(
	schema: Schema,
	element: WireElement,
	path: string,
	named: unknown,
): z.output<Schema> {
	const parsed = schema.safeParse(element);
	if (parsed.success) return parsed.data;
	const member = parsed.error.issues[0]?.path.join('.') ?? '';
	const name = typeof named === 'string' && named !== '' ? ` ${named}` : '';
	throw new ServiceFaultError(
		xeroFault({
			kind: 'notXero',
			path,
			vendorMessage: `${path}${name} has no readable ${member}.`,
		}),
	);
}
