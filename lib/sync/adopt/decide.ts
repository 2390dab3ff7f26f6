import type { Issue } from '../../issue';
import type { XeroDocument } from '../../xero/documents/definition';
import type { Match } from '../find/matching';
import type { Candidate } from './signs';

/** What is known of one record of the run before it is decided what belongs to whom. */
export interface Claim {
	/** The record; the same record delivered twice claims once. */
	readonly claimant: string;
	/** What the keys say; undefined for a record that is not looked up. */
	readonly match?: Match;
	/** Whether the record keeps the document's id already. */
	readonly isKept: boolean;
	/** What might be the record's although no key says so. */
	readonly candidates: readonly Candidate[];
}

export type Decision =
	/** The record is linked to its document already. */
	| { readonly kind: 'kept'; readonly document: XeroDocument; readonly issues: readonly Issue[] }
	| {
			readonly kind: 'link';
			readonly document: XeroDocument;
			/** The key that decided; undefined where it was signs. */
			readonly by?: string;
			readonly reasons: readonly string[];
			readonly issues: readonly Issue[];
	  }
	/** A key cannot decide: its own issues say why. */
	| { readonly kind: 'stopped'; readonly issues: readonly Issue[] }
	| { readonly kind: 'missing' }
	/** It was voided or deleted. */
	| { readonly kind: 'gone'; readonly candidate: Candidate }
	/** Other records want the document, or one outside of this run is linked to it. */
	| {
			readonly kind: 'claimed';
			readonly candidate: Candidate;
			readonly others: 'ofRun' | 'elsewhere';
	  }
	| {
			readonly kind: 'uncertain';
			readonly candidates: readonly Candidate[];
			/** Several have enough signs; else none has. */
			readonly isAmbiguous: boolean;
	  };

export interface DecideOptions {
	readonly isGone: (document: XeroDocument) => boolean;
	/** Whether a record outside of the claimant is linked to the document already. */
	readonly isLinkedElsewhere: (documentId: string, claimant: string) => boolean;
}

/**
 * Decides for every record which document is its own. A document is nobody's as soon as two records
 * claim it, and a document that only signs speak for is taken only where it stands alone. Pure.
 */
export function decideClaims(claims: readonly Claim[], options: DecideOptions): Decision[] {
	const byKey = keyClaims(claims);
	const contested = new Set(
		claims.flatMap(({ match }) =>
			match?.kind === 'stopped'
				? match.issues.flatMap(({ candidates }) => (candidates ?? []).map(({ id }) => id))
				: [],
		),
	);
	const choices = claims.map((claim) =>
		claim.match?.kind === 'missing' ? choose(claim, byKey, contested, options) : undefined,
	);
	const wanters = byDocument(claims);
	return claims.map((claim, position): Decision => {
		const { match } = claim;
		if (match?.kind === 'matched') return byKeyDecision(claim, match, byKey, options);
		if (match?.kind === 'stopped') return { kind: 'stopped', issues: match.issues };
		const choice = choices[position];
		if (!choice) return { kind: 'missing' };
		if (choice.kind !== 'chosen') return choice;
		const { candidate } = choice;
		const isWanted = (wanters.get(candidate.document.id) ?? []).some((at) =>
			wants(claims[at], choices[at], candidate, claim),
		);
		if (isWanted) return { kind: 'claimed', candidate, others: 'ofRun' };
		const { document, reasons } = candidate;
		return { kind: 'link', document, reasons, issues: [] };
	});
}

/** Positions of the claims for which a document is a candidate. */
function byDocument(claims: readonly Claim[]): ReadonlyMap<string, readonly number[]> {
	const found = new Map<string, number[]>();
	claims.forEach(({ candidates }, position) => {
		for (const { document } of candidates) {
			const positions = found.get(document.id);
			if (positions) positions.push(position);
			else found.set(document.id, [position]);
		}
	});
	return found;
}

interface KeyClaim {
	readonly claimants: ReadonlySet<string>;
	/** The claimants that keep its id. */
	readonly keepers: ReadonlySet<string>;
}

function keyClaims(claims: readonly Claim[]): ReadonlyMap<string, KeyClaim> {
	const found = new Map<string, { claimants: Set<string>; keepers: Set<string> }>();
	for (const { claimant, match, isKept } of claims) {
		if (match?.kind !== 'matched') continue;
		const { id } = match.document;
		const claim = found.get(id) ?? { claimants: new Set(), keepers: new Set() };
		claim.claimants.add(claimant);
		if (isKept) claim.keepers.add(claimant);
		found.set(id, claim);
	}
	return found;
}

function byKeyDecision(
	{ claimant, isKept }: Claim,
	{ document, by, issues }: Extract<Match, { kind: 'matched' }>,
	byKey: ReadonlyMap<string, KeyClaim>,
	{ isLinkedElsewhere }: DecideOptions,
): Decision {
	const claim = byKey.get(document.id);
	const rivals = isKept ? claim?.keepers : claim?.claimants;
	const candidate: Candidate = {
		document,
		rank: 'sure',
		namesAnother: false,
		reasons: [],
	};
	const isKeptByAnother = !isKept && [...(claim?.keepers ?? [])].some((each) => each !== claimant);
	if (isKeptByAnother) return { kind: 'claimed', candidate, others: 'elsewhere' };
	if (rivals && rivals.size > 1) return { kind: 'claimed', candidate, others: 'ofRun' };
	if (isKept) return { kind: 'kept', document, issues };
	if (isLinkedElsewhere(document.id, claimant)) {
		return { kind: 'claimed', candidate, others: 'elsewhere' };
	}
	return { kind: 'link', document, by, reasons: [], issues };
}

type Choice =
	| { readonly kind: 'chosen'; readonly candidate: Candidate }
	| Extract<Decision, { kind: 'missing' | 'gone' | 'claimed' | 'uncertain' }>;

function choose(
	claim: Claim,
	byKey: ReadonlyMap<string, KeyClaim>,
	contested: ReadonlySet<string>,
	{ isGone, isLinkedElsewhere }: DecideOptions,
): Choice {
	const isTaken = ({ document }: Candidate) =>
		byKey.has(document.id) || isLinkedElsewhere(document.id, claim.claimant);
	// What belongs to another record is no candidate, unless it names this one.
	const named = claim.candidates.find((each) => each.rank === 'sure' && isTaken(each));
	if (named) {
		const rival = byKey.get(named.document.id);
		const others = rival?.keepers.size === 0 ? 'ofRun' : 'elsewhere';
		return { kind: 'claimed', candidate: named, others };
	}
	const free = claim.candidates
		.filter((each) => !isTaken(each))
		.map((each) =>
			contested.has(each.document.id) ? { ...each, rank: 'possible' as const } : each,
		);
	const live = free.filter(({ document }) => !isGone(document));
	if (live.length === 0) {
		const gone = free.find(({ rank }) => rank !== 'possible');
		return gone ? { kind: 'gone', candidate: gone } : { kind: 'missing' };
	}
	const sure = live.filter(({ rank }) => rank === 'sure');
	const likely = live.filter(({ rank }) => rank === 'likely');
	const enough = sure.length > 0 ? sure : likely;
	const [only] = enough;
	const rest = live.filter((each) => !each.namesAnother && each !== only);
	if (only && enough.length === 1 && (sure.length === 1 || rest.length === 0)) {
		return { kind: 'chosen', candidate: only };
	}
	return { kind: 'uncertain', candidates: live, isAmbiguous: enough.length > 1 };
}

/** Whether another record could be meant by what this one has chosen. */
function wants(
	other: Claim | undefined,
	choice: Choice | undefined,
	{ document, rank }: Candidate,
	chooser: Claim,
): boolean {
	if (other?.match?.kind !== 'missing' || other.claimant === chooser.claimant) return false;
	if (choice?.kind === 'chosen') return choice.candidate.document.id === document.id;
	const theirs = other.candidates.find((each) => each.document.id === document.id);
	if (!theirs) return false;
	// Without a name to go by, whoever could be meant as well makes it doubtful.
	return rank === 'sure' ? theirs.rank === 'sure' : !theirs.namesAnother;
}
