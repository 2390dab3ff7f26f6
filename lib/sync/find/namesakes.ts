import { isSameText } from '../../foldText';
import type { Issue } from '../../issue';
import { isStopping, issueOf, type RuleSeverities } from '../check/check';
import { textOf } from '../check/draftValues';
import { LATE_RULES } from '../check/rules/lateRules';
import type { ContactRow, Row } from '../row';
import type { WantedContact } from './contactIndex';
import { contactOfDraft } from './lookUp';
import { differs } from './lookingForContact';
import { asMatched, type Match } from './matching';
import { foldText, looseName } from './names';

/** What of a contact no other contact of the run may have, and what is said of two that do. */
interface Claim {
	readonly key: string;
	readonly words: string;
	/** Whether the two names are merely written nearly alike. */
	readonly isLoose?: boolean;
	/** Whether two may have it that say the same of themselves. */
	readonly isForAlike?: boolean;
}

/** A contact of the run with the row that it is, or that is a record of its own. */
interface Claimant {
	readonly row: Row;
	readonly wanted: WantedContact;
}

/**
 * Two contacts of the run that lead to one, or would bear one name, are two people: the one that the
 * surer sign leads there stays, the other is held. A contact that was merged into another is that one
 * from now on, and both go there, unless it would be written over.
 */
export function holdNamesakes(
	rows: readonly ContactRow[],
	overwrites: boolean,
	severities: RuleSeverities,
): void {
	const claimants = rows.map((row): Claimant => ({ row, wanted: row.wanted }));
	holdClaimants(claimants, 'contact.name', severities, (claimant) => {
		const match = asMatched(claimant.row.match);
		const isTarget = match && (overwrites || match.isThroughMerge !== true);
		const words = 'lead to one contact in Xero';
		return [
			...(isTarget ? [{ key: `id ${match.document.id}`, words, isForAlike: !overwrites }] : []),
			...namesOf(claimant),
		];
	});
}

/** Two contacts that are records themselves and would bear one name. */
export function holdNamesakeRecords(rows: readonly Row[], severities: RuleSeverities): void {
	const claimants = rows
		.filter(({ repeats }) => !repeats)
		.map((row): Claimant => ({ row, wanted: contactOfDraft(row.draft) }));
	holdClaimants(claimants, 'name', severities, namesOf);
}

function holdClaimants(
	claimants: readonly Claimant[],
	field: string,
	severities: RuleSeverities,
	claimsOf: (claimant: Claimant) => readonly Claim[],
): void {
	const taken = new Map<string, Claimant[]>();
	const surestFirst = [...claimants].sort(
		(a, b) =>
			Number(isOtherwiseNamed(a)) - Number(isOtherwiseNamed(b)) ||
			signRank(a.row.match) - signRank(b.row.match),
	);
	for (const claimant of surestFirst) {
		const claims = claimsOf(claimant);
		const [rival] = claims.flatMap(({ key, ...claim }) => {
			const first = taken
				.get(key)
				?.find((each) => !claim.isForAlike || !areAlike(each.wanted, claimant.wanted));
			// A number of its own tells a name written nearly alike apart, as one that is in Xero.
			const isApart = claim.isLoose && claimant.wanted.contactNumber !== undefined;
			return first && !isApart ? [{ first, ...claim }] : [];
		});
		const issues = rival ? issuesOf(rival, claimant, field, severities) : [];
		if (issues.some(isStopping)) claimant.row.match = { kind: 'stopped', issues };
		else for (const { key } of claims) taken.set(key, [...(taken.get(key) ?? []), claimant]);
	}
}

/** One name, and nothing else that differs: one of them has the Contact ID, the other has not. */
function areAlike(one: WantedContact, other: WantedContact): boolean {
	const isOneName = one.name !== undefined && isSameText(one.name, other.name ?? '');
	return (
		isOneName &&
		!differs(one.contactNumber, other.contactNumber) &&
		!differs(one.emailAddress, other.emailAddress)
	);
}

function issuesOf(
	{ first, words, isLoose }: Omit<Claim, 'key'> & { readonly first: Claimant },
	claimant: Claimant,
	field: string,
	severities: RuleSeverities,
): Issue[] {
	const both = `Two records of this run ${words}: ${wordsFor(first)}; ${wordsFor(claimant)}.`;
	const withId = first.wanted.id !== undefined || claimant.wanted.id !== undefined;
	const finding = isLoose
		? {
				message: both,
				fix: 'If it is one contact, write the same name on both records. If not, give each a Contact Code.',
			}
		: {
				message: `${both} Xero does not keep two contacts of one name.`,
				fix: `If it is one contact, ${withId ? 'keep its Contact ID on both records' : 'write the same name and Contact Code on both records'}. If not, write the names so that the two differ.`,
			};
	const rule = isLoose ? LATE_RULES.contactLooksAlike : LATE_RULES.contactContradicted;
	return issueOf(rule, { field, ...finding }, severities);
}

/**
 * The name that a contact would be made under; or that its record says of another one, whose code
 * and name a later run would find contradictory. What keeps its id may be named as it likes.
 */
function namesOf(claimant: Claimant): Claim[] {
	const { wanted, row } = claimant;
	const claims =
		row.match?.kind === 'missing' ||
		(asMatched(row.match)?.by !== 'id' && isOtherwiseNamed(claimant));
	if (wanted.name === undefined || !claims) return [];
	const loose = row.match?.kind === 'missing' ? looseName(wanted.name) : '';
	const alike = { words: 'name new contacts that are written nearly alike', isLoose: true };
	return [
		{ key: `name ${foldText(wanted.name)}`, words: 'are contacts of one name' },
		...(loose === '' ? [] : [{ key: `loose ${loose}`, ...alike }]),
	];
}

/** Whether a record leads to a contact of another name, such as the one that it was merged into. */
function isOtherwiseNamed({ row: { match }, wanted }: Claimant): boolean {
	const name = textOf(asMatched(match)?.document.fields.name);
	return name !== undefined && !isSameText(name, wanted.name ?? name);
}

const SIGNS = ['id', 'contactNumber', 'name', 'similarName', 'emailAddress'];

function signRank(match: Match | undefined): number {
	return SIGNS.indexOf(asMatched(match)?.by ?? '');
}

function wordsFor({ wanted, row }: Claimant): string {
	const { knackRecordId } = row.draft.source;
	return [
		wanted.name,
		wanted.emailAddress,
		wanted.contactNumber,
		knackRecordId && `record ${knackRecordId}`,
	]
		.filter(Boolean)
		.join(', ');
}
