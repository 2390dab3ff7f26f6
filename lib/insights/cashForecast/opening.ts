import type { CalendarDate } from '../../dates';
import type { Decimal } from '../../money';
import { movementOf } from '../reading/bankMovement';
import type { Tie } from '../insight';
import { bankSummary } from '../reading/reports';
import { ifPermitted, type Books } from '../reading/books';
import { compared, notChecked } from '../tie';

/** What is in the bank when the forecast begins. */
interface Opening {
	/** Undefined where neither the ledger may be read nor a person has told it. */
	readonly balance: Decimal | undefined;
	readonly tie: readonly Tie[];
	readonly notIn: readonly string[];
}

/**
 * What a person typed, held against the ledger; else the ledger's balance. Xero's API does not tell
 * that of the bank statement. Throws ServiceFaultError.
 */
export async function openingOn(
	books: Books,
	day: CalendarDate,
	typed: Decimal | undefined,
): Promise<Opening> {
	const currency = books.organisation.baseCurrency;
	const summary = await ifPermitted(bankSummary(books, { from: day, to: day }));
	const against = "the bank accounts in Xero's bank summary";
	if (!summary.isPermitted) {
		const { fix } = summary.fault;
		return typed
			? { balance: typed, tie: [notChecked({ against, currency, ours: typed }, fix)], notIn: [] }
			: {
					balance: undefined,
					tie: [],
					notIn: [`The opening balance is not in, nor what follows from it. ${fix}`],
				};
	}
	const ledger = movementOf(summary.value).closing;
	if (!typed) {
		const why =
			"Xero's API does not tell the balance of the bank statement. Type it as Opening Balance to see the difference.";
		const unread = { against: "the bank statement's balance", currency, ours: ledger };
		return { balance: ledger, tie: [notChecked(unread, why)], notIn: [] };
	}
	const why = 'What is on the bank statement and not in Xero yet, or the other way round.';
	return {
		balance: typed,
		tie: [compared({ against, currency, ours: typed, figure: ledger, why })],
		notIn: [],
	};
}
