import { agentMayRead, ALLOW_WRITING_AS_TOOL } from '../apiCall/agentParameters';
import { apiCallParameters } from '../apiCall/apiCallParameters';
import { collection } from '../parameters/collections';
import { choice, instant, text } from '../parameters/kinds';

/** Parameters of the operation API Call of Map & Upsert to Xero. */

const SHOWN = { operation: ['apiCall'] };

export const API = choice({
	displayName: 'API',
	name: 'api',
	displayOptions: { show: SHOWN },
	options: [
		{ name: 'Accounting', value: 'accounting' },
		{ name: 'Assets', value: 'assets' },
		{ name: 'Files', value: 'files' },
		{
			name: 'Payroll (UK, NZ)',
			value: 'payroll',
			description: 'Version 2.0, also for timesheets of Australia',
		},
		{ name: 'Payroll of Australia', value: 'payrollOfAustralia', description: 'Version 1.0' },
		{ name: 'Projects', value: 'projects' },
	],
	default: 'accounting',
	description: 'Which part of the Xero API the path belongs to',
});

export const XERO_CALL = apiCallParameters({
	show: SHOWN,
	methods: ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'],
	examplePath: 'Invoices',
	pathDescription:
		'What follows the version in the address, such as /api.xro/2.0. The credential and API give what is before.',
	root: /^\/[a-z]+\.xro(\/|$)/i,
	pageParameters: ['page', 'offset'],
});

export const XERO_CALL_NOTICES = agentMayRead(SHOWN);

export const XERO_CALL_OPTIONS = collection(
	{
		displayName: 'Options',
		name: 'options',
		placeholder: 'Add Option',
		displayOptions: { show: SHOWN },
	},
	[
		ALLOW_WRITING_AS_TOOL,
		text({
			displayName: 'Idempotency Key',
			name: 'idempotencyKey',
			displayOptions: { show: { '/method': ['DELETE', 'PATCH', 'POST', 'PUT'] } },
			default: '',
			placeholder: 'e.g. order-{{ $json.id }}',
			description:
				'Xero carries out one write under a key within six minutes, whichever run sends it. Without a key of your own, each item of a run has one.',
		}),
		instant({
			displayName: 'If Modified Since',
			name: 'modifiedSince',
			displayOptions: { show: { '/method': ['GET'] } },
			description: 'Read only what was changed after this moment, where the API knows that',
		}),
	],
);
