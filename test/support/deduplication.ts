import { DataDeduplicationService } from 'n8n-core';
import type {
	DeduplicationItemTypes,
	ICheckProcessedContextData,
	IDataDeduplicator,
} from 'n8n-workflow';

const held = new Map<string, Set<DeduplicationItemTypes>>();
let isInstalled = false;

function entriesOf(scope: string, { node, workflow }: ICheckProcessedContextData) {
	const name = `${workflow.id} ${scope === 'node' ? (node?.id ?? '') : ''}`;
	const entries = held.get(name) ?? new Set();
	held.set(name, entries);
	return entries;
}

/** n8n's deduplication in memory, as all processes of one n8n share it. */
const inMemory: IDataDeduplicator = {
	async checkProcessedAndRecord(items, scope, data) {
		const entries = entriesOf(scope, data);
		const processed = items.filter((item) => entries.has(item));
		const fresh = items.filter((item) => !entries.has(item));
		for (const item of fresh) entries.add(item);
		return await Promise.resolve({ new: fresh, processed });
	},
	async removeProcessed(items, scope, data) {
		for (const item of items) entriesOf(scope, data).delete(item);
		await Promise.resolve();
	},
	async clearAllProcessedItems(scope, data) {
		entriesOf(scope, data).clear();
		await Promise.resolve();
	},
	async getProcessedDataCount(scope, data) {
		return await Promise.resolve(entriesOf(scope, data).size);
	},
};

/** Gives n8n-core the deduplication that a server would, empty. */
export async function emptyDeduplication(): Promise<void> {
	held.clear();
	if (isInstalled) return;
	isInstalled = true;
	await DataDeduplicationService.init(inMemory);
}
