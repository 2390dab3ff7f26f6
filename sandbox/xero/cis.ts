import Big from 'big.js';

import type { Call } from './call';
import { HUNDRED, rounded, sum, ZERO } from './decimals';
import type { CreditRow, InvoiceType, LineRow } from './model';
import type { Ledger } from './ledger';
import type { Route } from './transport';

/** Percent that a contractor keeps back of labour, for HMRC. */
const STANDARD_RATE = new Big(20);

const LABOUR: Readonly<Record<InvoiceType, string>> = {
	ACCREC: 'CISLABOURINCOME',
	ACCPAY: 'CISLABOUREXPENSE',
};

/** Whether the scheme has anything to do with documents of one side. */
function isUnderScheme({ info }: Ledger, type: InvoiceType): boolean {
	const { isCisContractor, isCisSubcontractor } = info.value;
	return type === 'ACCREC' ? isCisSubcontractor : isCisContractor;
}

/** What is kept back of an invoice or a bill: the rate on its labour, without tax. */
export function cisDeductionOn(
	ledger: Ledger,
	type: InvoiceType,
	document: { readonly lines: readonly LineRow[]; readonly lineAmountTypes: string },
): Big {
	if (!isUnderScheme(ledger, type)) return ZERO;
	const labour = document.lines.filter(
		({ accountId }) => ledger.accounts.get(accountId ?? '')?.systemAccount === LABOUR[type],
	);
	const net = sum(
		labour.map(({ lineAmount, taxAmount }) =>
			document.lineAmountTypes === 'Inclusive' ? lineAmount.minus(taxAmount) : lineAmount,
		),
	);
	return rounded(net.times(STANDARD_RATE).div(HUNDRED), 2);
}

/** The same for a credit note, where the twin is set to tell it. */
export function cisDeductionOfCredit(
	call: Call,
	type: string,
	document: Pick<CreditRow, 'lines' | 'lineAmountTypes'>,
): Big {
	if (call.settings.cisOnCreditNotes === 'untold') return ZERO;
	return cisDeductionOn(call.ledger, type === 'ACCRECCREDIT' ? 'ACCREC' : 'ACCPAY', document);
}

/** Xero's own words (its staff, in the developers' forum); a person can do it on the screen. */
export function cisRefusal(call: Call, account: { code: string; systemAccount?: string }) {
	const isOfScheme = account.systemAccount?.startsWith('CIS') === true;
	if (!isOfScheme || call.isPerson || call.settings.cisAccountOnLine === 'taken') return undefined;
	return `This organisation has Construction Industry Scheme enabled. The account code ${account.code} cannot be used in line items via the API`;
}

export const cisRoutes: readonly Route[] = [
	{
		method: 'GET',
		path: '/Organisation/:id/CISSettings',
		scopes: ['accounting.settings.read'],
		handle: (call) => {
			const { isCisContractor, isCisSubcontractor } = call.ledger.info.value;
			return call.envelope({
				CISSettings: [
					{
						CISContractorEnabled: isCisContractor,
						CISSubContractorEnabled: isCisSubcontractor,
						Rate: isCisSubcontractor ? Number(STANDARD_RATE.toFixed()) : undefined,
					},
				],
			});
		},
	},
	{
		method: 'GET',
		path: '/Contacts/:id/CISSettings',
		scopes: ['accounting.contacts.read'],
		handle: (call) => {
			const enabled = call.ledger.info.value.isCisContractor;
			return call.envelope({
				CISSettings: [
					enabled
						? { CISEnabled: true, Rate: Number(STANDARD_RATE.toFixed()) }
						: { CISEnabled: false },
				],
			});
		},
	},
];
