import type { Call } from './call';
import { HUNDRED, rounded, sum, ZERO } from './decimals';
import { checkLockDates } from './lockDates';
import { UnknownId } from './failures';
import type { Input } from './input';
import { lineAccount, lineTaxType } from './lineCodes';
import { readTracking } from './lineTracking';
import type { JournalLineRow, LineAmountTypes, ManualJournalRow } from './model';
import { Problems, refuse } from './problems';
import type { SaveMode } from './resource';
import { readUrl } from './urls';

const STATUSES = ['DRAFT', 'POSTED', 'DELETED', 'VOIDED', 'ARCHIVED'] as const;
const TYPES = ['Exclusive', 'Inclusive', 'NoTax'] as const;

const MOVES: Readonly<Record<string, readonly string[]>> = {
	'': ['DRAFT', 'POSTED'],
	DRAFT: ['DRAFT', 'POSTED', 'DELETED'],
	POSTED: ['POSTED', 'VOIDED'],
};

/** An update replaces all lines, since they have no id. */
export function saveManualJournal(
	call: Call,
	input: Input,
	_mode: SaveMode,
	id?: string,
): ManualJournalRow {
	const { manualJournals } = call.ledger;
	const journalId = (id ?? input.trimmed('ManualJournalID'))?.toLowerCase();
	const existing = journalId === undefined ? undefined : manualJournals.get(journalId);
	if (journalId !== undefined && !existing) throw new UnknownId();
	const status =
		input.oneOf('Status', STATUSES, 'Xero.API.Library..ManualJournalStatus') ??
		existing?.status ??
		'DRAFT';
	if (!MOVES[existing?.status ?? '']?.includes(status)) {
		refuse('Manual journal not of valid status for modification');
	}
	const problems = new Problems();
	const isGone = status === 'DELETED' || status === 'VOIDED';
	const row =
		existing && isGone
			? { ...existing, status, updatedMs: call.now() }
			: { ...readJournal(call, input, existing, problems), status };
	checkLockDates(
		call.ledger,
		[
			...(status === 'POSTED' ? [row.date] : []),
			...(existing?.status === 'POSTED' ? [existing.date] : []),
		],
		problems,
	);
	problems.refuseIfAny();
	manualJournals.put(row.id, row);
	call.ledger.changed('manualJournal', row.id, existing ? 'updated' : 'created');
	return row;
}

function readJournal(
	call: Call,
	input: Input,
	existing: ManualJournalRow | undefined,
	problems: Problems,
): Omit<ManualJournalRow, 'status'> {
	const narration = input.trimmed('Narration') ?? existing?.narration;
	if (narration === undefined) problems.add('Narration must be specified');
	const lineAmountTypes =
		input.oneOf('LineAmountTypes', TYPES, 'Xero.API.Library..LineAmountType') ??
		existing?.lineAmountTypes ??
		'NoTax';
	const sent = input.list('JournalLines');
	const lines = sent
		? sent.map((line, index) =>
				readLine(call, line, lineAmountTypes, (message) => problems.addToLine(index, message)),
			)
		: (existing?.lines ?? []);
	if (lines.length < 2) problems.add('At least two journal lines must be specified');
	const debits = sum(
		lines.map((line) => totalOf(line, lineAmountTypes)).filter((one) => one.gt(0)),
	);
	const credits = sum(
		lines.map((line) => totalOf(line, lineAmountTypes)).filter((one) => one.lt(0)),
	);
	if (!debits.plus(credits).eq(0)) {
		problems.add(
			`The total debits (${debits.toFixed(2)}) must equal total credits (${credits.neg().toFixed(2)})`,
		);
	}
	return {
		id: existing?.id ?? call.guid(),
		narration: narration ?? '',
		date: input.date('Date') ?? existing?.date ?? call.today(),
		lineAmountTypes,
		lines,
		url: readUrl(input, existing?.url, problems),
		showOnCashBasisReports:
			input.flag('ShowOnCashBasisReports') ?? existing?.showOnCashBasisReports ?? true,
		updatedMs: call.now(),
	};
}

function totalOf(line: JournalLineRow, types: LineAmountTypes): JournalLineRow['lineAmount'] {
	return types === 'Exclusive' ? line.lineAmount.plus(line.taxAmount) : line.lineAmount;
}

function readLine(
	call: Call,
	input: Input,
	lineAmountTypes: LineAmountTypes,
	complain: (message: string) => void,
): JournalLineRow {
	const account = lineAccount(call, input, undefined, undefined, complain);
	if (!account && !input.sent('AccountCode') && !input.sent('AccountID')) {
		complain('The account code or ID must be specified');
	}
	const lineAmount = rounded(input.decimal('LineAmount') ?? ZERO, 2);
	const rules = {
		sales: account?.accountClass === 'REVENUE',
		discounts: false,
		negativeQuantity: true,
		needsAccounts: true,
		unitDecimalPlaces: 2,
		lineAmountTypes,
	};
	const rate =
		lineTaxType(call, input, undefined, undefined, account, rules, complain)?.rate ?? ZERO;
	const computed =
		lineAmountTypes === 'Inclusive'
			? lineAmount.times(rate).div(HUNDRED.plus(rate))
			: lineAmount.times(rate).div(HUNDRED);
	const given = input.decimal('TaxAmount');
	return {
		description: input.text('Description'),
		lineAmount,
		accountId: account?.accountId ?? '',
		taxType: lineAmountTypes === 'NoTax' ? 'NONE' : (input.trimmed('TaxType') ?? account?.taxType),
		taxAmount: lineAmountTypes === 'NoTax' ? ZERO : rounded(given ?? computed, 2),
		tracking: readTracking(call, input, undefined, complain),
	};
}
