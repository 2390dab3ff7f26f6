import type { XeroDocument } from '../../xero/documents/definition';
import { isStopping, issueOf } from '../check/check';
import type { Finding, LateRule } from '../check/rule';
import { LATE_RULES } from '../check/rules/lateRules';
import { correctedBy } from '../find/correctingNote';
import type { FieldChange } from '../outcome';
import type { Judging } from './changesDue';
import { differencesInWords } from './changeWords';
import { closedPeriods, periodOf, postingOf, type ClosedPeriod } from './closedPeriods';
import { whyOnScreenAlone } from './constructionScheme';
import type { LinePlan } from './lines';
import type { PlanInput } from './planInput';
import { canBearLink } from './sourceLink';
import { isApproved } from '../check/approval';

/** Amounts, tax, contact and day: what a customer and a tax return go by. A new line is told by its words. */
function isOfTheBooks({ field }: FieldChange): boolean {
	if (['date', 'contact', 'currencyCode', 'currencyRate', 'lineAmountTypes'].includes(field)) {
		return true;
	}
	return field.startsWith('lineItems') && !/\.(description|tracking\..*)$/.test(field);
}

/** Whether the day is all that the books go by of some changes. Lines may be new ones. */
export function isDayAlone(changes: readonly FieldChange[]): boolean {
	const isOfDay = ({ field }: FieldChange) => field === 'date';
	return (
		changes.some(isOfDay) &&
		changes.every(
			(each) => isOfDay(each) || (!isOfTheBooks(each) && !each.field.startsWith('lineItems')),
		)
	);
}

/** A change to what the customer has, or to what lies in a closed period. */
interface Issued {
	/** `correct` where it is made by a credit note and a new document. */
	readonly kind: 'correct' | 'held';
	readonly rule: LateRule;
	readonly finding: Finding;
	readonly isStopping: boolean;
	/** Whether nothing else need be looked at. */
	readonly isFinal: boolean;
}

/**
 * Judges changes to what was issued; undefined where there are none.
 * @param lines the document's lines as they would be
 */
export function judgeIssued(judging: Judging, lines: LinePlan | undefined): Issued | undefined {
	const { input, document, changes } = judging;
	const { definition, options } = input;
	const { issuedDocuments, ruleSeverities } = options;
	if (issuedDocuments === 'overwrite' || !definition.hasContact) return undefined;
	const issued = issuedState(input, document);
	if (!issued) return undefined;
	const change = changes.find(
		(each) => isOfTheBooks(each) || lines?.added.includes(each.field) === true,
	);
	if (!change) return undefined;
	const label = document.number ?? `The ${definition.label.toLowerCase()}`;
	const { isSent, closed } = issued;
	const { day } = postingOf(document);
	const isByCreditNote = issuedDocuments === 'creditNote';
	const whyNot = whyNotCorrected(input, document);
	const obstacle = isByCreditNote ? whyNot : undefined;
	const ways = [
		'Undo the change in Knack',
		...(whyNot ? [] : ['choose "Correct by Credit Note" under Options']),
		// To lower the rule opens no period.
		...(closed ? [closed.opening] : []),
	];
	const message = isSent
		? `${label} was sent to the customer and is not rewritten: ${differencesInWords(definition, changes)}.`
		: `${label} is of ${day ?? ''}, and the books are closed up to ${closed?.until ?? ''}: ${differencesInWords(definition, changes)}.`;
	const finding: Finding = {
		field: change.field,
		message: obstacle
			? `${message} It cannot be corrected by a credit note: ${obstacle.why}.`
			: message,
		fix:
			obstacle?.fix ??
			`${ways.join(', or ')}.${closed ? '' : ' To have it changed all the same, set this rule to Warn.'}`,
	};
	const rule = isSent ? LATE_RULES.issuedEdit : LATE_RULES.closedPeriodEdit;
	const stops = issueOf(rule, finding, ruleSeverities).some(isStopping);
	return {
		kind: isByCreditNote && !obstacle ? 'correct' : 'held',
		rule,
		finding,
		isStopping: stops,
		isFinal: obstacle !== undefined && stops,
	};
}

/** What a document that was issued is judged by. */
type Held = Pick<PlanInput, 'definition' | 'draft' | 'options' | 'settings'>;

/** Whether the customer has it, and which closed period it lies in; undefined where it is still ours. */
export function issuedState(
	{ definition, options, settings }: Omit<Held, 'draft'>,
	document: XeroDocument,
): { readonly isSent: boolean; readonly closed: ClosedPeriod | undefined } | undefined {
	const isOffered = definition.lifecycle.offered.includes(document.status ?? '');
	if (!isApproved(definition, document) && !isOffered) return undefined;
	const isSent = isOffered || document.fields.sentToContact === true;
	const closed = definition.lifecycle.posted
		? periodOf(postingOf(document).day, closedPeriods(settings, options.booksClosedUntil))
		: undefined;
	return isSent || closed ? { isSent, closed } : undefined;
}

/** What an accountant does by hand where a machine cannot, and how the record then goes on. */
const BY_HAND =
	'Undo the change in Knack, or correct it in Xero by hand and keep the new document’s Xero ID in Knack.';

/** Why a credit note and a new document cannot take its place; undefined where they can. */
export function whyNotCorrected(
	{ definition, draft, options, settings }: Held,
	document: XeroDocument,
): { why: string; fix: string } | undefined {
	if (!correctedBy(document)) {
		return {
			why: `only sales invoices and bills are, not ${definition.plural}`,
			fix: BY_HAND,
		};
	}
	if (document.hasPaymentsOrCredits) {
		return {
			why: 'it has payments or credits in Xero',
			fix: 'Undo the change in Knack, or take the payment or credit off the document in Xero and run the record again.',
		};
	}
	const currency = document.amounts?.currency;
	if (currency !== settings.organisation.baseCurrency) {
		return {
			why: `it is in ${currency ?? 'a currency that is not known'}, and a credit note of today would have another rate`,
			fix: BY_HAND,
		};
	}
	if (!document.amounts?.total.gt(0)) {
		return { why: 'it comes to nothing, so a credit note has nothing to credit', fix: BY_HAND };
	}
	if ((document.lines ?? []).length === 0) {
		return { why: 'its lines are not known', fix: BY_HAND };
	}
	const onScreenAlone = whyOnScreenAlone(settings, document);
	if (onScreenAlone !== undefined) return { why: onScreenAlone, fix: BY_HAND };
	if (!canBearLink(definition, draft, options)) {
		return {
			why: 'the new document could not be told from the old one without a link back to the record',
			fix: 'Switch on "Link Back to the Record in Xero" under Options, and do not map "Link to Source". The items have to be Knack records.',
		};
	}
	return undefined;
}
