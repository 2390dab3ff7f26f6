import type {
	DocumentDefinition,
	DocumentKey,
	WireElement,
	XeroDocument,
} from '../../xero/documents/definition';
import { headerText } from '../check/draftValues';
import type { Draft } from '../draft';
import { findRows } from '../find/finder';
import type { Row } from '../row';
import type { UpsertContext } from '../upsertContext';
import { writeElements, type WriteItem } from './writeElements';
import type { Writing } from './writing';
import type { SingleRequests } from './writeSingly';

/** The value that recognises the draft's document in Xero, surest first. */
function decidingKey(
	definition: DocumentDefinition,
	draft: Draft,
): (DocumentKey & { readonly value: string }) | undefined {
	for (const key of definition.keys) {
		const value = headerText(draft, key.path);
		if (value !== undefined) return { ...key, value };
	}
	return undefined;
}

/** Whether Xero itself refuses a second document for the same record. */
export function isKeptUnique(definition: DocumentDefinition, draft: Draft): boolean {
	return decidingKey(definition, draft)?.enforced ?? false;
}

/**
 * Two workers at once can both create a document that is recognised by its reference alone, since
 * Xero keeps only numbers unique. So what was just created is looked up once more; where a twin
 * stands beside it, both workers choose the same survivor, and each takes back only its own.
 * Throws ServiceFaultError.
 */
export async function removeOwnTwins(writing: Writing, rows: readonly Row[]): Promise<void> {
	const { context, definition, options } = writing;
	const { client, settings } = context;
	const probes = new Map(
		rows.flatMap((row): Array<[Row, Row]> => {
			const { sent, draft, contact, replaces } = row;
			const isAtRisk =
				sent?.kind === 'done' &&
				sent.did === 'created' &&
				(replaces !== undefined || decidingKey(definition, draft)?.enforced === false);
			return isAtRisk ? [[row, { draft, contact, replaces }]] : [];
		}),
	);
	if (probes.size === 0) return;
	const severities = options.ruleSeverities;
	const second = { client, definition, settings, severities };
	const changedSinceMs = earliestTwinMs(context, [...probes.keys()]);
	await findRows(second, [...probes.values()], {
		areTwinsOurs: true,
		...(changedSinceMs === undefined ? {} : { changedSinceMs }),
	});
	for (const [row, { match }] of probes) {
		const { sent } = row;
		if (sent?.kind !== 'done' || match?.kind !== 'matched') continue;
		const own = match.surplus?.find(({ id }) => id === sent.document.id);
		if (!own || !(await takeBack(context, definition, own))) continue;
		row.sent = {
			kind: 'done',
			did: 'unchanged',
			document: match.document,
			warnings: ['Another run posted the same document at the same moment; only one was kept.'],
			plan: sent.plan,
			by: match.by,
		};
	}
}

/** More than any run looks up and writes in, and than clocks that are kept right differ. */
const LONG_BEFORE_MS = 2 * 60 * 60_000;

/**
 * A twin was made after the run had looked, and so not long before its own documents, by the clock of
 * Xero's answers. Undefined where Xero does not tell the time of each.
 */
function earliestTwinMs({ clock, lookedUpAtMs }: UpsertContext, rows: readonly Row[]) {
	let earliest = Infinity;
	for (const { sent } of rows) {
		if (sent?.kind !== 'done') continue;
		if (sent.document.updatedAtMs === undefined) return undefined;
		earliest = Math.min(earliest, sent.document.updatedAtMs);
	}
	if (earliest === Infinity || lookedUpAtMs === undefined || lookedUpAtMs === 0) return undefined;
	return earliest - Math.max(0, clock.now() - lookedUpAtMs) - LONG_BEFORE_MS;
}

/** Deletes a document that is not approved yet, voids one that is. */
async function takeBack(
	context: UpsertContext,
	definition: DocumentDefinition,
	own: XeroDocument,
): Promise<boolean> {
	const removePath = definition.singly?.removePath?.(own.id, own.fields);
	if (removePath !== undefined) {
		const answer = await context.client.write({
			method: 'DELETE',
			path: removePath,
			api: definition.api,
			idempotencyKey: `knack-xero-remove-${own.id}`,
		});
		return answer.kind === 'accepted';
	}
	const moves = definition.statusMoves[own.status ?? ''] ?? [];
	const status = ['VOIDED', 'DELETED'].find((each) => moves.includes(each));
	// What cannot be taken back, such as a project, stays for a person to merge.
	if (status === undefined) return false;
	const element = { ...definition.fixed, [definition.idName]: own.id, Status: status };
	const item: WriteItem = { element, singly: singlyOf(definition, own, element) };
	const results = await writeElements(
		{
			client: context.client,
			definition,
			method: 'POST',
			readBack: () => Promise.resolve(new Map<WriteItem, XeroDocument>()),
		},
		[item],
	);
	return results.get(item)?.kind === 'written';
}

function singlyOf(
	{ singly }: DocumentDefinition,
	own: XeroDocument,
	element: WireElement,
): SingleRequests | undefined {
	return singly && { writes: singly.update(own.id, element, own.fields), fields: own.fields };
}

/** Takes back the twins that planning found: the same document, posted again by a run that died. */
export async function removeSurplus(
	{ context, definition }: Writing,
	rows: readonly Row[],
): Promise<void> {
	for (const { plan } of rows) {
		if (plan?.action !== 'keep' && plan?.action !== 'update') continue;
		for (const document of plan.surplus) await takeBack(context, definition, document);
	}
}
