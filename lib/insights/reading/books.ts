import type { CalendarDate } from '../../dates';
import { perObject } from '../../perObject';
import { isServiceFaultError, type ServiceFault } from '../../serviceFault';
import type { XeroClient } from '../../xero/client';
import { OtherDayError } from '../../xero/reports/balanceSheet';
import type { Organisation } from '../../xero/settings';

/** The books of one organisation for one run: what its insights read, each question once. */
export interface Books {
	readonly client: XeroClient;
	readonly organisation: Organisation;
	/** The organisation's own day. */
	readonly today: CalendarDate;
}

/** What a question is made of: it is told from others by its text. */
type Question = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * A list of the books that is read at most once in a run for each question, by whichever operations
 * ask. A reading that failed is not kept. Throws ServiceFaultError.
 */
export function bookList<Asked extends Question, Value>(
	read: (books: Books, question: Asked) => Promise<Value>,
): (books: Books, question: Asked) => Promise<Value> {
	const readingsOf = perObject<Books, Map<string, Promise<Value>>>(() => new Map());
	return async (books, question) => {
		const readings = readingsOf(books);
		const key = JSON.stringify(Object.entries(question).sort(([a], [b]) => (a < b ? -1 : 1)));
		const known = readings.get(key);
		if (known) return await known;
		const reading = read(books, question);
		readings.set(key, reading);
		reading.catch(() => readings.delete(key));
		return await reading;
	};
}

/** What was read, or that the connection may not read it or Xero does not have it of the day; never an empty list in its place. */
export type Permitted<Value> =
	| { readonly isPermitted: true; readonly value: Value }
	| { readonly isPermitted: false; readonly fault: ServiceFault };

/**
 * For what an insight can do without. Throws ServiceFaultError for anything but a missing scope and a
 * report of another day.
 */
export async function ifPermitted<Value>(reading: Promise<Value>): Promise<Permitted<Value>> {
	return await reading.then((value) => ({ isPermitted: true, value }), unpermitted);
}

function unpermitted(error: unknown): {
	readonly isPermitted: false;
	readonly fault: ServiceFault;
} {
	const isMissing = isServiceFaultError(error) && error.fault.cause === 'scopeMissing';
	if (isMissing || error instanceof OtherDayError) {
		return { isPermitted: false, fault: error.fault };
	}
	throw error;
}
