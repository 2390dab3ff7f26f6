import type { NodeHint } from 'n8n-workflow';

/** Calls a day of Xero's smallest developer plan (developer.xero.com, "OAuth 2.0 API limits"). */
const SMALLEST_PLAN = '1,000';

const DOCUMENT_LISTS =
	'(["CONTACT", "CREDITNOTE", "OVERPAYMENT", "PREPAYMENT"].filter((one) => !($parameter.categories || []).length || $parameter.categories.includes(one)).length + (!($parameter.categories || []).length || $parameter.categories.includes("INVOICE") || $parameter.categories.includes("PAYMENT") ? 1 : 0))';

function hint(interval: string, minutes: number, lists: number): NodeHint {
	const calls = (1_440 / minutes) * lists;
	return {
		message: `A sweep ${interval} over ${lists === 1 ? 'one list' : `${lists} lists`} costs ${calls.toLocaleString('en-US')} Xero ${calls === 1 ? 'call' : 'calls'} a day for each organisation. The smallest Xero plan has ${SMALLEST_PLAN}.`,
		type: calls > 1_000 ? 'warning' : 'info',
		location: 'outputPane',
		whenToDisplay: 'always',
		displayCondition: `={{ $parameter.sweepMinutes === ${minutes} && ${DOCUMENT_LISTS} === ${lists} }}`,
	};
}

/** What the sweep costs, in the output pane, with the arithmetic done. */
export const sweepHints: NodeHint[] = [
	...[1, 2, 3, 4, 5].flatMap((lists) => [
		hint('every 5 minutes', 5, lists),
		hint('every 15 minutes', 15, lists),
		hint('every 30 minutes', 30, lists),
		hint('every hour', 60, lists),
		hint('every day', 1_440, lists),
	]),
	{
		message:
			'Without a sweep, events that Xero could not deliver are lost: while n8n is down for more than a day, for instance.',
		type: 'warning',
		location: 'outputPane',
		whenToDisplay: 'always',
		displayCondition: '={{ $parameter.sweepMinutes === 0 }}',
	},
];
