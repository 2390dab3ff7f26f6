import { foldText } from '../../foldText';
import { grouped } from '../../grouped';
import type { KnackRecord, KnackTable } from '../../knack/app';
import { recordTitle } from '../../knack/recordView';
import { AMOUNT_PLACES, roundHalfUp, type Decimal } from '../../money';
import { amountIn, knackRows, optionalField, textIn } from '../reading/knackRecords';
import type { JobInput } from './input';
import { countOf } from '../../texts';

/** What Knack says of a job; undefined where the field is not chosen or blank. */
export interface KnackJob {
	readonly recordId: string;
	readonly title: string;
	/** Agreed with the customer, variations included. */
	readonly contract: Decimal | undefined;
	/** What it may cost, variations included. */
	readonly budget: Decimal | undefined;
	readonly costToComplete: Decimal | undefined;
	readonly timeCost: Decimal | undefined;
	readonly unbilled: Decimal | undefined;
}

export interface KnackJobs {
	/** By what Xero knows the job by. */
	readonly byId: ReadonlyMap<string, KnackJob>;
	/** Sentences on records that belong to nothing in Xero, or that share something there. */
	readonly leftOut: readonly string[];
}

/** Where there is no table of jobs. */
export const NO_JOBS_OF_KNACK: KnackJobs = { byId: new Map(), leftOut: [] };

/** What jobs are in Xero: options of a tracking category, or projects. */
export interface JobPlaces {
	/** Ids of what a person may name: names and ids, folded. */
	readonly ids: ReadonlyMap<string, string>;
	/** Such as "option". */
	readonly one: string;
	/** Such as "option of Job". */
	readonly whose: string;
}

type Chosen = NonNullable<JobInput['jobs']>;

/** Jobs of Knack by what they are in Xero. Throws ServiceFaultError and InsightInputError. */
export async function knackJobs(
	{ source, fields }: Chosen,
	{ ids, one, whose }: JobPlaces,
): Promise<KnackJobs> {
	const { table, records } = await knackRows(source);
	const named = optionalField(table, fields.job);
	const read = jobReader(table, fields);
	const entries = records.map((record) => {
		const name = named ? textIn(record, named) : recordTitle(record, table);
		return { record, name, id: ids.get(foldText(name)) };
	});
	const groups = grouped(entries.flatMap(({ id, record }) => (id ? [[id, record] as const] : [])));
	const without = entries.flatMap(({ id, name, record }) =>
		id ? [] : [name === '' ? recordTitle(record, table) : name],
	);
	const shared = [...groups.values()].filter((of) => of.length > 1);
	return {
		byId: new Map(
			[...groups].flatMap(([id, of]) => (of.length === 1 ? [[id, read(of[0])] as const] : [])),
		),
		leftOut: [
			...(without.length > 0
				? [
						`${countOf(without.length, 'record')} of ${table.name} ${without.length === 1 ? 'has' : 'have'} no ${whose} in Xero: ${someOf(without)}.`,
					]
				: []),
			...shared.map(
				(of) =>
					`${of.length} records of ${table.name} are for one ${one}: ${someOf(of.map((record) => recordTitle(record, table)))}. Nothing of Knack counts for it.`,
			),
		],
	};
}

/** What an insight has to say of jobs in Knack. */
export function knackLeftOut(
	{ jobs }: Pick<JobInput, 'jobs'>,
	{ leftOut }: KnackJobs,
): readonly string[] {
	return jobs
		? leftOut
		: ['Contracts and budgets are not shown, since no table of jobs is chosen.'];
}

const MOST_NAMED = 5;

/** The first of them, and how many more there are. */
export function someOf(names: readonly string[]): string {
	const more = names.length - MOST_NAMED;
	return `${names.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function jobReader(table: KnackTable, fields: Chosen['fields']): (record: KnackRecord) => KnackJob {
	const chosen = {
		contract: optionalField(table, fields.contract),
		variations: optionalField(table, fields.variations),
		budget: optionalField(table, fields.budget),
		budgetVariations: optionalField(table, fields.budgetVariations),
		costToComplete: optionalField(table, fields.costToComplete),
		timeCost: optionalField(table, fields.timeCost),
		unbilled: optionalField(table, fields.unbilled),
	};
	return (record) => {
		const amount = (name: keyof typeof chosen) => {
			const field = chosen[name];
			const value = field && amountIn(record, table, field);
			return value && roundHalfUp(value, AMOUNT_PLACES);
		};
		const withVariations = (whole: Decimal | undefined, more: Decimal | undefined) =>
			whole?.plus(more ?? 0);
		return {
			recordId: record.id,
			title: recordTitle(record, table),
			contract: withVariations(amount('contract'), amount('variations')),
			budget: withVariations(amount('budget'), amount('budgetVariations')),
			costToComplete: amount('costToComplete'),
			timeCost: amount('timeCost'),
			unbilled: amount('unbilled'),
		};
	};
}
