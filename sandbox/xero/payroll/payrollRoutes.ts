import type { OrganisationInfo } from '../organisationModel';
import { accessRefused, type Answer } from '../failures';
import type { Call } from '../call';
import type { Route } from '../transport';
import { australianRoutes } from './australian';
import { peopleRoutes } from './people';
import { timesheetRoutes } from './timesheets';

type Version = OrganisationInfo['version'];

/** Payroll 2.0: all of it in the UK and New Zealand, in Australia the timesheets alone. */
export const payrollRoutes: readonly Route[] = [
	...inCountries(['UK', 'NZ'], peopleRoutes),
	...inCountries(['UK', 'NZ', 'AU'], timesheetRoutes),
];

/** Payroll 1.0, which only Australia has. */
export const australianPayrollRoutes: readonly Route[] = inCountries(['AU'], australianRoutes);

/** Elsewhere the API answers as for an organisation without payroll. */
function inCountries(versions: readonly Version[], routes: readonly Route[]): Route[] {
	return routes.map((route) => ({
		...route,
		handle: (call: Call): Answer => {
			const { version, hasPayroll } = call.ledger.info.value;
			if (!hasPayroll || !versions.includes(version)) {
				throw accessRefused(403, 'AuthorizationUnsuccessful', call.guid());
			}
			return route.handle(call);
		},
	}));
}
