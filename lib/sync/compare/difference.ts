import { contentHash } from '../../hash';
import type { FieldValues, XeroDocument } from '../../xero/documents/definition';
import type { Draft } from '../draft';
import { DIFFERENCE_KINDS, type DifferenceKind, type Way } from './kinds';

/** What one side says and the other does not, before it is told whose it is. */
export interface Finding {
	readonly kind: DifferenceKind;
	/** In words; empty where the record has nothing. */
	readonly ours: string;
	/** In words; empty where Xero has nothing. */
	readonly theirs: string;
	/** Paths of the values that it is about: `dueDate`, `lineItems.accountCode`. */
	readonly paths: readonly string[];
	/** What the record says once it takes Xero's, by path of the header. */
	readonly values?: FieldValues;
}

/** A difference between a Knack record and Xero. */
export interface Difference extends Finding {
	/** Which one it is, across runs: the document type, the record or document, and the kind. */
	readonly key: string;
	/** Of what both sides say: a decision holds for these very values. */
	readonly digest: string;
	readonly summary: string;
	/** The record's draft; undefined for a document that no record claims. */
	readonly draft?: Draft;
	readonly document?: XeroDocument;
	/** Number, reference or contact, as people know it. */
	readonly record: string;
	/** The ways that can be carried out for it. */
	readonly ways: readonly Way[];
	/** Drafts are ours, what is posted is Xero's; where that way is not open, a person accepts it. */
	readonly suggested: Way;
}

interface Placing {
	readonly type: string;
	readonly label: string;
	readonly draft?: Draft;
	readonly document?: XeroDocument;
	readonly record: string;
	readonly isPosted: boolean;
	readonly ways: readonly Way[];
}

/** The difference with what tells it from others. */
export function placed(finding: Finding, placing: Placing): Difference {
	const { type, label, draft, document, record, isPosted, ways } = placing;
	const { kind, ours, theirs } = finding;
	const subject = draft?.source.knackRecordId ?? document?.id ?? record;
	const wished: Way = isPosted ? 'takeXeros' : 'sendOurs';
	return {
		...finding,
		key: keyOf(type, subject, kind),
		digest: contentHash({ type, subject, kind, ours, theirs }).slice(0, DIGEST_LENGTH),
		summary: sentence(finding, `${label} ${record}`),
		...(draft ? { draft } : {}),
		...(document ? { document } : {}),
		record,
		ways,
		suggested: ways.includes(wished) ? wished : 'accept',
	};
}

const DIGEST_LENGTH = 24;

function keyOf(type: string, subject: string, kind: DifferenceKind): string {
	return `${type} ${subject} ${kind}`;
}

/** The record or document that a key is of, and of which type; undefined for any other text. */
export function subjectOfKey(key: string): { type: string; subject: string } | undefined {
	const [type, subject, kind, ...more] = key.split(' ');
	if (!type || !subject || !kind || more.length > 0) return undefined;
	return { type, subject };
}

function sentence({ kind, ours, theirs }: Finding, subject: string): string {
	const what = `${subject}: ${DIFFERENCE_KINDS[kind].toLowerCase()}`;
	if (ours === '') return `${what}. In Xero: ${theirs}.`;
	return theirs === ''
		? `${what}. In Knack: ${ours}.`
		: `${what} differs. In Knack: ${ours}; in Xero: ${theirs}.`;
}
