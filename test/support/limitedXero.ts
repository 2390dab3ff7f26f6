import type { HttpOutcome, HttpPort } from '../../lib/http';
import type { VirtualClock } from './virtualClock';

const MINUTE_MS = 60_000;

/** A Xero that answers any request, and counts as Xero does (developer.xero.com, "OAuth 2.0 API limits"). */
export interface LimitedXero {
	/** The way to it of one process, whose calls are counted by its name. */
	port(process: string): HttpPort;
	/** What each process was answered, in order. */
	readonly answers: ReadonlyArray<{
		readonly process: string;
		readonly atMs: number;
		readonly refusedFor?: 'concurrent' | 'minute';
	}>;
}

/** @param minuteOffsetMs when its minutes turn; @param latency how long an answer takes */
export function limitedXero(
	clock: VirtualClock,
	minuteOffsetMs: number,
	latency: () => number,
): LimitedXero {
	const answers: Array<LimitedXero['answers'][number]> = [];
	let underWay = 0;
	let minute = { window: -1, calls: 0 };
	const count = () => {
		const window = Math.floor((clock.now() + minuteOffsetMs) / MINUTE_MS);
		if (minute.window !== window) minute = { window, calls: 0 };
		return minute;
	};
	const refusal = (problem: 'concurrent' | 'minute'): HttpOutcome => {
		const left = MINUTE_MS - ((clock.now() + minuteOffsetMs) % MINUTE_MS);
		const told: Record<string, string> =
			problem === 'minute' ? { 'retry-after': String(Math.ceil(left / 1_000)) } : {};
		const headers = {
			'x-rate-limit-problem': problem,
			'x-minlimit-remaining': remaining(),
			...told,
		};
		return { kind: 'answer', status: 429, headers, body: '' };
	};
	const remaining = () => String(60 - count().calls);
	return {
		answers,
		port: (process) => async () => {
			const travel = latency() / 4;
			await clock.sleep(travel);
			const refusedFor = count().calls >= 60 ? 'minute' : underWay >= 5 ? 'concurrent' : undefined;
			answers.push({ process, atMs: clock.now(), ...(refusedFor ? { refusedFor } : {}) });
			if (refusedFor) {
				const refused = refusal(refusedFor);
				await clock.sleep(travel);
				return refused;
			}
			underWay += 1;
			count().calls += 1;
			const headers = { 'x-minlimit-remaining': remaining() };
			await clock.sleep(latency() / 2);
			underWay -= 1;
			await clock.sleep(travel);
			return { kind: 'answer', status: 200, headers, body: {} };
		},
	};
}
