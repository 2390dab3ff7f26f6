import { canonicalDecimal, type Decimal } from '../../money';
import { without } from '../../without';
import type {
	DocumentAmounts,
	DocumentDefinition,
	XeroDocument,
} from '../../xero/documents/definition';
import type { OrganisationSettings } from '../../xero/settings';
import type { Draft } from '../draft';
import { addresseeOf } from '../guard/emails';
import type { Plan } from '../plan/plan';
import type { FollowUp } from '../references/completed';
import type { ContactRow, Correction, Row } from '../row';
import type { UpsertOptions } from '../upsertContext';
import type { PlannedParts } from './planNumber';

/** What the plans of a run were made with. */
export interface PlannedRun {
	readonly definition: DocumentDefinition;
	readonly options: UpsertOptions;
	readonly settings: OrganisationSettings;
	readonly follow?: (plan: Plan, document: XeroDocument | undefined) => FollowUp | undefined;
}

/**
 * All that a run would send for a row, and what that was planned on; undefined where it would send
 * nothing. What another row of the run happens to carry out, such as a shared contact, is each one's.
 */
export function whatIsPlanned(run: PlannedRun, row: Row): PlannedParts | undefined {
	const { plan, contact, credit, draft } = row;
	if (!plan || row.repeats || plan.action === 'stop' || plan.action === 'skip') return undefined;
	const follow = followOf(run, plan);
	const uses = credit?.uses ?? [];
	const isDue =
		plan.action !== 'keep' ||
		plan.surplus.length > 0 ||
		contact?.plan?.action === 'update' ||
		uses.length > 0 ||
		follow.length > 0;
	if (!isDue) return undefined;
	const { definition, settings, options } = run;
	const { source } = draft;
	return {
		record: recordOf(draft, plan),
		settings: [
			settings.organisation.id,
			settings.organisation.baseCurrency,
			definition.type,
			// What goes by these is decided once the document is there.
			asJson([options.orderTolerance, options.reversal, options.openCredit]),
		],
		contact: contact && contactPart(contact),
		// Besides what is sent, what the record says: what follows the document goes by that.
		document: [
			headerPart(definition, plan),
			plan.draft.fields,
			row.correction && correctionPart(row.correction),
		],
		lines: [
			linesPart(definition, plan),
			plan.draft.lines?.map(({ fields }) => fields),
			row.correction && correctedLines(row.correction),
		],
		state: plan.action === 'create' ? 'missing' : [stateOf(plan.document), beforeOf(plan)],
		afterwards: [
			follow,
			uses.map(({ credit: { id }, amount, dueAfter, on }) => [
				id,
				text(amount),
				text(dueAfter),
				on,
			]),
			source.approval?.afterWriting,
			source.approval?.isEmailed ? addresseeOf(row) : undefined,
		],
	};
}

/** Which record a plan is for. */
export function recordOf({ source }: Draft, { key }: Plan): readonly unknown[] {
	const isOwnRecord = source.knackRecordId !== undefined && !source.isOfLine;
	return isOwnRecord ? ['record', source.knackRecordId] : ['key', key];
}

/** What follows the document, in words. */
export function followOf({ follow }: PlannedRun, plan: Plan): readonly string[] {
	const step = follow?.(plan, 'document' in plan ? plan.document : undefined);
	return step && 'change' in step && step.change ? step.inWords : [];
}

function contactPart({ match, plan }: ContactRow) {
	if (match?.kind === 'matched') {
		const { id, fields, updatedAtMs } = match.document;
		return plan?.action === 'update'
			? [id, fields.name, plan.element(), plan.changes, updatedAtMs]
			: [id, fields.name];
	}
	return plan?.action === 'create' ? ['new', plan.element()] : match?.kind;
}

/** What is sent of a document, without its lines. */
function headerPart({ wire }: DocumentDefinition, plan: Plan) {
	if (plan.action === 'skip' || plan.action === 'stop') return plan.action;
	const { action, order } = plan;
	if (action === 'keep') return { action, surplus: plan.surplus.map(({ id }) => id) };
	const changes = plan.changes.filter(({ field }) => !isOfLines(field));
	return {
		action,
		changes: changes.map(({ field, after }) => [field, after]),
		...(action === 'correct'
			? {}
			: { element: wire.lines ? without(plan.element(), wire.lines.name) : plan.element() }),
		...(action === 'update' ? { surplus: plan.surplus.map(({ id }) => id) } : {}),
		order: order && [order.isClosing, order.opening],
	};
}

/** The lines, and what they come to. */
function linesPart({ wire }: DocumentDefinition, plan: Plan) {
	if (plan.action === 'skip' || plan.action === 'stop' || plan.action === 'keep') return [];
	const changes = plan.changes.filter(({ field }) => isOfLines(field));
	return [
		changes.map(({ field, after }) => [field, after]),
		amountsPart(plan.amounts),
		plan.action === 'correct' || !wire.lines ? undefined : plan.element()[wire.lines.name],
	];
}

function isOfLines(field: string): boolean {
	return field.startsWith('lineItems[');
}

function correctionPart({ definition, creditNote, successor, date, isCredited }: Correction) {
	const parts = [creditNote, successor].map(({ plan }) => plan && headerPart(definition, plan));
	return [definition.type, date, isCredited, ...parts];
}

function correctedLines({ definition, creditNote, successor }: Correction) {
	return [creditNote, successor].map(({ plan }) => plan && linesPart(definition, plan));
}

/**
 * The document as Xero has it. The moment of its last change is among it: whatever is changed there,
 * and be it back to what it was, an approval of before is over.
 */
function stateOf({ id, number, status, contactId, amounts, ...facts }: XeroDocument) {
	const { updatedAtMs, hasPaymentsOrCredits, isLocked } = facts;
	return {
		id,
		number,
		status,
		contactId,
		updatedAtMs,
		hasPaymentsOrCredits,
		isLocked,
		amounts: amountsPart(amounts),
	};
}

function beforeOf(plan: Plan) {
	return plan.action === 'update' || plan.action === 'correct'
		? plan.changes.map(({ field, before }) => [field, before])
		: [];
}

function amountsPart(amounts: DocumentAmounts | undefined) {
	if (!amounts) return undefined;
	const { currency, subTotal, totalTax, total, amountDue, amountPaid, ...others } = amounts;
	const { amountCredited, deducted } = others;
	const figures = [subTotal, totalTax, total, amountDue, amountPaid, amountCredited, deducted];
	return [currency, ...figures.map(text)];
}

function text(amount: Decimal | undefined): string | undefined {
	return amount && canonicalDecimal(amount);
}

function asJson(value: unknown): string {
	return JSON.stringify(value);
}
