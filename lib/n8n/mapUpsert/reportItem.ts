import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { dayInZone, momentText } from '../../dates';
import { reportOf } from '../../sync/report/report';
import type { RunParameters } from './runParameters';
import type { RunResult } from './runUpsert';

export interface Reported {
	readonly run: RunParameters;
	readonly result: RunResult;
	/** What is said of the run in the output pane. */
	readonly sentences: readonly string[];
	readonly at: { readonly ms: number; readonly zone: string };
}

/**
 * The run as one item: `html` for the body of an e-mail, and the same page as a file to download. n8n
 * offers to view files of some types only, and HTML is none of them.
 */
export async function reportItem(
	context: IExecuteFunctions,
	{ run, result, sentences, at }: Reported,
): Promise<INodeExecutionData> {
	const { definition, isPreview } = run;
	const { outcomes, organisations, calls } = result;
	const { title, totals, needsAttention, notListed, html } = reportOf({
		definition,
		isPreview,
		organisations,
		at: momentText(at.ms, at.zone),
		sentences,
		outcomes,
	});
	const fileName = `${isPreview ? 'preview' : 'report'}-${dayInZone(at.ms, at.zone)}.html`;
	const file = await context.helpers.prepareBinaryData(Buffer.from(html), fileName, 'text/html');
	return {
		json: {
			summary: sentences[0],
			title,
			records: outcomes.length,
			needsAttention,
			totals: totals.map((total) => ({ ...total })),
			xeroCalls: calls.reads + calls.writes,
			notListed,
			html,
		},
		binary: { report: file },
		pairedItem: outcomes.flatMap(({ itemIndexes }) => itemIndexes.map((item) => ({ item }))),
	};
}
