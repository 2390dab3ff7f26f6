import { calendarDate, latestOf } from '../../dates';
import { merged } from '../../merged';
import { currencyPlaces, decimal, moneyText, type Decimal } from '../../money';
import type {
	DocumentDefinition,
	WireElement,
	XeroDocument,
} from '../../xero/documents/definition';
import { MOST_BYTES } from '../../xero/requestSize';
import { LINE_RULES } from '../check/check';
import { decimalOf, EXPECTED_TOTAL, headerText } from '../check/draftValues';
import type { Finding, LateRule } from '../check/rule';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Draft } from '../draft';
import { decidingKey } from '../find/decidingKey';
import { statusesOfNew } from '../map/statusChoices';
import { statusName } from '../status/statusName';
import {
	closedPeriodFinding,
	closedPeriods,
	periodOf,
	postingOf,
	postingOfDraft,
	type ClosedPeriod,
} from './closedPeriods';
import type { PlanInput } from './planInput';
import type { PlannedLine } from './lines';
import type { PredictedDocument } from './predictAmounts';

/** Notes what a check of the plan has found. */
export type Found = (
	rule: Pick<LateRule, 'code' | 'severity' | 'canBeLowered'>,
	finding: Finding,
) => void;

/** Looks at the lines of the record as they will be sent; those that only Xero has are its own. */
export function checkLines(
	{ definition, draft, settings }: Pick<PlanInput, 'definition' | 'draft' | 'settings'>,
	own: readonly PlannedLine[],
	status: string | undefined,
	found: Found,
): void {
	const fields = status === undefined ? draft.fields : merged(draft.fields, { status });
	const context = { definition, draft: { ...draft, fields, lines: own }, settings };
	for (const rule of LINE_RULES) {
		for (const finding of rule.find(context)) found(rule, finding);
	}
}

/** Holds what would be posted, changed or taken out on a day to which the books are closed. */
export function checkPeriods(
	{ definition, draft, settings, options }: PlanInput,
	document: XeroDocument | undefined,
	status: string | undefined,
	found: Found,
): void {
	const label = document?.number ?? `The ${definition.label.toLowerCase()}`;
	const closed = closedPeriodFinding(
		{ definition, label },
		document && postingOf(document),
		postingOfDraft(definition, draft, document, status, options.today),
		closedPeriods(settings, options.booksClosedUntil),
	);
	if (closed) found(closed.rule, closed.finding);
}

/**
 * What has neither a number nor a reference is found again by its link to the record, or by the
 * record's id among its words; without either a second run could post it twice.
 */
export function checkFoundAgain(
	definition: DocumentDefinition,
	draft: Draft,
	link: string | undefined,
	found: Found,
): void {
	const key = decidingKey(definition, draft);
	const { knackRecordId } = draft.source;
	if (!(key?.isShared || key?.needsLink) || link !== undefined) return;
	if (knackRecordId !== undefined && key.value.includes(knackRecordId)) return;
	const name = definition.label.toLowerCase();
	found(LATE_RULES.identityMissing, {
		field: key.path,
		message: `A ${name} has no number in Xero, and this one would bear no link to its record, so running it again could post it twice.`,
		fix: 'Send Knack records, keep "Link Back to the Record in Xero" on under Options, and do not map "Link to Source".',
	});
}

/** An allocation is dated the day on which it is made, or that of its credit note where that lies ahead. */
export function checkAllocationDay(
	{ definition, draft, options }: PlanInput,
	document: XeroDocument | undefined,
	periods: readonly ClosedPeriod[],
	found: Found,
): void {
	const field = definition.allocates?.numberPath;
	const { today } = options;
	const day = today && latestOf(today, calendarDate(headerText(draft, 'date') ?? ''));
	const period = periodOf(day, periods);
	if (!period || field === undefined || headerText(draft, field) === undefined) return;
	if ((document?.allocations ?? []).some(({ IsDeleted }) => IsDeleted !== true)) return;
	found(period.rule, {
		field,
		message: `${day === today ? 'Today' : day} lies in a closed period (the ${period.name} is ${period.until}), so nothing can be allocated.`,
		fix: `Run the record again after ${period.until}, or ${period.opening}.`,
	});
}

/** Holds the predicted totals against zero and against the total that Knack gives. */
export function checkTotals(
	definition: DocumentDefinition,
	draft: Draft,
	amounts: PredictedDocument | undefined,
	found: Found,
): void {
	if (!definition.lineFields || !amounts || !draft.lines?.length) return;
	const { total, currency } = amounts;
	if (definition.amounts.mustBalance) {
		const { imbalance } = amounts;
		if (imbalance && !imbalance.eq(0)) {
			const credits = total.minus(imbalance);
			found(LATE_RULES.notBalanced, {
				field: 'total',
				message: `The debits come to ${moneyText(total, currency)} and the credits to ${moneyText(credits, currency)}; in a ${definition.label.toLowerCase()} both have to be equal.`,
				fix: 'Check the amounts of the lines in Knack: a debit is above zero, a credit below.',
			});
		}
		checkExpectedTotal(draft, amounts, found);
		return;
	}
	if (total.lt(0)) {
		found(LATE_RULES.totalNegative, {
			field: 'total',
			message: `The total would be ${moneyText(total, currency)}.`,
			fix: definition.amounts.belowZero?.(draft.fields) ?? 'Check the lines in Knack.',
		});
	} else if (total.eq(0)) {
		// Xero takes an invoice of nothing, and no money of nothing.
		const isMoney = definition.amounts.inCurrencyOf !== undefined;
		found(isMoney ? LATE_RULES.notPositive : LATE_RULES.totalZero, {
			field: 'total',
			message: 'The total is zero.',
			fix: 'Check the prices of the lines in Knack.',
		});
	}
	if (!total.eq(total.round(currencyPlaces(currency)))) {
		found(LATE_RULES.totalInFractions, {
			field: 'total',
			message: `The total is ${moneyText(total, currency)}, and ${currency} has no smaller unit to pay it in.`,
			fix: 'Round the prices in Knack, or give them with tax included.',
		});
	}
	const { ifRounded } = amounts;
	if (ifRounded) {
		found(LATE_RULES.totalUnsure, {
			field: 'total',
			message: `The total is ${moneyText(total, currency)}, or ${moneyText(ifRounded.total, currency)} if Xero keeps ${ifRounded.places} places of a price.`,
			fix: `Round the prices of the lines to ${ifRounded.places} places in Knack where the difference matters.`,
		});
	}
	checkExpectedTotal(draft, amounts, found);
}

function checkExpectedTotal(draft: Draft, amounts: PredictedDocument, found: Found): void {
	const given = decimalOf(draft.fields[EXPECTED_TOTAL]);
	const { subTotal, total, ifRounded, currency } = amounts;
	if (!given || [total, subTotal, ifRounded?.total].some((each) => each?.eq(given))) return;
	const money = (amount: Decimal) => moneyText(amount, currency);
	if (amounts.roundedOnce?.().some((each) => each.eq(given))) {
		found(LATE_RULES.totalDiffers, {
			field: EXPECTED_TOTAL,
			message: `Knack says ${given.toFixed()}, and Xero comes to ${money(total)}, because Xero rounds the tax of each line. Nothing else differs.`,
			fix: 'Let Knack round the tax line by line and add it up, or map Tax Amount for the lines; or take the cents, and set this rule to Warn under Options, Rules.',
		});
		return;
	}
	found(LATE_RULES.totalDiffers, {
		field: EXPECTED_TOTAL,
		message: `Knack says ${given.toFixed()}, but the lines come to ${money(subTotal)}, with tax ${money(total)}.`,
		fix: 'Check the lines and the total in Knack.',
	});
}

/** A record that asks for a voided or paid document which is not there asks for the impossible. */
export function checkNewStatus(
	definition: DocumentDefinition,
	status: string | undefined,
	found: Found,
): void {
	if (status === undefined) return;
	const { approved, initial, gone } = definition.lifecycle;
	if (!definition.lineFields && !gone.includes(status)) return;
	const possible = initial === undefined ? approved.slice(0, 1) : statusesOfNew(definition);
	if (possible.includes(status)) return;
	const others = possible.map((each) => statusName(definition, each)).join(' or ');
	found(LATE_RULES.statusNotForNew, {
		field: 'status',
		message: `There is no such ${definition.label.toLowerCase()} in Xero, and none can be made that is ${status.toLowerCase()} at once.`,
		fix: `Give it ${others === '' ? 'another status' : `the status ${others}`}, or leave the record out with "Only Some Records".`,
	});
}

/** Characters below which no document comes near the limit, whatever they are encoded to. */
const SURELY_SMALL = 500_000;

/** A request takes about 3.5 MB; what is larger by itself cannot be split. */
export function checkSize(
	definition: DocumentDefinition,
	draft: Draft,
	element: () => WireElement,
	found: Found,
): void {
	let characters = 0;
	for (const fields of [draft.fields, ...(draft.lines ?? []).map((line) => line.fields)]) {
		for (const value of Object.values(fields)) characters += String(value).length + 40;
	}
	if (characters < SURELY_SMALL) return;
	const bytes = Buffer.byteLength(JSON.stringify(element()));
	if (bytes <= MOST_BYTES) return;
	found(LATE_RULES.payloadTooLarge, {
		field: draft.lines ? 'lineItems' : undefined,
		message: `The ${definition.label.toLowerCase()} has ${decimal(bytes).div(1_000_000).toFixed(1)} MB; Xero takes about ${MOST_BYTES / 1_000_000} MB at once.`,
		fix: 'Shorten the descriptions of the lines, or split the record in Knack.',
	});
}
