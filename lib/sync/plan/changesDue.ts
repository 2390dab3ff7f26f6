import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { isStopping, issueOf } from '../check/check';
import { headerText, textOf } from '../check/draftValues';
import type { Finding, LateRule } from '../check/rule';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Match } from '../find/matching';
import type { FieldChange } from '../outcome';
import {
	fingerprintOf,
	pathDigest,
	CONTACT_PATH,
	type Fingerprint,
} from '../sourceLink/fingerprint';
import { correctedBy } from '../find/correctingNote';
import { readSourceMark } from '../sourceLink/sourceMark';
import { headerChanges, statusChange } from './header';
import { closedPeriods, periodOf, postingOf } from './closedPeriods';
import { isRateOfOwnCurrency } from './currencyRate';
import type { PlanInput } from './planInput';
import { changedLabel, type Found } from './planChecks';
import { canBearLink } from './sourceLink';
import {
	contactChangedBy,
	headerChangedBy,
	lastSent,
	settleLines,
	type ChangedBy,
	type SettledLines,
} from './standing';

/** A record held against its document in Xero and against what was last sent. */
export interface Compared {
	/** What goes over of the header. */
	readonly header: readonly FieldChange[];
	readonly status: { field: string; before?: string; after: string } | undefined;
	readonly movesContact: boolean;
	/** The lines to plan; undefined where the record has none. */
	readonly lines: SettledLines | undefined;
	/** What differs because a person changed it in Xero: it stays. */
	readonly changedInXero: readonly FieldChange[];
	/** What both have changed. */
	readonly contested: readonly FieldChange[];
	/** Changes of the header of which it is not known what was sent. */
	readonly unknown: readonly FieldChange[];
	/** Whether it is not known what lines were sent. */
	readonly areLinesUnknown: boolean;
	/** What counts as sent once the changes have gone over. */
	readonly sent: Fingerprint;
}

/** What a document in the place of a credited one has of its own, whatever the record says. */
const GIVEN_TO_SUCCESSORS: ReadonlySet<string> = new Set(['date', 'invoiceNumber']);

/** Statuses in which a document stands in the books. */
const APPROVED: ReadonlySet<string> = new Set(['AUTHORISED', 'PAID', 'BILLED']);

/** Statuses in which the customer has a quote. */
const OFFERED: ReadonlySet<string> = new Set(['SENT', 'ACCEPTED', 'INVOICED']);

/**
 * Finds what of a record is to go over. A change is one only against what was last sent: what a
 * person set in Xero stays while the record says what it said then.
 */
export function compareWithXero(
	{ definition, draft, contactId, options, settings }: PlanInput,
	{ document, by }: Extract<Match, { kind: 'matched' }>,
	found: Found,
): Compared {
	const { baseCurrency } = settings.organisation;
	const base = lastSent(draft, document);
	const knackWins = options.accountantEdits === 'knackWins';
	const changedInXero: FieldChange[] = [];
	const contested: FieldChange[] = [];
	const header: FieldChange[] = [];
	const sent = new Map(fingerprintOf(definition, draft).header);
	const unknown: FieldChange[] = [];
	const isSuccessor = readSourceMark(textOf(document.fields.url))?.corrects !== undefined;
	const sort = (change: FieldChange, who: ChangedBy, path: string): boolean => {
		// Day and number were given to a document in the place of another when it was made.
		if (who === 'xero' && isSuccessor && GIVEN_TO_SUCCESSORS.has(path)) return false;
		if (who === 'xero') changedInXero.push(change);
		else if (who === 'both' && !knackWins) {
			contested.push(change);
			const before = base?.header.get(pathDigest(path));
			if (before !== undefined) sent.set(pathDigest(path), before);
		} else {
			if (who === 'unknown') unknown.push(change);
			return true;
		}
		return false;
	};
	for (const change of headerChanges(definition, draft, document, by)) {
		if (isRateOfOwnCurrency(change.field, draft, document, baseCurrency)) continue;
		const who = headerChangedBy(definition, base, change);
		if (sort(change, who, change.field)) header.push(change);
	}
	let movesContact = false;
	if (definition.hasContact && contactId !== undefined && contactId !== document.contactId) {
		const after = headerText(draft, 'contact.name') ?? contactId;
		const change = { field: 'contact', before: document.contactName, after };
		movesContact = sort(change, contactChangedBy(base, draft, document), CONTACT_PATH);
	}
	const lines =
		draft.lines && definition.lineFields
			? settleLines(
					definition.lineFields,
					draft.lines,
					document.lines ?? [],
					knackWins ? undefined : base?.lines,
					options.removeOmittedLines,
				)
			: undefined;
	if (lines) {
		changedInXero.push(...lines.changedInXero);
		contested.push(...lines.contested);
	}
	return {
		header,
		status: statusChange(definition, draft, document, found),
		movesContact,
		lines,
		changedInXero,
		contested,
		unknown: knackWins ? [] : unknown,
		areLinesUnknown: !base?.lines && !knackWins,
		sent: { header: sent, ...(lines ? { lines: { each: lines.sent } } : {}) },
	};
}

interface Judging {
	readonly input: PlanInput;
	readonly document: XeroDocument;
	readonly compared: Compared;
	/** What would go over. */
	readonly changes: readonly FieldChange[];
}

/** Says what stays as it is in Xero, and holds what is not for a machine to decide. */
export function checkStanding({ input, document, compared, changes }: Judging, found: Found): void {
	const { definition } = input;
	const label = document.number ?? `The ${definition.label.toLowerCase()}`;
	const { changedInXero, contested } = compared;
	const own = headerText(input.draft, 'reference') ?? headerText(input.draft, 'contact.name');
	if (changedInXero.length > 0) {
		found(LATE_RULES.changedInXero, {
			field: changedInXero[0]?.field,
			message: `${label} was changed in Xero since it was sent, and is left as it is: ${inWords(definition, changedInXero)}.`,
			fix: 'Nothing is to be done. To have the record say the same, change it in Knack.',
		});
	}
	if (contested.length > 0) {
		found(LATE_RULES.bothChanged, {
			field: contested[0]?.field,
			message: `The record${own === undefined ? '' : ` ${own}`} and Xero both differ from what was last sent of ${label}: ${inWords(definition, contested)}.`,
			fix: 'Write in Knack what shall stand, or change it in Xero to what Knack says.',
		});
	}
	const isUnknown =
		compared.unknown.length > 0 ||
		(compared.areLinesUnknown && changes.some(({ field }) => field.startsWith('lineItems')));
	if (
		isUnknown &&
		definition.lineFields &&
		definition.canBeUpdated !== false &&
		APPROVED.has(document.status ?? '')
	) {
		found(LATE_RULES.baseUnknown, {
			field: changes[0]?.field,
			message: `${label} is approved in Xero and differs from the record, and it is not known who changed it: ${inWords(definition, changes)}.`,
			fix: 'Change it in Xero to what Knack says, or the record to what Xero says. To let Knack win, set this rule to Warn. A Sync Fingerprint field under Write Back keeps what was sent.',
		});
	}
}

/** Paths under which a contact's bank details stand. */
function isBankDetail({ field }: FieldChange): boolean {
	return field === 'bankAccountDetails' || field.startsWith('batchPayments.');
}

/**
 * Bank details are what a fraudster changes first, so they are never written by a sync: a person
 * changes them in Xero, and the record goes over once both agree.
 */
export function checkBankDetails(
	changes: readonly FieldChange[],
	name: string,
	found: Found,
): void {
	const change = changes.find(isBankDetail);
	if (!change) return;
	const shown = (value: FieldChange['before']) =>
		value === undefined || value === '' ? 'none' : `one that ends in ${String(value).slice(-3)}`;
	found(LATE_RULES.bankDetails, {
		field: change.field,
		message: `The bank details of ${name} are not changed by the node: Xero has ${shown(change.before)}, Knack ${shown(change.after)}.`,
		fix: 'Check them with the contact by phone, and enter them in Xero. The record goes over once both agree.',
	});
}

/** Amounts, tax, contact and day: what a customer and a tax return go by. */
function isOfTheBooks({ field }: FieldChange): boolean {
	if (['date', 'contact', 'currencyCode', 'currencyRate', 'lineAmountTypes'].includes(field)) {
		return true;
	}
	return field.startsWith('lineItems') && !/\.(description|tracking\..*)$/.test(field);
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

/** Judges changes to what was issued; undefined where there are none. */
export function judgeIssued(judging: Judging): Issued | undefined {
	const { input, document, changes } = judging;
	const { definition, options, settings } = input;
	const { issuedDocuments, ruleSeverities } = options;
	const { status = '' } = document;
	const isOffered = OFFERED.has(status);
	if (issuedDocuments === 'overwrite' || !(APPROVED.has(status) || isOffered)) return undefined;
	if (!definition.hasContact || definition.canBeUpdated === false) return undefined;
	const change = changes.find(isOfTheBooks);
	if (!change) return undefined;
	const label = document.number ?? `The ${definition.label.toLowerCase()}`;
	const isSent = isOffered || document.fields.sentToContact === true;
	const { day } = postingOf(document);
	const closed = isOfLedger(definition.type)
		? periodOf(day, closedPeriods(settings, options.booksClosedUntil))
		: undefined;
	if (!isSent && !closed) return undefined;
	const isByCreditNote = issuedDocuments === 'creditNote';
	const obstacle = isByCreditNote ? whyNotCorrected(judging) : undefined;
	const message = isSent
		? `${label} was sent to the customer and is not rewritten: ${inWords(definition, changes)}.`
		: `${label} is of ${day ?? ''}, and the books are closed up to ${closed?.until ?? ''}: ${inWords(definition, changes)}.`;
	const finding: Finding = {
		field: change.field,
		message: obstacle
			? `${message} It cannot be corrected by a credit note: ${obstacle.why}.`
			: message,
		fix:
			obstacle?.fix ??
			'Undo the change in Knack, or choose "Correct by Credit Note" under Options. To have it changed all the same, set this rule to Warn.',
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

/** What an accountant does by hand where a machine cannot, and how the record then goes on. */
const BY_HAND =
	'Undo the change in Knack, or correct it in Xero by hand and keep the new document’s Xero ID in Knack.';

function whyNotCorrected({
	input: { definition, draft, options, settings },
	document,
}: Judging): { why: string; fix: string } | undefined {
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
	if ((document.lines ?? []).length === 0) {
		return { why: 'its lines are not known', fix: BY_HAND };
	}
	if (!canBearLink(definition, draft, options)) {
		return {
			why: 'the new document could not be told from the old one without a link back to the record',
			fix: 'Switch on "Link Back to the Record in Xero" under Options, and do not map "Link to Source". The items have to be Knack records.',
		};
	}
	return undefined;
}

function isOfLedger(type: string): boolean {
	return type !== 'quote' && type !== 'purchaseOrder';
}

const MOST_NAMED = 5;

/** "Due Date is "2026-12-20" in Xero and "2026-12-31" in Knack": both values of each. */
function inWords(definition: DocumentDefinition, changes: readonly FieldChange[]): string {
	const shown = (value: FieldChange['before']) =>
		value === undefined || value === '' ? 'nothing' : `"${String(value)}"`;
	const named = changes
		.slice(0, MOST_NAMED)
		.map(
			({ field, before, after }) =>
				`${changedLabel(definition, field)} is ${shown(before)} in Xero and ${shown(after)} in Knack`,
		);
	const more = changes.length - named.length;
	return `${named.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}
