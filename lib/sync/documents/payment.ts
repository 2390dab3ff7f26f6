import { parseDecimal } from '../../money';
import type { XeroClient } from '../../xero/client';
import { SALES_CREDIT_NOTE } from '../../xero/documents/salesCreditNote';
import { SUPPLIER_CREDIT_NOTE } from '../../xero/documents/supplierCreditNote';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { BILL } from '../../xero/documents/bill';
import { SALES_INVOICE } from '../../xero/documents/salesInvoice';
import { findDocuments } from '../../xero/lookups';
import { issueOf, isStopping, type RuleSeverities } from '../check/check';
import { headerText } from '../check/draftValues';
import type { Finding, LateRule } from '../check/rule';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Draft } from '../draft';
import { documentLabel } from '../find/documentIndex';
import { foldText } from '../find/names';
import { liveOnes } from '../find/twins';
import type { Plan } from '../plan/plan';
import { withIssues, withValues } from './named';
import { isOnItsWay, type DocumentStrategy } from './strategy';

/** What a payment can be for, and the documents among which its number is looked for. */
const TARGETS = [
	{ path: 'invoice', what: 'invoice or bill', among: [SALES_INVOICE, BILL] },
	{ path: 'creditNote', what: 'credit note', among: [SALES_CREDIT_NOTE, SUPPLIER_CREDIT_NOTE] },
	{ path: 'prepayment', what: 'prepayment', among: [] },
	{ path: 'overpayment', what: 'overpayment', among: [] },
] as const;
type Target = (typeof TARGETS)[number];

interface Known {
	readonly definition: DocumentDefinition;
	readonly document: XeroDocument;
}

/** A payment is for exactly one document, by id or number; which one is settled before matching. */
export const PAYMENT_STRATEGY: DocumentStrategy = {
	async complete({ client }, drafts, severities) {
		const open = drafts.filter(isOnItsWay);
		const known = new Map<string, readonly Known[]>();
		for (const target of TARGETS) known.set(target.path, await readTargets(client, target, open));
		return {
			drafts: drafts.map((draft) =>
				isOnItsWay(draft) ? completed(draft, known, severities) : draft,
			),
			review: (plan) => reviewed(plan, known, severities),
		};
	},
};

async function readTargets(
	client: XeroClient,
	{ path, among }: Target,
	drafts: readonly Draft[],
): Promise<Known[]> {
	const given = (part: 'id' | 'number') => [
		...new Set(drafts.flatMap((draft) => headerText(draft, `${path}.${part}`) ?? [])),
	];
	const ids = given('id');
	const numbers = given('number');
	if (ids.length === 0 && numbers.length === 0) return [];
	const known: Known[] = [];
	for (const definition of among) {
		const values = { [definition.numberPath]: numbers };
		const found = await findDocuments(client, definition, { ids, values });
		known.push(...found.map((document) => ({ definition, document })));
	}
	return known;
}

function completed(
	draft: Draft,
	known: ReadonlyMap<string, readonly Known[]>,
	severities: RuleSeverities,
): Draft {
	const problem = (rule: LateRule, finding: Finding, found: readonly Known[] = []) =>
		withIssues(
			draft,
			issueOf(rule, finding, severities, {
				...(found.length === 0
					? {}
					: {
							candidates: found.map(({ definition, document }) => ({
								id: document.id,
								label: documentLabel(definition, document),
							})),
						}),
			}),
		);
	const named = TARGETS.filter(({ path }) =>
		['id', 'number'].some((part) => headerText(draft, `${path}.${part}`) !== undefined),
	);
	const [target] = named;
	if (!target || named.length > 1) {
		// A payment that is known by its own id needs none of them.
		if (!target && draft.id !== undefined) return draft;
		return problem(LATE_RULES.targetUnclear, {
			field: 'invoice.number',
			message: target
				? `The payment names ${named.map(({ what }) => what).join(' and ')}; it can be for one document only.`
				: 'The payment does not say which invoice, bill or credit note it is for.',
			fix: 'Map exactly one of Invoice Number, Invoice ID, Credit Note Number and Credit Note ID.',
		});
	}
	const id = headerText(draft, `${target.path}.id`)?.toLowerCase();
	if (id !== undefined) return withValues(draft, { [`${target.path}.id`]: id });
	const number = headerText(draft, `${target.path}.number`) ?? '';
	const same = (known.get(target.path) ?? []).filter(
		({ document }) => foldText(document.number ?? '') === foldText(number),
	);
	const live = same.filter(
		({ definition, document }) => liveOnes(definition, [document]).length > 0,
	);
	const [only] = live;
	const field = `${target.path}.number`;
	if (only && live.length === 1) {
		return withValues(draft, { [`${target.path}.id`]: only.document.id });
	}
	if (only) {
		return problem(
			LATE_RULES.targetUnclear,
			{
				field,
				message: `${live.length} documents in Xero have the number "${number}".`,
				fix: `Map the id of the right ${target.what} instead of its number.`,
			},
			live,
		);
	}
	return problem(LATE_RULES.targetMissing, {
		field,
		message: `There is no ${target.what} "${number}" in Xero to put the payment on.`,
		fix: 'Post it to Xero first, or correct the number in Knack.',
	});
}

/** Holds a new payment against what is open. One that is there already has been counted. */
function reviewed(
	plan: Plan,
	known: ReadonlyMap<string, readonly Known[]>,
	severities: RuleSeverities,
): Plan {
	if (plan.action !== 'create') return plan;
	const { draft } = plan;
	for (const { path } of TARGETS) {
		const id = headerText(draft, `${path}.id`);
		const target = known.get(path)?.find(({ document }) => document.id === id);
		if (!target) continue;
		const { definition, document } = target;
		const due = document.amounts?.amountDue;
		const amount = parseDecimal(headerText(draft, 'amount') ?? '');
		const isOpen = document.status === 'AUTHORISED';
		if (isOpen && !(due && amount?.gt(due))) continue;
		const label = documentLabel(definition, document);
		const issues = issueOf(
			LATE_RULES.targetNotOpen,
			{
				field: isOpen ? 'amount' : `${path}.id`,
				message: isOpen
					? `${label} has ${due?.toFixed(2)} open, less than this payment of ${amount?.toFixed(2)}.`
					: `${label} takes no payments.`,
				fix: isOpen
					? 'Check the amount in Knack, and whether the payment was recorded in Xero by hand.'
					: 'Approve it in Xero first; one that is paid or voided needs no payment.',
			},
			severities,
		);
		if (issues.some(isStopping)) {
			const { key, contentHash } = plan;
			return { action: 'stop', draft, key, contentHash, issues: [...plan.issues, ...issues] };
		}
	}
	return plan;
}
