import type { PaymentGuards } from '../../sync/payments/paymentWishes';
import { DEMO_COMPANY_ONLY, stopPlace, STOP_ENTRIES } from '../guardParameters';
import { collection } from '../parameters/collections';
import { parameter } from '../parameters/parameter';
import { readNumber } from '../parameters/kinds';

const MOST_RECORDS = parameter(
	{
		displayName: 'Most Records a Run',
		name: 'recordsARun',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 200,
		description:
			'How many records may be written in one run. The rest is held, and goes on with the next run. Blank sets no limit.',
	},
	undefined,
	(given, place): number => readNumber('Most Records a Run', { least: 0 }, given, place),
);

/** What keeps a run from writing more than is meant. */
export const GUARDS = collection(
	{
		displayName: 'Guards',
		name: 'guards',
		placeholder: 'Add Guard',
		description: 'What is not let through is held, each record with the reason',
	},
	[DEMO_COMPANY_ONLY, MOST_RECORDS, ...STOP_ENTRIES],
);

export function paymentGuards(given: (typeof GUARDS)['unset']): PaymentGuards {
	const stop = stopPlace(given);
	const { recordsARun: mostRecords, demoCompanyOnly: isForDemoCompanies } = given;
	return {
		isForDemoCompanies,
		...(mostRecords === undefined ? {} : { mostRecords }),
		...(stop ? { stop } : {}),
	};
}
