import { moneyText } from '../../money';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { textOf } from '../check/draftValues';
import type { DraftSource } from '../draft';
import { bearsMarkOf, readSourceMark } from '../sourceLink/sourceMark';
import { foldText } from './names';

/** The documents that a run knows, found again by id and by each of their keys. */
export class DocumentIndex {
	private readonly byId = new Map<string, XeroDocument>();
	private readonly byKey = new Map<string, Set<string>>();
	/** Ids of those that bear a link, by the id of the Knack record that it names. */
	private readonly byRecord = new Map<string, Set<string>>();

	constructor(
		private readonly definition: DocumentDefinition,
		documents: readonly XeroDocument[] = [],
	) {
		for (const document of documents) this.add(document);
	}

	/** Adds a document, or puts its newer state in the place of the older. */
	add(document: XeroDocument): void {
		this.byId.set(document.id, document);
		for (const key of this.definition.keys) {
			const value = textOf(document.fields[key.path]);
			if (value === undefined) continue;
			note(this.byKey, `${key.path} ${foldText(value)}`, document.id);
		}
		const mark = readSourceMark(textOf(document.fields.url));
		if (mark) note(this.byRecord, mark.recordId, document.id);
	}

	get(id: string): XeroDocument | undefined {
		return this.byId.get(id.toLowerCase()) ?? this.byId.get(id);
	}

	/** Those whose link to the source names the record. */
	linkedTo(source: DraftSource): XeroDocument[] {
		const ids = this.byRecord.get(source.knackRecordId ?? '') ?? [];
		return [...ids]
			.flatMap((id) => this.byId.get(id) ?? [])
			.filter(({ fields }) => bearsMarkOf(textOf(fields.url), source) === 'this');
	}

	find(path: string, value: string): XeroDocument[] {
		const ids = this.byKey.get(`${path} ${foldText(value)}`) ?? new Set<string>();
		return [...ids].flatMap((id) => this.byId.get(id) ?? []);
	}
}

function note(ids: Map<string, Set<string>>, slot: string, id: string): void {
	const known = ids.get(slot) ?? new Set<string>();
	known.add(id);
	ids.set(slot, known);
}

export function documentLabel(definition: DocumentDefinition, document: XeroDocument): string {
	const { amounts, status } = document;
	return [
		document.number ?? document.id,
		document.contactName,
		amounts ? moneyText(amounts.total, amounts.currency) : undefined,
		status?.toLowerCase(),
	]
		.filter(Boolean)
		.join(', ');
}
