import { DateTime } from 'luxon';

import type { AccountState, AppState, KnackState } from './state';

const dayMs = 86_400_000;

/** A new account's allowance: Corporate's 10,000 calls a day (docs.knack.com/docs/api-limits). */
const defaultPlanLimit = 10_000;

export interface CountedCall {
	headers: Record<string, string>;
	/** The text of a 429, when the call is over a limit. */
	refusal?: string;
}

/** The account's counter for today; the allowance begins anew at 00:00 UTC. */
export function accountOf(state: KnackState, app: AppState, nowMs: number): AccountState {
	const day = DateTime.fromMillis(nowMs, { zone: 'utc' }).toFormat('yyyy-MM-dd');
	const account = state.accounts.get(app.account);
	if (account?.day === day) return account;
	const fresh = { planLimit: account?.planLimit ?? defaultPlanLimit, used: 0, day };
	state.accounts.set(app.account, fresh);
	return fresh;
}

/** Counts a call against ten a second and the day's allowance, and gives the six limit headers. */
export function countCall(state: KnackState, app: AppState, nowMs: number): CountedCall {
	const second = Math.floor(nowMs / 1000);
	let rate = state.rates.get(app.id);
	if (rate?.second !== second) {
		rate = { second, used: 0 };
		state.rates.set(app.id, rate);
	}
	const account = accountOf(state, app, nowMs);
	const perSecond = state.perSecond ?? Number.POSITIVE_INFINITY;
	const tooFast = rate.used >= perSecond;
	const spent = state.flags.planExhausted || account.used >= account.planLimit;
	if (!tooFast) rate.used += 1;
	if (!tooFast && !spent) account.used += 1;
	const headers: Record<string, string> = {
		'X-PlanLimit-Limit': String(account.planLimit),
		'X-PlanLimit-Remaining': String(
			state.flags.planExhausted ? 0 : Math.max(0, account.planLimit - account.used),
		),
		'X-PlanLimit-Reset': String(dayMs - (nowMs % dayMs)),
		'X-RateLimit-Limit': String(state.perSecond ?? 10),
		'X-RateLimit-Remaining': String(
			state.perSecond === null ? 10 : Math.max(0, perSecond - rate.used),
		),
		'X-RateLimit-Reset': String(second + 1),
	};
	const refusal = tooFast ? 'Rate limit exceeded' : spent ? 'Plan limit exceeded' : undefined;
	return {
		headers: state.flags.omitLimitHeaders ? {} : headers,
		...(refusal === undefined ? {} : { refusal }),
	};
}
