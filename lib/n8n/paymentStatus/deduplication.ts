import type { IExecuteFunctions } from 'n8n-workflow';
import type { Deduplication } from '../../sync/payments/syncFromPlace';

/** Keys that one node remembers, the latest. n8n keeps them in one row of its database. */
const OPTIONS = { mode: 'entries', maxEntries: 5_000 } as const;

/**
 * n8n's own deduplication, which its workers share. It is not atomic, and may be missing: in an older
 * n8n, in a workflow that was never saved, or where two workers note their first key at once. Then a
 * key counts as new, so nothing may rest on it but what does no harm twice.
 */
export function deduplication(context: IExecuteFunctions): Deduplication {
	const orElse = async <Value>(work: () => Promise<Value>, otherwise: Value): Promise<Value> => {
		try {
			return await work();
		} catch (error) {
			const reason = error instanceof Error ? error.message : String(error);
			context.logger.debug("n8n's deduplication could not be used", { reason });
			return otherwise;
		}
	};
	const { helpers } = context;
	return {
		seenBefore: async (keys) =>
			await orElse(async () => {
				if (keys.length === 0) return new Set();
				const { processed } = await helpers.checkProcessedAndRecord([...keys], 'node', OPTIONS);
				return new Set(processed.map(String));
			}, new Set<string>()),
		forget: async (keys) =>
			await orElse(
				async () => await helpers.removeProcessed([...keys], 'node', OPTIONS),
				undefined,
			),
	};
}
