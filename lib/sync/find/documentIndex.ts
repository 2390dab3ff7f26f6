import { grouped } from '../../grouped';
import { moneyText } from '../../money';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { textOf } from '../check/draftValues';
import type { DraftSource } from '../draft';
import { bearsMarkOf, readSourceMark } from '../sourceLink/sourceMark';
import { foldText } from './names';

/** The documents that a run knows, found again by id and by each of their keys. */
export class DocumentIndex {
	private readonly all: XeroDocument[] = [];
	/** By id; made once it is asked for. */
	private byId: ReadonlyMap<string, XeroDocument> | undefined;
	/** By path, then by value. */
	private readonly byKey: ReadonlyMap<string, Map<string, XeroDocument[]>>;
	/** Those that bear a link, by the id of the Knack record that it names; made once it is asked for. */
	private byRecord: ReadonlyMap<string, readonly XeroDocument[]> | undefined;

	constructor(definition: DocumentDefinition, documents: readonly XeroDocument[] = []) {
		this.byKey = new Map(definition.keys.map(({ path }) => [path, new Map()]));
		for (const document of documents) this.add(document);
	}

	/** Adds a document; the last of an id counts. */
	add(document: XeroDocument): void {
		this.all.push(document);
		for (const [path, byValue] of this.byKey) {
			const value = textOf(document.fields[path]);
			if (value === undefined) continue;
			const slot = foldText(value);
			const others = byValue.get(slot);
			if (others) others.push(document);
			else byValue.set(slot, [document]);
		}
		this.byId = undefined;
		this.byRecord = undefined;
	}

	get(id: string): XeroDocument | undefined {
		return this.eachById().get(id.toLowerCase());
	}

	/** Those whose link to the source names the record. */
	linkedTo(source: DraftSource): XeroDocument[] {
		this.byRecord ??= grouped(
			[...this.eachById().values()].flatMap((document): [string, XeroDocument][] => {
				const mark = readSourceMark(textOf(document.fields.url));
				return mark ? [[mark.recordId, document]] : [];
			}),
		);
		const named = this.byRecord.get(source.knackRecordId ?? '') ?? [];
		return named.filter(({ fields }) => bearsMarkOf(textOf(fields.url), source) === 'this');
	}

	private eachById(): ReadonlyMap<string, XeroDocument> {
		this.byId ??= new Map(this.all.map((document) => [document.id.toLowerCase(), document]));
		return this.byId;
	}

	find(path: string, value: string): readonly XeroDocument[] {
		return this.byKey.get(path)?.get(foldText(value)) ?? [];
	}
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
