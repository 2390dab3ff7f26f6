import { moneyText } from '../../money';
import { useInWords } from '../credit/creditWords';
import { operationsOf } from '../plan/operations';
import type { Row } from '../row';
import { differingParts, type PlanPart } from './planNumber';
import { followOf, type PlannedRun } from './whatIsPlanned';

/** What a run would do for a row, in one sentence without its end: "New bill B-7; GBP 120.00". */
export function planInWords(run: PlannedRun, row: Row): string {
	const { plan, credit } = row;
	if (!plan) return '';
	const { baseCurrency } = run.settings.organisation;
	const amounts = 'amounts' in plan ? plan.amounts : undefined;
	return [
		...operationsOf(run.definition, row),
		...followOf(run, plan),
		...(credit?.uses ?? []).map(useInWords),
		...(amounts ? [`in all ${moneyText(amounts.total, amounts.currency || baseCurrency)}`] : []),
	].join('; ');
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
