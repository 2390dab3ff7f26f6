import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { dayInZone, momentText } from '../../dates';
import type { Tie } from '../../insights/insight';
import { insightReport } from '../../insights/present/report';
import { slackPage } from '../../insights/present/slackPage';
import { createClock } from '../clock';
import { toNodeError } from '../errors';
import { itemParameter, parameterReader } from '../parameters/reader';
import { stateOf } from './insightItems';
import { PAGE_AMOUNTS, PAGE_TITLE } from './onePageParameters';
import { pagePart, type PagePart } from './pageParts';
import { pageFile } from './presentedItems';

/**
 * What earlier steps of Xero Insights gave as one page and one text, in the order of the items. Asks
 * neither Xero nor Knack. An item that is none of theirs is refused by its number: a page that left it
 * out would look whole.
 */
export async function executeOnePage(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const pairedItem = [...context.getInputData().keys()].map((item) => ({ item }));
	try {
		return [[{ ...(await pageItem(context)), pairedItem }]];
	} catch (error) {
		const nodeError = toNodeError(context.getNode(), error);
		if (!context.continueOnFail()) throw nodeError;
		return [[{ json: { error: nodeError.message }, error: nodeError, pairedItem }]];
	}
}

async function pageItem(
	context: IExecuteFunctions,
): Promise<Pick<INodeExecutionData, 'json' | 'binary'>> {
	const read = parameterReader(itemParameter(context, 0), { parameters: {} });
	const parts = context.getInputData().map(({ json }, index) => pagePart(json, index + 1));
	const organisations = [...new Set(parts.flatMap(({ organisation }) => organisation ?? []))];
	const isOfOne = organisations.length < 2;
	const title = [read(PAGE_TITLE) ?? 'Xero Insights', ...(isOfOne ? organisations : [])].join(', ');
	const insights = parts.map((part) => ({ ...part, title: headingOf(part, isOfOne) }));
	const now = createClock(context).now();
	const day = dayInZone(now, context.getTimezone());
	const at = momentText(now, context.getTimezone());
	const { html, notListed } = insightReport({ title, at, insights });
	const text = slackPage({ title, day, insights, showsAmounts: read(PAGE_AMOUNTS) });
	const failed = parts.filter((part) => !('insight' in part)).length;
	const json: IDataObject = {
		summary: `${title}: ${summaryOf(parts, failed)}`,
		title,
		day,
		tie: stateOf(tiesOf(parts)),
		failed,
		parts: insights.map(shownPart),
		notListed,
		text,
		html,
	};
	return { json, binary: { report: await pageFile(context, html, day) } };
}

/** With the organisation, where the page is of several. */
function headingOf({ title, organisation }: PagePart, isOfOne: boolean): string {
	return isOfOne || organisation === undefined ? title : `${title}, ${organisation}`;
}

function shownPart(part: PagePart): IDataObject {
	if (!('insight' in part)) return { title: part.title, problem: part.problem };
	const { summary, day, tie } = part.insight;
	return { title: part.title, summary, day, tie: stateOf(tie) };
}

function tiesOf(parts: readonly PagePart[]): Tie[] {
	return parts.flatMap((part) => ('insight' in part ? part.insight.tie : []));
}

function summaryOf(parts: readonly PagePart[], failed: number): string {
	const count = (number: number, one: string, many: string) =>
		`${number} ${number === 1 ? one : many}`;
	const of = (state: Tie['state']) => tiesOf(parts).filter((tie) => tie.state === state).length;
	const told = [
		`${count(of('agrees'), 'figure agrees', 'figures agree')} with what it was held against`,
		...(of('differs') > 0 ? [`${count(of('differs'), 'differs', 'differ')}`] : []),
		...(of('not checked') > 0
			? [`${count(of('not checked'), 'was not checked', 'were not checked')}`]
			: []),
	].join(', ');
	const missing = failed > 0 ? ` ${count(failed, 'part', 'parts')} could not be worked out.` : '';
	return `${count(parts.length, 'part', 'parts')}. ${told.charAt(0).toUpperCase()}${told.slice(1)}.${missing}`;
}
