import { z } from 'zod';
import type { Sandbox } from '../../../sandbox/sandbox';

/** One element of a write that Xero answered. */
export interface WrittenElement {
	/** Of the path: `Invoices`, `Contacts` … */
	readonly resource: string;
	readonly method: string;
	readonly element: Readonly<Record<string, unknown>>;
}

const element = z.record(z.string(), z.unknown());
const body = z.record(z.string(), z.array(element));

/** Every element of every write to Xero since the journal was cleared. */
export function writtenElements(sandbox: Sandbox): WrittenElement[] {
	return (
		sandbox.journal
			.filter({ service: 'xero', kind: 'write' })
			// A turn that another worker has used is refused before anything is written.
			.filter(({ status }) => status === 200)
			.flatMap(({ path, method, requestBody }): WrittenElement[] => {
				const resource = path.split('/api.xro/2.0/')[1]?.split('/')[0] ?? path;
				const parsed = body.safeParse(requestBody);
				const elements = parsed.success ? (parsed.data[resource] ?? []) : [];
				return elements.length === 0
					? [{ resource, method, element: {} }]
					: elements.map((each) => ({ resource, method, element: each }));
			})
	);
}

export function countWrites(sandbox: Sandbox): number {
	return sandbox.journal.counts().byService.xero?.write ?? 0;
}
