import { findOwnIds } from '../../xero/lookups';
import { issueOf } from '../check/check';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Row } from '../row';
import { documentLabel } from './documentIndex';
import type { FindContext } from './findContext';
import { survivorOf } from './twins';

/**
 * Two runs at the same moment, of which one died before it could look again, can leave a document
 * that Xero does not keep unique posted twice. Where Xero confirms that this very connection made
 * all of them, the record is taken for the one that every run keeps; otherwise a person decides.
 */
export async function resolveTwins(
	{ client, definition, severities }: FindContext,
	rows: readonly Row[],
	areOurs: boolean,
): Promise<void> {
	const ids = rows.flatMap(({ match }) =>
		match?.kind === 'stopped' && match.twins ? match.twins.documents.map(({ id }) => id) : [],
	);
	if (ids.length === 0) return;
	const own = new Set(areOurs ? ids : await findOwnIds(client, definition, [...new Set(ids)]));
	for (const row of rows) {
		const { match } = row;
		if (match?.kind !== 'stopped' || !match.twins) continue;
		const { documents, by } = match.twins;
		const kept = survivorOf(documents);
		if (!kept || !documents.every(({ id }) => own.has(id))) continue;
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
		row.match = { kind: 'matched', document: kept, by, issues, surplus };
	}
}
