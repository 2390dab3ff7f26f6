import type { BothWays, PlanOptions } from '../../lib/sync/plan/planInput';
import { customer, planOf, posted } from './planFixtures';

const NEWEST: BothWays = new Map([['emailAddress', 'newest']]);
/** Xero's moment: 28 November 2026, 10:00:00 UTC. */
const IN_XERO_MS = 1_795_860_000_000;
const MINUTE_MS = 60_000;

/** A contact whose e-mail address both sides have changed since they last agreed on it. */
function planned(
	editedAtMs: number | undefined,
	updatedAtMs: number | undefined = IN_XERO_MS,
	options: Partial<PlanOptions> = {},
) {
	const before = customer({ emailAddress: 'old@x.example' });
	const { fingerprint } = planOf(before, undefined);
	const source = {
		...before.source,
		fingerprint,
		...(editedAtMs === undefined ? {} : { editedAtMs }),
	};
	const record = customer({ emailAddress: 'knack@x.example' }, { source });
	const document = {
		...posted(before, { EmailAddress: 'xero@x.example' }),
		updatedAtMs,
	};
	const match = { kind: 'matched', document, by: 'id', issues: [] } as const;
	return planOf(record, document, { match, options: { bothWays: NEWEST, ...options } });
}

describe('the newest of two sides', () => {
	it('is Knack’s where the record was edited later: its value goes over, and both are told', () => {
		const plan = planned(IN_XERO_MS + MINUTE_MS);
		expect(plan).toMatchObject({
			action: 'update',
			changes: [{ field: 'emailAddress', before: 'xero@x.example', after: 'knack@x.example' }],
		});
		expect(plan.forRecord).toBeUndefined();
		const [told] = plan.issues;
		expect(told).toMatchObject({ code: 'XERO_BOTH_CHANGED_DECIDED', severity: 'warn' });
		expect(told?.message).toContain(
			'Email Address is "xero@x.example" in Xero and "knack@x.example" in Knack. Knack wins, which was edited last: Knack 28 November 2026, 10:01',
		);
	});

	it('is Xero’s where the contact was: nothing goes over, and the record is to take it', () => {
		const plan = planned(IN_XERO_MS - MINUTE_MS);
		expect(plan.action).toBe('keep');
		expect(plan.forRecord?.values).toEqual({ emailAddress: 'xero@x.example' });
		expect(plan.issues).toMatchObject([{ code: 'XERO_BOTH_CHANGED_DECIDED', severity: 'warn' }]);
		expect(plan.issues[0]?.message).toContain('Xero wins');
	});

	it.each<[string, number | undefined, number | undefined, string]>([
		['the record does not say', undefined, IN_XERO_MS, 'give Record Edited On'],
		['Xero does not say', IN_XERO_MS, Number.NaN, 'cannot be told'],
		['both lie within a minute', IN_XERO_MS + MINUTE_MS - 1, IN_XERO_MS, 'within a minute'],
		['both lie within a minute', IN_XERO_MS - MINUTE_MS + 1, IN_XERO_MS, 'within a minute'],
	])('holds where %s', (_, edited, updated, words) => {
		const plan = planned(edited, Number.isNaN(updated) ? undefined : updated);
		expect(plan.action).not.toBe('update');
		expect(plan.forRecord).toBeUndefined();
		const [held] = plan.issues;
		expect(held).toMatchObject({ code: 'XERO_BOTH_CHANGED', severity: 'hold' });
		expect(`${held?.message} ${held?.fix}`).toContain('"knack@x.example" in Knack');
		expect(held?.fix).toContain(words);
	});

	it('says what is missing where no field keeps what was sent: the moments are not read then', () => {
		const plan = planned(undefined, IN_XERO_MS, { keepsFingerprint: false });
		expect(plan.issues[0]).toMatchObject({
			code: 'XERO_BOTH_CHANGED',
			severity: 'hold',
			fix: expect.stringContaining(
				'Newest Wins needs a Sync Fingerprint field: choose one under Write Back to Knack',
			),
		});
		expect(plan.issues[0]?.fix).not.toContain('give Record Edited On');
	});
});
