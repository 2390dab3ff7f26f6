import { foldText } from '../../foldText';
import type { Issue } from '../../issue';
import type { AfterWriting } from '../../sync/afterWrite/afterWrite';
import { canBeTried, FIRST_ONES } from '../../sync/guard/firstOnes';
import { FIRST_LOAD_ABOVE, OLD_AFTER_DAYS } from '../../sync/guard/emails';
import type { GuardAnswers, GuardSettings } from '../../sync/guard/guardSettings';
import type { Limits } from '../../sync/guard/limits';
import { DEMO_COMPANY_ONLY, limit, stopPlace, STOP_ENTRIES } from '../guardParameters';
import { collection } from '../parameters/collections';
import { toggle } from '../parameters/kinds';
import { isUnset, parameter } from '../parameters/parameter';
import { typesThat } from './documents';

/** Operations in which more is known of what is written than that it is. */
const OF_DOCUMENTS = ['changeStatus', 'compare', 'preview', 'upsert'];
const COUNTING = { show: { '/operation': ['apiCall', ...OF_DOCUMENTS] } };
const FOR_DOCUMENTS = { show: { '/operation': OF_DOCUMENTS } };
const WRITING = { '/operation': ['compare', 'preview', 'upsert'] };
const FOR_EMAILS = {
	show: {
		'/operation': ['preview', 'upsert'],
		'/document': typesThat(({ can }) => can.beEmailed),
	},
};
const FOR_PAYMENTS = {
	show: {
		...WRITING,
		'/document': typesThat((each) => (each.settles ?? each.settlesEach) !== undefined),
	},
};
const ALSO_COUNTED =
	'In Compare a record that takes what Xero says is one. Of an API call each record in its Body is; its money, payments, voids and e-mails are not counted';
const MONEY =
	'in the base currency of the organisation and with tax, of what is created, raised or approved';

/** Read for each item: what a person ticks. */
export const LET_GO = parameter(
	{
		displayName: 'Let Go',
		name: 'letGo',
		type: 'string',
		default: '',
		displayOptions: COUNTING,
		placeholder: 'e.g. {{ $json["Let Go"] }}',
		description:
			'A Yes/No field of the record. While it is Yes, limits and First Ones as Drafts let the record through, and it is not counted.',
	},
	undefined,
	(given): unknown => given,
);

/** What keeps a workflow from running away. What is not added sets no limit. */
export const GUARDS = collection(
	{
		displayName: 'Guards',
		name: 'guards',
		placeholder: 'Add Guard',
		description:
			'What is over a limit is held in the order of the items, each record as a whole, until a person lets it go',
		displayOptions: { show: { operation: ['apiCall', 'undo', ...OF_DOCUMENTS] } },
	},
	[
		DEMO_COMPANY_ONLY,
		toggle({
			displayName: 'E-Mail in a First Load',
			name: 'emailFirstLoad',
			default: true,
			unset: false,
			displayOptions: FOR_EMAILS,
			description: `Whether documents are e-mailed although the run creates more than ${FIRST_LOAD_ABOVE} of the kind in one organisation`,
		}),
		toggle({
			displayName: 'E-Mail Old, Paid or Zero',
			name: 'emailOldPaidOrZero',
			default: true,
			unset: false,
			displayOptions: FOR_EMAILS,
			description: `Whether documents are e-mailed whose date is more than ${OLD_AFTER_DAYS} days ago, that are paid, or that are of nothing`,
		}),
		toggle({
			displayName: 'First Ones as Drafts',
			name: 'firstOnesAsDrafts',
			default: true,
			unset: false,
			displayOptions: { show: { ...WRITING, '/document': typesThat(canBeTried) } },
			description: `Whether the first ${FIRST_ONES} documents of a Knack table are drafts, and the rest waits until a person lets one of them go. They are counted in Xero by the link back to the record.`,
		}),
		LET_GO,
		limit(
			{
				counted: 'documents',
				span: 'day',
				name: 'documentsADay',
				default: 500,
				what: `How many documents may be created or changed. ${ALSO_COUNTED}`,
			},
			COUNTING,
		),
		limit(
			{
				counted: 'documents',
				span: 'run',
				name: 'documentsARun',
				default: 100,
				what: `How many documents may be created or changed. A contact belongs to its document. ${ALSO_COUNTED}`,
			},
			COUNTING,
		),
		limit(
			{
				counted: 'emails',
				span: 'day',
				name: 'emailsADay',
				default: 200,
				what: 'How many e-mails may go out',
			},
			FOR_EMAILS,
		),
		limit(
			{
				counted: 'emails',
				span: 'run',
				name: 'emailsARun',
				default: 50,
				what: 'How many e-mails may go out. The document of a record beyond it is held too',
			},
			FOR_EMAILS,
		),
		limit(
			{
				counted: 'money',
				span: 'day',
				name: 'moneyADay',
				default: 50_000,
				what: `How much money, ${MONEY}`,
			},
			FOR_DOCUMENTS,
		),
		limit(
			{
				counted: 'money',
				span: 'run',
				name: 'moneyARun',
				default: 10_000,
				what: `How much money, ${MONEY}`,
			},
			FOR_DOCUMENTS,
		),
		limit(
			{
				counted: 'payments',
				span: 'day',
				name: 'paymentsADay',
				default: 200,
				what: 'How many payments may be recorded',
			},
			FOR_PAYMENTS,
		),
		limit(
			{
				counted: 'payments',
				span: 'run',
				name: 'paymentsARun',
				default: 50,
				what: 'How many payments may be recorded. Each line of a batch is one',
			},
			FOR_PAYMENTS,
		),
		limit(
			{
				counted: 'voids',
				span: 'day',
				name: 'voidsADay',
				default: 50,
				what: 'How many documents may be voided or deleted',
			},
			FOR_DOCUMENTS,
		),
		limit(
			{
				counted: 'voids',
				span: 'run',
				name: 'voidsARun',
				default: 10,
				what: 'How many documents may be voided or deleted',
			},
			FOR_DOCUMENTS,
		),
		...STOP_ENTRIES,
	],
);

type Guards = (typeof GUARDS)['unset'];

/** @param stored the collection as it is saved, which tells whether a field is chosen to let go by */
export function guardSettings(given: Guards, stored: unknown): GuardSettings {
	const stop = stopPlace(given);
	const letGo: unknown = Object(stored)[LET_GO.name];
	return {
		isForDemoCompanies: given.demoCompanyOnly,
		areFirstOnesDrafts: given.firstOnesAsDrafts,
		limits: limitsOf(given),
		emails: {
			isOldPaidOrZeroSent: given.emailOldPaidOrZero,
			isFirstLoadSent: given.emailFirstLoad,
		},
		...(stop ? { stop } : {}),
		hasLetGo: !isUnset(letGo),
	};
}

function limitsOf(given: Guards): Limits {
	return {
		run: {
			documents: given.documentsARun,
			money: given.moneyARun,
			payments: given.paymentsARun,
			voids: given.voidsARun,
			emails: given.emailsARun,
		},
		day: {
			documents: given.documentsADay,
			money: given.moneyADay,
			payments: given.paymentsADay,
			voids: given.voidsADay,
			emails: given.emailsADay,
		},
	};
}

/** What a record says for the guards; a tick that cannot be read stops the record alone. */
export function guardAnswers(
	letGo: unknown,
	wish: AfterWriting | undefined,
): { readonly answers: GuardAnswers; readonly issues: readonly Issue[] } {
	const isLetGo = isUnset(letGo) ? false : FLAGS.get(foldText(String(letGo)));
	return {
		answers: {
			...(isLetGo ? { isLetGo } : {}),
			...(wish?.email
				? { email: wish.email, isEmailedWhenUnchanged: wish.alsoWhenUnchanged === true }
				: {}),
		},
		issues: isLetGo === undefined ? [UNREADABLE] : [],
	};
}

const FLAGS: ReadonlyMap<string, boolean> = new Map([
	['true', true],
	['yes', true],
	['1', true],
	['false', false],
	['no', false],
	['0', false],
]);

const UNREADABLE: Issue = {
	code: 'XERO_CHOICE_UNKNOWN',
	severity: 'block',
	field: 'letGo',
	message: 'What the record gives for Let Go is neither yes nor no.',
	fix: 'Choose a Yes/No field of the record under Guards → Let Go.',
};
