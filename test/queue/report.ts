import type { Judgement } from './judgement';
import type { RoundResult } from './orderRound';
import type { QueueResult } from './queueProof';
import { HAS_UNTIL_SYNCED } from './untilSynced';

/** What each part of a judgement means when it is not empty, after how many orders. */
const FAULTS: ReadonlyArray<readonly [keyof Judgement, string]> = [
	['doubled', 'have more than one document'],
	['takenBackNamed', 'places name a document that was taken back'],
	['falseAttention', 'needed a person for nothing'],
	['createdTwice', 'documents were told to be created twice'],
	['createdUnsaid', 'documents were created, and nobody said so'],
	['doubledContacts', 'contacts are there twice'],
	['unknownInKnack', 'are in Xero, and Knack does not know it'],
	['wrongInKnack', 'bear another ID in Knack than their document has'],
];

/** Everything that breaks a promise, each in a sentence with its first examples. */
export function faultsIn({ rounds, payments }: QueueResult): readonly string[] {
	return [...rounds.flatMap(faultsOfRound), ...(payments ? faultsOfPayments(payments) : [])];
}

function faultsOfRound(result: RoundResult): readonly string[] {
	const { round, atRest, atTheEnd, wasKilled } = result;
	const name = `By ${round.key}, ended when ${round.moment.name}`;
	const said = (what: string, examples: readonly string[]): string[] =>
		examples.length === 0
			? []
			: [`${name}: ${examples.length} ${what} (${examples.slice(0, 3).join('; ')})`];
	return [
		...(wasKilled ? [] : [`${name}: there was no such moment, so nothing was proved`]),
		// A draft whose maker died before its second look goes when its record comes again.
		...said('had two documents in the books until they came again', atRest.doubledInTheBooks),
		...(HAS_UNTIL_SYNCED ? [] : said('were lost until somebody delivered them again', atRest.lost)),
		...FAULTS.flatMap(([part, what]) => said(what, atTheEnd[part])),
		...said('have no document', atTheEnd.lost),
	];
}

function faultsOfPayments(payments: NonNullable<QueueResult['payments']>): readonly string[] {
	const { unlikeXero, missedWhileDown, toldMissingTwice, failed } = payments;
	const said = (what: string, examples: readonly string[]): string[] =>
		examples.length === 0
			? []
			: [`${examples.length} ${what} (${examples.slice(0, 3).join('; ')})`];
	return [
		...said('orders do not show what Xero has', unlikeXero),
		...said('payments made while main was down are not in Knack', missedWhileDown),
		...said('invoices without a record were told so more than once', toldMissingTwice),
		...(failed > 0 ? [`${failed} executions on payments failed`] : []),
	];
}

/** The results in tables for a person. */
export function reportLines({ rounds, payments }: QueueResult): readonly string[] {
	const head =
		'key        ended when                                 killed  executions  failed  doubled*  then left  lost*  unknown*  taken back  named  attention  created twice  unsaid  calls  refused  seconds';
	const rows = rounds.map(({ round, atRest, atTheEnd, ...rest }) =>
		[
			round.key.padEnd(10),
			round.moment.name.padEnd(42),
			...[
				[rest.wasKilled ? 'yes' : 'NO', 6],
				[rest.executions, 10],
				[rest.failed, 6],
				[atRest.doubled.length, 8],
				[atTheEnd.doubled.length, 9],
				[atRest.lost.length, 5],
				[atRest.unknownInKnack.length, 8],
				[atTheEnd.takenBack.length, 10],
				[atTheEnd.takenBackNamed.length, 5],
				[atTheEnd.falseAttention.length, 9],
				[atTheEnd.createdTwice.length, 13],
				[atTheEnd.createdUnsaid.length, 6],
				[rest.xeroCalls, 5],
				[rest.refused, 7],
				[rest.seconds, 7],
			].map(([value, width]) => String(value).padStart(Number(width))),
		].join('  '),
	);
	const comesAgain = HAS_UNTIL_SYNCED
		? 'by Knack Trigger until they were in Xero'
		: 'by a second delivery, since Knack Trigger has no setting for it yet';
	return [
		...(rows.length > 0
			? [head, ...rows, `* when all was quiet; these came again ${comesAgain}`]
			: []),
		...(payments
			? [
					`${payments.events} events on ${payments.invoices} invoices: ${payments.executions} executions, ${payments.failed} failed, ${payments.unlikeXero.length} orders unlike Xero, ${payments.missedWhileDown.length} missed while main was down, missing by round ${payments.missingByRound.join(', ')}, in ${payments.seconds} s`,
					`  writes to Knack: ${Object.entries(payments.writesBy)
						.map(([name, count]) => `${name} ${count}`)
						.join(', ')}`,
				]
			: []),
	];
}
