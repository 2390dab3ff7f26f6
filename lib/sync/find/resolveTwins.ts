import { NEVER_GIVES_WAY } from '../../giveWay';
import type { OrganisationSettings } from '../../xero/settings';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { findOwnIds } from '../../xero/lookups';
import { issueOf, type RuleSeverities } from '../check/check';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Row } from '../row';
import { documentLabel, type DocumentIndex } from './documentIndex';
import type { FindContext } from './findContext';
import { asMatched, asStopped } from './matching';
import { areTwins, isUnapproved, liveOnes, survivorOf, unguardedKey } from './twins';

interface Twins {
	readonly row: Row;
	readonly kept: XeroDocument;
	readonly surplus: readonly XeroDocument[];
	readonly by: string;
}

/**
 * Two runs at the same moment, of which one died before it could look again, can leave a document
 * that Xero does not keep unique posted twice. A twin that nobody has approved is to be taken back
 * where Xero confirms that this very app made all of them. What was approved, and that of which Xero
 * does not tell who made it, stays: a person may have entered it, and is shown both before either is
 * changed.
 */
export async function resolveTwins(
	{ client, definition, settings, severities, giveWay = NEVER_GIVES_WAY }: FindContext,
	rows: readonly Row[],
	index: DocumentIndex,
): Promise<void> {
	// A document that another record of the run keeps is that one's.
	const keptElsewhere = new Set(rows.flatMap(({ draft }) => draft.id?.toLowerCase() ?? []));
	const found: Twins[] = [];
	for (const row of rows) {
		const twins = twinsOf(definition, row, index, keptElsewhere);
		if (twins) found.push(twins);
		await giveWay();
	}
	const tellsOwn = definition.lookup.tellsOwn === true;
	const ids = found.flatMap(({ kept, surplus }) => [kept, ...surplus].map(({ id }) => id));
	const own = await findOwnIds(client, definition, [...new Set(ids)]);
	for (const { row, kept, surplus, by } of found) {
		const known = asMatched(row.match);
		const before = known?.issues ?? [];
		const all = [kept, ...surplus];
		if (
			surplus.every((each) => isUnapproved(definition, each) && own.has(each.id)) &&
			(known || own.has(kept.id))
		) {
			const issues = [...before, ...postedTwice(definition, { kept, surplus }, severities)];
			row.match = { ...(known ?? { kind: 'matched', document: kept, by }), issues, surplus };
		} else if (!tellsOwn && known) {
			const shown = bothStay(definition, all, settings, severities);
			const issues = [...before, ...shown].map((issue) => ({
				...issue,
				severity: 'warn' as const,
			}));
			// A change of the one would make the two look like two records', and nobody would be shown both.
			row.match = { ...known, issues, issuesWhenDue: shown };
		} else if (
			(!tellsOwn || all.every(({ id }) => own.has(id))) &&
			definition.lifecycle.initial !== undefined
		) {
			const issues = [...before, ...bothStay(definition, all, settings, severities)];
			row.match = known ? { ...known, issues } : { kind: 'stopped', issues };
		}
	}
}

/** The documents that a row's record is posted as, where that is more than one. */
function twinsOf(
	definition: DocumentDefinition,
	row: Row,
	index: DocumentIndex,
	kept: ReadonlySet<string>,
): Twins | undefined {
	const { match } = row;
	const fitting = asStopped(match)?.fitting;
	if (fitting) {
		const { documents, by } = fitting;
		const first = survivorOf(definition, documents);
		if (!first || !areTwins(definition, documents)) return undefined;
		return { row, kept: first, surplus: documents.filter(({ id }) => id !== first.id), by };
	}
	if (match?.kind !== 'matched' || definition.lifecycle.initial === undefined) return undefined;
	const key = unguardedKey(definition, row.draft);
	const { document } = match;
	const surplus = liveOnes(definition, key ? index.find(key.path, key.value) : []).filter(
		(other) =>
			other.id !== document.id && !kept.has(other.id) && areTwins(definition, [document, other]),
	);
	return surplus.length === 0 ? undefined : { row, kept: document, surplus, by: match.by };
}

/** What is said where the surplus ones are taken back. */
export function postedTwice(
	definition: DocumentDefinition,
	{ kept, surplus }: Pick<Twins, 'kept' | 'surplus'>,
	severities: RuleSeverities,
) {
	return issueOf(
		LATE_RULES.postedTwice,
		{
			message: `Two runs at the same moment posted this record; ${documentLabel(definition, kept)} is kept and ${surplus.map((each) => documentLabel(definition, each)).join('; ')} taken back.`,
			fix: 'Nothing is to be done.',
		},
		severities,
	);
}

/** What is said where none of them may be taken back by a run. */
export function bothStay(
	definition: DocumentDefinition,
	documents: readonly XeroDocument[],
	{ organisation }: OrganisationSettings,
	severities: RuleSeverities,
) {
	const candidates = documents.map((each) => ({
		id: each.id,
		label: documentLabel(definition, each),
		url: definition.link(each.id, organisation.shortCode),
	}));
	const hold = { ...severities, [LATE_RULES.postedTwice.code]: 'hold' } as const;
	return issueOf(
		LATE_RULES.postedTwice,
		{
			message: `This record is in Xero ${documents.length} times: ${candidates.map(({ label, url }) => `${label} (${url})`).join('; ')}.`,
			fix: 'Open them in Xero, void or delete the surplus one, and run the record again. A run never takes back what was approved.',
		},
		hold,
		{ candidates },
	);
}
