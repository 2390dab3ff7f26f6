import type { Outcome, OutcomeKind } from '../../../lib/sync/outcome';
import type { ContactRow, DocumentRow } from '../../../sandbox/xero/model';
import { changedIds, folded, newIds } from './books';
import { valuesOf } from './contactValues';
import type { Finding } from './findings';
import { isHeld, isPartlyDone, type Observed } from './runStep';
import { holdsContent, type State } from './state';

/** What a run makes of what its preview said. */
const CARRIED_OUT: Readonly<Partial<Record<OutcomeKind, OutcomeKind>>> = {
	wouldCreate: 'created',
	wouldUpdate: 'updated',
};

/** Holds a run against its preview: outcomes, changes, totals, and the writes in the journal. */
export function checkPlan(state: State, seen: Observed): Finding[] {
	return [
		...checkPreviewWritesNothing(seen),
		...seen.deliveries.flatMap(({ record, preview, outcome }): Finding[] => {
			const name = `record ${record}`;
			const planned = CARRIED_OUT[preview.outcome] ?? preview.outcome;
			if (planned !== outcome.outcome) {
				const text = `${name}: ${preview.outcome}, and then ${outcome.outcome}: ${outcome.summary}`;
				return [{ what: 'plan', text }];
			}
			const [said, done] = [preview, outcome].map(({ changes }) => JSON.stringify(changes));
			return said === done
				? []
				: [{ what: 'plan', text: `${name}: changes ${said}, and then ${done}` }];
		}),
		...checkTotals(seen),
		...checkDocumentWrites(state, seen),
		...checkContactWrites(state, seen),
	];
}

function checkPreviewWritesNothing({ before, previewed, previewWrites }: Observed): Finding[] {
	const changed = [
		...changedIds(before.documents, previewed.documents),
		...newIds(before.documents, previewed.documents),
		...changedIds(before.contacts, previewed.contacts),
		...newIds(before.contacts, previewed.contacts),
	];
	return previewWrites === 0 && changed.length === 0
		? []
		: [{ what: 'plan', text: `the preview made ${previewWrites} writes` }];
}

function checkTotals({ deliveries, after }: Observed): Finding[] {
	return deliveries.flatMap(({ record, preview, outcome }): Finding[] => {
		const row = after.documents.get(outcome.document.id ?? '');
		if (!row || isHeld(outcome)) return [];
		const inLedger = row.totals.total.toFixed(2);
		return preview.document.total === inLedger && outcome.document.total === inLedger
			? []
			: [
					{
						what: 'total',
						text: `record ${record}: previewed ${preview.document.total}, said ${outcome.document.total}, ledger ${inLedger}`,
					},
				];
	});
}

/** Of the documents themselves: as many created as planned, and those updated that were planned. */
function checkDocumentWrites(state: State, seen: Observed): Finding[] {
	const { screen, definition } = state.world.family;
	const resource = screen?.path ?? 'Contacts';
	const idName = screen?.idName ?? 'ContactID';
	const planned = new Map(
		seen.deliveries
			.filter(({ isRepeat }) => !isRepeat)
			.map(({ record, preview }) => [record, preview] as const),
	);
	const list = (kind: OutcomeKind) =>
		[...planned.values()].filter(({ outcome }) => outcome === kind);
	const elements = seen.written.filter((each) => each.resource === resource);
	const ids = elements.map(({ element }) => element[idName]);
	const created = ids.filter((id) => id === undefined).length;
	const updated = ids.filter((id) => id !== undefined).map(String);
	const wanted = [...planned].flatMap(([record, preview]) => {
		const isUpdate = preview.outcome === 'wouldUpdate' && !changesContactOnly(preview);
		const id = preview.document.id ?? state.documentsOf(record)[0]?.id;
		return isUpdate || isPartlyDone(preview) ? [id ?? ''] : [];
	});
	// What Xero would take twice is created as a draft and gets its status afterwards.
	const approved = seen.deliveries.flatMap(({ isRepeat, preview, outcome }) =>
		!isRepeat && preview.operations?.some((words) => words.startsWith('Change its status'))
			? [outcome.document.id ?? '']
			: [],
	);
	const findings: Finding[] = [];
	if (created !== list('wouldCreate').length || !areEqual(updated, [...wanted, ...approved])) {
		const text = `${created} ${definition.plural} created of ${list('wouldCreate').length} planned, ${updated.length} updated of ${wanted.length}`;
		findings.push({ what: 'writes', text });
	}
	const others = seen.written.filter(
		(each) => each.resource !== resource && each.resource !== 'Contacts',
	);
	return others.length === 0
		? findings
		: [...findings, { what: 'writes', text: `a write to ${others[0]?.resource}` }];
}

/** The document stays as it is, and its contact is brought up to date. */
function changesContactOnly({ changes }: Outcome): boolean {
	return changes.length > 0 && changes.every(({ field }) => field.startsWith('contact.'));
}

function areEqual(some: readonly string[], others: readonly string[]): boolean {
	return [...some].sort().join() === [...others].sort().join();
}

/** Of the documents' contacts: each belongs to a document that goes, and the preview told it. */
function checkContactWrites(state: State, seen: Observed): Finding[] {
	if (state.isOfContacts) return [];
	return seen.written
		.filter(({ resource }) => resource === 'Contacts')
		.flatMap(({ element }): Finding[] => {
			const name = contactName(seen, element);
			const going = seen.deliveries.filter(
				({ record, preview }) =>
					(!isHeld(preview) || isPartlyDone(preview)) &&
					preview.outcome !== 'skipped' &&
					(folded(state.customerOf(record).name) === folded(name) ||
						preview.document.contactId === element['ContactID']),
			);
			if (going.length === 0) {
				return [
					{ what: 'writes', text: `the contact ${name} is written for no document that goes` },
				];
			}
			return going.some(({ preview }) => tellsOfContact(preview, name))
				? []
				: [{ what: 'unannounced', text: `the contact ${name}: ${going[0]?.preview.summary}` }];
		});
}

function contactName({ after }: Observed, element: Readonly<Record<string, unknown>>): string {
	const { Name: name, ContactID: id } = element;
	return typeof name === 'string' ? name : (after.contacts.get(String(id))?.name ?? '');
}

/** "new contact Acme Ltd", "contact Acme Ltd: e-mail …": wherever in the item it stands. */
function tellsOfContact(preview: Outcome, name: string): boolean {
	const { summary, changes, issues, ...rest } = preview;
	const text = JSON.stringify([summary, changes, issues, 'operations' in rest && rest.operations]);
	return (
		/contact/i.test(text) &&
		folded(text).includes(folded(name)) &&
		/new contact|change contact|contact\./i.test(text)
	);
}

/** Ordinary records that went through: the ledger has all that they say, and no more was done. */
export function checkContent(state: State, seen: Observed): Finding[] {
	return seen.deliveries.flatMap(({ record, expected, outcome, isRepeat }): Finding[] => {
		if (expected.kind === 'unclear' || isHeld(outcome) || isRepeat) return [];
		const text = `record ${record}, ${expected.kind}: ${outcome.summary}`;
		if (
			expected.kind === 'same' &&
			outcome.outcome !== 'unchanged' &&
			!changesContactOnly(outcome)
		) {
			return [{ what: 'content', text: `nothing was to be done for ${text}` }];
		}
		if (state.isOfContacts) {
			return checkContactContent(state, seen, record, outcome, text);
		}
		const row: DocumentRow | undefined = seen.after.documents.get(outcome.document.id ?? '');
		const isThere =
			row && holdsContent(state.record(record), row, state.world.settings.removesLines);
		return isThere ? [] : [{ what: 'content', text: `not in the ledger as in Knack: ${text}` }];
	});
}

/** The record's values are there, but for those that a person set in Xero: these stay, and it is said. */
function checkContactContent(
	state: State,
	{ before, after }: Observed,
	record: number,
	outcome: Outcome,
	text: string,
): Finding[] {
	const id = state.contactIds.get(record) ?? '';
	const [known, now] = [before.contacts.get(id), after.contacts.get(id)];
	const valuesIn = (row: ContactRow | undefined) => (row ? valuesOf(state, record, row) : []);
	const values = valuesIn(known ?? now);
	const present = valuesIn(now);
	const isThere =
		now !== undefined && values.every(({ expected }, index) => present[index]?.theirs === expected);
	if (!isThere) return [{ what: 'content', text: `not in the ledger as in Knack: ${text}` }];
	const said = outcome.issues.map(({ message }) => message).join(' ');
	const unsaid = values.find(
		({ isLeft, ours, theirs }) =>
			isLeft && !(said.includes(`"${ours}"`) && said.includes(`"${theirs ?? ''}"`)),
	);
	return unsaid
		? [{ what: 'content', text: `left ${unsaid.theirs ?? ''} in Xero unsaid: ${text}` }]
		: [];
}
