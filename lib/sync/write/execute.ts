import { contentHash } from '../../hash';
import { faultOr } from '../../serviceFault';
import type {
	DocumentDefinition,
	WireElement,
	XeroDocument,
} from '../../xero/documents/definition';
import type { FindContext } from '../find/findContext';
import { findRows } from '../find/finder';
import { planDraft, type Plan } from '../plan/plan';
import { planAgain } from '../prepare';
import { contactIdOf, type Row, type Sent } from '../row';
import { isTaken } from '../words/xeroWords';
import { SHARED_TURNS } from './turns';
import { isKeptUnique, removeOwnTwins } from './twins';
import { writeElements, type WriteItem, type WriteResult } from './writeElements';
import type { Writing } from './writing';
import type { SingleRequests } from './writeSingly';

type WritingPlan = Extract<Plan, { action: 'create' | 'update' }>;

/** A row whose plan writes. */
type DueRow = Row & { plan: WritingPlan };

export function isDue(row: Row): row is DueRow {
	return row.plan?.action === 'create' || row.plan?.action === 'update';
}

/** Carries the rows' plans out: creates apart from updates, each in batches. Sets each one's `sent`. */
export async function execute(writing: Writing, rows: readonly Row[]): Promise<void> {
	const { definition } = writing;
	const due = rows.filter(isDue);
	const creates = due.filter(({ plan }) => plan.action === 'create');
	const portions = [
		creates.filter(({ draft }) => isKeptUnique(definition, draft)),
		creates.filter(({ draft }) => !isKeptUnique(definition, draft)),
		due.filter(({ plan }) => plan.action === 'update'),
	];
	for (const portion of portions) await writeRows(writing, portion);
	await faultOr(removeOwnTwins(writing, creates));
	for (const row of creates) {
		if (hasLostRace(writing, row)) await afterLostRace(writing, row);
	}
}

function hasLostRace(writing: Writing, row: DueRow): boolean {
	const { sent } = row;
	if (sent?.kind === 'rejected') return isTaken(sent.messages);
	// What another worker posted from an older state of the record is brought up to date.
	return (
		sent?.kind === 'done' && sent.isReadBack === true && !isApplied(writing, row, sent.document)
	);
}

function elementOf(row: DueRow): WireElement {
	const element = row.plan.element();
	const contactId = contactIdOf(row);
	return contactId !== undefined && row.plan.action === 'create'
		? { ...element, Contact: { ContactID: contactId } }
		: element;
}

/** The requests of a document whose endpoint takes one at a time. */
function singlyOf({ singly }: DocumentDefinition, plan: WritingPlan): SingleRequests | undefined {
	if (plan.action === 'create') {
		const { fields } = plan.draft;
		const write = singly?.create?.(plan.element(), fields);
		return write && { writes: [write], fields };
	}
	const fields = { ...plan.document.fields, ...plan.draft.fields };
	const writes = singly?.update(plan.document.id, plan.element(), fields);
	return writes && { writes, fields };
}

/** The state that an update was planned on: its time, or all of it where Xero tells no time. */
function basisOf(document: XeroDocument): string {
	return String(document.updatedAtMs ?? contentHash(document.fields));
}

interface RowItem extends WriteItem {
	readonly row: DueRow;
}

async function writeRows(writing: Writing, rows: readonly DueRow[]): Promise<void> {
	const [first] = rows;
	if (!first) return;
	const { context, definition } = writing;
	const items = rows.map(
		(row): RowItem => ({
			row,
			element: elementOf(row),
			basis: row.plan.action === 'update' ? basisOf(row.plan.document) : undefined,
			singly: singlyOf(definition, row.plan),
		}),
	);
	const isCreate = first.plan.action === 'create';
	const takesTurns = isCreate && !isKeptUnique(definition, first.draft);
	const written = await faultOr(
		writeElements(
			{
				client: context.client,
				definition,
				method: isCreate ? 'PUT' : 'POST',
				...(takesTurns
					? {
							turn: {
								turns: context.turns ?? SHARED_TURNS,
								clock: context.clock,
								lookedUpAtMs: context.lookedUpAtMs ?? 0,
							},
						}
					: {}),
				readBack: async (lost: readonly RowItem[]) => await readBack(writing, lost),
			},
			items,
		),
	);
	for (const item of items) {
		item.row.sent = sentOf(
			definition,
			item.row.plan,
			written.ok ? written.value.get(item) : { kind: 'unknown', reason: written.failure.message },
		);
	}
}

function sentOf(
	definition: DocumentDefinition,
	plan: WritingPlan,
	result: WriteResult | undefined,
): Sent {
	const did = plan.action === 'create' ? 'created' : 'updated';
	const by = plan.action === 'update' ? plan.by : undefined;
	if (result?.kind === 'written') {
		const document = definition.read(result.element);
		return { kind: 'done', did, document, warnings: result.warnings, plan, by };
	}
	if (result?.kind === 'readBack') {
		const { document } = result;
		return { kind: 'done', did, document, warnings: [], plan, by, isReadBack: true };
	}
	return result ?? { kind: 'unknown', reason: 'The record was not part of any answer.' };
}

function findContext({ context, definition, options }: Writing): FindContext {
	const { client, settings } = context;
	return { client, definition, settings, severities: options.ruleSeverities };
}

/**
 * Asks Xero which of the rows took effect although their answer never came: a create when one
 * document is the record's, an update when nothing of it is left to do. Throws ServiceFaultError.
 */
async function readBack(
	writing: Writing,
	items: readonly RowItem[],
): Promise<ReadonlyMap<RowItem, XeroDocument>> {
	const found = new Map<RowItem, XeroDocument>();
	const probes = new Map(
		items.map((item): [RowItem, Row] => {
			const { plan } = item.row;
			const draft = plan.action === 'update' ? { ...plan.draft, id: plan.document.id } : plan.draft;
			return [item, { draft, contact: item.row.contact, replaces: item.row.replaces }];
		}),
	);
	await findRows(findContext(writing), [...probes.values()], { isForWriting: true });
	for (const [item, { match }] of probes) {
		if (match?.kind !== 'matched') continue;
		const { document } = match;
		if (item.row.plan.action === 'create' || isApplied(writing, item.row, document)) {
			found.set(item, document);
		}
	}
	return found;
}

/** Whether nothing of the row is left to do on what Xero has now. */
function isApplied(
	{ context, definition, options }: Writing,
	row: DueRow,
	document: XeroDocument,
): boolean {
	const plan = planDraft({
		definition,
		draft: row.plan.draft,
		match: { kind: 'matched', document, by: 'id', issues: [] },
		contactId: contactIdOf(row),
		settings: context.settings,
		options,
	});
	return plan.action === 'keep';
}

/** Somebody created the same meanwhile, and Xero refused ours: what is there decides. */
async function afterLostRace(writing: Writing, row: DueRow): Promise<void> {
	const { context, definition, options } = writing;
	const again: Row = { draft: row.draft, contact: row.contact, replaces: row.replaces };
	const planned = await faultOr(planAgain(context, definition, again, options));
	if (!planned.ok || !again.plan) {
		row.sent = { kind: 'unknown', reason: planned.ok ? '' : planned.failure.message };
		return;
	}
	const { plan } = again;
	const isLeft = 'wanted' in row && options.contactPolicy !== 'matchCreateOrUpdate';
	if (plan.action === 'keep' || (plan.action === 'update' && isLeft)) {
		const { document, by } = plan;
		row.sent = { kind: 'done', did: 'unchanged', document, warnings: [], plan, by };
		return;
	}
	if (plan.action !== 'update') {
		row.sent = { kind: 'stop', plan };
		return;
	}
	const due: DueRow = { ...again, plan };
	await writeRows(writing, [due]);
	row.sent = due.sent;
}
