import type { XeroClient } from 'xero-node';

import type { MadeDocuments } from './sandboxXeroEveryDocument';

interface Answer {
	readonly response: { readonly status: number };
	readonly body?: unknown;
}

/** A call of Xero's library, and what its answer has to hold. */
export type LibraryCall = readonly [
	name: string,
	call: (client: XeroClient, made: MadeDocuments) => Promise<Answer>,
	wanted: (made: MadeDocuments) => Record<string, unknown>,
];

export const anything = (): Record<string, unknown> => ({});

/** A list with a member that has these values among others. */
export const some = (
	list: string,
	member: Record<string, unknown> = {},
): Record<string, unknown> => ({
	[list]: expect.arrayContaining([expect.objectContaining(member)]),
});
