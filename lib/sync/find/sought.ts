import { grouped } from '../../grouped';
import { perObject } from '../../perObject';
import type { DocumentDefinition } from '../../xero/documents/definition';
import type { Draft } from '../draft';
import { predictAmounts } from '../plan/predictAmounts';
import type { Row } from '../row';
import { nameOfWanted } from './contactIndex';
import type { KnownContact, Sought } from './evidence';
import type { FindContext } from './findContext';
import { contactFound } from './matching';
import { isSameRecord } from './sharedDocuments';

/** What documents are weighed against for a row, given the rows that go with it. */
export function soughtAmong(
	{ definition, settings }: Pick<FindContext, 'definition' | 'settings'>,
	rows: readonly Row[],
	contactOf = (row: Row): KnownContact => knownContact(definition, row),
): (row: Row) => Sought {
	const keeping = rows.filter(({ draft }) => draft.id !== undefined);
	const keepers = grouped(keeping.map((row) => [row.draft.id?.toLowerCase(), row] as const));
	const amountsOf = perObject(({ fields, lines = [] }: Draft) =>
		lines.length === 0 ? undefined : predictAmounts(definition, fields, lines, settings),
	);
	return (row) => ({
		definition,
		draft: row.draft,
		contact: contactOf(row),
		amounts: () => amountsOf(row.draft),
		keptByAnother: (id) => (keepers.get(id) ?? []).some((each) => !isSameRecord(each, row)),
	});
}

/** What the finder may take for granted of a row's contact. */
function knownContact({ hasContact }: DocumentDefinition, { contact }: Row): KnownContact {
	if (!hasContact || !contact?.match) return { kind: 'untold' };
	const { match, wanted, sent } = contact;
	const name = nameOfWanted(wanted);
	if (sent?.kind === 'done') return { kind: 'known', contactId: sent.document.id, name };
	const found = contactFound(match);
	if (found) return { kind: 'known', contactId: found.id, name };
	return match.kind === 'missing' ? { kind: 'unknown', name } : { kind: 'untold' };
}
