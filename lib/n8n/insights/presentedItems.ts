import type { IBinaryData, IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { momentText, type CalendarDate } from '../../dates';
import type { Insight } from '../../insights/insight';
import { drawnColumns } from '../../insights/present/drawnColumns';
import { createClock } from '../clock';

/** An insight on its way into a report, a chart or a text. */
export interface Presented {
	/** Such as "Receivables, Demo Trade Ltd". */
	readonly title: string;
	/** The organisation's name. */
	readonly organisation: string;
	readonly insight: Insight;
	/** Keys of the columns that are drawn; the first with money where there are none. */
	readonly series: readonly string[];
	/** Of the input item. */
	readonly index: number;
	/** What became of its rows in a Knack table, where they are written to one. */
	readonly knack?: IDataObject;
}

/** With the columns of these headings. Throws InsightInputError for one that cannot be drawn. */
export function presented({
	bars,
	...given
}: Pick<Presented, 'title' | 'organisation' | 'insight' | 'index'> & {
	readonly bars: readonly string[];
}): Presented {
	return { ...given, series: drawnColumns(given.insight, bars) };
}

/** All insights of the run as one page: `html` for the body of an e-mail, and a file to download. */
export async function reportItems(
	context: IExecuteFunctions,
	all: readonly Presented[],
): Promise<INodeExecutionData[]> {
	const [first] = all;
	if (!first) return [];
	const { insightReport } = await import('../../insights/present/report');
	const titles = [...new Set(all.map(({ title }) => title))];
	const title = titles.length === 1 ? first.title : 'Xero Insights';
	const { html, notListed } = insightReport({
		title,
		at: momentText(createClock(context).now(), context.getTimezone()),
		insights: all.map((one) => {
			const [measure] = one.series;
			return { title: one.title, insight: one.insight, ...(measure && { measure }) };
		}),
	});
	const file = await pageFile(context, html, first.insight.day);
	const summary = all.map(({ insight }) => insight.summary).join(' ');
	const knack = all.flatMap((one) => one.knack ?? []);
	return [
		{
			json: { summary, title, ...(knack.length > 0 && { knack }), notListed, html },
			binary: { report: file },
			pairedItem: all.map(({ index }) => ({ item: index })),
		},
	];
}

/** A page as a file to download or to attach. */
export async function pageFile(
	context: IExecuteFunctions,
	html: string,
	day: CalendarDate,
): Promise<IBinaryData> {
	const fileName = `insights-${day}.html`;
	return await context.helpers.prepareBinaryData(Buffer.from(html), fileName, 'text/html');
}

/** An insight as a drawing that n8n shows, and that can be downloaded and sent. */
export async function chartItem(
	context: IExecuteFunctions,
	{ title, insight, series, index, knack }: Presented,
): Promise<INodeExecutionData> {
	const { chartOf } = await import('../../insights/present/chart');
	const { svg, notDrawn } = chartOf({ title, insight, series });
	const fileName = `chart-${insight.day}.svg`;
	const file = await context.helpers.prepareBinaryData(Buffer.from(svg), fileName, 'image/svg+xml');
	return {
		json: { summary: insight.summary, title, day: insight.day, ...(knack && { knack }), notDrawn },
		binary: { chart: file },
		pairedItem: { item: index },
	};
}

/** An insight as text for a message; without amounts, they are not beside it either. */
export async function slackItem(
	{ title, insight, series, index, knack }: Presented,
	{ showsAmounts, mostRows }: { readonly showsAmounts: boolean; readonly mostRows: number },
): Promise<INodeExecutionData> {
	const { slackText } = await import('../../insights/present/slackText');
	const [measure] = series;
	const text = slackText({ title, insight, showsAmounts, mostRows, ...(measure && { measure }) });
	const summary = showsAmounts ? insight.summary : `${title} on ${insight.day}`;
	return {
		json: { summary, text, day: insight.day, ...(knack && { knack }) },
		pairedItem: { item: index },
	};
}
