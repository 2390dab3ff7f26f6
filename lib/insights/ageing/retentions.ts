import { AMOUNT_PLACES, roundHalfUp, sum, type Decimal } from '../../money';
import { asShown, balanceOf } from '../../xero/reports/balanceSheet';
import type { Account } from '../../xero/settings';
import { InsightInputError } from '../inputError';
import type { Tie } from '../insight';
import { accounts } from '../reading/accounts';
import { balanceSheet } from '../reading/reports';
import { ifPermitted, type Books } from '../reading/books';
import { invoicesOfDays, type BookedInvoice } from '../reading/invoices';
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
	/** Above zero for what is still kept back, below for what was released by an invoice. */
	readonly amount: Decimal;
	readonly base: Decimal;
}

/**
 * Lines on the account of retentions, of everything posted up to the day: a line below zero keeps
 * back, one above releases. Throws ServiceFaultError, and InsightInputError for an account that is
 * not in the chart.
 */
export async function retentionsOn(
	books: Books,
	{ side, day, retentionAccount }: AgeingInput,
): Promise<Retentions | undefined> {
	if (retentionAccount === undefined) return undefined;
	const chart = await accounts(books, {});
	const account = chart.find(
		({ code, id }) => code === retentionAccount || id === retentionAccount.toLowerCase(),
	);
	if (!account) {
		throw new InsightInputError(
			`Xero has no account ${retentionAccount}, which is set as Retention Account.`,
			'Choose the account that lines with retention are posted to.',
		);
	}
	const [invoices, sheet] = await Promise.all([
		invoicesOfDays(books, { side, to: day }),
		ifPermitted(balanceSheet(books, { day })),
	]);
	const parts = invoices.flatMap((invoice) => keptBack(invoice, account));
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
					figure: balanceOf(sheet.value, account.id),
					why: 'Journals, credit notes and bank transactions on the account are in no invoice.',
				})
			: notChecked(named, sheet.fault.fix),
	};
}

function keptBack(invoice: BookedInvoice, account: Account): RetentionPart[] {
	const lines = invoice.lines.filter(
		({ accountId, accountCode }) =>
			(accountId ?? '') === account.id || (accountId === undefined && accountCode === account.code),
	);
	if (lines.length === 0) return [];
	const { contactId, contact, currency, rate } = invoice;
	const kept = lines.map(({ net }) => net.neg());
	const inBase = (amount: Decimal) => roundHalfUp(amount.div(rate), AMOUNT_PLACES);
	return [{ contactId, contact, currency, amount: sum(kept), base: sum(kept.map(inBase)) }];
}
