import fc from 'fast-check';
import type { Draft } from '../../lib/sync/draft';
import { keptInKnack } from '../../lib/sync/sourceLink/keptFingerprint';
import { DOCUMENTS } from '../../lib/xero/documents';
import type { DocumentLine, FieldValues, XeroDocument } from '../../lib/xero/documents/definition';
import { order, planOf, posted } from './planFixtures';

/**
 * The lines of a record and those of Xero, each changed by its own people since they were sent:
 * what comes of them, line by line, and that a second run finds nothing more to do.
 */

interface Fate {
	/** What was sent; absent for a line that came later. */
	readonly sent: boolean;
	readonly record: 'same' | 'changed' | 'gone';
	readonly xero: 'same' | 'changed' | 'alike' | 'gone';
}

interface Story {
	readonly fates: readonly Fate[];
	readonly removeOmittedLines: boolean;
	/** In which order the record has its lines by now. */
	readonly isTurned: boolean;
	/** Whether the record keeps what was sent, or only the link in Xero does. */
	readonly isKept: boolean;
}

const SENT: readonly Fate[] = (['same', 'changed', 'gone'] as const).flatMap((record) =>
	(['same', 'changed', 'alike', 'gone'] as const).map((xero) => ({ sent: true, record, xero })),
);
const LATER: readonly Fate[] = [
	{ sent: false, record: 'changed', xero: 'gone' },
	{ sent: false, record: 'gone', xero: 'changed' },
];

const stories = fc
	.record({
		fates: fc.array(fc.constantFrom(...SENT, ...LATER), { minLength: 1, maxLength: 5 }),
		removeOmittedLines: fc.boolean(),
		isTurned: fc.boolean(),
		isKept: fc.boolean(),
	})
	.filter(({ fates }) => {
		const now = (side: 'record' | 'xero') => fates.filter((fate) => fate[side] !== 'gone');
		const lost = (side: 'record' | 'xero') =>
			fates.some((fate) => fate.sent && fate[side] === 'gone');
		const got = fates.some(({ sent }) => !sent);
		// Where both say the same anew, it is not known of which line they say it, so that others wait.
		const isAgreed = fates.some(({ record, xero }) => record === 'changed' && xero === 'alike');
		const isOneSided = fates.every(
			({ sent, record, xero }) =>
				sent && record !== 'gone' && xero !== 'gone' && (record === 'same' || xero !== 'changed'),
		);
		// A line for another is the same line with new words, whoever has put it there.
		return (
			fates.some(({ sent }) => sent) &&
			now('record').length > 0 &&
			now('xero').length > 0 &&
			(!isAgreed || isOneSided) &&
			!(lost('record') && lost('xero')) &&
			!((lost('record') || lost('xero')) && got)
		);
	});

/** A line that no other is like: prices tell who has set them. */
function line(at: number, cents: number): FieldValues {
	return {
		description: `Line ${at}`,
		quantity: String(at + 1),
		unitAmount: `${100 + at}.${cents}`,
	};
}

const AS_SENT = 11;
const OF_RECORD = 22;
const OF_XERO = 33;

function recordOf({ fates, isTurned }: Story): FieldValues[] {
	const lines = fates.flatMap(({ record }, at) =>
		record === 'gone' ? [] : [line(at, record === 'same' ? AS_SENT : OF_RECORD)],
	);
	return isTurned ? lines.reverse() : lines;
}

function inXero({ fates }: Story, sent: XeroDocument): DocumentLine[] {
	const present = new Map(sent.lines?.map((each) => [each.fields.description, each]));
	const cents = { same: AS_SENT, changed: OF_XERO, alike: OF_RECORD };
	return fates.flatMap(({ xero }, at): DocumentLine[] => {
		if (xero === 'gone') return [];
		const values = line(at, cents[xero]);
		const { id = `by-hand-${at}`, fields } = present.get(values.description) ?? {};
		return [{ id, fields: { accountCode: '200', ...fields, ...values } }];
	});
}

/** The price that a line ends with; undefined where it is in Xero no longer, or not. */
function endOf(at: number, { sent, record, xero }: Fate, removes: boolean): string | undefined {
	const priceOf = (cents: number) => line(at, cents).unitAmount as string;
	const theirs = { same: priceOf(AS_SENT), changed: priceOf(OF_XERO), alike: priceOf(OF_RECORD) };
	const present = xero === 'gone' ? undefined : theirs[xero];
	if (!sent) return record === 'gone' ? present : priceOf(OF_RECORD);
	if (xero !== 'same') return present;
	if (record === 'gone') return removes ? undefined : present;
	return record === 'changed' ? priceOf(OF_RECORD) : present;
}

/** Whether a line is for a person to decide. */
function isContested({ sent, record, xero }: Fate, removes: boolean): boolean {
	if (!sent || xero === 'same' || record === 'same') return false;
	if (record === 'gone') return removes && xero !== 'gone';
	return xero !== 'alike';
}

function setUp(story: Story) {
	const { fates, isKept, removeOmittedLines } = story;
	const before = order(
		{},
		fates.flatMap(({ sent }, at) => (sent ? [line(at, AS_SENT)] : [])),
	);
	const there = posted(before);
	const { fingerprint: said = '' } = planOf(before, undefined);
	const fingerprint = isKept
		? keptInKnack(said, String(there.fields.url), before.source)
		: undefined;
	const source = { ...before.source, fingerprint };
	const record = order({}, recordOf(story), { source });
	const document = { ...there, lines: inXero(story, there), amounts: undefined };
	return { record, document, options: { removeOmittedLines } };
}

/** What Xero has afterwards, and what counts as sent. */
function carriedOut(
	record: Draft,
	document: XeroDocument,
	options: { removeOmittedLines: boolean },
) {
	const plan = planOf(record, document, { options });
	const codes = plan.issues.map(({ code }) => code);
	if (plan.action !== 'update') return { plan, codes, document };
	const { lines = [], fields } = DOCUMENTS.salesInvoice.read({
		InvoiceID: 'one',
		...plan.element(),
	});
	const after: XeroDocument = {
		...document,
		lines: lines.map((each, at) => ({ ...each, id: each.id ?? `new-${at}` })),
		fields: { ...document.fields, ...(fields.url === undefined ? {} : { url: fields.url }) },
	};
	return { plan, codes, document: after };
}

const shown = ({ lines = [] }: XeroDocument) =>
	Object.fromEntries(lines.map(({ fields }) => [fields.description, fields.unitAmount]));

describe('lines that two sides have changed', () => {
	it('end as the one side that changed them has them, and wait where both have', () => {
		fc.assert(
			fc.property(stories, (story) => {
				const { record, document, options } = setUp(story);
				const first = carriedOut(record, document, options);
				const ends = story.fates.flatMap((fate, at) => {
					const end = endOf(at, fate, options.removeOmittedLines);
					return end === undefined ? [] : [[`Line ${at}`, end] as const];
				});
				expect(shown(first.document)).toEqual(Object.fromEntries(ends));
				expect(first.codes.includes('XERO_BOTH_CHANGED')).toBe(
					story.fates.some((fate) => isContested(fate, options.removeOmittedLines)),
				);
			}),
		);
	});

	it('are left alone by a second run, which says of them what the first did', () => {
		fc.assert(
			fc.property(stories, (story) => {
				const { record, document, options } = setUp(story);
				const first = carriedOut(record, document, options);
				const said = first.plan.fingerprint;
				const url = String(first.document.fields.url);
				const fingerprint =
					said === undefined ? record.source.fingerprint : keptInKnack(said, url, record.source);
				const source = { ...record.source, fingerprint };
				const second = carriedOut({ ...record, source }, first.document, options);
				expect(shown(second.document)).toEqual(shown(first.document));
				expect(second.plan.action).toBe(
					first.codes.includes('XERO_BOTH_CHANGED') ? 'stop' : 'keep',
				);
				const standing = (codes: readonly string[]) =>
					codes.filter((code) => /_CHANGED/.test(code)).sort();
				expect(standing(second.codes)).toEqual(standing(first.codes));
			}),
		);
	});
});
