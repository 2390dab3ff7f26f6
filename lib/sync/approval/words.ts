import { moneyText } from '../../money';
import { visible } from '../../texts';
import { useInWords } from '../credit/creditWords';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { headerText } from '../check/draftValues';
import { addresseeOf } from '../guard/emails';
import { operationsOf } from '../plan/operations';
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
