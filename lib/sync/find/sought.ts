import { grouped } from '../../grouped';
import type { DocumentAmounts, DocumentDefinition } from '../../xero/documents/definition';
import type { OrganisationSettings } from '../../xero/settings';
import { predictAmounts } from '../plan/predictAmounts';
import type { Row } from '../row';
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
	const keepers = keepersOf(rows);
	return (row) => {
		const { draft } = row;
		let amounts: DocumentAmounts | null | undefined = null;
		return {
			definition,
			draft,
			contact: contactOf(row),
			amounts() {
				if (amounts === null) amounts = amountsOf(definition, row, settings);
				return amounts;
			},
			keptByAnother: (id) => (keepers.get(id) ?? []).some((each) => !isSameRecord(each, row)),
		};
	};
}

function amountsOf(
	definition: DocumentDefinition,
	{ draft }: Row,
	settings: OrganisationSettings,
): DocumentAmounts | undefined {
	const lines = draft.lines ?? [];
	return lines.length === 0 ? undefined : predictAmounts(definition, draft.fields, lines, settings);
}

/** The rows that keep an id, by the id. */
function keepersOf(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
	return grouped(
		rows.flatMap((row): [string, Row][] =>
			row.draft.id === undefined ? [] : [[row.draft.id.toLowerCase(), row]],
		),
	);
}

/** What the finder may take for granted of a row's contact. */
function knownContact({ hasContact }: DocumentDefinition, { contact }: Row): KnownContact {
	if (!hasContact || !contact?.match) return { kind: 'untold' };
	const { match, wanted, sent } = contact;
	const name = wanted.name ?? wanted.contactNumber ?? wanted.emailAddress;
	if (sent?.kind === 'done') return { kind: 'known', contactId: sent.document.id, name };
	const found = contactFound(match);
	if (found) return { kind: 'known', contactId: found.id, name };
	return match.kind === 'missing' ? { kind: 'unknown', name } : { kind: 'untold' };
}
