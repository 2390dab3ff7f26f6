import type { Judgement } from './judgement';
import type { LimitsRound } from './limitsProof';
import type { PaymentResult } from './paymentProof';
import type { RoundResult } from './orderRound';
import type { QueueResult } from './queueProof';

/** What each part of a judgement means when it is not empty, after how many orders. */
const FAULTS: ReadonlyArray<readonly [keyof Judgement, string]> = [
	['doubled', 'have more than one document'],
	['takenBackNamed', 'places name a document that was taken back'],
	['falseAttention', 'needed a person for nothing'],
	['createdTwice', 'documents were told to be created twice'],
	['createdUnsaid', 'documents were created, and nobody said so'],
	['doubledContacts', 'contacts are there twice'],
	['wrongInKnack', 'bear another ID in Knack than their document has'],
];

/** Everything that breaks a promise, each in a sentence with its first examples. */
export function faultsIn({ rounds, payments, limits = [] }: QueueResult): readonly string[] {
	return [
		...rounds.flatMap(faultsOfRound),
		...(payments ? faultsOfPayments(payments) : []),
		...faultsOfLimits(limits),
	];
}

const said = (what: string, examples: readonly string[]): string[] =>
	examples.length === 0 ? [] : [`${examples.length} ${what} (${examples.slice(0, 3).join('; ')})`];

const MOST_REFUSED = 0.02;
const MOST_OF_BY_NUMBER = 1.2;
const MOST_APART = 1.5;

function faultsOfLimits(rounds: readonly LimitsRound[]): readonly string[] {
	const [byReference, byNumber] = (['reference', 'number'] as const).map((wanted) =>
		rounds.find(({ key, workers }) => key === wanted && workers === rounds[0]?.workers),
	);
	const times = byReference && byNumber ? byReference.xeroCalls / byNumber.xeroCalls : 1;
	return [
		...rounds.flatMap((round) => {
			const { judgement, failed, workers, shares, refusedLater, callsLater } = round;
			const each = Object.values(shares);
			const apart = Math.max(...each) / Math.max(1, Math.min(...each));
			return [
				...said('have no document', judgement.lost),
				...FAULTS.flatMap(([part, what]) => said(what, judgement[part])),
				...(failed > 0 ? [`${failed} executions failed`] : []),
				...(refusedLater > MOST_REFUSED * callsLater
					? [`${refusedLater} of ${callsLater} calls were refused after the first minute`]
					: []),
				...(apart > MOST_APART ? [`shares are ${apart.toFixed(2)} apart`] : []),
			].map((fault) => `One by one by ${round.key} over ${workers} workers: ${fault}`);
		}),
		...(times > MOST_OF_BY_NUMBER
			? [`One by one by reference: ${times.toFixed(2)} times the calls of by number`]
			: []),
	];
}

/** The figures of orders that came one by one. */
export function limitsLine(round: LimitsRound): string {
	const { orders, judgement, shares, refusedLater, callsLater } = round;
	const each = Object.entries(shares).map(([name, calls]) => `${name} ${calls}`);
	return `one by one by ${round.key} over ${round.workers} workers: ${orders - judgement.lost.length} of ${orders}, ${round.executions} executions, ${round.failed} failed, ${judgement.doubled.length} doubled, ${judgement.takenBack.length} taken back, ${round.xeroCalls} calls in ${round.seconds} s; after the first minute ${refusedLater} of ${callsLater} refused; taken in three minutes: ${each.join(', ')}`;
}

function faultsOfRound(result: RoundResult): readonly string[] {
	const { round, atRest, cameAgain, atTheEnd, wasKilled } = result;
	const name = `By ${round.key}, ended when ${round.moment.name}`;
	return [
		...(wasKilled ? [] : ['there was no such moment, so nothing was proved']),
		// A draft whose maker died before its second look goes when its record comes again.
		...said('had two documents in the books until they came again', atRest.doubledInTheBooks),
		...said('were lost until somebody delivered them again', cameAgain.lost),
		...said('were unknown to Knack until somebody delivered them', cameAgain.unknownInKnack),
		...FAULTS.flatMap(([part, what]) => said(what, atTheEnd[part])),
	].map((fault) => `${name}: ${fault}`);
}

function faultsOfPayments(payments: PaymentResult): readonly string[] {
	const { unlikeXero, missedWhileDown, toldMissingTwice, failed } = payments;
	return [
		...said('orders do not show what Xero has', unlikeXero),
		...said('payments made while main was down are not in Knack', missedWhileDown),
		...said('invoices without a record were told so more than once', toldMissingTwice),
		...(failed > 0 ? [`${failed} executions on payments failed`] : []),
	];
}

const COLUMNS: ReadonlyArray<
	readonly [title: string, width: number, value: (result: RoundResult) => string | number]
> = [
	['key', -9, ({ round }) => round.key],
	['ended when', -42, ({ round }) => round.moment.name],
	['records', 7, ({ round }) => round.records],
	['killed', 6, ({ wasKilled }) => (wasKilled ? 'yes' : 'NO')],
	['executions', 10, ({ executions }) => executions],
	['failed', 6, ({ failed }) => failed],
	['lost*', 5, ({ atRest }) => atRest.lost.length],
	['unknown*', 8, ({ atRest }) => atRest.unknownInKnack.length],
	['twins*', 6, ({ atRest }) => atRest.doubled.length],
	['in the books*', 13, ({ atRest }) => atRest.doubledInTheBooks.length],
	['lost', 4, ({ cameAgain }) => cameAgain.lost.length + cameAgain.unknownInKnack.length],
	['twins', 5, ({ cameAgain }) => cameAgain.doubled.length],
	['doubled', 7, ({ atTheEnd }) => atTheEnd.doubled.length],
	['taken back', 10, ({ atTheEnd }) => atTheEnd.takenBack.length],
	['named', 5, ({ atTheEnd }) => atTheEnd.takenBackNamed.length],
	['attention', 9, ({ atTheEnd }) => atTheEnd.falseAttention.length],
	['created twice', 13, ({ atTheEnd }) => atTheEnd.createdTwice.length],
	['unsaid', 6, ({ atTheEnd }) => atTheEnd.createdUnsaid.length],
	['calls', 5, ({ xeroCalls }) => xeroCalls],
	['refused', 7, ({ refused }) => refused],
	['seconds', 7, ({ seconds }) => seconds],
];

const inColumn = (text: string, width: number): string =>
	width < 0 ? text.padEnd(-width) : text.padStart(width);

const ROUNDS_NOTE =
	'* when all was quiet; then what was lost came again by Knack Trigger; at last all of them came once more';

/** The head of the rounds, below what its stars mean. */
export function roundHead(): readonly string[] {
	return [ROUNDS_NOTE, COLUMNS.map(([title, width]) => inColumn(title, width)).join('  ')];
}

/** The figures of one round, below the head. */
export function roundLine(result: RoundResult): string {
	return COLUMNS.map(([, width, value]) => inColumn(String(value(result)), width)).join('  ');
}

/** The figures of events on invoices. */
export function paymentLines(payments: PaymentResult): readonly string[] {
	return [
		`${payments.events} events on ${payments.invoices} invoices: ${payments.executions} executions, ${payments.failed} failed, ${payments.unlikeXero.length} orders unlike Xero, ${payments.missedWhileDown.length} missed while main was down, missing by round ${payments.missingByRound.join(', ')}, in ${payments.seconds} s`,
		`  writes to Knack: ${Object.entries(payments.writesBy)
			.map(([name, count]) => `${name} ${count}`)
			.join(', ')}`,
	];
}
