import { decimal, moneyText, type Decimal } from '../../money';
import type { Finding } from '../check/rule';
import type { GuardSettings } from './guardSettings';
import type { Counted, Over, Span } from './limits';
import type { GUARD_RULES } from './guardRules';

const UNITS = {
	documents: ['document', 'documents'],
	money: ['', ''],
	payments: ['payment', 'payments'],
	voids: ['voided or deleted document', 'voided or deleted documents'],
	emails: ['e-mail', 'e-mails'],
} as const satisfies Record<Counted, readonly [one: string, many: string]>;

const LIMIT_NAMES = {
	documents: 'Documents',
	money: 'Money',
	payments: 'Payments',
	voids: 'Voids',
	emails: 'E-Mails',
} as const satisfies Record<Counted, string>;

const SPANS = { run: 'Run', day: 'Day' } as const satisfies Record<Span, string>;

/** What the panel calls a limit: "Most E-Mails a Day". */
export function limitName(counted: Counted, span: Span): string {
	return `Most ${LIMIT_NAMES[counted]} a ${SPANS[span]}`;
}

/** How a person lets a record go that limits or the first ones hold. */
export function howToLetGo({ hasLetGo }: Pick<GuardSettings, 'hasLetGo'>): string {
	return hasLetGo
		? 'tick what is chosen under Guards → Let Go, and run the record again'
		: 'choose a Yes/No field of the record under Guards → Let Go, tick it, and run the record again';
}

/** What a limit holds, the number against it, and how to let it go. */
export function overFinding(
	{ counted, span, limit, amount, room, isByItself }: Over,
	settings: Pick<GuardSettings, 'hasLetGo'>,
	currency: string,
): Finding {
	const inWords = (count: Decimal) => amountInWords(counted, count, currency);
	const name = `${limitName(counted, span)} (${inWords(limit)})`;
	const letGo = howToLetGo(settings);
	if (amount === undefined) {
		return {
			message: `Held by ${name}: what it comes to in ${currency} is not known before it is in Xero.`,
			fix: `Map Currency Rate, and prices for its lines; or, if it is right, ${letGo}.`,
		};
	}
	if (isByItself) {
		return {
			message: `Held by ${name}: it comes to ${inWords(amount)} by itself.`,
			fix: `Correct the record; or, if it is right, ${letGo}.`,
		};
	}
	const before = decimal(limit).minus(room);
	return {
		message: `Held by ${name}: ${inWords(before)} went before it ${span === 'run' ? 'in this run' : 'today'}, and it comes to ${inWords(amount)}.`,
		fix: `Look whether so many are meant to go over. If they are, ${letGo}; or raise the limit.`,
	};
}

function amountInWords(counted: Counted, amount: Decimal, currency: string): string {
	if (counted === 'money') return moneyText(amount, currency);
	const [one, many] = UNITS[counted];
	return `${amount.toString()} ${amount.eq(1) ? one : many}`;
}

/** Documents go over without their e-mails, so that nobody would look for why. */
export function notEmailedSentence(count: number): string {
	return `${count} ${count === 1 ? 'document is' : 'documents are'} not e-mailed: old, paid, of nothing, or of a first load. Each says why, and how it is e-mailed all the same.`;
}

/** "Guards: 3 records are held (2 by Money, 1 by Stop). …" */
export function guardSentence(held: ReadonlyMap<keyof typeof GUARD_RULES, number>): string {
	const parts = [...held].map(([guard, count]) => `${count} by ${GUARD_NAMES[guard]}`);
	const total = [...held.values()].reduce((sum, count) => sum + count, 0);
	return `Guards: ${total} ${total === 1 ? 'record is' : 'records are'} held (${parts.join(', ')}). Each says how to let it go.`;
}

const GUARD_NAMES = {
	demoCompany: 'Demo Company Only',
	stop: 'Stop',
	firstOnes: 'First Ones as Drafts',
	draft: 'First Ones as Drafts',
	noEmail: 'E-mails',
	...LIMIT_NAMES,
} as const satisfies Record<keyof typeof GUARD_RULES, string>;
