import type { NodeHint } from 'n8n-workflow';

/** Calls a day of Knack's smallest plan (docs.knack.com, "API Limits"). */
const SMALLEST_PLAN = 1_000;

const POLL = '$parameter.pollTimes.item[0]';
const ONLY_ONE = '($parameter.pollTimes.item || []).length === 1';

const grouped = (count: number): string => count.toLocaleString('en-US');

function hint(interval: string, calls: number, condition: string): NodeHint {
	const over = calls > SMALLEST_PLAN;
	return {
		message: `${interval} costs ${grouped(calls)} Knack calls a day, one a poll; ${
			over
				? 'the smallest Knack plan has 1,000 for all apps of the account. Choose a longer interval under Poll Times unless yours has more.'
				: 'records that changed and connected records cost a few more. The smallest Knack plan has 1,000.'
		}`,
		type: over ? 'warning' : 'info',
		location: 'outputPane',
		whenToDisplay: 'always',
		displayCondition: `={{ ${ONLY_ONE} && ${condition} }}`,
	};
}

function everyX(value: number, unit: 'minutes' | 'hours'): NodeHint {
	const aDay = unit === 'minutes' ? 1_440 : 24;
	const words = value === 1 ? unit.slice(0, -1) : `${value} ${unit}`;
	return hint(
		`Every ${words}`,
		Math.floor(aDay / value),
		`${POLL}.mode === "everyX" && ${POLL}.unit === "${unit}" && Number(${POLL}.value) === ${value}`,
	);
}

const MINUTES = Array.from({ length: 60 }, (_, index) => index + 1);
const HOURS = Array.from({ length: 24 }, (_, index) => index + 1);

/** What the poll interval costs, in the output pane, with the arithmetic done. */
export const callHints: NodeHint[] = [
	hint('Every minute', 1_440, `${POLL}.mode === "everyMinute"`),
	hint('Every hour', 24, `${POLL}.mode === "everyHour"`),
	...MINUTES.map((value) => everyX(value, 'minutes')),
	...HOURS.map((value) => everyX(value, 'hours')),
	{
		message:
			'Each poll costs a Knack call: every minute 1,440 a day, every 5 minutes 288, every 15 minutes 96, every hour 24. Several Poll Times add up.',
		type: 'info',
		location: 'outputPane',
		whenToDisplay: 'always',
		displayCondition: `={{ !(${ONLY_ONE}) || ${POLL}.mode === "custom" }}`,
	},
	{
		message:
			'Record Created or Updated with a Modified Date Field makes two calls a poll: one for new records, one for edits.',
		type: 'info',
		location: 'outputPane',
		whenToDisplay: 'always',
		displayCondition:
			'={{ $parameter.triggerOn === "createdOrUpdated" && ($parameter.modifiedField || "none") !== "none" }}',
	},
];
