import { grouped } from '../../grouped';
import { moneyText } from '../../money';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { textOf } from '../check/draftValues';
import type { DraftSource } from '../draft';
import { bearsMarkOf, readSourceMark } from '../sourceLink/sourceMark';
import { foldText } from './names';

/** The documents that a run knows, found again by id and by each of their keys. */
export class DocumentIndex {
	private readonly byId = new Map<string, XeroDocument>();
	private readonly byKey = new Map<string, string[]>();
	/** Those that bear a link, by the id of the Knack record that it names; made once it is asked for. */
	private byRecord: ReadonlyMap<string, readonly XeroDocument[]> | undefined;

	constructor(
		private readonly definition: DocumentDefinition,
		documents: readonly XeroDocument[] = [],
	) {
		for (const document of documents) this.add(document);
	}

	/** Adds a document, or puts its newer state in the place of the older. */
	add(document: XeroDocument): void {
		const isKnown = this.byId.has(document.id);
		this.byId.set(document.id, document);
		for (const key of this.definition.keys) {
			const value = textOf(document.fields[key.path]);
			if (value === undefined) continue;
			const slot = `${key.path} ${foldText(value)}`;
			const ids = this.byKey.get(slot);
			if (!ids) this.byKey.set(slot, [document.id]);
			else if (!isKnown || !ids.includes(document.id)) ids.push(document.id);
		}
		this.byRecord = undefined;
	}

	get(id: string): XeroDocument | undefined {
		return this.byId.get(id.toLowerCase()) ?? this.byId.get(id);
	}

	/** Those whose link to the source names the record. */
	linkedTo(source: DraftSource): XeroDocument[] {
		this.byRecord ??= grouped(
			[...this.byId.values()].flatMap((document): [string, XeroDocument][] => {
				const mark = readSourceMark(textOf(document.fields.url));
				return mark ? [[mark.recordId, document]] : [];
			}),
		);
		const named = this.byRecord.get(source.knackRecordId ?? '') ?? [];
		return named.filter(({ fields }) => bearsMarkOf(textOf(fields.url), source) === 'this');
	}

	find(path: string, value: string): XeroDocument[] {
		const ids = this.byKey.get(`${path} ${foldText(value)}`);
		return ids?.flatMap((id) => this.byId.get(id) ?? []) ?? [];
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
