import { judged } from '../../../issueCodes';
import type { LateRule } from '../rule';

/** What the option Unusual Records looks at; how severe a finding is, that option says. */
export const UNUSUAL_RULES = {
	amount: judged('XERO_UNUSUAL_AMOUNT'),
	price: judged('XERO_UNUSUAL_PRICE'),
	quantity: judged('XERO_UNUSUAL_QUANTITY'),
	tenfold: judged('XERO_UNUSUAL_TENFOLD'),
	twice: judged('XERO_UNUSUAL_TWICE'),
	supplierNumber: judged('XERO_UNUSUAL_SUPPLIER_NUMBER'),
	account: judged('XERO_UNUSUAL_ACCOUNT'),
	taxRate: judged('XERO_UNUSUAL_TAX_RATE'),
	taxNumber: judged('XERO_UNUSUAL_TAX_NUMBER'),
	currency: judged('XERO_UNUSUAL_CURRENCY'),
	year: judged('XERO_UNUSUAL_YEAR'),
	noJob: judged('XERO_UNUSUAL_NO_JOB'),
	belowCost: judged('XERO_UNUSUAL_BELOW_COST'),
	exchanged: judged('XERO_UNUSUAL_EXCHANGED'),
	creditLimit: judged('XERO_UNUSUAL_CREDIT_LIMIT'),
	numberGap: judged('XERO_UNUSUAL_NUMBER_GAP'),
} as const satisfies Record<string, LateRule>;
