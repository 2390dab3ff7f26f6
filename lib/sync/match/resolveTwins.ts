import type { XeroClient } from '../../xero/client';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { findOwnIds } from '../../xero/lookups';
import { issueOf, type RuleSeverities } from '../check/check';
import { LATE_RULES } from '../check/rules/lateRules';
import { documentLabel } from './documentMatch';
import type { Match } from './matching';
import { survivorOf } from './twins';

/**
 * Two runs at the same moment, of which one died before it could look again, can leave a document
 * that Xero does not keep unique posted twice. Where Xero confirms that this very connection made
 * all of them, the record is taken for the one that every run keeps; otherwise a person decides.
 */
export async function resolveTwins(
	client: XeroClient,
	definition: DocumentDefinition,
	matches: ReadonlyMap<number, Match>,
	severities: RuleSeverities,
): Promise<ReadonlyMap<number, Match>> {
	const ids = [...matches.values()].flatMap((match) =>
		match.kind === 'stopped' && match.twins ? match.twins.documents.map(({ id }) => id) : [],
	);
	if (ids.length === 0) return matches;
	const own = await findOwnIds(client, definition, [...new Set(ids)]);
	return new Map(
		[...matches].map(([index, match]): [number, Match] => {
			if (match.kind !== 'stopped' || !match.twins) return [index, match];
			const { documents, by } = match.twins;
			const kept = survivorOf(documents);
			if (!kept || !documents.every(({ id }) => own.has(id))) return [index, match];
			const surplus = documents.filter(({ id }) => id !== kept.id);
			const issues = issueOf(
				LATE_RULES.postedTwice,
				{
					field: by,
					message: `Two runs at the same moment posted this record; ${documentLabel(definition, kept)} is kept and ${surplus.map((each) => documentLabel(definition, each)).join('; ')} taken back.`,
					fix: 'Nothing is to be done.',
				},
				severities,
			);
			return [index, { kind: 'matched', document: kept, by, issues, surplus }];
		}),
	);
}
