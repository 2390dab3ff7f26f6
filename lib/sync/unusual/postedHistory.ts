import type { CalendarDate } from '../../dates';
import type { Posting, PostedLine } from './posting';

/** A line with the document that it stands in. */
export interface LineOfPosting {
	readonly line: PostedLine;
	readonly posting: Posting;
}

/** Of more the newest tell what is usual: what was long ago is not. */
const MOST_COMPARED = 120;

/** What the organisation has posted, to hold a new document against. */
export class PostedHistory {
	private readonly byId = new Map<string, Posting>();
	private readonly numbers = new Set<string>();
	/** Contacts whose own documents were read besides. */
	private readonly covered = new Set<string>();
	private groups: Groups | undefined;

	constructor(
		/** When it was read; epoch milliseconds. */
		readonly readAtMs: number,
		/** Whether older documents were left out. */
		readonly isWhole: boolean,
	) {}

	/** One that was read, or that a run has posted since; one of the same id takes its place. */
	add(posting: Posting): void {
		if (posting.number !== undefined) this.numbers.add(posting.number);
		if (posting.id === undefined) return;
		this.byId.set(posting.id, posting);
		this.groups = undefined;
	}

	/** A number that a record bears that is not in Xero yet. */
	addNumber(number: string): void {
		this.numbers.add(number);
	}

	/** Takes in what was read of some contacts besides. */
	takeOver(own: PostedHistory, contactIds: readonly string[]): void {
		for (const posting of own.byId.values()) this.byId.set(posting.id ?? '', posting);
		for (const id of contactIds) this.covered.add(id);
		this.groups = undefined;
	}

	/** Whether the contact's own documents were read besides. */
	covers(contactId: string): boolean {
		return this.covered.has(contactId);
	}

	/** Numbers of documents in every status. */
	allNumbers(): ReadonlySet<string> {
		return this.numbers;
	}

	/** The first and the last day of what was posted. */
	days(): { readonly from: CalendarDate; readonly to: CalendarDate } | undefined {
		const { all } = this.grouped();
		const [last] = all;
		const first = all.at(-1);
		if (!first || !last) return undefined;
		return { from: first.date as CalendarDate, to: last.date as CalendarDate };
	}

	/** All that is posted, the newest first. */
	all(): readonly Posting[] {
		return this.grouped().all;
	}

	/** Those of a contact, the newest first; drafts too, which may be the same again. */
	ofContact(contactId: string | undefined): readonly Posting[] {
		return this.grouped().byContact.get(contactId ?? '') ?? [];
	}

	/** Lines of a kind, the newest first. */
	ofKind(kind: string): readonly LineOfPosting[] {
		return this.grouped().byKind.get(kind) ?? [];
	}

	/** Lines that went to an account, the newest first. */
	ofAccount(account: string): readonly LineOfPosting[] {
		return this.grouped().byAccount.get(account) ?? [];
	}

	private grouped(): Groups {
		return (this.groups ??= groupsOf([...this.byId.values()]));
	}
}

interface Groups {
	readonly all: readonly Posting[];
	readonly byContact: ReadonlyMap<string, readonly Posting[]>;
	readonly byKind: ReadonlyMap<string, readonly LineOfPosting[]>;
	readonly byAccount: ReadonlyMap<string, readonly LineOfPosting[]>;
}

function groupsOf(postings: readonly Posting[]): Groups {
	const sorted = [...postings].sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0));
	const byContact = new Map<string, Posting[]>();
	const byKind = new Map<string, LineOfPosting[]>();
	const byAccount = new Map<string, LineOfPosting[]>();
	for (const posting of sorted) {
		if (posting.isGone) continue;
		push(byContact, posting.contactId ?? '', posting);
		if (!posting.isPosted) continue;
		for (const line of posting.lines) {
			if (line.kind !== '') push(byKind, line.kind, { line, posting });
			if (line.account !== undefined) push(byAccount, line.account, { line, posting });
		}
	}
	return { all: sorted.filter(({ isPosted }) => isPosted), byContact, byKind, byAccount };
}

function push<Entry>(groups: Map<string, Entry[]>, key: string, entry: Entry): void {
	const group = groups.get(key);
	if (group) group.push(entry);
	else groups.set(key, [entry]);
}

/** The newest of what is compared. */
export function newest<Entry>(entries: readonly Entry[]): readonly Entry[] {
	return entries.slice(0, MOST_COMPARED);
}
