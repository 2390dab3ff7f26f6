import type { CalendarDate } from '../../dates';
import { decimal, moneyText, sum, type Decimal } from '../../money';
import { balanceOf } from '../../xero/reports/balanceSheet';
import type { Tie } from '../insight';
import { accounts } from '../reading/accounts';
import { balanceSheet } from '../reading/reports';
import { ifPermitted, type Books } from '../reading/books';
import type { Side } from '../reading/invoices';
import { compared, notChecked } from '../tie';
import type { StandOnDay } from './onDay';
import { SIDE_WORDS } from './side';

interface Ageing {
	readonly side: Side;
	readonly day: CalendarDate;
	readonly stand: StandOnDay;
}

/** The ledger first, then each currency in its own money. Throws ServiceFaultError. */
export async function tieAgeing(books: Books, ageing: Ageing): Promise<Tie[]> {
	return [await tieToLedger(books, ageing), ...tieCurrencies(ageing)];
}

async function tieToLedger(books: Books, { side, day, stand }: Ageing): Promise<Tie> {
	const { systemAccount, account: usual } = SIDE_WORDS[side];
	const currency = books.organisation.baseCurrency;
	const ours = sum(stand.documents.map(({ base }) => base));
	const [chart, sheet] = await Promise.all([
		accounts(books, {}),
		ifPermitted(balanceSheet(books, { day })),
	]);
	const account = chart.find((one) => one.systemAccount === systemAccount);
	const name = account?.name ?? usual;
	const against = `${name} in Xero's balance sheet`;
	if (!sheet.isPermitted) return notChecked({ against, currency, ours }, sheet.fault.fix);
	if (!account) {
		return notChecked({ against, currency, ours }, `The chart of accounts has no ${usual}.`);
	}
	const figure = balanceOf(sheet.value, account);
	const foreign = stand.documents.filter((one) => one.currency !== currency);
	return withRevaluation(compared({ against, currency, ours, figure }), {
		difference: figure.minus(ours),
		exposure: sum(foreign.map(({ base }) => base.abs())),
		owed: [...new Set(foreign.map((one) => one.currency))].map((code) =>
			moneyText(sum(foreign.filter((one) => one.currency === code).map(({ open }) => open)), code),
		),
	});
}

/** A rate that has moved further than that since the documents is not likely. */
const LARGEST_MOVE = decimal('0.25');

interface Foreign {
	readonly difference: Decimal;
	/** What is owed in other currencies at the documents' rates. */
	readonly exposure: Decimal;
	readonly owed: readonly string[];
}

/**
 * Xero shows what is owed in other currencies at the rate of the day, which its API does not tell.
 * What the day's rate may make of it is not called a difference, but not agreement either.
 */
function withRevaluation(tie: Tie, { difference, exposure, owed }: Foreign): Tie {
	if (tie.state === 'agrees' || owed.length === 0) return tie;
	const text = owed.join(' and ');
	if (difference.abs().gt(exposure.times(LARGEST_MOVE))) {
		return {
			...tie,
			why: `${text} of it is revalued by Xero at the rate of the day, but no likely rate makes so much of it.`,
		};
	}
	return {
		...tie,
		state: 'not checked',
		why: `Xero revalues ${text} at the rate of the day, which its API does not tell. The difference is not explained by documents; it may be that revaluation.`,
	};
}

/**
 * Each currency in its own money: what Xero says is due today, against totals less payments and
 * allocations, from which the day is worked out.
 */
function tieCurrencies({ stand: { invoices, credits } }: Ageing): Tie[] {
	const inDebt = credits.filter(({ kind }) => kind !== 'prepayment');
	const currencies = [...new Set([...invoices, ...inDebt].map(({ currency }) => currency))].sort();
	return currencies.map((currency) => {
		const ofInvoices = invoices.filter((one) => one.currency === currency);
		const ofCredits = inDebt.filter((one) => one.currency === currency);
		const figure = sum(ofInvoices.map(({ due }) => due)).minus(
			sum(ofCredits.map(({ remaining }) => remaining)),
		);
		const ours = sum(
			ofInvoices.map(({ payable, payments, creditsApplied }) =>
				payable.minus(moved(payments)).minus(creditsApplied),
			),
		).minus(
			sum(
				ofCredits.map(({ payable, payments, allocations }) =>
					payable.minus(moved(payments)).minus(moved(allocations)),
				),
			),
		);
		const against = `what Xero says is due today in ${currency}`;
		return compared({ against, currency, ours, figure });
	});
}

function moved(moves: ReadonlyArray<{ readonly amount: Decimal }>): Decimal {
	return sum(moves.map(({ amount }) => amount));
}
