import { foldText } from '../../foldText';
import { grouped } from '../../grouped';
import { mapGivingWay, NEVER_GIVES_WAY, type GiveWay } from '../../giveWay';
import type { XeroClient } from '../../xero/client';
import type {
	DocumentDefinition,
	DocumentKey,
	XeroDocument,
} from '../../xero/documents/definition';
import type { ContactsAndDays } from '../../xero/contactDocuments';
import { findContacts, findDocuments, findDocumentsAnd } from '../../xero/lookups';
import { headerText, textOf } from '../check/draftValues';
import type { Draft } from '../draft';
import type { WantedContact } from './contactIndex';
import { looseName, withoutLegalForm } from './names';
import { markOf } from '../sourceLink/sourceMark';
import { unguardedKey } from './twins';

const present = (values: ReadonlyArray<string | undefined>) => [
	...new Set(values.filter((value): value is string => value !== undefined)),
];

/** Reads in bulk every contact that any of the wanted ones could be. */
export async function lookUpContacts(
	client: XeroClient,
	wanted: readonly WantedContact[],
	giveWay: GiveWay = NEVER_GIVES_WAY,
): Promise<readonly XeroDocument[]> {
	const others = wanted.filter((contact) => contact.id === undefined);
	// A search is by what the text contains, so the name without its legal form finds more.
	const searched = await mapGivingWay(others, giveWay, ({ name }) => searchableName(name));
	const sought = {
		ids: present(wanted.map((contact) => contact.id)),
		numbers: present(others.map((contact) => contact.contactNumber)),
		names: present(others.map((contact) => contact.name)),
		looseNames: present(searched),
		emails: present(others.map((contact) => contact.emailAddress)),
	};
	await giveWay();
	return await findContacts(client, sought, giveWay);
}

function searchableName(name: string | undefined): string | undefined {
	return name && withoutLegalForm(looseName(name));
}

interface LookUp {
	/** Of documents that were changed since a moment of Xero's clock alone. */
	readonly changedSinceMs?: number;
	/** What is read in the same call, where there is room for it. */
	readonly besides?: ContactsAndDays;
	/** Whether lines are not needed; see `WantedDocuments`. */
	readonly leavesLinesOut?: boolean;
	/** Documents that were read a moment ago: what is among them is not asked for. */
	readonly known?: readonly XeroDocument[];
	readonly giveWay?: GiveWay;
}

interface LookedUp {
	readonly documents: readonly XeroDocument[];
	/** Those of `besides`; undefined where they were not read. */
	readonly others?: readonly XeroDocument[];
}

/** Reads in bulk every document that any of the drafts could be. */
export async function lookUpDocuments(
	client: XeroClient,
	definition: DocumentDefinition,
	drafts: readonly Draft[],
	{ changedSinceMs, besides, leavesLinesOut, known = [], giveWay = NEVER_GIVES_WAY }: LookUp,
): Promise<LookedUp> {
	const own = new KnownDocuments(known);
	const ids = own.without('id', present(drafts.map((draft) => draft.id)));
	const values: Record<string, string[]> = {};
	for (const key of definition.keys) {
		const wanted = new Set<string>();
		for (const draft of drafts) {
			const isSought = draft.id === undefined ? isAsked : mayHaveTwins;
			const value = headerText(draft, key.path);
			if (value !== undefined && isSought(definition, draft, key)) wanted.add(value);
			await giveWay();
		}
		values[key.path] = own.without(key.path, [...wanted]);
	}
	await giveWay();
	const { parentPath } = definition.wire;
	const parentIds =
		parentPath === undefined ? [] : present(drafts.map((draft) => headerText(draft, parentPath)));
	const days = daysOf(definition, drafts);
	const modifiedSinceMs = changedSinceMs;
	const wanted = { ids, values, parentIds, days, leavesLinesOut, modifiedSinceMs };
	const read = besides
		? await findDocumentsAnd(client, definition, wanted, besides, giveWay)
		: { documents: await findDocuments(client, definition, wanted, giveWay) };
	return known.length === 0 ? read : { ...read, documents: own.with(read.documents) };
}

/** Documents that were read a moment ago, of which those that a value leads to are taken. */
class KnownDocuments {
	private readonly taken = new Map<string, XeroDocument>();

	constructor(private readonly known: readonly XeroDocument[]) {}

	/** Takes the documents that one of the values leads to, and gives the values that led to none. */
	without(path: string, values: readonly string[]): string[] {
		if (this.known.length === 0) return [...values];
		const byValue = grouped(
			this.known.flatMap((document) => {
				const value = path === 'id' ? document.id : textOf(document.fields[path]);
				return value === undefined ? [] : [[foldText(value), document] as const];
			}),
		);
		return values.filter((value) => {
			const found = byValue.get(foldText(value)) ?? [];
			for (const document of found) this.taken.set(document.id, document);
			return found.length === 0;
		});
	}

	/** What was taken, with what was read since in its place. */
	with(documents: readonly XeroDocument[]): XeroDocument[] {
		const all = new Map(this.taken);
		for (const document of documents) all.set(document.id, document);
		return [...all.values()];
	}
}

/** The days from the first to the last of what the drafts are of; undefined where one does not tell. */
function daysOf({ lookup: { period } }: DocumentDefinition, drafts: readonly Draft[]) {
	const sought = drafts.filter(({ id }) => id === undefined);
	if (!period || sought.length === 0) return undefined;
	const from = present(sought.map((draft) => headerText(draft, period.from))).sort();
	const to = present(sought.map((draft) => headerText(draft, period.to))).sort();
	const [first, last] = [from[0], to.at(-1)];
	const isTold = sought.every((draft) => headerText(draft, period.to) !== undefined);
	return isTold && first !== undefined && last !== undefined
		? { from: first, to: last }
		: undefined;
}

/** A run that died may have left a twin beside the document whose id the record keeps. */
function mayHaveTwins(
	definition: DocumentDefinition,
	draft: Draft,
	{ path }: DocumentKey,
): boolean {
	return (
		definition.lifecycle.initial !== undefined && unguardedKey(definition, draft)?.path === path
	);
}

/**
 * Every document in Xero has a number of its own, so where the draft has one too, a lower key can
 * only lead to a document with another number: no call is spent on it.
 */
function isAsked(definition: DocumentDefinition, draft: Draft, key: DocumentKey): boolean {
	if (key.needsLink && !markOf(draft.source)) return false;
	const deciding = definition.keys.find(
		(each) => each.enforced && headerText(draft, each.path) !== undefined,
	);
	return (
		deciding === undefined || definition.keys.indexOf(key) <= definition.keys.indexOf(deciding)
	);
}

/** The wanted contact of a contact draft, whose id in Xero stands on the draft itself. */
export function contactOfDraft(draft: Draft): WantedContact {
	return {
		id: draft.id,
		contactNumber: textOf(draft.fields.contactNumber),
		name: textOf(draft.fields.name),
		emailAddress: textOf(draft.fields.emailAddress),
	};
}
