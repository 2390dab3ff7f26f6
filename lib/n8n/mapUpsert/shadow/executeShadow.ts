import type { IExecuteFunctions, INodeExecutionData, NodeExecutionHint } from 'n8n-workflow';
import { covering, type Period } from '../../../sync/compare/comparedPeriod';
import type { Draft } from '../../../sync/draft';
import { shadowDocuments } from '../../../sync/shadow/shadowDocuments';
import { shadowSentences } from '../../../sync/shadow/shadowWords';
import { absentFields, saidBy } from '../compare/mappedPlaces';
import { itemParameter, parameterReader } from '../../parameters/reader';
import { itemsByOrganisation } from '../itemsByOrganisation';
import type { ItemParameters } from '../itemParameters';
import { prepareDrafts } from '../prepareDrafts';
import type { RunParameters } from '../runParameters';
import type { RunPorts } from '../runPorts';
import { isQuiet, shadowItem, shadowReportItem, totalsItem, type ShownShadow } from './shadowItems';
import { SHADOW_OPTIONS } from './shadowParameters';

/**
 * Holds the records of the items against what others have made in Xero: outputs Same, Needs Attention
 * and Report. Writes nothing. Throws ServiceFaultError and SettingError.
 */
export async function executeShadow(
	context: IExecuteFunctions,
	run: RunParameters,
	items: readonly ItemParameters[],
	ports: RunPorts,
): Promise<INodeExecutionData[][]> {
	const { definition } = run;
	const options = parameterReader(itemParameter(context, 0), {
		parameters: { document: definition.type, operation: run.operation },
		timeZone: context.getTimezone(),
	})(SHADOW_OPTIONS);
	const documents = items.filter(({ issues }) => issues.length > 0).map(unreadable);
	const organisations: string[] = [];
	const absent = new Set<string>();
	let period: Period | undefined;
	let xeroCalls = 0;
	for (const own of itemsByOrganisation(items.filter(({ issues }) => issues.length === 0))) {
		const client = await ports.xero(own[0].organisation);
		const { settings, drafts } = await prepareDrafts(run, own, client, ports);
		const byIndex = new Map(own.map((item) => [item.index, item]));
		const saidOf = ({ itemIndexes: [index = -1] }: Draft) =>
			saidBy(byIndex.get(index)?.json ?? {}, options);
		const { clock, turns, onProgress } = ports;
		const shadowed = await shadowDocuments(
			{ client, settings, clock, turns, onProgress, lookedUpAtMs: clock.now() },
			definition,
			drafts,
			{
				options: run.upsert,
				...(options.from ? { from: options.from } : {}),
				...(options.to ? { to: options.to } : {}),
				saidOf,
			},
		);
		const { shortCode, name } = settings.organisation;
		documents.push(
			...shadowed.documents.map((each) => (shortCode ? { ...each, shortCode } : each)),
		);
		organisations.push(name);
		period = period ? covering(period, shadowed.period) : shadowed.period;
		for (const label of absentFields(own, options)) absent.add(label);
		const { reads, writes } = client.calls();
		xeroCalls += reads + writes;
	}
	const unread = items.filter(({ issues }) => issues.length > 0).length;
	const sentences = period
		? [
				...shadowSentences(definition, documents, period, Boolean(options.amountPaidField)),
				...(unread > 0 ? [documentsOfUnread(unread)] : []),
			]
		: ['None of the items could be read.'];
	const reported = {
		definition,
		organisations,
		...(period ? { period } : {}),
		documents,
		sentences,
		xeroCalls,
		at: { ms: ports.clock.now(), zone: context.getTimezone() },
	};
	context.addExecutionHints(...hintsOf(documents, sentences, [...absent]));
	const quiet = documents.filter(isQuiet).map((each) => shadowItem(definition, each));
	const loud = documents
		.filter((each) => !isQuiet(each))
		.map((each) => shadowItem(definition, each));
	// An agent sees no output but the first.
	if (run.isTool) return [[{ json: totalsItem(reported) }, ...loud], [], []];
	return [quiet, loud, [await shadowReportItem(context, reported)]];
}

function documentsOfUnread(count: number): string {
	const items = count === 1 ? '1 item' : `${count} items`;
	return `${items} could not be read, so that what they have made of ${count === 1 ? 'it' : 'them'} is among only theirs.`;
}

function unreadable({ source, issues, index }: ItemParameters): ShownShadow {
	const [first] = issues;
	return {
		shadow: 'notCompared',
		said: first ? `${first.message} ${first.fix}` : 'It could not be read.',
		record: source.knackRecordId ?? '',
		itemIndexes: [index],
		documents: [],
		differences: [],
		issues,
	};
}

function hintsOf(
	documents: readonly ShownShadow[],
	sentences: readonly string[],
	absent: readonly string[],
): NodeExecutionHint[] {
	const hintOf = (message: string, isWarning: boolean): NodeExecutionHint => ({
		message,
		type: isWarning ? 'warning' : 'info',
		location: 'outputPane',
	});
	return [
		...sentences.map((message, index) => hintOf(message, index === 0 && !documents.every(isQuiet))),
		...absent.map((label) =>
			hintOf(`${label} is in none of the items, and so was not compared. Look at its name.`, true),
		),
	];
}
