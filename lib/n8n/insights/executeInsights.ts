import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { dayInZone, type CalendarDate } from '../../dates';
import type { Insight } from '../../insights/insight';
import type { Books } from '../../insights/reading/books';
import { runsAsTool } from '../agentWriting';
import { createClock } from '../clock';
import { toNodeError } from '../errors';
import { connectKnack } from '../knackConnection';
import { itemParameter, parameterReader } from '../parameters/reader';
import { SettingError } from '../parameters/settingError';
import { connectXero, organisationOf } from '../xeroConnection';
import { failedInsight, insightHint, insightItems } from './insightItems';
import { readKnackTable, type ChosenTable } from './knackTableParameters';
import { namesIn } from './namesIn';
import { AS_OF, OPERATIONS, ORGANISATION, OUTPUT, REPORT, RESOURCE } from './nodeParameters';
import type { InsightContext, InsightOperation } from './operation';
import { INSIGHT_OPERATIONS } from './operations';
import { chartItem, presented, reportItems, slackItem, type Presented } from './presentedItems';
import { BAR_COLUMNS, SLACK_AMOUNTS, SLACK_ROWS } from './presentParameters';
import type { KnackTableDone } from './writeKnackTable';

/** What one item asks for, with its settings read. */
interface Asked {
	readonly operation: InsightOperation;
	readonly organisation: string | undefined;
	readonly day: CalendarDate | undefined;
	readonly output: 'rows' | 'one' | 'report' | 'chart' | 'slackText';
	/** Headings of the columns that are drawn. */
	readonly bars: readonly string[];
	readonly slack: { readonly showsAmounts: boolean; readonly mostRows: number };
	readonly table: ChosenTable | undefined;
	run(context: InsightContext): Promise<Insight>;
}

/**
 * Runs Xero Insights: for each input item its rows, or one item; of reports one for all. Where the
 * node may go on, an item that came to nothing is one with an error; otherwise n8n's error for it is
 * thrown.
 */
export async function executeInsights(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	if (context.getNodeParameter(RESOURCE.name, 0, '') === REPORT.value) {
		const { executeOnePage } = await import('./onePage');
		return await executeOnePage(context);
	}
	const books = openBooks(context);
	let connecting: ReturnType<typeof connectKnack> | undefined;
	const knack = async () => await (connecting ??= connectKnack(context));
	const items: INodeExecutionData[] = [];
	const reported: Presented[] = [];
	for (const index of context.getInputData().keys()) {
		try {
			const asked = readAsked(context, index);
			refuseClearingOthers(asked, context.getInputData().length);
			const opened = await books(asked.organisation);
			const day = asked.day ?? opened.today;
			const insight = await asked.run({ books: opened, day, knack });
			context.addExecutionHints(insightHint(insight));
			const organisation = opened.organisation.name;
			const title = `${asked.operation.name}, ${organisation}`;
			const drawn = presented({ title, organisation, insight, bars: asked.bars, index });
			const written = asked.table && (await writeTo(asked.table, context, insight, knack));
			const one = { ...drawn, ...(written && { knack: written.whole }) };
			if (asked.output === 'report') reported.push(one);
			else items.push(...(await itemsOf(context, asked, one, written)));
		} catch (error) {
			const nodeError = toNodeError(context.getNode(), error, { itemIndex: index });
			if (!context.continueOnFail()) throw nodeError;
			items.push(failedInsight(context, nodeError, index));
		}
	}
	items.push(...(await reportItems(context, reported)));
	return [items];
}

/** What one item's rows do not have would be cleared though another item's have it. */
function refuseClearingOthers({ table }: Asked, items: number): void {
	if (table?.gone !== 'clear' || items < 2) return;
	throw new SettingError(
		`Rows That Are Gone is set to "Clear Their Figures", and there are ${items} input items: each would clear the records of the others.`,
		'Choose to leave the records, or give the node one item.',
	);
}

/** Imported where it is wanted alone, as each of the outputs is. */
async function writeTo(
	table: ChosenTable,
	context: IExecuteFunctions,
	insight: Insight,
	knack: InsightContext['knack'],
): Promise<KnackTableDone> {
	const { writeKnackTable } = await import('./writeKnackTable');
	const done = await writeKnackTable(await knack(), insight, table);
	context.addExecutionHints({
		message: done.sentence,
		type: done.hasFailed ? 'warning' : 'info',
		location: 'outputPane',
	});
	return done;
}

async function itemsOf(
	context: IExecuteFunctions,
	{ operation, output, slack }: Asked,
	one: Presented,
	written: KnackTableDone | undefined,
): Promise<INodeExecutionData[]> {
	if (output === 'chart') return [await chartItem(context, one)];
	if (output === 'slackText') return [await slackItem(one, slack)];
	const { insight, organisation, index } = one;
	const shape = output === 'rows' ? 'rows' : 'one';
	const { value } = operation;
	return insightItems({ insight, operation: value, organisation, output: shape, index, written });
}

/** Throws SettingError for what cannot be read. */
function readAsked(context: IExecuteFunctions, index: number): Asked {
	const get = itemParameter(context, index);
	const timeZone = context.getTimezone();
	const resource = parameterReader(get, { parameters: {} })(RESOURCE);
	const readChosen = parameterReader(get, { parameters: { resource } });
	const chosen = OPERATIONS.find(({ property }) =>
		property.displayOptions?.show?.resource?.includes(resource),
	);
	const value = chosen && readChosen(chosen);
	const operation = INSIGHT_OPERATIONS.find((one) => one.value === value);
	if (!operation) throw new Error(`Xero Insights has no operation ${value ?? ''}.`);
	const parameters = { resource, operation: operation.value };
	const isTool = runsAsTool(context);
	const output = isTool ? 'one' : parameterReader(get, { parameters, timeZone })(OUTPUT);
	const read = parameterReader(get, { parameters: { ...parameters, output }, timeZone });
	return {
		operation,
		organisation: read(ORGANISATION),
		day: read(AS_OF),
		output,
		bars: namesIn(read(BAR_COLUMNS)),
		slack: { showsAmounts: read(SLACK_AMOUNTS), mostRows: read(SLACK_ROWS) },
		// An agent looks; where figures go is a person's setting.
		table: isTool ? undefined : readKnackTable(read),
		run: operation.prepare(read),
	};
}

/** The books of each organisation that items name, opened once in a run. */
function openBooks(
	context: IExecuteFunctions,
): (organisation: string | undefined) => Promise<Books> {
	const opened = new Map<string, Promise<Books>>();
	const open = async (chosen: string | undefined): Promise<Books> => {
		const client = await connectXero(context, chosen);
		const organisation = await organisationOf(context, client);
		const today = dayInZone(createClock(context).now(), organisation.timeZone);
		return { client, organisation, today };
	};
	return async (chosen) => {
		const key = chosen ?? '';
		const known = opened.get(key);
		if (known) return await known;
		const opening = open(chosen);
		opened.set(key, opening);
		opening.catch(() => opened.delete(key));
		return await opening;
	};
}
