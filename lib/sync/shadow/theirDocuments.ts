import { foldText } from '../../foldText';
import { NEVER_GIVES_WAY, type GiveWay } from '../../giveWay';
import { grouped } from '../../grouped';
import type {
	DocumentDefinition,
	DocumentKey,
	XeroDocument,
} from '../../xero/documents/definition';
import type { OrganisationSettings } from '../../xero/settings';
import { isTelling } from '../adopt/nameSigns';
import { candidateOf, factsOfRecord, type Candidate, type RecordFacts } from '../adopt/signs';
import { headerText, textOf } from '../check/draftValues';
import { asMatched, asStopped } from '../find/matching';
import { contactIdOf, type Row } from '../row';
import {
	agreeingValues,
	ALL_AGREES,
	names,
	recordsInLink,
	SAME_TOTAL,
	scoreOf,
	signatureOf,
	totalKey,
	totalText,
} from './likeness';

/** What others have made of a record: the document that it is held against, then its doubles. */
export interface Theirs {
	readonly documents: readonly [XeroDocument, ...XeroDocument[]];
	/** `id`, `sourceLink`, the path of a key, `name` for a text that has the record's, or `signs`. */
	readonly by: string;
}

interface Assigned {
	readonly theirs: ReadonlyMap<Row, Theirs>;
	/** Documents that are no record's. */
	readonly left: readonly XeroDocument[];
}

interface Seeker {
	readonly row: Row;
	readonly facts: RecordFacts;
	/** Of documents, whether this is the record's contact. */
	isOfContact(document: XeroDocument): boolean;
}

/** A document that may be a record's; the more agrees, the higher the score. */
interface Tie {
	readonly seeker: Seeker;
	readonly document: XeroDocument;
	readonly by: string;
	readonly score: number;
	/** Decides between ties of one score. */
	readonly agreeing?: number;
}

/**
 * Gives the documents of others to the records that they were made of: by what a record keeps or what
 * names it first, then by what agrees. Each document is one record's, and each record has one before
 * any has two. Pure.
 */
export async function assignTheirs(
	definition: DocumentDefinition,
	rows: readonly Row[],
	documents: readonly XeroDocument[],
	settings: OrganisationSettings,
	giveWay: GiveWay = NEVER_GIVES_WAY,
): Promise<Assigned> {
	const assignment = new Assignment(definition, rows, documents, settings);
	await assignment.byKeys(giveWay);
	assignment.asked();
	await assignment.bySigns(giveWay, (candidate) => candidate.rank === 'likely');
	await assignment.bySigns(giveWay, (_candidate, score) => score === ALL_AGREES);
	assignment.doubles();
	// A tool that posts at night dates a day later.
	await assignment.bySigns(giveWay, () => true);
	return assignment.result();
}

class Assignment {
	private readonly seekers: readonly Seeker[];
	private readonly theirs = new Map<Row, { documents: XeroDocument[]; by: string }>();
	private readonly taken = new Set<string>();
	/** What names a record, by the id of the document. */
	private readonly named = new Map<string, Tie[]>();
	private readonly ofContact: ReadonlyMap<string, readonly XeroDocument[]>;
	private readonly ofTotal: ReadonlyMap<string, readonly XeroDocument[]>;

	constructor(
		private readonly definition: DocumentDefinition,
		rows: readonly Row[],
		private readonly documents: readonly XeroDocument[],
		settings: OrganisationSettings,
	) {
		this.ofContact = grouped(documents.map((each) => [each.contactId ?? '', each] as const));
		this.ofTotal = grouped(documents.map((each) => [totalKey(each), each] as const));
		const idsByName = new Map(
			documents.map(({ contactId, contactName }) => [foldText(contactName ?? ''), contactId]),
		);
		this.seekers = rows.map((row) => {
			const draft = row.plan?.draft ?? row.draft;
			const name = foldText(headerText(draft, 'contact.name') ?? '');
			// What is held or left out is not looked for, and its contact neither.
			const contactId = contactIdOf(row) ?? (name === '' ? undefined : idsByName.get(name)) ?? '';
			return {
				row,
				facts: factsOfRecord(definition, draft, settings, { contactId, namesakeIds: [] }),
				isOfContact: (document) => contactId !== '' && document.contactId === contactId,
			};
		});
	}

	/** By what the record keeps, by each key, and by texts that name it. */
	async byKeys(giveWay: GiveWay): Promise<void> {
		const byId = new Map(this.documents.map((each) => [each.id.toLowerCase(), each]));
		const linked = grouped(this.documents.flatMap(recordsInLink));
		await this.pass(giveWay, ({ row: { draft, match } }) => {
			const matched = asMatched(match);
			return [
				{ by: 'id', documents: [byId.get(draft.id?.toLowerCase() ?? '')] },
				{ by: 'sourceLink', documents: linked.get(draft.source.knackRecordId ?? '') ?? [] },
				...(matched
					? [{ by: matched.by, documents: [byId.get(matched.document.id.toLowerCase())] }]
					: []),
			];
		});
		for (const key of this.definition.keys) {
			if (key.needsLink || key.isShared) continue;
			const byValue = grouped(
				this.documents.flatMap((each): [string, XeroDocument][] => {
					const value = textOf(each.fields[key.path]);
					return value === undefined ? [] : [[foldText(value), each]];
				}),
			);
			await this.pass(giveWay, (seeker) => {
				const value = headerText(seeker.row.draft, key.path);
				if (value === undefined) return [];
				const found = byValue.get(foldText(value)) ?? [];
				return [
					{ by: key.path, documents: found.filter((each) => fits(key, value, seeker, each)) },
				];
			});
		}
		await this.pass(giveWay, (seeker) => [
			{ by: 'name', documents: this.near(seeker).filter((each) => names(seeker.facts, each)) },
		]);
	}

	/** What a run would ask a person about, where the total agrees: the same under another contact. */
	asked(): void {
		const byId = new Map(this.documents.map((each) => [each.id, each]));
		const ties = this.open().flatMap((seeker): Tie[] =>
			(asStopped(seeker.row.match)?.issues ?? [])
				.flatMap(({ candidates = [] }) => candidates)
				.flatMap(({ id }) => byId.get(id) ?? [])
				.map((document) => ({ document, score: scoreOf(seeker.facts, document) }))
				.filter(({ document, score }) => score >= SAME_TOTAL && !this.named.has(document.id))
				.map((each) => ({ ...each, seeker, by: 'signs' })),
		);
		this.take(ties);
	}

	/** Among documents of the same contact and total that name no record. */
	async bySigns(
		giveWay: GiveWay,
		isEnough: (candidate: Candidate, score: number) => boolean,
	): Promise<void> {
		const ties: Tie[] = [];
		for (const seeker of this.open()) {
			const { contactId, currency, total } = seeker.facts;
			if (!total || contactId === '') continue;
			for (const document of this.ofTotal.get(totalText(contactId, currency, total)) ?? []) {
				if (this.taken.has(document.id) || this.named.has(document.id)) continue;
				const candidate = candidateOf(this.definition, seeker.facts, document);
				if (!candidate || candidate.namesAnother) continue;
				const score = scoreOf(seeker.facts, document);
				if (!isEnough(candidate, score)) continue;
				const agreeing = agreeingValues(seeker.row.draft, document);
				ties.push({ seeker, document, by: 'signs', score, agreeing });
			}
			await giveWay();
		}
		this.take(ties);
	}

	/** What is left and names a record that has a document, or is the same as that one. */
	doubles(): void {
		const bySignature = new Map<string, Row>();
		for (const [row, { documents }] of this.theirs) {
			for (const document of documents)
				bySignature.set(signatureOf(this.definition, document), row);
		}
		for (const document of this.left()) {
			const row =
				this.namedRow(document) ?? bySignature.get(signatureOf(this.definition, document));
			if (!row) continue;
			this.theirs.get(row)?.documents.push(document);
			this.taken.add(document.id);
		}
	}

	result(): Assigned {
		const theirs = new Map<Row, Theirs>();
		for (const [row, { documents, by }] of this.theirs) {
			const [first, ...doubles] = documents;
			if (first) theirs.set(row, { documents: [first, ...doubles], by });
		}
		return { theirs, left: this.left() };
	}

	/** The record that a document names; where it names several, the one whose document is the same. */
	private namedRow(document: XeroDocument): Row | undefined {
		const ties = (this.named.get(document.id) ?? []).filter(({ seeker }) =>
			this.theirs.has(seeker.row),
		);
		const rows = new Set(ties.map(({ seeker }) => seeker.row));
		const [only] = rows;
		if (rows.size === 1) return only;
		return ties.find(({ score }) => score === ALL_AGREES)?.seeker.row;
	}

	private async pass(
		giveWay: GiveWay,
		find: (
			seeker: Seeker,
		) => ReadonlyArray<{ by: string; documents: ReadonlyArray<XeroDocument | undefined> }>,
	): Promise<void> {
		const ties: Tie[] = [];
		for (const seeker of this.seekers) {
			for (const { by, documents } of find(seeker)) {
				for (const document of documents) {
					if (document) ties.push({ seeker, document, by, score: scoreOf(seeker.facts, document) });
				}
			}
			await giveWay();
		}
		for (const tie of ties) {
			const before = this.named.get(tie.document.id);
			if (before) before.push(tie);
			else this.named.set(tie.document.id, [tie]);
		}
		this.take(ties);
	}

	private take(ties: readonly Tie[]): void {
		for (const { seeker, document, by } of [...ties].sort(bySureness)) {
			if (this.theirs.has(seeker.row) || this.taken.has(document.id)) continue;
			this.theirs.set(seeker.row, { documents: [document], by });
			this.taken.add(document.id);
		}
	}

	private open(): Seeker[] {
		return this.seekers.filter(({ row }) => !this.theirs.has(row));
	}

	private left(): XeroDocument[] {
		return this.documents.filter(({ id }) => !this.taken.has(id));
	}

	private near({ facts: { contactId } }: Seeker): readonly XeroDocument[] {
		return contactId === '' ? [] : (this.ofContact.get(contactId) ?? []);
	}
}

function bySureness(one: Tie, other: Tie): number {
	return other.score - one.score || (other.agreeing ?? 0) - (one.agreeing ?? 0);
}

/** Within a contact, a word that many documents have ("Deposit") says nothing by itself. */
function fits(key: DocumentKey, value: string, seeker: Seeker, document: XeroDocument): boolean {
	if (!key.withinContact) return true;
	return (
		seeker.isOfContact(document) &&
		(isTelling(foldText(value)) || scoreOf(seeker.facts, document) > 0)
	);
}
