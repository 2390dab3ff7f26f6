import type { CalendarDate } from '../../dates';
import { foldText } from '../../foldText';
import { decodeField } from '../../knack/fields/codecs';
import { recordTitle } from '../../knack/recordView';
import { InsightInputError } from '../inputError';
import { isSet, knackField, knackRows, optionalField, textIn } from '../reading/knackRecords';
import type { StandingDocument } from '../ageing/onDay';
import type { StatementInput } from './input';

/** Why a customer is not chased for an invoice. */
export type Excuse =
	| { readonly kind: 'disputed' }
	| { readonly kind: 'promised'; readonly until: CalendarDate };

type OfKnack = NonNullable<StatementInput['promises']>;

/**
 * Tells which invoices are disputed, or promised for a day that has not passed: by Knack, and by the
 * day that a person expects the payment in Xero. Throws ServiceFaultError and InsightInputError.
 */
export async function excusesOn(
	day: CalendarDate,
	promises: OfKnack | undefined,
): Promise<(document: StandingDocument) => Excuse | undefined> {
	const known = promises ? await readExcuses(promises, day) : new Map<string, Excuse>();
	return ({ kind, id, number, expectedOn }) => {
		if (kind !== 'invoice') return undefined;
		const told = [known.get(id), number ? known.get(foldText(number)) : undefined];
		const ofKnack = told.find((one) => one?.kind === 'disputed') ?? told[0] ?? told[1];
		if (ofKnack) return ofKnack;
		return expectedOn && expectedOn >= day ? { kind: 'promised', until: expectedOn } : undefined;
	};
}

/** By the folded number or id of the invoice. */
async function readExcuses(
	{ source, invoice, disputed, promised }: OfKnack,
	day: CalendarDate,
): Promise<Map<string, Excuse>> {
	const { table, records } = await knackRows(source);
	const named = knackField(table, invoice);
	const disputedField = optionalField(table, disputed);
	const promisedField = optionalField(table, promised);
	const excuses = new Map<string, Excuse>();
	for (const record of records) {
		const name = foldText(textIn(record, named));
		if (name === '') continue;
		if (disputedField && isSet(record, disputedField)) {
			excuses.set(name, { kind: 'disputed' });
			continue;
		}
		const moment = promisedField && decodeField(record, promisedField);
		if (!promisedField || !moment || moment.kind === 'blank') continue;
		if (moment.kind !== 'moment' || !moment.from.date) {
			throw new InsightInputError(
				`${promisedField.name} of ${recordTitle(record, table)} in ${table.name} holds no day.`,
				'Choose a field with dates for the day that is promised.',
			);
		}
		// Another record may say that the invoice is disputed: a promise does not end that.
		if (excuses.get(name)?.kind === 'disputed') continue;
		if (moment.from.date >= day) excuses.set(name, { kind: 'promised', until: moment.from.date });
	}
	return excuses;
}
