import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Issue } from '../../../issue';
import { compare, type Comparison } from '../../../sync/compare/compare';
import type { Difference } from '../../../sync/compare/difference';
import type { Way } from '../../../sync/compare/kinds';
import type { Draft } from '../../../sync/draft';
import type { WrittenOutcome } from '../../../sync/compare/writtenOutcomes';
import { tellKnack } from '../../../sync/tellKnack';
import { itemParameter, parameterReader } from '../../parameters/reader';
import { itemsByOrganisation } from '../itemsByOrganisation';
import type { ItemParameters } from '../itemParameters';
import { prepareDrafts } from '../prepareDrafts';
import type { RunParameters } from '../runParameters';
import type { RunPorts } from '../runPorts';
import { COMPARE_OPTIONS, DECIDED_BY, DIFFERENCES_TABLE, WHAT_TO_DO } from './compareParameters';
import { agreeingItem, compareHints, differenceItem, notComparedItem } from './compareItems';
import { absentFields, placesOf, saidBy } from './mappedPlaces';

/** What the node is set to for one item. */
interface AskedOfItem {
	readonly whatToDo: (typeof WHAT_TO_DO)['unset'];
	readonly by: string;
}

interface ComparedItems {
	readonly outputs: INodeExecutionData[][];
	/** What was written, for the log. */
	readonly outcomes: readonly WrittenOutcome[];
}

/**
 * Compares the records of the items with Xero: on Synced what agrees and what was carried out, on
 * Needs Attention what differs. Throws ServiceFaultError and SettingError.
 */
export async function executeCompare(
	context: IExecuteFunctions,
	run: RunParameters,
	items: readonly ItemParameters[],
	ports: RunPorts,
): Promise<ComparedItems> {
	const parameters = { document: run.definition.type, operation: 'compare' };
	const readOf = (index: number) =>
		parameterReader(itemParameter(context, index), {
			parameters,
			timeZone: context.getTimezone(),
		});
	const read = readOf(0);
	const options = read(COMPARE_OPTIONS);
	const table = read(DIFFERENCES_TABLE);
	const asked = new Map(
		items.map(({ index }): [number, AskedOfItem] => {
			const own = readOf(index);
			return [index, { whatToDo: own(WHAT_TO_DO), by: own(DECIDED_BY)?.trim() ?? '' }];
		}),
	);
	const open = items.filter(({ issues }) => issues.length === 0);
	const synced: INodeExecutionData[] = [];
	const attention = items
		.filter(({ issues }) => issues.length > 0)
		.map((item) => notComparedItem(run.definition, item.source, item.issues, [item.index]));
	const outcomes: WrittenOutcome[] = [];
	for (const own of itemsByOrganisation(open)) {
		const [{ organisation }] = own;
		const { guard, tell } = ports;
		const client = guard.watch(await ports.xero(organisation));
		const { settings, drafts } = await prepareDrafts(run, own, client, ports);
		const { clock, turns, onProgress } = ports;
		const byIndex = new Map(own.map((item) => [item.index, item]));
		const itemOf = (draft: Draft | undefined) => byIndex.get(draft?.itemIndexes[0] ?? -1);
		// A document that no record claims goes by what the first item is set to.
		const askedOf = ({ draft }: Difference) => asked.get(itemOf(draft)?.index ?? own[0].index);
		const comparison = await compare(
			{
				client,
				settings,
				clock,
				turns,
				onProgress,
				guard,
				tell,
				lookedUpAtMs: clock.now(),
				beforeWriting: async () => await ports.log?.begin(),
			},
			run.definition,
			drafts,
			{
				options: run.upsert,
				...(options.from ? { from: options.from } : {}),
				...(options.to ? { to: options.to } : {}),
				comparesCredit: options.unallocatedCredit && run.definition.takesCredit !== undefined,
				places: placesOf(run, own, options),
				saidOf: (draft) => saidBy(itemOf(draft)?.json ?? {}, options),
			},
			{
				carriesOut:
					!run.isPreviewForTool && [...asked.values()].some((each) => each.whatToDo !== 'show'),
				...(table === undefined ? {} : { table }),
				knack: ports.knack,
				refusal: async () => await guard.refusal(client),
				wayOf: (difference) => wayOf(difference, askedOf(difference)),
				byOf: (difference) => askedOf(difference)?.by ?? '',
			},
		);
		ports.log?.tell(comparison.written);
		outcomes.push(...comparison.written);
		const told = await tellKnack(run, comparison.outcomes, own, ports.knack);
		if (told.troubles > 0) {
			ports.tell(
				`${told.troubles} of the Knack records could not be told. The next run tells them.`,
			);
		}
		const shown = itemsOf(run, comparison, settings.organisation.shortCode);
		synced.push(...shown.synced);
		attention.push(...shown.attention);
		context.addExecutionHints(
			...compareHints(
				run.definition,
				comparison,
				client.calls(),
				options,
				absentFields(own, options),
			),
		);
	}
	const outputs = run.isTool ? [[...attention, ...synced], []] : [synced, attention];
	return { outputs: run.hasReport ? [...outputs, []] : outputs, outcomes };
}

function wayOf(
	{ suggested }: Difference,
	{ whatToDo }: Partial<AskedOfItem> = {},
): Way | undefined {
	switch (whatToDo) {
		case 'suggested':
			return suggested;
		case 'takeXeros':
		case 'sendOurs':
		case 'accept':
			return whatToDo;
		default:
			return undefined;
	}
}

function itemsOf(
	{ definition }: RunParameters,
	{ rows, unclear, standing, issues }: Comparison,
	shortCode: string | undefined,
): { synced: INodeExecutionData[]; attention: INodeExecutionData[] } {
	const synced: INodeExecutionData[] = [];
	const attention: INodeExecutionData[] = [];
	const accepted = new Map<Draft, number>();
	const differing = new Set<Draft>();
	const told: readonly Issue[] = issues;
	for (const each of standing) {
		const { draft } = each.difference;
		if (each.state === 'accepted') {
			if (draft) accepted.set(draft, (accepted.get(draft) ?? 0) + 1);
			continue;
		}
		if (draft) differing.add(draft);
		const item = differenceItem(definition, each, shortCode);
		(each.state === 'carriedOut' ? synced : attention).push(item);
	}
	for (const row of rows) {
		const { draft } = row;
		if (unclear.has(row)) {
			const own = row.plan?.issues ?? draft.issues;
			attention.push(notComparedItem(definition, draft.source, own, draft.itemIndexes));
		} else if (!differing.has(draft)) {
			synced.push(agreeingItem(definition, row, accepted.get(draft) ?? 0, shortCode));
		}
	}
	attention.push(...told.map((issue) => notComparedItem(definition, {}, [issue], [0])));
	return { synced, attention };
}
