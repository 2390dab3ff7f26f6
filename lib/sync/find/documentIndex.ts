import { moneyText } from '../../money';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { textOf } from '../check/draftValues';
import { foldText } from './names';

/** The documents that a run knows, found again by id and by each of their keys. */
export class DocumentIndex {
	private readonly byId = new Map<string, XeroDocument>();
	private readonly byKey = new Map<string, XeroDocument[]>();

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
	}

	get(id: string): XeroDocument | undefined {
		return this.byId.get(id.toLowerCase());
	}

	all(): readonly XeroDocument[] {
		return [...this.byId.values()];
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
