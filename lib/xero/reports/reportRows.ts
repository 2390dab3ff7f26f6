import { parseDecimal, type Decimal } from '../../money';
import { ServiceFaultError } from '../../serviceFault';
import { z } from '../../vendor/zod';
import type { XeroClient } from '../client';
import { xeroFault } from '../faults';
import { readList } from '../pages';

/** One amount of a report: an account, or a sum, in one of its columns. */
export interface ReportRow {
	/** Title of the section; empty where Xero has none. */
	readonly section: string;
	/** The account as the report calls it, or what is summed up. */
	readonly name: string;
	/** In small letters; undefined for what is no account, such as a sum. */
	readonly accountId?: string;
	readonly isTotal: boolean;
	/** The column's heading, such as "30 Nov 2026". */
	readonly column: string;
	/** Counted from 0. */
	readonly columnIndex: number;
	readonly amount: Decimal;
}

/** Whether documents count from their own day, or money from its. */
export type Basis = 'accrual' | 'cash';

export function basisTerm(basis: Basis): Readonly<Record<string, string>> {
	return basis === 'cash' ? { paymentsOnly: 'true' } : {};
}

/** A layout of the organisation's own may leave accounts out or put them together. */
export const STANDARD_LAYOUT = { standardLayout: 'true' } as const;

const cellElement = z.object({
	Value: z.string().nullish(),
	Attributes: z.array(z.object({ Id: z.string(), Value: z.string().nullish() })).nullish(),
});

const plainRow = z.object({
	RowType: z.enum(['Header', 'Row', 'SummaryRow']),
	Cells: z.array(cellElement),
});

const sectionRow = z.object({
	RowType: z.literal('Section'),
	Title: z.string().nullish(),
	Rows: z.array(plainRow).nullish(),
});

const reportElement = z.object({ Rows: z.array(z.union([sectionRow, plainRow])) });

type PlainRow = z.output<typeof plainRow>;

/**
 * A report as flat rows, an amount each. Throws ServiceFaultError, also where a cell holds no amount
 * that can be read.
 * @param name as the path has it, such as `BalanceSheet`
 */
export async function readReport(
	client: XeroClient,
	name: string,
	query: Readonly<Record<string, string>>,
): Promise<ReportRow[]> {
	const path = `/Reports/${name}`;
	const { elements } = await readList(client, { path, query }, 'Reports');
	const parsed = reportElement.safeParse(elements[0]);
	if (!parsed.success) throw unreadable(path, 'rows');
	const header = parsed.data.Rows.find((row) => row.RowType === 'Header');
	const columns = header && 'Cells' in header ? header.Cells.map(textOf) : [];
	return parsed.data.Rows.flatMap((row) => {
		if (row.RowType === 'Header') return [];
		const [section, rows]: readonly [string, readonly PlainRow[]] =
			row.RowType === 'Section' ? [row.Title ?? '', row.Rows ?? []] : ['', [row]];
		return rows.flatMap((one) => amountsOf(path, section, columns, one));
	});
}

function amountsOf(
	path: string,
	section: string,
	columns: readonly string[],
	{ RowType, Cells }: PlainRow,
): ReportRow[] {
	const [title, ...cells] = Cells;
	if (!title) return [];
	const name = textOf(title);
	// The bank summary calls it accountID, the others account.
	const accountId = title.Attributes?.find(({ Id }) =>
		['account', 'accountid'].includes(Id.toLowerCase()),
	)?.Value?.toLowerCase();
	return cells.flatMap((cell, columnIndex): ReportRow[] => {
		const text = textOf(cell);
		if (text === '') return [];
		const amount = parseDecimal(text);
		if (!amount) throw unreadable(path, `amount of ${name}`);
		return [
			{
				section,
				name,
				...(accountId ? { accountId } : {}),
				isTotal: RowType === 'SummaryRow',
				column: columns[columnIndex + 1] ?? '',
				columnIndex,
				amount,
			},
		];
	});
}

function textOf({ Value }: z.output<typeof cellElement>): string {
	return Value?.trim() ?? '';
}

/** The rows, if there are any in each of the columns, by their headings. Throws ServiceFaultError. */
export function requireColumns(
	name: string,
	rows: ReportRow[],
	wanted: readonly string[],
): ReportRow[] {
	const found = new Set(rows.map(({ column }) => column));
	const missing = wanted.find((column) => !found.has(column));
	if (rows.length > 0 && missing !== undefined) {
		throw unreadable(`/Reports/${name}`, `column ${missing}`);
	}
	return rows;
}

function unreadable(path: string, what: string): ServiceFaultError {
	return new ServiceFaultError(
		xeroFault({ kind: 'notXero', path, vendorMessage: `${path} has no readable ${what}.` }),
	);
}
