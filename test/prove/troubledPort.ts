import type { HttpOutcome, HttpPort } from '../../lib/http';
import type { Random } from './random';

/** The process ends here: nothing after this line of the run happens. */
export class Killed extends Error {
	constructor() {
		super('The process was killed.');
		this.name = 'Killed';
	}
}

/** What goes wrong on the way of a run, by the count of its requests. */
export interface Trouble {
	/** The process dies before request number `atRequest` is sent, or after it was answered. */
	readonly kill?: { readonly atRequest: number; readonly when: 'before' | 'after' };
	/** Share of requests, in percent, whose answer is lost after Xero has carried them out. */
	readonly lostAnswers: number;
	/** Share of requests, in percent, that never reach Xero. */
	readonly lostRequests: number;
	/** Whether requests wait a while, so that two workers get in each other's way. */
	readonly dawdles: boolean;
}

export function randomTrouble(random: Random, isAlone: boolean): Trouble {
	return {
		...(random.percent(60)
			? { kill: { atRequest: random.int(1, 8), when: random.pick(['before', 'after'] as const) } }
			: {}),
		lostAnswers: random.percent(40) ? random.pick([10, 30, 60]) : 0,
		lostRequests: random.percent(20) ? 20 : 0,
		dawdles: !isAlone,
	};
}

const LOST: HttpOutcome = {
	kind: 'noAnswer',
	code: 'ECONNRESET',
	reason: 'The connection was reset.',
};

export function troubledPort(inner: HttpPort, trouble: Trouble, random: Random): HttpPort {
	let requests = 0;
	let isDead = false;
	const die = () => {
		isDead = true;
		throw new Killed();
	};
	return async (request) => {
		// Requests that were under way when the process died are not sent either.
		if (isDead) throw new Killed();
		requests += 1;
		const mine = requests;
		if (trouble.dawdles) {
			for (let turn = random.int(0, 12); turn > 0; turn -= 1) {
				await new Promise<void>((resolve) => setImmediate(resolve));
			}
		}
		if (trouble.kill?.atRequest === mine && trouble.kill.when === 'before') die();
		if (random.percent(trouble.lostRequests)) return LOST;
		const outcome = await inner(request);
		if (trouble.kill?.atRequest === mine && trouble.kill.when === 'after') die();
		return random.percent(trouble.lostAnswers) ? LOST : outcome;
	};
}
