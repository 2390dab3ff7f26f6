import { currencyPlaces, decimal, moneyText } from '../../money';
import type {
	DocumentAmounts,
	DocumentDefinition,
	WireElement,
	XeroDocument,
} from '../../xero/documents/definition';
import { EXPECTED_TOTAL, textOf } from '../check/draftValues';
import type { Finding, LateRule } from '../check/rule';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Draft } from '../draft';
import type { FieldChange } from '../outcome';
import { MOST_BYTES } from '../write/batches';
import type { LinePlan } from './lines';

/** Notes what a check of the plan has found. */
export type Found = (rule: LateRule, finding: Finding) => void;

const APPROVED: ReadonlySet<string> = new Set(['AUTHORISED', 'PAID']);

/** Finds what Xero would not let be changed on a document that is closed, approved or paid. */
export function checkEditable(
	definition: DocumentDefinition,
	document: XeroDocument,
	changes: readonly FieldChange[],
	lines: LinePlan | undefined,
	found: Found,
): void {
	const label = document.number ?? `The ${definition.label.toLowerCase()}`;
	if (definition.canBeUpdated === false) {
		const change = changes.find(({ field, before }) => field !== 'status' && before !== undefined);
		if (!change) return;
		found(LATE_RULES.cannotBeChanged, {
			field: change.field,
			message: `The ${definition.label.toLowerCase()} ${label} is in Xero with ${change.field} "${String(change.before)}", not "${String(change.after)}"; Xero lets ${definition.plural} be made and deleted, never changed.`,
			fix: 'Delete it in Xero and give the record a new reference, or undo the change in Knack.',
		});
		return;
	}
	if (definition.closedStatuses.includes(document.status ?? '')) {
		found(LATE_RULES.closedEdit, {
			field: changes[0]?.field,
			message: `${label} is ${document.status?.toLowerCase()} in Xero and cannot be changed.`,
			fix: 'Undo the change in Knack, or make a new document.',
		});
		return;
	}
	const currency = changes.find((change) => change.field === 'currencyCode');
	if (currency && APPROVED.has(document.status ?? '')) {
		found(LATE_RULES.currencyChange, {
			field: 'currencyCode',
			message: `${label} is approved in ${String(currency.before)}; its currency cannot become ${String(currency.after)}.`,
			fix: 'Void it in Xero and post it anew, or undo the change in Knack.',
		});
	}
	if (!document.hasPaymentsOrCredits) return;
	const allowed = new Set(definition.editableWhenPaid);
	const header = changes
		.filter((change) => !change.field.startsWith('lineItems'))
		.find((change) => !allowed.has(change.field));
	const line = lines?.changedPaths.find(
		(path) => !allowed.has(path.startsWith('tracking.') ? 'lines.tracking' : `lines.${path}`),
	);
	if (!header && !line && !(lines && (lines.added > 0 || lines.removed > 0))) return;
	found(LATE_RULES.paidEdit, {
		field: header?.field ?? 'lineItems',
		message: `${label} has payments or credits in Xero, so its amounts can no longer be changed.`,
		fix: 'Undo the change in Knack, issue a credit note, or remove the payment in Xero first.',
	});
}

/** Holds the predicted totals against zero and against the total that Knack gives. */
export function checkTotals(
	definition: DocumentDefinition,
	draft: Draft,
	amounts: DocumentAmounts | undefined,
	found: Found,
): void {
	if (!definition.lineFields || !amounts || (draft.lines ?? []).length === 0) return;
	if (amounts.total.lt(0)) {
		found(LATE_RULES.totalNegative, {
			field: 'total',
			message: `The total would be ${amounts.total.toFixed(2)}.`,
			fix: 'Send a credit note for money that you owe, or check the lines in Knack.',
		});
	} else if (amounts.total.eq(0)) {
		found(LATE_RULES.totalZero, {
			field: 'total',
			message: 'The total is zero.',
			fix: 'Check the prices of the lines in Knack.',
		});
	}
	const { total, currency } = amounts;
	if (!total.eq(total.round(currencyPlaces(currency)))) {
		found(LATE_RULES.totalInFractions, {
			field: 'total',
			message: `The total is ${moneyText(total, currency)}, and ${currency} has no smaller unit to pay it in.`,
			fix: 'Round the prices in Knack, or give them with tax included.',
		});
	}
	const given = textOf(draft.fields[EXPECTED_TOTAL]);
	if (given !== undefined && !amounts.total.eq(given) && !amounts.subTotal.eq(given)) {
		found(LATE_RULES.totalDiffers, {
			field: EXPECTED_TOTAL,
			message: `Knack says ${given}, but the lines come to ${amounts.subTotal.toFixed(2)}, with tax ${amounts.total.toFixed(2)}.`,
			fix: 'Check the lines and the total in Knack.',
		});
	}
}

/** Statuses that a document can be made with; others are reached by moves or by payments. */
const FOR_NEW: ReadonlySet<string> = new Set(['DRAFT', 'SUBMITTED', 'AUTHORISED', 'SENT']);

/** A record that asks for a voided or paid document which is not there asks for the impossible. */
export function checkNewStatus(
	definition: DocumentDefinition,
	status: string | undefined,
	found: Found,
): void {
	if (!definition.lineFields || status === undefined || FOR_NEW.has(status)) return;
	found(LATE_RULES.statusNotForNew, {
		field: 'status',
		message: `There is no such ${definition.label.toLowerCase()} in Xero, and none can be made that is ${status.toLowerCase()} at once.`,
		fix: 'Send it as draft, awaiting approval or approved, or skip the record with "Only When".',
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
