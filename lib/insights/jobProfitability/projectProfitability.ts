import { foldText } from '../../foldText';
import { grouped } from '../../grouped';
import { moneyText, sum } from '../../money';
import { countOf } from '../../texts';
import type { Insight, Tie } from '../insight';
import { ifPermitted, type Books } from '../reading/books';
import { contactsByIds } from '../reading/contacts';
import { projects, type BookedProject } from '../reading/projects';
import { compared, notChecked } from '../tie';
import type { ProjectInput } from './input';
import { knackJobs, knackLeftOut, NO_JOBS_OF_KNACK, someOf, type JobPlaces } from './knackJobs';
import { invoicedWithDeposits, lacksTimeCost, projectFigures, sumOfKnown } from './projectFigures';
import { PROJECT_COLUMNS, PROJECT_KEY, projectRow, type ShownProject } from './projectRows';

/**
 * What projects earn and cost today: what Xero Projects states of each, and what Knack expects. Amounts
 * are in each project's currency, and no two currencies are added up. Throws ServiceFaultError and
 * InsightInputError.
 */
export async function reckonProjects(books: Books, input: ProjectInput): Promise<Insight> {
	const listed = await projects(books, {});
	const all = [...listed].sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
	const ids = [...new Set(all.flatMap(({ contactId }) => contactId ?? []))].sort().join(',');
	const contacts = await ifPermitted(contactsByIds(books, { ids }));
	const names = new Map(
		contacts.isPermitted ? contacts.value.map(({ id, name }) => [id, name] as const) : [],
	);
	const places = placesOf(all);
	const knack = input.jobs ? await knackJobs(input.jobs, places) : NO_JOBS_OF_KNACK;
	const base = books.organisation.baseCurrency;
	const shown = all.map((project): ReckonedProject => {
		const ofKnack = knack.byId.get(project.id);
		// Knack's amounts are in the base currency.
		const counted = project.currency === base ? ofKnack : undefined;
		return {
			project,
			contact: names.get(project.contactId ?? ''),
			recordId: ofKnack?.recordId,
			figures: projectFigures(project, counted),
			hasTimeWithoutCost: lacksTimeCost(project, counted),
		};
	});
	const tie = tiesOf(all);
	return {
		summary: summaryOf(shown, tie),
		day: books.today,
		currency: base,
		columns: PROJECT_COLUMNS,
		rowKey: PROJECT_KEY,
		rows: shown.map(projectRow),
		tie,
		notIn: [
			...NOT_TOLD,
			...untimed(shown),
			...inOtherCurrencies(shown, base),
			...(contacts.isPermitted ? [] : [`Contacts are not named. ${contacts.fault.fix}`]),
			...(input.jobs ? places.leftOut : []),
			...knackLeftOut(input, knack),
		],
	};
}

interface ReckonedProject extends ShownProject {
	readonly hasTimeWithoutCost: boolean;
}

const NOT_TOLD: readonly string[] = [
	'Projects are as they stand today: Xero Projects does not tell what they were on another day, and what is on no project is in no row.',
	'Xero Projects does not tell of payments, retention, orders, bills, spend money, payroll and journals: Paid, Retention, Committed, Bills, Spend Money, and Payroll and Journals are empty, which does not mean that there is nothing.',
	'Costs are the expenses that Xero Projects states, which may have a mark-up, and the time at cost that Knack has: what was bought or paid for a project and is not among its expenses is in neither costs nor margin.',
	'Deposits are not in Revenue and Invoiced until an invoice takes them.',
];

interface ProjectPlaces extends JobPlaces {
	/** Sentences on names that several projects have. */
	readonly leftOut: readonly string[];
}

/** By ID, and by name where one project alone has it. */
function placesOf(all: readonly BookedProject[]): ProjectPlaces {
	const byName = [...grouped(all.map((project) => [foldText(project.name), project] as const))];
	return {
		ids: new Map([
			...byName.flatMap(([name, [first, ...others]]) =>
				others.length === 0 ? [[name, first.id] as const] : [],
			),
			...all.map(({ id }) => [id, id] as const),
		]),
		one: 'project',
		whose: 'project',
		leftOut: byName.flatMap(([, of]) =>
			of.length > 1
				? [
						`${of.length} projects are called ${of[0].name}: in Knack, name each by its Xero project ID.`,
					]
				: [],
		),
	};
}

/** Projects whose costs are not known, since time is logged that has no cost. */
function untimed(shown: readonly ReckonedProject[]): string[] {
	const lacking = shown.filter(({ hasTimeWithoutCost }) => hasTimeWithoutCost);
	if (lacking.length === 0) return [];
	return [
		`Time is logged for ${countOf(lacking.length, 'project')}, and Knack has no time at cost for it, so that costs and margin are not known: ${someOf(lacking.map(({ project }) => project.name))}.`,
	];
}

function inOtherCurrencies(shown: readonly ShownProject[], base: string): string[] {
	const others = shown.filter(
		({ project, recordId }) => project.currency !== base && recordId !== undefined,
	);
	if (others.length === 0) return [];
	return [
		`Knack's amounts are in ${base} and do not count for ${countOf(others.length, 'project')} in another currency: ${someOf(others.map(({ project }) => project.name))}.`,
	];
}

/** No two currencies are ever added up. */
function byCurrency<One>(
	all: readonly One[],
	currencyOf: (one: One) => string,
): ReadonlyArray<readonly [string, readonly One[]]> {
	const groups = grouped(all.map((one) => [currencyOf(one), one] as const));
	return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What Xero states as invoiced against its own parts, for each currency. */
function tiesOf(all: readonly BookedProject[]): Tie[] {
	return byCurrency(all, ({ currency }) => currency).map(([currency, own]): Tie => {
		const against = `all that Xero Projects states as invoiced in ${currency}`;
		const parts = own.map(invoicedWithDeposits);
		const ours = sumOfKnown(parts);
		const figure = sumOfKnown(own.map(({ amounts }) => amounts.totalInvoiced));
		if (ours && figure) {
			const why =
				'Xero does not tell how its total of a project counts deposits and credit notes: look at the projects that have them.';
			return compared({ against, currency, ours, figure, why });
		}
		return notChecked(
			{ against, currency, ours: sum(parts.filter((part) => part !== undefined)) },
			'Xero left out amounts of a project.',
		);
	});
}

function summaryOf(shown: readonly ShownProject[], tie: readonly Tie[]): string {
	if (shown.length === 0) return 'Xero has no project.';
	const amounts = byCurrency(shown, ({ project }) => project.currency).map(([currency, own]) => {
		const invoiced = sumOfKnown(own.map(({ figures }) => figures.invoiced));
		const toInvoice = sumOfKnown(own.map(({ project }) => project.amounts.totalToBeInvoiced));
		return [
			invoiced ? `${moneyText(invoiced, currency)} invoiced` : 'not known what is invoiced',
			toInvoice ? ` and ${moneyText(toInvoice, currency)} to be invoiced` : '',
		].join('');
	});
	const over = shown.filter(({ figures }) => figures.overBudget?.gt(0)).length;
	const unlike = tie.filter(({ state }) => state !== 'agrees');
	return [
		`${countOf(shown.length, 'project')}: ${amounts.join('; ')}`,
		over > 0 ? `; ${over} ${over === 1 ? 'is' : 'are'} over budget` : '',
		unlike.length === 0
			? ". It agrees with the totals that Xero Projects states. It was not checked against Xero's ledger."
			: `. It differs from, or could not be held against, ${unlike.map(({ against }) => against).join(' and ')}.`,
	].join('');
}
