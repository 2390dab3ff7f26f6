import { foldText } from '../../foldText';
import { addDays, dateText, type CalendarDate } from '../../dates';
import { grouped } from '../../grouped';
import { decimal, moneyText, sum, type Decimal } from '../../money';
import type { Account, TrackingCategory } from '../../xero/settings';
import type { Insight, Tie } from '../insight';
import { chosenAccount } from '../chosenAccount';
import { accounts } from '../reading/accounts';
import { ifPermitted, type Books, type Permitted } from '../reading/books';
import { compared, notChecked } from '../tie';
import { isOneOfAccounts, jobCategory } from './chosen';
import type { Figure, LineContext } from './documentParts';
import { figuresOf, type JobFigures } from './figures';
import type { JobInput } from './input';
import { JOB_COLUMNS, JOB_KEY, jobRow, type ShownJob } from './jobRows';
import {
	knackJobs,
	knackLeftOut,
	NO_JOBS_OF_KNACK,
	type JobPlaces,
	type KnackJobs,
} from './knackJobs';
import { NO_JOB, readLedger, type JobLedger } from './ledger';
import { readLines, type JobLines } from './readLines';

/** Archived options take a call each and year; so many are asked for. */
const MOST_ARCHIVED = 20;

/** Unless a first day is told, so many days count up to the day. */
const USUAL_DAYS = 730;

/**
 * What jobs earn and cost: revenue and costs by profit and loss, the documents behind them, what is
 * ordered, and what Knack expects. Throws ServiceFaultError and InsightInputError.
 */
export async function reckonJobs(books: Books, input: JobInput): Promise<Insight> {
	const { day } = input;
	const from = input.from ?? addDays(day, 1 - USUAL_DAYS);
	const chart = await accounts(books, {});
	const category = await jobCategory(books, input.category);
	const context: LineContext = {
		category,
		day,
		accountsById: new Map(chart.map((account) => [account.id, account])),
		accountsByCode: new Map(
			chart.flatMap((account) => (account.code ? [[account.code, account] as const] : [])),
		),
		retentionAccount:
			input.retentionAccount === undefined
				? undefined
				: chosenAccount(chart, 'Retention Account', input.retentionAccount),
	};
	const lines = await readLines(books, context, from);
	const knack = input.jobs ? await knackJobs(input.jobs, placesOf(category)) : NO_JOBS_OF_KNACK;
	const archived = archivedOf(category, lines, knack);
	const isWages = isOneOfAccounts(chart, 'Wages Accounts', input.wagesAccounts);
	const ledger = await ifPermitted(
		readLedger(books, {
			from,
			day,
			category,
			accountsById: context.accountsById,
			isWages: (account: Account) => isWages?.(account) ?? account.type === 'WAGESEXPENSE',
			archived: archived.slice(0, MOST_ARCHIVED),
		}),
	);
	const known = {
		lines,
		ledger: ledger.isPermitted ? ledger.value : undefined,
		knack,
		knowsWages: isWages !== undefined,
		knowsRetention: context.retentionAccount !== undefined,
	};
	const jobs = shownJobs(category, known);
	const currency = books.organisation.baseCurrency;
	const period = `${longDay(from)} to ${longDay(day)}`;
	const tie = ledger.isPermitted
		? tiesOf(jobs, ledger.value, { currency, period, lines })
		: [
				notChecked(
					{
						against: `net profit in Xero's profit and loss, ${period}`,
						currency,
						ours: profitOf(jobs),
					},
					ledger.fault.fix,
				),
			];
	return {
		summary: summaryOf(jobs, { currency, period, tie: tie[0] }),
		day,
		currency,
		columns: JOB_COLUMNS,
		rowKey: JOB_KEY,
		rows: jobs.map((job) => jobRow(job, currency)),
		tie,
		notIn: leftOut(input, { from, ledger, lines, archived, knack }),
	};
}

function leftOut(
	input: JobInput,
	{
		from,
		ledger,
		lines,
		archived,
		knack,
	}: {
		readonly from: CalendarDate;
		readonly ledger: Permitted<JobLedger>;
		readonly lines: JobLines;
		readonly archived: readonly string[];
		readonly knack: KnackJobs;
	},
): string[] {
	return [
		`What is dated before ${longDay(from)} is in no figure: a job that is older is not whole.`,
		...(ledger.isPermitted
			? []
			: [
					`Payroll and journals are left out, since profit and loss could not be read, and time is not counted, since nobody can tell whether wages carry it. ${ledger.fault.fix}`,
				]),
		...lines.leftOut,
		...(archived.length > MOST_ARCHIVED
			? [
					`Of ${archived.length} archived options ${MOST_ARCHIVED} were asked for one by one; journals of the others are on no job here.`,
				]
			: []),
		...(input.retentionAccount
			? []
			: ['Retention is not shown, since no account for it is chosen.']),
		...knackLeftOut(input, knack),
	];
}

function longDay(day: CalendarDate): string {
	return dateText(day, 'd MMMM yyyy');
}

function placesOf({ name: category, options }: TrackingCategory): JobPlaces {
	const ids = options.flatMap(({ id, name }) => [[foldText(name), id] as const, [id, id] as const]);
	return { ids: new Map(ids), one: 'option', whose: `option of ${category}` };
}

/** Archived options that something was entered for, or that Knack has a job for. */
function archivedOf(
	category: TrackingCategory,
	{ sums }: JobLines,
	{ byId }: KnackJobs,
): readonly string[] {
	return category.options
		.filter(({ id, status }) => status !== 'ACTIVE' && (sums.has(id) || byId.has(id)))
		.map(({ id }) => id);
}

interface Known {
	readonly lines: JobLines;
	readonly ledger: JobLedger | undefined;
	readonly knack: KnackJobs;
	readonly knowsWages: boolean;
	readonly knowsRetention: boolean;
}

const NO_LINES: Readonly<Record<Figure, Decimal>> = {
	revenue: decimal(0),
	invoiced: decimal(0),
	paid: decimal(0),
	retention: decimal(0),
	bills: decimal(0),
	spent: decimal(0),
};

/** Jobs by name, and what is on none last. Options of which nothing is known are left out. */
function shownJobs(category: TrackingCategory, known: Known): ShownJob[] {
	const { lines, ledger, knack } = known;
	const show = (optionId: string, job: string | undefined): ShownJob => {
		const ofKnack = knack.byId.get(optionId);
		const figures = figuresOf({
			ledger: ledgerOf(ledger, optionId, lines),
			lines: lines.sums.get(optionId) ?? NO_LINES,
			knowsBank: lines.knowsBank,
			knowsRetention: known.knowsRetention,
			knowsWages: known.knowsWages,
			committed: lines.committed && (lines.committed.get(optionId) ?? decimal(0)),
			knack: ofKnack,
		});
		return { job, optionId, recordId: ofKnack?.recordId, figures };
	};
	const named = [...category.options]
		.filter(({ id }) => hasAny(id, known))
		.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
	return [...named.map(({ id, name }) => show(id, name)), show(NO_JOB, undefined)];
}

function hasAny(id: string, { lines, ledger, knack }: Known): boolean {
	const part = ledger?.parts.get(id);
	const isInLedger = part !== undefined && !(part.revenue.eq(0) && part.costs.eq(0));
	return (
		isInLedger || lines.sums.has(id) || lines.committed?.has(id) === true || knack.byId.has(id)
	);
}

/** An archived option that was not asked for is in the ledger by its lines at least. */
function ledgerOf(ledger: JobLedger | undefined, id: string, { sums }: JobLines) {
	if (!ledger) return undefined;
	const part = ledger.parts.get(id);
	if (part) return part;
	const own = sums.get(id) ?? NO_LINES;
	return { revenue: own.revenue, costs: own.bills.plus(own.spent), wages: decimal(0) };
}

function profitOf(jobs: readonly ShownJob[]): Decimal {
	return sum(jobs.map(({ figures }) => bookedMargin(figures)));
}

/** The margin without time, which is in no account. */
function bookedMargin({ margin, countsTime, timeCost }: JobFigures): Decimal {
	return countsTime && timeCost ? margin.plus(timeCost) : margin;
}

function tiesOf(
	jobs: readonly ShownJob[],
	{ netProfit }: JobLedger,
	{
		currency,
		period,
		lines,
	}: { readonly currency: string; readonly period: string; readonly lines: JobLines },
): Tie[] {
	const against = `net profit in Xero's profit and loss, ${period}`;
	const ours = profitOf(jobs);
	const whole = netProfit
		? compared({
				against,
				currency,
				ours,
				figure: netProfit,
				why: 'An account of the report is not in the chart of accounts as it can be read.',
			})
		: notChecked({ against, currency, ours }, 'The report has no line for net profit.');
	const tracked = jobs.filter(({ job }) => job !== undefined);
	const revenue = lines.knowsBank
		? compared({
				against: "the revenue of jobs in Xero's profit and loss",
				currency,
				ours: sum(tracked.map(({ optionId }) => (lines.sums.get(optionId) ?? NO_LINES).revenue)),
				figure: sum(tracked.map(({ figures }) => figures.revenue)),
				why: 'Revenue by journals, or by deposits that were posted to sales, is on no invoice, credit note or receive money.',
			})
		: undefined;
	return revenue ? [whole, revenue] : [whole];
}

function summaryOf(
	jobs: readonly ShownJob[],
	{
		currency,
		period,
		tie,
	}: { readonly currency: string; readonly period: string; readonly tie: Tie | undefined },
): string {
	const tracked = jobs.filter(({ job }) => job !== undefined).map(({ figures }) => figures);
	const groups = grouped(
		tracked.map((figures) => [figures.overBudget?.gt(0) === true, figures] as const),
	);
	const over = groups.get(true)?.length ?? 0;
	const margin = sum(tracked.map((figures) => figures.margin));
	const untracked = jobs.find(({ job }) => job === undefined)?.figures.costs ?? decimal(0);
	const text = (amount: Decimal) => moneyText(amount, currency);
	const held =
		tie?.state === 'agrees'
			? `All of it agrees with ${tie.against}, difference ${tie.difference ?? ''}.`
			: tie?.state === 'differs'
				? `All of it differs from ${tie.against} by ${tie.difference ?? ''}.`
				: "It was not checked against Xero's ledger.";
	return [
		`${tracked.length} ${tracked.length === 1 ? 'job has' : 'jobs have'} a margin of ${text(margin)} on revenue of ${text(sum(tracked.map(({ revenue }) => revenue)))}, ${period}`,
		over > 0 ? `; ${over} ${over === 1 ? 'is' : 'are'} over budget` : '',
		untracked.eq(0) ? '' : `; ${text(untracked)} of costs are on no job`,
		`. ${held}`,
	].join('');
}
