import { AMOUNT_PLACES, roundHalfUp, sum, type Decimal } from '../../money';
import { asShown, balanceOf } from '../../xero/reports/balanceSheet';
import type { Account } from '../../xero/settings';
import { chosenAccount } from '../chosenAccount';
import type { Tie } from '../insight';
import { accounts } from '../reading/accounts';
import { balanceSheet } from '../reading/reports';
import { ifPermitted, type Books } from '../reading/books';
import { creditsOfDays, type BookedCredit } from '../reading/credits';
import { invoicesOfDays, type BookedInvoice } from '../reading/invoices';
import { isOnAccount } from '../reading/lines';
import { compared, notChecked } from '../tie';
import type { AgeingInput } from './input';

/** What customers keep back, or is kept back from suppliers, and is not due: on no invoice to collect. */
export interface Retentions {
	readonly parts: readonly RetentionPart[];
	readonly tie: Tie;
}

interface RetentionPart {
	readonly contactId: string;
	readonly contact: string;
	readonly currency: string;
	/** Above zero for what is still kept back, below for what an invoice released or a credit took off. */
	readonly amount: Decimal;
	readonly base: Decimal;
}

/**
 * Lines on the account of retentions, of everything posted up to the day: on an invoice a line below
 * zero keeps back and one above releases, and a credit note takes back what it credits. Throws
 * ServiceFaultError, and InsightInputError for an account that is not in the chart.
 */
export async function retentionsOn(
	books: Books,
	{ side, day, retentionAccount }: AgeingInput,
): Promise<Retentions | undefined> {
	if (retentionAccount === undefined) return undefined;
	const chart = await accounts(books, {});
	const account = chosenAccount(chart, 'Retention Account', retentionAccount);
	const [invoices, notes, sheet] = await Promise.all([
		invoicesOfDays(books, { side, to: day }),
		creditsOfDays(books, { kind: 'creditNote', side, to: day }),
		ifPermitted(balanceSheet(books, { day })),
	]);
	const parts = [
		...invoices.flatMap((invoice) => keptBack(invoice, account, -1)),
		...notes.flatMap((note) => keptBack(note, account, 1)),
	];
	const kept = sum(parts.map(({ base }) => base));
	// What customers keep back are debits of the account, what is kept back from suppliers are credits.
	const ours = asShown(account, side === 'sales' ? kept : kept.neg());
	const named = {
		against: `${account.name} in Xero's balance sheet`,
		currency: books.organisation.baseCurrency,
		ours,
	};
	return {
		parts,
		tie: sheet.isPermitted
			? compared({
					...named,
					figure: balanceOf(sheet.value, account),
					why: 'Journals and bank transactions on the account are in no invoice or credit note.',
				})
			: notChecked(named, sheet.fault.fix),
	};
}

/** @param sign of what a line above zero does to what is kept back */
function keptBack(
	document: BookedInvoice | BookedCredit,
	account: Account,
	sign: 1 | -1,
): RetentionPart[] {
	const lines = document.lines.filter((line) => isOnAccount(line, account));
	if (lines.length === 0) return [];
	const { contactId, contact, currency, rate } = document;
	const kept = lines.map(({ net }) => net.times(sign));
	const inBase = (amount: Decimal) => roundHalfUp(amount.div(rate), AMOUNT_PLACES);
	return [{ contactId, contact, currency, amount: sum(kept), base: sum(kept.map(inBase)) }];
}
