import type Big from 'big.js';

import type { Call } from './call';
import type { Answer } from './failures';
import type { JsonObject } from './json';
import type { AccountRow } from './organisationModel';
import { longDate } from './xeroDates';

/** The cells of Xero's reports: all values are text, and rows point at their account. */

export function cell(value: string, id?: string, idValue?: string): JsonObject {
	if (id === undefined) return { Value: value };
	return { Value: value, Attributes: [{ Id: id, Value: idValue }] };
}

export function amountText(amount: Big): string {
	return amount.toFixed(2);
}

export function headerRow(titles: readonly string[]): JsonObject {
	return { RowType: 'Header', Cells: titles.map((title) => cell(title)) };
}

export function accountRow(account: AccountRow, amounts: readonly Big[]): JsonObject {
	const link = (text: string): JsonObject => cell(text, 'account', account.accountId);
	return {
		RowType: 'Row',
		Cells: [link(account.name), ...amounts.map((amount) => link(amountText(amount)))],
	};
}

export function plainRow(
	type: 'Row' | 'SummaryRow',
	title: string,
	amounts: readonly Big[],
): JsonObject {
	return {
		RowType: type,
		Cells: [cell(title), ...amounts.map((amount) => cell(amountText(amount)))],
	};
}

export function section(title: string, rows: readonly JsonObject[]): JsonObject {
	return { RowType: 'Section', Title: title, Rows: [...rows] };
}

export function report(
	call: Call,
	id: string,
	name: string,
	title: string,
	period: string,
	rows: readonly JsonObject[],
): Answer {
	return call.envelope({
		Reports: [
			{
				ReportID: id,
				ReportName: name,
				ReportType: id,
				ReportTitles: [title, call.ledger.info.value.name, period],
				ReportDate: longDate(call.today()),
				UpdatedDateUTC: `/Date(${call.now()})/`,
				Fields: [],
				Rows: [...rows],
			},
		],
	});
}
