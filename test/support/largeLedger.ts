import { randomUUID } from 'node:crypto';
import type { Sandbox } from '../../sandbox/sandbox';

/**
 * Copies the invoices of the sandbox's first organisation until it has so many, as if they had been
 * posted one by one over the years: numbers, references and ids of their own.
 */
export function growLedger(sandbox: Sandbox, count: number): void {
	const { invoices } = sandbox.xero.organisation();
	const models = invoices.all();
	for (let index = 0; invoices.size < count; index += 1) {
		const model = models[index % models.length];
		if (!model) throw new Error('There is no invoice to copy.');
		const id = randomUUID();
		invoices.put(id, { ...model, id, number: `OLD-${index}`, reference: `OLD-ORDER-${index}` });
	}
}
