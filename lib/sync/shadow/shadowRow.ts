import type { Issue } from '../../issue';
import { moneyText, type Decimal } from '../../money';
import type { DocumentAmounts, XeroDocument } from '../../xero/documents/definition';
import { isStopping } from '../check/check';
import { textOf } from '../check/draftValues';
import { compareRow } from '../compare/compareRow';
import { documentName, recordName } from '../compare/comparedNames';
import type { Comparing } from '../compare/comparing';
import type { Draft } from '../draft';
import { isFullyCredited } from '../find/fullyCredited';
import { asMatched, asStopped } from '../find/matching';
import { planned, type Row } from '../row';
import { readSourceMark } from '../sourceLink/sourceMark';
import { shadowDifferences, type ShadowDifference } from './shadowDifferences';
import type { Shadow } from './kinds';
import type { Theirs } from './theirDocuments';

/** A document of the period: what they did, and what we would have done. */
export interface ShadowedDocument {
	readonly shadow: Shadow;
	/** What is to be said of it beside its differences, in whole sentences. */
	readonly said: string;
	/** Number, reference or contact, as people know it. */
	readonly record: string;
	readonly draft?: Draft;
	readonly itemIndexes: readonly number[];
	/** What is in Xero: theirs, and ours where there is one already. */
	readonly documents: readonly XeroDocument[];
	readonly differences: readonly ShadowDifference[];
	/** What theirs was recognised by; see `Theirs`. */
	readonly by?: string;
	/** What it comes to: theirs; ours where they have none; of doubles what is there too often. */
	readonly amount?: { readonly total: Decimal; readonly currency: string };
	/** What we would hold it for, or ask a person about. */
	readonly issues: readonly Issue[];
}

/** What is in Xero of a record. */
interface InXero {
	readonly theirs?: Theirs;
	readonly ours: readonly XeroDocument[];
	byId(id: string): XeroDocument | undefined;
}

/** Whether it bears our mark, of whichever record. */
export function isOurs({ fields }: XeroDocument): boolean {
	return readSourceMark(textOf(fields.url)) !== undefined;
}

/** Says of a record what they did and what we would have done. Pure. */
export function shadowRow(comparing: Comparing, row: Row, inXero: InXero): ShadowedDocument {
	const { theirs, ours } = inXero;
	const { draft } = row;
	const [first, ...doubles] = theirs?.documents ?? [];
	const base = {
		record: recordName(comparing.definition, draft, first),
		draft,
		itemIndexes: draft.itemIndexes,
		documents: [...(theirs?.documents ?? []), ...ours],
		differences: [],
		issues: [],
		...(theirs ? { by: theirs.by } : {}),
		...(first ? { amount: first.amounts } : {}),
	};
	if (!first || !theirs) return withoutTheirs(comparing, row, inXero, base);
	if (draft.skipReason !== undefined) {
		return { ...base, shadow: 'onlyTheirs', said: `We leave it out: ${draft.skipReason}` };
	}
	const held = heldIssues(row, true);
	const differences =
		held.length > 0
			? [heldDifference(held, first)]
			: shadowDifferences(comparing, row, first, inXero.byId);
	const told = { ...base, differences, issues: held };
	if (doubles.length === 0 && ours.length === 0) {
		const shadow = differences.length > 0 ? 'different' : 'same';
		return { ...told, shadow, said: `Theirs is ${nameWithTotal(comparing, first)}.` };
	}
	const names = base.documents.map((each) => nameWithTotal(comparing, each)).join('; ');
	const beside = ours.length > 0 ? ', ours among them' : '';
	return {
		...told,
		shadow: 'doubledByThem',
		said: `One record is in Xero ${base.documents.length} times: ${names}${beside}.`,
		amount: tooMuch(ours.length > 0 ? theirs.documents : doubles),
	};
}

function withoutTheirs(
	comparing: Comparing,
	row: Row,
	{ ours, byId }: InXero,
	base: Omit<ShadowedDocument, 'shadow' | 'said'>,
): ShadowedDocument {
	const { skipReason } = row.draft;
	const [own] = ours;
	if (own) {
		const said = `It is in Xero already, by us: ${nameWithTotal(comparing, own)}. They have none.`;
		return { ...base, shadow: 'onlyOurs', said, amount: own.amounts };
	}
	if (skipReason !== undefined) return { ...base, shadow: 'leftOut', said: skipReason };
	const [create] = planned([row], 'create');
	const [missing] = create ? (compareRow(comparing, row, byId)?.findings ?? []) : [];
	if (missing) {
		const said = `We would make it: ${missing.ours}. They have none.`;
		const amount = create?.plan.amounts;
		return { ...base, shadow: 'onlyOurs', said, ...(amount ? { amount } : {}) };
	}
	const gone = goneOf(comparing, row, byId);
	if (gone) {
		const { document, theirs } = gone;
		const difference = { field: 'Status', theirs, ours: 'in the books' };
		return {
			...base,
			shadow: 'different',
			said: `Theirs is ${nameWithTotal(comparing, document)}.`,
			documents: [document],
			differences: [difference],
		};
	}
	const issues = heldIssues(row, false);
	const [issue] = issues;
	const said = issue ? `${issue.message} ${issue.fix}` : 'It came to no plan.';
	return { ...base, shadow: 'notCompared', said, issues };
}

/** What they made of the record, where somebody has taken it out of the books since. */
function goneOf(
	comparing: Comparing,
	row: Row,
	byId: InXero['byId'],
): { readonly document: XeroDocument; readonly theirs: string } | undefined {
	const matched = asMatched(row.match)?.document;
	if (matched && isFullyCredited(matched) && !isOurs(matched)) {
		return { document: matched, theirs: 'credited in full' };
	}
	if (!asStopped(row.match)) return undefined;
	const { findings = [], document } = compareRow(comparing, row, byId) ?? {};
	const isVoided = findings.some(({ kind }) => kind === 'voided');
	return isVoided && document && !isOurs(document)
		? { document, theirs: (document.status ?? 'gone').toLowerCase() }
		: undefined;
}

/** Why we would hold the record, had nobody posted it yet; where they have none, what a run would ask. */
function heldIssues({ draft, contact, match, plan }: Row, hasTheirs: boolean): Issue[] {
	const own = [...draft.issues, ...(contact?.plan?.issues ?? [])].filter(isStopping);
	if (own.length > 0) return own;
	if (match?.kind === 'matched') return [];
	if (match?.kind === 'stopped') return hasTheirs ? [] : [...match.issues];
	return (plan?.issues ?? []).filter(isStopping);
}

function heldDifference(held: readonly Issue[], { status }: XeroDocument): ShadowDifference {
	return {
		field: 'Held by Us',
		theirs: `posted${status === undefined ? '' : `, ${status.toLowerCase()}`}`,
		ours: held.map(({ message, fix }) => `${message} ${fix}`).join(' '),
	};
}

function nameWithTotal({ definition }: Comparing, document: XeroDocument): string {
	const { amounts, contactName, fields } = document;
	return [
		documentName(definition, document),
		...(contactName === undefined ? [] : [contactName]),
		...(textOf(fields.date) === undefined ? [] : [String(fields.date)]),
		...(amounts ? [moneyText(amounts.total, amounts.currency)] : []),
	].join(', ');
}

function tooMuch(documents: readonly XeroDocument[]): ShadowedDocument['amount'] {
	const amounts = documents.flatMap((each): DocumentAmounts[] =>
		each.amounts ? [each.amounts] : [],
	);
	const [first, ...others] = amounts;
	if (!first) return undefined;
	const total = others.reduce((sum, each) => sum.plus(each.total), first.total);
	return { total, currency: first.currency };
}
