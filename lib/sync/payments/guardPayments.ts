import type { Issue } from '../../issue';
import { GUARD_RULES } from '../guard/guardRules';
import type { Claim } from './claimRecords';
import type { PaymentGuard } from './paymentGuard';

type RecordClaim = Extract<Claim, { kind: 'record' }>;

/**
 * The claims, with what the guard does not let through as held. A record goes over or waits with all
 * its invoices. Throws ServiceFaultError.
 * @param differs whether what the claim is for would change its record
 */
export async function guardClaims(
	guard: PaymentGuard | undefined,
	claims: readonly Claim[],
	differs: (index: number) => boolean,
): Promise<readonly Claim[]> {
	if (!guard || !claims.some(({ kind }) => kind === 'record')) return claims;
	const refused = await guard.refusal();
	const held = new Set<string>();
	const issueFor = (claim: RecordClaim, index: number): Issue | undefined => {
		const { id } = claim.record;
		if (refused) {
			const { message, fix } = refused.fault;
			return { code: refused.code, severity: 'hold', message, fix };
		}
		const { mostRecords, admitted } = guard;
		if (mostRecords === undefined) return undefined;
		const isOver = differs(index) && !admitted.has(id) && admitted.size >= mostRecords;
		if (isOver) held.add(id);
		else if (differs(index)) admitted.add(id);
		return held.has(id) ? overLimit(mostRecords) : undefined;
	};
	return claims.map((claim, index): Claim => {
		const issue = claim.kind === 'record' ? issueFor(claim, index) : undefined;
		return issue ? { kind: 'attention', outcome: 'held', issue } : claim;
	});
}

function overLimit(most: number): Issue {
	return {
		code: GUARD_RULES.documents.code,
		severity: 'hold',
		message: `Held by Most Records a Run (${most}): ${most} ${most === 1 ? 'record was' : 'records were'} written before it in this run.`,
		fix: 'Look whether so many are meant to change. If they are, run it again, which goes on with the next ones, or raise the limit under Guards.',
	};
}
