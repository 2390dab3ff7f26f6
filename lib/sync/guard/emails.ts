import { calendarDate, daysBetween, type CalendarDate } from '../../dates';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { isForCustomer } from '../afterWrite/emailInvoice';
import { headerText, textOf } from '../check/draftValues';
import { contactFound } from '../find/matching';
import type { Row } from '../row';
import { statusAfterwards, type Writing } from './charges';
import type { GuardSettings } from './guardSettings';
import { NOTHING } from './limits';

/** A customer who gets an invoice so long after its day is surprised by it. */
export const OLD_AFTER_DAYS = 14;
/** A run that creates more than so many of a kind in one organisation brings over what is there. */
export const FIRST_LOAD_ABOVE = 50;

/** Whether Xero would e-mail the document once the plan is carried out. */
export function isEmailDue(
	definition: DocumentDefinition,
	plan: Writing,
	changesContact: boolean,
): boolean {
	const { guard } = plan.draft.source;
	if (guard?.email === undefined) return false;
	// Approved, and in the place of the one that was sent.
	if (plan.action === 'correct') return definition.can.beEmailed;
	if (!isForCustomer(definition, statusAfterwards(definition, plan))) return false;
	if (plan.action === 'create') return true;
	const isUnchanged = plan.action === 'keep' && !changesContact;
	if (isUnchanged && guard.isEmailedWhenUnchanged !== true) return false;
	const isSent = plan.document.fields.sentToContact === true;
	return guard.email === 'onEveryChange' && !isUnchanged ? true : !isSent;
}

/** What decides on e-mails besides the document. */
export interface EmailRun {
	readonly today: CalendarDate;
	/** Documents of the kind that the run would create in the organisation. */
	readonly creates: number;
	/** "sales invoices for Acme Ltd". */
	readonly inWords: string;
	readonly emails: GuardSettings['emails'];
}

/** Why a document is not e-mailed, and how it goes out all the same; undefined where it is. */
export function whyNotEmailed(
	plan: Writing,
	{ today, creates, inWords, emails }: EmailRun,
): { readonly message: string; readonly fix: string } | undefined {
	const isNew = plan.action === 'create' || plan.action === 'correct';
	const known = isNew ? undefined : plan.document;
	if (!emails.isOldPaidOrZeroSent) {
		const why = oldPaidOrZero(plan, known, today);
		if (why !== undefined) {
			return {
				message: `It is not e-mailed: ${why}.`,
				fix: 'If the customer is to get it, e-mail it in Xero; or switch on E-Mail Old, Paid or Zero under Guards, and run the record again with Also When Unchanged on.',
			};
		}
	}
	if (creates <= FIRST_LOAD_ABOVE || emails.isFirstLoadSent) return undefined;
	if (plan.draft.source.guard?.isLetGo) return undefined;
	return {
		message: `It is not e-mailed: the run has ${creates} new ${inWords}, more than ${FIRST_LOAD_ABOVE}, and so is taken for a first load.`,
		fix: 'If the customer is to get it, e-mail it in Xero; or tick what is chosen under Guards → Let Go, or switch on E-Mail in a First Load there, and run the record again with Also When Unchanged on.',
	};
}

function oldPaidOrZero(
	plan: Writing,
	known: Extract<Writing, { action: 'keep' }>['document'] | undefined,
	today: CalendarDate,
): string | undefined {
	const date = headerText(plan.draft, 'date') ?? textOf(known?.fields.date) ?? '';
	// What takes the place of a credited one is of today.
	const day = plan.action === 'correct' ? undefined : calendarDate(date);
	if (day && daysBetween(day, today) > OLD_AFTER_DAYS) {
		return `its date is ${day}, more than ${OLD_AFTER_DAYS} days ago`;
	}
	const amounts = (plan.action === 'keep' ? undefined : plan.amounts) ?? known?.amounts;
	if (amounts?.total.eq(NOTHING)) return 'it is of nothing';
	return known?.amounts?.amountDue?.eq(NOTHING) ? 'it is paid already' : undefined;
}

/** Where the e-mail goes, as far as the run knows; Xero adds persons of the contact who get e-mails. */
export function addresseeOf({ contact }: Pick<Row, 'contact'>): string | undefined {
	if (!contact) return undefined;
	const found = contactFound(contact.match);
	const isWritten = !found || contact.plan?.action === 'update';
	const own = isWritten ? textOf(contact.fields.emailAddress) : undefined;
	return own ?? textOf(found?.fields.emailAddress);
}
