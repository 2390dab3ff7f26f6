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
	private readonly byKey = new Map<string, XeroDocument[]>();
	/** Those that bear a link, by the id of the Knack record that it names; made once it is asked for. */
	private byRecord: ReadonlyMap<string, readonly XeroDocument[]> | undefined;

	constructor(
		private readonly definition: DocumentDefinition,
		documents: readonly XeroDocument[] = [],
	) {
		for (const document of documents) this.add(document);
	}

	/** Adds a document, each once. */
	add(document: XeroDocument): void {
		this.byId.set(document.id.toLowerCase(), document);
		for (const { path } of this.definition.keys) {
			const value = textOf(document.fields[path]);
			if (value === undefined) continue;
			const slot = slotOf(path, value);
			const others = this.byKey.get(slot);
			if (others) others.push(document);
			else this.byKey.set(slot, [document]);
		}
		this.byRecord = undefined;
	}

	get(id: string): XeroDocument | undefined {
		return this.byId.get(id.toLowerCase());
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

	find(path: string, value: string): readonly XeroDocument[] {
		return this.byKey.get(slotOf(path, value)) ?? [];
	}
}

const slotOf = (path: string, value: string) => `${path} ${foldText(value)}`;

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
