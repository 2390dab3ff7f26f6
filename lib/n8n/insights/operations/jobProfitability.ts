import type { JobFields } from '../../../insights/jobProfitability/input';
import { collection } from '../../parameters/collections';
import { choice, date, text, textList } from '../../parameters/kinds';
import { fieldList, namedTable } from '../../tableParameter';
import { retentionAccount } from '../retentionAccount';
import { shownFor, type InsightContext, type InsightOperation } from '../operation';

/** Job Profitability: what jobs earn and cost, with what Knack knows of them. */

const SHOWN = shownFor('jobProfitability');

const JOBS_BY = choice({
	displayName: 'Jobs By',
	name: 'jobsBy',
	displayOptions: SHOWN,
	options: [
		{
			name: 'Tracking Category',
			value: 'trackingCategory',
			description: 'A job is an option of a tracking category; tied to profit and loss',
		},
		{
			name: 'Xero Project',
			value: 'project',
			description: 'A job is a project of Xero Projects, as it stands today',
		},
	],
	default: 'trackingCategory',
	description: 'What a job is in Xero',
});

const BY_TRACKING = { jobsBy: ['trackingCategory'] };

const SHOWN_BY_TRACKING = { show: { ...SHOWN.show, ...BY_TRACKING } };

const CATEGORY = text({
	displayName: 'Tracking Category Name or ID',
	name: 'trackingCategory',
	type: 'options',
	typeOptions: {
		loadOptionsMethod: 'getTrackingCategories',
		loadOptionsDependsOn: ['organisation.value'],
	},
	default: '',
	displayOptions: SHOWN_BY_TRACKING,
	description:
		'The tracking category whose options are your jobs. Empty is the only one there is. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
});

const FROM = date({
	displayName: 'From',
	name: 'jobsFrom',
	displayOptions: SHOWN_BY_TRACKING,
	description:
		'The first day that counts, best before the oldest job that is under way. Empty is two years. Each year takes a call.',
});

const TABLE = namedTable({
	displayName: 'Table of Jobs',
	name: 'table',
	displayOptions: SHOWN,
	isOptional: true,
	example: 'object_4',
	description:
		'The Knack table with a record for each job, for contracts and budgets. Leave empty for what Xero has alone.',
});

const FIELDS = collection(
	{
		displayName: 'Fields of Jobs',
		name: 'jobFields',
		placeholder: 'Add Field',
		displayOptions: SHOWN,
		description:
			'Where in Knack the job has what Xero does not know; amounts without tax, in the base currency',
	},
	[
		fieldList(
			'Budget',
			'budget',
			'getNumberFields',
			'What the job may cost: the budget of costs, not the quote',
		),
		fieldList(
			'Budget of Variations',
			'budgetVariations',
			'getNumberFields',
			'What approved variations may cost, where the budget is without them',
		),
		fieldList('Contract', 'contract', 'getNumberFields', 'What is agreed with the customer'),
		fieldList(
			'Cost to Complete',
			'costToComplete',
			'getNumberFields',
			'What a person expects the job to cost from now on; else what is left of the budget',
		),
		fieldList(
			'Job',
			'job',
			'getFields',
			'Names the tracking option, or the project by its name or Xero project ID, as Xero has it; else what the record is called',
		),
		fieldList(
			'Time at Cost',
			'timeCost',
			'getNumberFields',
			'Hours at what they cost the firm. By tracking category they count only for a job that carries no wages in Xero',
		),
		fieldList('Unbilled', 'unbilled', 'getNumberFields', 'What is done and not invoiced'),
		fieldList(
			'Variations',
			'variations',
			'getNumberFields',
			'Approved variations, where the contract is without them',
		),
	],
);

const OPTIONS = collection(
	{
		displayName: 'Options',
		name: 'jobOptions',
		placeholder: 'Add Option',
		displayOptions: SHOWN_BY_TRACKING,
	},
	[
		retentionAccount('The account that lines with retention are on.'),
		textList({
			displayName: 'Wages Account Names or IDs',
			name: 'wagesAccounts',
			typeOptions: {
				loadOptionsMethod: 'getAccounts',
				loadOptionsDependsOn: ['organisation.value'],
			},
			default: [],
			description:
				'Accounts that wages and payroll journals are on. A job with costs on them does not count its time. Without any, a job with costs on no bill is taken to carry wages. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		}),
	],
);

export const JOB_PROFITABILITY: InsightOperation = {
	value: 'jobProfitability',
	resource: 'jobs',
	name: 'Job Profitability',
	description:
		'What each job earned and cost, what is ordered, and its margin at completion, tied to profit and loss',
	action: 'Get what jobs earn and cost',
	hasDay: BY_TRACKING,
	needsKnack: false,
	parameters: [JOBS_BY, CATEGORY, FROM, TABLE, FIELDS, OPTIONS],
	prepare(read) {
		const table = read(TABLE);
		const fields: JobFields = read(FIELDS);
		const jobsOf = async ({ knack }: InsightContext) =>
			table === undefined ? {} : { jobs: { source: { client: await knack(), table }, fields } };
		if (read(JOBS_BY) === 'project') {
			return async (context) => {
				const { reckonProjects } = await import(
					'../../../insights/jobProfitability/projectProfitability'
				);
				return await reckonProjects(context.books, await jobsOf(context));
			};
		}
		const { retentionAccount, wagesAccounts = [] } = read(OPTIONS);
		const asked = { from: read(FROM), category: read(CATEGORY), retentionAccount, wagesAccounts };
		return async (context) => {
			const { books, day } = context;
			const { reckonJobs } = await import('../../../insights/jobProfitability/jobProfitability');
			return await reckonJobs(books, { ...asked, day, ...(await jobsOf(context)) });
		};
	},
};
