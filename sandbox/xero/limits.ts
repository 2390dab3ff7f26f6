import type { Answer } from './failures';
import type { WindowCount, World } from './world';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/**
 * Xero's call limits (developer.xero.com, "OAuth 2.0 API limits"): per app and organisation five
 * at once, 60 a minute and 1,000 or 5,000 a day; per app 10,000 a minute. Windows are fixed, and
 * begin at another moment for each organisation.
 */
export class CallLimits {
	private readonly inFlight = new Map<string, number>();

	constructor(private readonly world: World) {}

	/** Counts a call; a refusal counts for nothing but its headers say what is left. */
	enter(clientId: string, tenantId: string): { readonly refusal?: Answer; leave(): void } {
		const { settings } = this.world;
		const pair = `${clientId} ${tenantId}`;
		const flying = this.inFlight.get(pair) ?? 0;
		if (settings.value.limitsOn) {
			const refusal = this.refusal(clientId, tenantId, flying);
			if (refusal) return { refusal, leave: () => {} };
		}
		this.inFlight.set(pair, flying + 1);
		this.count(pair, tenantId);
		this.countApp(clientId);
		return {
			leave: () => {
				const now = (this.inFlight.get(pair) ?? 1) - 1;
				if (now > 0) this.inFlight.set(pair, now);
				else this.inFlight.delete(pair);
			},
		};
	}

	/** The headers each answer carries. */
	headers(clientId: string, tenantId: string): Record<string, string> {
		const { minuteLimit, dayLimit, appMinuteLimit } = this.world.settings.value;
		const pair = `${clientId} ${tenantId}`;
		return {
			'X-MinLimit-Remaining': left(minuteLimit, this.minuteCount(pair, tenantId)),
			'X-DayLimit-Remaining': left(dayLimit, this.dayCount(pair, tenantId)),
			'X-AppMinLimit-Remaining': left(appMinuteLimit, this.minuteCount(clientId, '')),
		};
	}

	/** Sets the calls already made today, as if they had been made elsewhere. */
	setDayCalls(clientId: string, tenantId: string, calls: number): void {
		const pair = `${clientId} ${tenantId}`;
		this.world.dayCounts.put(pair, { window: this.window(DAY_MS, tenantId), calls });
	}

	callsToday(clientId: string, tenantId: string): number {
		return this.dayCount(`${clientId} ${tenantId}`, tenantId);
	}

	private refusal(clientId: string, tenantId: string, flying: number): Answer | undefined {
		const { settings } = this.world;
		const { concurrentLimit, minuteLimit, dayLimit, appMinuteLimit } = settings.value;
		const pair = `${clientId} ${tenantId}`;
		if (this.dayCount(pair, tenantId) >= dayLimit) {
			return tooMany('day', this.secondsLeft(DAY_MS, tenantId));
		}
		if (this.minuteCount(pair, tenantId) >= minuteLimit) {
			return tooMany('minute', this.secondsLeft(MINUTE_MS, tenantId));
		}
		if (this.minuteCount(clientId, '') >= appMinuteLimit) {
			return tooMany(settings.value.appMinuteProblem, this.secondsLeft(MINUTE_MS, ''));
		}
		if (flying >= concurrentLimit) {
			return tooMany('concurrent', settings.value.retryAfterOnConcurrent ? 1 : undefined);
		}
		return undefined;
	}

	private count(pair: string, tenantId: string): void {
		this.world.minuteCounts.put(pair, {
			window: this.window(MINUTE_MS, tenantId),
			calls: this.minuteCount(pair, tenantId) + 1,
		});
		this.world.dayCounts.put(pair, {
			window: this.window(DAY_MS, tenantId),
			calls: this.dayCount(pair, tenantId) + 1,
		});
	}

	private countApp(clientId: string): void {
		this.world.minuteCounts.put(clientId, {
			window: this.window(MINUTE_MS, ''),
			calls: this.minuteCount(clientId, '') + 1,
		});
	}

	private minuteCount(key: string, tenantId: string): number {
		return inWindow(this.world.minuteCounts.get(key), this.window(MINUTE_MS, tenantId));
	}

	private dayCount(pair: string, tenantId: string): number {
		return inWindow(this.world.dayCounts.get(pair), this.window(DAY_MS, tenantId));
	}

	private window(lengthMs: number, tenantId: string): number {
		return Math.floor((this.world.now() + offsetMs(tenantId, lengthMs)) / lengthMs);
	}

	private secondsLeft(lengthMs: number, tenantId: string): number {
		const into = (this.world.now() + offsetMs(tenantId, lengthMs)) % lengthMs;
		return Math.max(1, Math.ceil((lengthMs - into) / 1_000));
	}
}

function inWindow(count: WindowCount | undefined, window: number): number {
	return count?.window === window ? count.calls : 0;
}

function left(limit: number, calls: number): string {
	return String(Math.max(0, limit - calls));
}

/** Where an organisation's windows begin: anything, but always the same. */
function offsetMs(tenantId: string, lengthMs: number): number {
	let mixed = 7;
	for (const character of tenantId) mixed = (mixed * 31 + character.charCodeAt(0)) % 86_400_000;
	return mixed % lengthMs;
}

function tooMany(problem: string, retryAfterSeconds: number | undefined): Answer {
	return {
		status: 429,
		text: '',
		headers: {
			'X-Rate-Limit-Problem': problem,
			...(retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) }),
		},
	};
}
