import { foldText } from '../../foldText';
import { grouped } from '../../grouped';
import type { KnackRecord, KnackTable } from '../../knack/app';
import { recordTitle } from '../../knack/recordView';
import { AMOUNT_PLACES, roundHalfUp, type Decimal } from '../../money';
import type { TrackingCategory } from '../../xero/settings';
import { amountIn, knackRows, optionalField, textIn } from '../reading/knackRecords';
import type { JobInput } from './input';

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
	/** By the option's id. */
	readonly byOption: ReadonlyMap<string, KnackJob>;
	/** Sentences on jobs that belong to no option, or of which an option has several. */
	readonly leftOut: readonly string[];
}

type Chosen = NonNullable<JobInput['jobs']>;

/** Jobs of Knack with their options. Throws ServiceFaultError and InsightInputError. */
export async function knackJobs(
	{ source, fields }: Chosen,
	category: TrackingCategory,
): Promise<KnackJobs> {
	const { table, records } = await knackRows(source);
	const named = optionalField(table, fields.job);
	const read = jobReader(table, fields);
	const optionIds = new Map(
		category.options.flatMap(({ id, name }) => [[foldText(name), id] as const, [id, id] as const]),
	);
	const entries = records.map((record) => {
		const name = named ? textIn(record, named) : recordTitle(record, table);
		return { record, name, option: optionIds.get(foldText(name)) };
	});
	const groups = grouped(
		entries.flatMap(({ option, record }) => (option ? [[option, record] as const] : [])),
	);
	const without = entries.flatMap(({ option, name, record }) =>
		option ? [] : [name === '' ? recordTitle(record, table) : name],
	);
	const shared = [...groups.values()].filter((of) => of.length > 1);
	return {
		byOption: new Map(
			[...groups].flatMap(([option, of]) =>
				of.length === 1 ? [[option, read(of[0])] as const] : [],
			),
		),
		leftOut: [
			...(without.length > 0
				? [
						`${without.length} ${without.length === 1 ? 'record' : 'records'} of ${table.name} ${without.length === 1 ? 'has' : 'have'} no option of ${category.name} in Xero: ${someOf(without)}.`,
					]
				: []),
			...shared.map(
				(of) =>
					`${of.length} records of ${table.name} are for one option: ${someOf(of.map((record) => recordTitle(record, table)))}. Nothing of Knack counts for it.`,
			),
		],
	};
}

const MOST_NAMED = 5;

function someOf(names: readonly string[]): string {
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
