import { moneyText } from '../../money';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { textOf } from '../check/draftValues';
import { foldText } from './names';

/** The documents that a run knows, found again by id and by each of their keys. */
export class DocumentIndex {
	private readonly byId = new Map<string, XeroDocument>();
	private readonly byKey = new Map<string, string[]>();

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
	}

	get(id: string): XeroDocument | undefined {
		return this.byId.get(id.toLowerCase()) ?? this.byId.get(id);
	}

	all(): readonly XeroDocument[] {
		return [...this.byId.values()];
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
