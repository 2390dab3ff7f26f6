import Big from 'big.js';

import type { AccountClass, TaxRateRow } from './organisationModel';

const ANY: readonly AccountClass[] = ['ASSET', 'EQUITY', 'EXPENSE', 'LIABILITY', 'REVENUE'];
const INCOME: readonly AccountClass[] = ['ASSET', 'EQUITY', 'LIABILITY', 'REVENUE'];
const SPENDING: readonly AccountClass[] = ['ASSET', 'EQUITY', 'LIABILITY', 'EXPENSE'];

/** Reduced and own rates are reported as the usual ones of their side. */
const REPORTED_AS: Readonly<Record<string, string>> = {
	RROUTPUT: 'OUTPUT',
	RRINPUT: 'INPUT',
	TAX001: 'OUTPUT',
};

function taxRate(
	taxType: string,
	name: string,
	rate: string,
	appliesTo: readonly AccountClass[],
	status: TaxRateRow['status'] = 'ACTIVE',
): TaxRateRow {
	const reportTaxType = REPORTED_AS[taxType] ?? taxType;
	return { taxType, name, rate: new Big(rate), appliesTo, status, reportTaxType };
}

export const UK_TAX_RATES: readonly TaxRateRow[] = [
	taxRate('OUTPUT2', '20% (VAT on Income)', '20', INCOME),
	taxRate('INPUT2', '20% (VAT on Expenses)', '20', SPENDING),
	taxRate('RROUTPUT', '5% (VAT on Income)', '5', INCOME),
	taxRate('RRINPUT', '5% (VAT on Expenses)', '5', SPENDING),
	taxRate('ZERORATEDOUTPUT', 'Zero Rated Income', '0', INCOME),
	taxRate('ZERORATEDINPUT', 'Zero Rated Expenses', '0', SPENDING),
	taxRate('EXEMPTOUTPUT', 'Exempt Income', '0', INCOME),
	taxRate('EXEMPTINPUT', 'Exempt Expenses', '0', SPENDING),
	taxRate('NONE', 'No VAT', '0', ANY),
	taxRate('TAX001', '17.5% (VAT on Income, old)', '17.5', INCOME, 'ARCHIVED'),
];

/** For building work between businesses: the customer accounts for the tax, so none is charged. */
export const UK_BUILDING_TAX_RATES: readonly TaxRateRow[] = [
	...UK_TAX_RATES,
	taxRate('DRCHARGESUPPLY20', 'Domestic Reverse Charge @ 20% (VAT on Income)', '0', INCOME),
	taxRate('DRCHARGE20', 'Domestic Reverse Charge @ 20% (VAT on Expenses)', '0', SPENDING),
];

export const AU_TAX_RATES: readonly TaxRateRow[] = [
	taxRate('OUTPUT', 'GST on Income', '10', INCOME),
	taxRate('INPUT', 'GST on Expenses', '10', SPENDING),
	taxRate('EXEMPTOUTPUT', 'GST Free Income', '0', INCOME),
	taxRate('EXEMPTEXPENSES', 'GST Free Expenses', '0', SPENDING),
	taxRate('BASEXCLUDED', 'BAS Excluded', '0', ANY),
	taxRate('NONE', 'BAS Excluded (no tax)', '0', ANY),
];

export const US_TAX_RATES: readonly TaxRateRow[] = [
	taxRate('OUTPUT', 'Tax on Sales', '0', INCOME),
	taxRate('INPUT', 'Tax on Purchases', '0', SPENDING),
	taxRate('NONE', 'Tax Exempt', '0', ANY),
];

export const NZ_TAX_RATES: readonly TaxRateRow[] = [
	taxRate('OUTPUT2', '15% GST on Income', '15', INCOME),
	taxRate('INPUT2', '15% GST on Expenses', '15', SPENDING),
	taxRate('ZERORATED', 'Zero Rated', '0', ANY),
	taxRate('NONE', 'No GST', '0', ANY),
];
