import type {
	DocumentDefinition,
	WireElement,
	XeroDocument,
} from '../../xero/documents/definition';
import { isStopping } from '../check/check';
import type { FindContext } from '../find/findContext';
import { isKeptUnique } from '../find/decidingKey';
import { findRows } from '../find/finder';
import { asMatched } from '../find/matching';
import { awaitedStatus } from '../plan/awaitedStatus';
import { namedContact, withStatus } from '../plan/elements';
import { withoutSourceLink } from '../plan/linkAnswered';
import { SOURCE_LINK } from '../plan/sourceLink';
import { contactIdOf, foundThere, type Row, type Sent } from '../row';
import { approve } from './approve';
import { makesRoom } from './expectedWrites';
import { areApart, basisOf, identityOf } from './identity';
import { isApplied, settleLostRaces } from './lostRaces';
import { reserve } from './reserve';
import { takeSecondLook } from './secondLook';
import { singlyOf, type WritingPlan } from './singleRequests';
import { removeSurplus } from './takeBack';
import { writeElements, type WriteItem, type WriteResult } from './writeElements';
import type { Writing } from './writing';

/** A row whose plan writes. */
type DueRow = Row & { plan: WritingPlan };

export function isDue(row: Row): row is DueRow {
	return row.plan?.action === 'create' || row.plan?.action === 'update';
}

/** Carries the rows' plans out: creates apart from updates, each in batches. Sets each one's `sent`. */
export async function execute(writing: Writing, rows: readonly Row[]): Promise<void> {
	const { definition } = writing;
	const due = rows.filter(isDue);
	const updates = due.filter(({ plan }) => plan.action === 'update');
	await reserveAndWrite(writing, updates.filter(makesRoom));
	const creates = due.filter(({ plan }) => plan.action === 'create');
	const unguarded = creates.filter((row) => !isKeptUnique(definition, row));
	await writeRows(
		writing,
		creates.filter((row) => isKeptUnique(definition, row)),
	);
	await writeRows(writing, unguarded);
	await takeSecondLook(writing, unguarded, creates);
	await reserve(writing, creates);
	await approve(writing, unguarded);
	await reserveAndWrite(
		writing,
		updates.filter((row) => !makesRoom(row)),
	);
	await settleRaces(writing, creates);
}

/** Of updates that cannot have what they use up of others, nothing is sent. */
async function reserveAndWrite(writing: Writing, updates: readonly DueRow[]): Promise<void> {
	await reserve(writing, updates);
	await writeRows(
		writing,
		updates.filter(({ sent }) => !sent),
	);
}

async function settleRaces(writing: Writing, creates: readonly DueRow[]): Promise<void> {
	const { definition } = writing;
	const again = await settleLostRaces(writing, creates);
	const updates = [...again.values()];
	await removeSurplus(writing, updates);
	await reserveAndWrite(writing, updates);
	for (const [row, { plan, sent }] of again) {
		row.sent =
			sent?.kind === 'done' && isFinishing(definition, row, plan)
				? { ...sent, did: 'unchanged', by: 'readBack' }
				: sent;
	}
}

/** Whether an update does nothing but approve what another worker was about to approve itself. */
function isFinishing(definition: DocumentDefinition, row: Row, plan: WritingPlan): boolean {
	return (
		awaitedStatus(definition, row) !== undefined &&
		plan.changes.every(({ field }) => [definition.statusPath, SOURCE_LINK].includes(field))
	);
}

function elementOf(definition: DocumentDefinition, row: DueRow): WireElement {
	const element = row.plan.element();
	if (row.plan.action !== 'create') return element;
	const whole = { ...element, ...namedContact(definition, contactIdOf(row)) };
	if (awaitedStatus(definition, row) === undefined) return whole;
	return withStatus(definition, whole, definition.lifecycle.initial);
}

interface RowItem extends WriteItem {
	readonly row: DueRow;
}

/**
 * Writes rows. Whether Xero takes an invoice's `Url` on an update is not documented: where it refuses
 * an element for its link, the element goes once more without.
 */
async function writeRows(writing: Writing, rows: readonly DueRow[]): Promise<void> {
	await writeOnce(writing, rows);
	const again = rows.flatMap((row) => {
		const plan = planWithoutLink(writing, row);
		return plan ? [{ row, due: { ...row, plan } }] : [];
	});
	const due = again.map((each) => each.due);
	await writeOnce(writing, due);
	again.forEach(({ row, due: { sent } }) => (row.sent = sent));
}

/** What is left to send of a row that Xero refused for its link; undefined for any other. */
function planWithoutLink({ options }: Writing, { plan, sent }: DueRow): WritingPlan | undefined {
	if (sent?.kind !== 'rejected' || !sent.messages.some((words) => /\burl\b/i.test(words))) {
		return undefined;
	}
	const rest = withoutSourceLink(plan, options.ruleSeverities);
	// A user who set the rule to stop wants no document without its link.
	return rest && !rest.issues.slice(plan.issues.length).some(isStopping) ? rest : undefined;
}

async function writeOnce(writing: Writing, rows: readonly DueRow[]): Promise<void> {
	const [first] = rows;
	if (!first) return;
	const { context, definition } = writing;
	const items = rows.map(
		(row): RowItem => ({
			row,
			element: elementOf(definition, row),
			identity: identityOf(definition, row),
			basis: row.plan.action === 'update' ? basisOf(row.plan.document) : undefined,
			singly: singlyOf(definition, row.plan),
		}),
	);
	const isCreate = first.plan.action === 'create';
	const takesTurns = isCreate && !isKeptUnique(definition, first);
	const { client, clock, turns, lookedUpAtMs = 0, mark, mostElements } = context;
	await writeElements(
		{
			client,
			definition,
			method: isCreate ? 'PUT' : 'POST',
			...(isCreate ? { mark } : {}),
			...(takesTurns ? { turn: { turns, clock, lookedUpAtMs } } : {}),
			mostElements: takesTurns && areApart(definition, rows) ? 1 : mostElements,
			readBack: async (lost) => await readBack(writing, lost),
			onBatch: (batch) => {
				for (const [{ row }, result] of batch) row.sent = sentOf(definition, row.plan, result);
				writing.onSent?.(batch.map(([{ row }]) => row));
			},
		},
		items,
	);
}

function sentOf(definition: DocumentDefinition, plan: WritingPlan, result: WriteResult): Sent {
	const did = plan.action === 'create' ? 'created' : 'updated';
	const by = plan.action === 'update' ? plan.by : undefined;
	if (result.kind === 'written') {
		const document = definition.read(result.element);
		const { warnings, requestKey } = result;
		return { kind: 'done', did, document, warnings, plan, by, requestKey };
	}
	if (result.kind === 'readBack') {
		const { document } = result;
		if (plan.action === 'update') {
			return { kind: 'done', did, document, warnings: [], plan, by, isReadBack: true };
		}
		return foundThere(document, plan);
	}
	return result;
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
		const document = asMatched(match)?.document;
		if (!document) continue;
		if (item.row.plan.action === 'create' || isApplied(writing, item.row, document)) {
			found.set(item, document);
		}
	}
	return found;
}
