import type { Issue } from '../../issue';
import type { KnackClient } from '../../knack/client';
import { readIsDemoCompany } from '../../xero/demoCompany';
import type { XeroClient } from '../../xero/client';
import type { Refused } from './guarding';
import { GUARD_RULES } from './guardRules';
import type { GuardSettings } from './guardSettings';
import { readStop } from './stop';

/**
 * Asks whether anything may be written: of Stop anew each time, of the organisation once in the run.
 * What is asked of Xero throws ServiceFaultError.
 */
export function createRefusal(
	{ isForDemoCompanies, stop }: Pick<GuardSettings, 'isForDemoCompanies' | 'stop'>,
	knack: () => Promise<KnackClient>,
): (client: XeroClient) => Promise<Refused> {
	const demo = new Map<string, Promise<Refused>>();
	return async (client) => {
		if (isForDemoCompanies) {
			const key = client.organisationId ?? '';
			const asked = demo.get(key) ?? demoRefusal(client);
			demo.set(key, asked);
			const refused = await asked;
			if (refused) return refused;
		}
		const fault = stop && (await readStop(knack, stop));
		return fault && { by: 'stop', fault };
	};
}

/** What holds a record for which nothing may be written. */
export function refusedIssue({ by, fault }: NonNullable<Refused>): Issue {
	const { code, severity } = GUARD_RULES[by];
	return { code, severity, message: fault.message, fix: fault.fix };
}

async function demoRefusal(client: XeroClient): Promise<Refused> {
	const { name, isDemoCompany } = await readIsDemoCompany(client);
	if (isDemoCompany) return undefined;
	return {
		by: 'demoCompany',
		fault: {
			service: 'xero',
			cause: 'stopped',
			message: `Xero does not say that ${name} is a demo company, and Demo Company Only is on.`,
			fix: 'Choose a demo company under Organisation; or switch off Demo Company Only under Guards, if these books are meant.',
		},
	};
}
