import type {
	DocumentDefinition,
	DocumentKey,
	XeroDocument,
} from '../../xero/documents/definition';
import { issueOf, isStopping, type RuleSeverities } from '../check/check';
import { headerText, textOf } from '../check/draftValues';
import type { LateRule } from '../check/rule';
import { LATE_RULES } from '../check/rules/lateRules';
import { correctionToken } from '../sourceLink/correctionToken';
import { bearsMarkOf, readSourceMark } from '../sourceLink/sourceMark';
import { isFoundByLink } from './decidingKey';
import { decide, type Against, type Identity, type TableRow } from './decisionTable';
import { documentLabel, type DocumentIndex } from './documentIndex';
import { wordsOfDoubt } from './doubtWords';
import { weigh, type Evidence, type Sought, type Tie } from './evidence';
import { isFullyCredited } from './fullyCredited';
import type { Match } from './matching';
import { agreesWithin } from './within';

/** What differs between those who look for a document. */
export interface DocumentLens {
	/** Whether a voided or deleted document may be what is wanted, as for a change of status. */
	readonly takesGone?: boolean;
	/** Whether a link to the source does not count under another contact than the record names. */
	readonly contactMustAgree?: boolean;
	/** Whether the record's link alone leads to a document, whatever number it has by now. */
	readonly takesLinked?: boolean;
	/** Whether it is asked what speaks for a document that is the record's by its id or link. */
	readonly tellsReasons?: boolean;
}

interface Judged {
	readonly evidence: Evidence;
	readonly row: TableRow;
}

/**
 * Finds the one document that a record means. Every candidate that the record's id or keys lead to
 * is weighed, and the decision table says of each whether it is the record's. Pure.
 */
export function findDocument(
	index: DocumentIndex,
	sought: Sought,
	severities: RuleSeverities,
	lens: DocumentLens = {},
): Match {
	const { definition, draft } = sought;
	if (draft.id !== undefined) {
		const kept = index.get(draft.id);
		if (!kept) return idUnknown(definition, draft.id, severities);
		return answerOf(sought, [judge(sought, kept, { identity: 'own', by: 'id' }, lens)], severities);
	}
	const judged = candidatesOf(index, sought, lens).map(({ document, tie }) =>
		judge(sought, document, tie, lens),
	);
	return answerOf(sought, judged, severities);
}

interface Candidate {
	readonly document: XeroDocument;
	readonly tie: Tie;
}

const BY_LINK: Tie = { identity: 'own', by: 'sourceLink' };

/** Every document that has a key of the record, each tied by the surest. */
function candidatesOf(
	index: DocumentIndex,
	{ definition, draft, contact }: Sought,
	{ contactMustAgree, takesLinked }: DocumentLens,
): Candidate[] {
	const found = new Map<string, Candidate>();
	for (const key of definition.keys) {
		const value = headerText(draft, key.path);
		if (value === undefined || key.needsLink) continue;
		const documents = index
			.find(key.path, value)
			.filter((document) => agreesWithin(key, draft.fields, document.fields));
		const contacts = new Set(documents.map(({ contactId }) => contactId));
		for (const document of documents) {
			if (found.has(document.id)) continue;
			const isElsewhere =
				contactMustAgree === true &&
				contact.kind === 'known' &&
				contact.contactId !== document.contactId;
			const isOwn =
				!isElsewhere && bearsMarkOf(textOf(document.fields.url), draft.source) === 'this';
			const identity = identityOf(definition, key);
			const byKey: Tie = { identity, by: key.path, isRare: contacts.size === 1 };
			found.set(document.id, { document, tie: isOwn ? BY_LINK : byKey });
		}
	}
	const takesAnyLinked = takesLinked || isFoundByLink(definition);
	for (const document of takesAnyLinked ? index.linkedTo(draft.source) : []) {
		if (!found.has(document.id)) found.set(document.id, { document, tie: BY_LINK });
	}
	return [...found.values()];
}

function identityOf({ numberPath }: DocumentDefinition, key: DocumentKey): Identity {
	const isOwn = key.path === numberPath && !key.withinContact && !key.isShared;
	const isNumber = key.enforced || isOwn;
	return isNumber ? 'number' : 'reference';
}

function judge(sought: Sought, document: XeroDocument, tie: Tie, lens: DocumentLens): Judged {
	const evidence = weigh(sought, document, tie, lens.tellsReasons);
	const against = lens.takesGone
		? new Set([...evidence.against].filter((each) => each !== 'gone'))
		: evidence.against;
	return { evidence, row: decide({ ...evidence, against }) };
}

const RANK: Readonly<Record<Identity, number>> = { own: 0, number: 1, reference: 2 };

function answerOf(sought: Sought, judged: readonly Judged[], severities: RuleSeverities): Match {
	const told = judged.filter(({ row }) => row.answer !== 'none');
	const own = told.filter(({ evidence }) => RANK[evidence.identity] === 0);
	// What the record itself names leaves no room for what merely has its number or reference.
	const weighed = own.length > 0 ? own : told;
	const isGone = ({ evidence }: Judged) => evidence.against.has('gone');
	const fitting = weighed.filter(({ row }) => row.answer === 'this');
	const [only, another] = preferred(fitting);
	if (only && !another) {
		const { document, by, speaksFor } = only.evidence;
		const reasons = speaksFor.length === 0 ? {} : { reasons: speaksFor };
		return { kind: 'matched', document, by, issues: [], ...reasons };
	}
	if (only) {
		const evidence = fitting.map((each) => each.evidence);
		return ambiguous(sought, evidence, severities);
	}
	// None of them fits, so all are unclear.
	const first = weighed.find((each) => !isGone(each)) ?? weighed[0];
	if (!first) return { kind: 'missing', issues: [] };
	return doubted(sought, first, severities);
}

/** Of several that fit, those that a surer tie or more agreement sets apart. */
function preferred(fitting: readonly Judged[]): readonly Judged[] {
	const live = fitting.filter(({ evidence }) => !evidence.against.has('gone'));
	const among = live.length > 0 ? live : fitting;
	const best = Math.min(...among.map(({ evidence }) => RANK[evidence.identity]));
	const surest = among.filter(({ evidence }) => RANK[evidence.identity] === best);
	// A document that was corrected is fully credited, and its successor bears the same link.
	const corrected = new Set(
		surest.map(({ evidence }) => readSourceMark(textOf(evidence.document.fields.url))?.corrects),
	);
	const last = surest.filter(({ evidence }) => !corrected.has(correctionToken(evidence.document)));
	const newest = last.length > 0 ? last : surest;
	const open = newest.filter(({ evidence }) => !isFullyCredited(evidence.document));
	return open.length > 0 ? open : newest;
}

function stopped(
	definition: DocumentDefinition,
	rule: LateRule,
	finding: { readonly field?: string; readonly message: string; readonly fix: string },
	documents: readonly XeroDocument[],
	severities: RuleSeverities,
): Extract<Match, { kind: 'stopped' }> {
	const candidates = documents.map((each) => ({
		id: each.id,
		label: documentLabel(definition, each),
	}));
	return { kind: 'stopped', issues: issueOf(rule, finding, severities, { candidates }) };
}

function idUnknown(definition: DocumentDefinition, id: string, severities: RuleSeverities): Match {
	return stopped(
		definition,
		LATE_RULES.idUnknown,
		{
			message: `The ${definition.label} ID kept in Knack (${id}) is not in this organisation.`,
			fix: 'Clear the id on the Knack record, or check that the right organisation is chosen.',
		},
		[],
		severities,
	);
}

function ambiguous(
	{ definition, draft }: Sought,
	evidence: readonly Evidence[],
	severities: RuleSeverities,
): Match {
	const documents = evidence.map(({ document }) => document);
	const [first] = evidence;
	const by = first?.by ?? '';
	const value = draft.name ?? textOf(first?.document.fields[by]);
	const shared =
		value === undefined ? 'are this record’s by their link to the source' : `have "${value}"`;
	const held = stopped(
		definition,
		LATE_RULES.documentAmbiguous,
		{
			field: value === undefined ? undefined : by,
			message: `${documents.length} ${definition.plural} in Xero ${shared}: ${documents.map((each) => documentLabel(definition, each)).join('; ')}.`,
			fix: 'Keep the right one’s id or number in Knack, or void the surplus one in Xero.',
		},
		documents,
		severities,
	);
	return { ...held, fitting: { documents, by } };
}

function doubted(sought: Sought, { evidence, row }: Judged, severities: RuleSeverities): Match {
	const { definition } = sought;
	const { rule, message, fix } = wordsOfDoubt(row.doubt ?? 'contradicted', sought, evidence);
	const isKey = definition.keys.some(({ path }) => path === evidence.by);
	const held = stopped(
		definition,
		rule,
		{ field: isKey ? evidence.by : undefined, message, fix },
		[evidence.document],
		severities,
	);
	// Where the user has lowered the rule, such a document is taken for another's.
	if (!held.issues.some(isStopping)) return { kind: 'missing', issues: held.issues };
	return isUnderOtherName(evidence) ? { ...held, underOtherName: evidence.document } : held;
}

const SURELY_NOT: readonly Against[] = ['gone', 'markOfAnother', 'keptByAnother'];

/** More than a number or reference, which others use too, makes one think that it is the record's. */
function isUnderOtherName({ identity, against, support }: Evidence): boolean {
	return (
		against.has('contactUnknown') &&
		!SURELY_NOT.some((each) => against.has(each)) &&
		(identity === 'own' || support > 0)
	);
}
