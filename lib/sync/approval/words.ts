import { moneyText } from '../../money';
import { shortened, visible } from '../../texts';
import { useInWords } from '../credit/creditWords';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { CONTACT } from '../../xero/documents';
import { fieldsByPath, headerText } from '../check/draftValues';
import { addresseeOf } from '../guard/emails';
import { changedLabel, changesInWords } from '../plan/changeWords';
import { operationsOf } from '../plan/operations';
import { SOURCE_LINK } from '../plan/sourceLink';
import type { Plan } from '../plan/plan';
import type { Row } from '../row';
import { statusName } from '../status/statusName';
import { differingParts, type PlanPart } from './planNumber';
import { followOf, type PlannedRun } from './whatIsPlanned';

/** What a run would do for a row, in one sentence without its end: "New bill B-7; GBP 120.00". */
export function planInWords(run: PlannedRun, row: Row): string {
	const { plan, credit, draft } = row;
	if (!plan) return '';
	const { baseCurrency } = run.settings.organisation;
	const amounts = 'amounts' in plan ? plan.amounts : undefined;
	const { isEmailed, afterInWords = [] } = draft.source.approval ?? {};
	const words = [
		...operationsOf(run.definition, alone(row)),
		...statusInWords(run.definition, plan),
		...followOf(run, plan),
		...(credit?.uses ?? []).map(useInWords),
		...afterInWords,
		...(isEmailed ? [`E-mail it to ${addresseeOf(row) ?? 'the customer'}`] : []),
		...(amounts ? [`in all ${moneyText(amounts.total, amounts.currency || baseCurrency)}`] : []),
		...contactInWords(row),
		...valuesInWords(run.definition, plan),
	];
	return visible(words.join('; '));
}

/** The row as if it were the only one: whoever approves it approves what becomes of its contact. */
function alone(row: Row): Row {
	const { contact } = row;
	if (!contact) return row;
	const namedBy: Row[] = [];
	const own = { ...row, contact: { ...contact, namedBy } };
	namedBy.push(own);
	return own;
}

function contactInWords({ contact }: Row): string[] {
	const { plan } = contact ?? {};
	return plan?.action === 'update' ? [changesInWords(CONTACT, plan.changes)] : [];
}

const LONGEST_VALUE = 100;

/**
 * What is changed, from and to; of what is new the account that its money moves on, and all values
 * where it has no lines, such as a payment's amount and invoice.
 */
function valuesInWords(definition: DocumentDefinition, plan: Plan): string[] {
	if (plan.action !== 'create' && plan.action !== 'update' && plan.action !== 'correct') return [];
	const { fields, lineFields } = definition;
	const changes = plan.changes
		.filter(({ field }) => field !== SOURCE_LINK)
		.map((change) => ({
			...change,
			...(typeof change.after === 'string'
				? { after: shortened(change.after, LONGEST_VALUE) }
				: {}),
		}));
	if (plan.action !== 'create') return [changesInWords(definition, changes)].filter(Boolean);
	const known = fieldsByPath(fields);
	return changes.flatMap(({ field, after }) => {
		const isSaid = known.has(field) && (!lineFields || /account\./i.test(field));
		const isStatus = field === definition.statusPath;
		return isSaid && !isStatus ? [`${changedLabel(definition, field)} ${String(after)}`] : [];
	});
}

/** Of a new document the status that it is to have, where the record or the node says one. */
function statusInWords(definition: DocumentDefinition, plan: Plan): string[] {
	if (plan.action !== 'create' || definition.statusPath === undefined) return [];
	const status = headerText(plan.draft, definition.statusPath);
	return status === undefined ? [] : [`its status ${statusName(definition, status)}`];
}

/** A part of the plan number that differs, as a sentence goes on. */
const DIFFERENCES: Readonly<Record<Exclude<PlanPart, 'record'>, string>> = {
	settings: 'the organisation, the kind of document or the settings of the node are others',
	contact:
		'another contact would be used, its values would change otherwise, or it was changed in Xero since',
	document: 'what would be sent of the document itself differs: dates, texts, number or status',
	lines: 'its lines or amounts differ',
	state: 'the document was changed in Xero since',
	afterwards: 'what follows the document differs: files, note, e-mail, allocation or credit',
};

/** In what two plans differ, in words. */
export function whatDiffers(
	approved: string,
	now: string,
): { readonly isOfAnother: boolean; readonly inWords: readonly string[] } {
	const parts = differingParts(approved, now);
	return {
		isOfAnother: parts.includes('record'),
		inWords: parts.flatMap((part) => (part === 'record' ? [] : [DIFFERENCES[part]])),
	};
}
