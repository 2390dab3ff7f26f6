import type { XeroClient } from '../../xero/client';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import type { Reversing } from '../../xero/documents/reversing';
import { takePages } from '../../xero/pages';
import { textOf } from '../check/draftValues';
import { liveOnes } from '../find/twins';

/**
 * How the text of a reversal begins: its own key, since it bears no link. What follows it may be
 * edited, and the day may be moved, without it being made again.
 */
export function keyOfReversal(id: string): string {
	return `Reversal of ${id}`;
}

/** Conditions in one request, so that the address stays short enough. */
const AT_ONCE = 20;

/** The reversals that are there, by the ids of what they reverse. Throws ServiceFaultError. */
export async function findReversals(
	client: XeroClient,
	definition: DocumentDefinition,
	reverses: Reversing,
	ids: readonly string[],
): Promise<ReadonlyMap<string, XeroDocument>> {
	const live = liveOnes(definition, await readReversals(client, definition, reverses, ids));
	return new Map(
		ids.flatMap((id): Array<[string, XeroDocument]> => {
			const own = live.find(({ fields }) =>
				textOf(fields[reverses.textPath])?.startsWith(keyOfReversal(id)),
			);
			return own ? [[id, own]] : [];
		}),
	);
}

/** The reversals of some journals, with those that were taken out of the books. Throws ServiceFaultError. */
export async function readReversals(
	client: XeroClient,
	definition: DocumentDefinition,
	{ textName }: Reversing,
	ids: readonly string[],
): Promise<readonly XeroDocument[]> {
	const found: XeroDocument[] = [];
	for (let at = 0; at < ids.length; at += AT_ONCE) {
		const where = ids
			.slice(at, at + AT_ONCE)
			.map((id) => `${textName}.StartsWith("${keyOfReversal(id)}")`)
			.join(' OR ');
		const { resource } = definition.wire;
		const request = {
			path: `/${resource}`,
			query: { where },
			listName: resource,
			pageSize: 100,
			takesPageSize: false,
		};
		await takePages(client, request, (elements) => {
			found.push(...elements.map((element) => definition.read(element)));
		});
	}
	return found;
}
