import { KIWI_TRADE_TENANT_ID } from '../../sandbox/xero/twin';
import { deviations } from './xeroNodeModels';

/** The model of each member of Xero's accounting answers, but for those that end like their list. */
const ACCOUNTING: Readonly<Record<string, string>> = {
	Currencies: 'Currency',
	TrackingCategories: 'TrackingCategory',
	Options: 'TrackingOption',
	Reports: 'ReportWithRow',
};

/** What stands around every answer; the last around quotes alone. */
const ENVELOPE = new Set(['Id', 'Status', 'ProviderName', 'DateTimeUTC', 'SummarizeErrors']);
const PAYROLL_ENVELOPE = new Set(['id', 'providerName', 'dateTimeUTC', 'httpStatusCode']);

/** The models of other APIs by what an address ends with; `:id` is any one. */
const PROJECTS: Readonly<Record<string, string>> = {
	'GET Projects': 'Projects',
	'POST Projects': 'Project',
	'GET Projects/:id': 'Project',
	'GET Projects/:id/Tasks': 'Tasks',
	'POST Projects/:id/Tasks': 'Task',
	'GET Projects/:id/Tasks/:id': 'Task',
	'GET Projects/:id/Time': 'TimeEntries',
	'POST Projects/:id/Time': 'TimeEntry',
	'GET Projects/:id/Time/:id': 'TimeEntry',
	'GET ProjectsUsers': 'ProjectUsers',
};
const PAYROLL: Readonly<Record<string, string>> = {
	'GET Employees': 'Employees',
	'GET Employees/:id': 'EmployeeObject',
	'GET PayRunCalendars': 'PayRunCalendars',
	'GET PayRunCalendars/:id': 'PayRunCalendarObject',
	'GET EarningsRates': 'EarningsRates',
	'GET EarningsRates/:id': 'EarningsRateObject',
	// The library writes the second word small.
	'GET Settings/trackingCategories': 'TrackingCategories',
	'GET Timesheets': 'Timesheets',
	'POST Timesheets': 'TimesheetObject',
	'GET Timesheets/:id': 'TimesheetObject',
	'POST Timesheets/:id/Approve': 'TimesheetObject',
	'POST Timesheets/:id/RevertToDraft': 'TimesheetObject',
	'POST Timesheets/:id/Lines': 'TimesheetLineObject',
	'PUT Timesheets/:id/Lines/:id': 'TimesheetLineObject',
	// The specification says a line of both, where the envelope of the others is answered.
	'DELETE Timesheets/:id/Lines/:id': 'TimesheetLineObject',
	'DELETE Timesheets/:id': 'TimesheetObject',
};

/** The model of each member of Australian answers, but for those that are called like it. */
const AUSTRALIAN: Readonly<Record<string, string>> = { Settings: 'SettingsObject' };

interface Answered {
	readonly method: string;
	/** Without its query: `/api.xro/2.0/Invoices`. */
	readonly path: string;
	readonly tenantId: string;
	readonly body: Readonly<Record<string, unknown>>;
}

/** What in an answer is not as Xero's own models say; an answer that has none is said so. */
export function answerDeviations({ method, path, tenantId, body }: Answered): string[] {
	const [, api = '', version = '', ...rest] = path.split('/');
	if (api === 'api.xro') return accountingDeviations(rest, body);
	const place = `${method} ${rest.map((part) => (/^[0-9a-f-]{36}$/i.test(part) ? ':id' : part)).join('/')}`;
	const folder =
		api === 'projects.xro'
			? 'projects'
			: version === '1.0'
				? 'payroll-au'
				: tenantId === KIWI_TRADE_TENANT_ID
					? 'payroll-nz'
					: 'payroll-uk';
	if (folder === 'payroll-au') {
		const payload = without(body, ENVELOPE);
		return Object.entries(payload).flatMap(([name, value]) =>
			deviations(folder, { [name]: value }, AUSTRALIAN[name] ?? name),
		);
	}
	const type = (folder === 'projects' ? PROJECTS : PAYROLL)[place];
	if (type === undefined) return [`${place}: no model is known`];
	return deviations(folder, without(body, PAYROLL_ENVELOPE), type);
}

function accountingDeviations(
	[first = '']: readonly string[],
	body: Readonly<Record<string, unknown>>,
): string[] {
	const members = without(body, ENVELOPE);
	// What is taken off is answered alone.
	if ('AllocationID' in members) return deviations('accounting', members, 'Allocation');
	return Object.entries(members).flatMap(([name, value]) => {
		if (name === 'pagination') return deviations('accounting', value, 'Pagination');
		const own = name === 'CISSettings' && /^organisation$/i.test(first) ? 'CISOrgSetting' : '';
		const type = own || (ACCOUNTING[name] ?? name.replace(/s$/, ''));
		return deviations('accounting', value, `Array<${type}>`);
	});
}

function without(
	body: Readonly<Record<string, unknown>>,
	names: ReadonlySet<string>,
): Readonly<Record<string, unknown>> {
	return Object.fromEntries(Object.entries(body).filter(([name]) => !names.has(name)));
}
