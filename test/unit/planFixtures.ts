import { calendarDate } from '../../lib/dates';
import type { Draft } from '../../lib/sync/draft';
import { planDraft, type Plan } from '../../lib/sync/plan/plan';
import type { PlanInput, PlanOptions } from '../../lib/sync/plan/planInput';
import { definitionOf } from '../support/definitionOf';
import type { FieldValues, WireElement, XeroDocument } from '../../lib/xero/documents/definition';
import { contactDraft, invoiceDraft, SETTINGS } from './syncFixtures';

const OPTIONS: PlanOptions = {
	removeOmittedLines: false,
	writePolicy: 'createOrUpdate',
	ruleSeverities: {},
	today: calendarDate('2026-11-22'),
};
const SOURCE = { table: 'object_2', knackRecordId: 'r1' };

type More = Partial<Omit<PlanInput, 'options' | 'draft'>> & { options?: Partial<PlanOptions> };

export function planOf(draft: Draft, document: XeroDocument | undefined, more: More = {}): Plan {
	const { options, ...others } = more;
	return planDraft({
		definition: definitionOf(draft.type),
		draft,
		match: document
			? { kind: 'matched', document, by: 'id', issues: [] }
			: { kind: 'missing', issues: [] },
		contactId: 'acme',
		settings: SETTINGS,
		...others,
		options: { ...OPTIONS, ...options },
	});
}

export function order(
	fields: FieldValues = {},
	lines: readonly FieldValues[] = [{}],
	more: Partial<Draft> = {},
) {
	return invoiceDraft(fields, lines, { source: SOURCE, ...more });
}

/** A record of the table of customers. */
export function customer(fields: FieldValues, more: Partial<Draft> = {}): Draft {
	const source = { table: 'object_1', knackRecordId: 'r1' };
	return { ...contactDraft({ name: 'Acme', ...fields }), source, ...more };
}

/** What Xero has once a draft was posted, with what a person did to it since. */
export function posted(
	draft: Draft,
	more: WireElement = {},
	lines: readonly WireElement[] = [],
	given: More = {},
): XeroDocument {
	const definition = definitionOf(draft.type);
	const plan = planOf(draft, undefined, given);
	if (plan.action !== 'create') throw new Error('It is not posted.');
	const element = plan.element();
	const { name = 'LineItems', idName } = definition.wire.lines ?? {};
	const own: readonly unknown[] = Array.isArray(element[name]) ? element[name] : [];
	const { total, subTotal, totalTax, currency } = plan.amounts ?? {};
	return definition.read({
		[definition.wire.idName]: 'one',
		CurrencyCode: currency,
		Total: Number(total),
		SubTotal: Number(subTotal),
		TotalTax: Number(totalTax),
		LineAmountTypes: 'Exclusive',
		...element,
		Contact: { ContactID: 'acme', Name: 'Acme Limited' },
		[name]: own.map((line, index) => ({
			...(idName === undefined ? {} : { [idName]: `line-${index + 1}` }),
			...Object(line),
			...lines[index],
		})),
		...more,
	});
}

export function said(plan: Plan): string {
	const changes = 'changes' in plan ? plan.changes.map(({ field }) => field) : [];
	const fields = changes.filter((field) => field !== 'sourceLink');
	return [plan.action, ...plan.issues.map(({ code }) => code), ...fields].join(' ');
}

/** The lines that go over, each by its id, words and price. */
export function linesSent(plan: Plan): string[] {
	const element = plan.action === 'update' ? plan.element() : {};
	const lines: readonly object[] = Array.isArray(element.LineItems) ? element.LineItems : [];
	return lines.map((line) => {
		const { Description, UnitAmount, LineItemID = 'new' } = Object(line);
		return `${LineItemID} ${Description} ${UnitAmount}`;
	});
}
