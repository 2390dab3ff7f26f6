import { organisationLocator } from '../organisationParameter';
import { collection, rows } from '../parameters/collections';
import { number, readNumber, text, textList, toggle } from '../parameters/kinds';
import { parameter } from '../parameters/parameter';

/** The parameters of Xero Trigger, by their place in the panel. */

export const ORGANISATION = organisationLocator(
	'The Xero organisation whose events are wanted. Leave empty for all that the credential is connected to.',
);

/** What is listened to where nothing is set; an empty list stands for everything. */
export const USUAL_CATEGORIES: readonly string[] = ['INVOICE', 'PAYMENT'];
export const USUAL_TYPES: readonly string[] = ['CREATE', 'UPDATE'];

export const CATEGORIES = textList({
	displayName: 'Events',
	name: 'categories',
	// In the order of need: the editor offers them in it, as what the trigger can be added for.
	options: [
		{
			name: 'Invoice or Bill',
			value: 'INVOICE',
			description: 'New, edited, approved, paid or voided',
			action: 'On a payment or change of an invoice',
		},
		{
			name: 'Payment',
			value: 'PAYMENT',
			description: 'Hands on the invoice that was paid',
			action: 'On a payment alone',
		},
		{ name: 'Contact', value: 'CONTACT', action: 'On a new or changed contact' },
		{
			name: 'Credit Note',
			value: 'CREDITNOTE',
			description: 'Also hands on the invoices that it is applied to',
			action: 'On a new or changed credit note',
		},
		{
			name: 'Prepayment',
			value: 'PREPAYMENT',
			description: 'Also hands on the invoices that it is applied to',
			action: 'On a new or changed prepayment',
		},
		{
			name: 'Overpayment',
			value: 'OVERPAYMENT',
			description: 'Also hands on the invoices that it is applied to',
			action: 'On a new or changed overpayment',
		},
		{
			name: 'Anything Else',
			value: 'OTHER',
			description: 'What Xero may add in the future; handed on as it comes',
			action: 'On anything else',
		},
	],
	default: [...USUAL_CATEGORIES],
	description: 'What starts the workflow; everything when nothing is chosen',
});

export const EVENT_TYPES = textList({
	displayName: 'Event Types',
	name: 'eventTypes',
	options: [
		{ name: 'Created', value: 'CREATE' },
		{
			name: 'Updated',
			value: 'UPDATE',
			description: 'Edited, approved, paid, voided, archived or deleted',
		},
	],
	default: [...USUAL_TYPES],
	description:
		'Whether new documents, changed ones or both are wanted. What only the sweep finds is handed on in any case, as UNKNOWN: Xero does not tell which it is.',
});

const SWEEP = 'Sweep';

/** Any number of minutes, which an expression may give; the list has the usual ones. */
export const SWEEP_MINUTES = parameter(
	{
		displayName: SWEEP,
		name: 'sweepMinutes',
		type: 'options',
		options: [
			{
				name: 'Every 15 Minutes',
				value: 15,
				description: '96 calls a day for each organisation and kind of document',
			},
			{
				name: 'Every 30 Minutes',
				value: 30,
				description: '48 calls a day for each organisation and kind of document',
			},
			{
				name: 'Every 5 Minutes',
				value: 5,
				description: '288 calls a day for each organisation and kind of document',
			},
			{
				name: 'Every Day',
				value: 1440,
				description: '1 call a day for each organisation and kind of document',
			},
			{
				name: 'Every Hour',
				value: 60,
				description: '24 calls a day for each organisation and kind of document',
			},
			{
				name: 'Never',
				value: 0,
				description: 'What a webhook does not bring is lost',
			},
		],
		default: 15,
		description:
			'How often Xero is asked what changed, to catch what webhooks missed. Poll Times only says how often it is looked whether a sweep is due, which costs nothing.',
	},
	15,
	(given, place) => readNumber(SWEEP, { least: 0 }, given, place),
);

const FORWARD_TO = rows(
	{
		displayName: 'Forward To',
		name: 'forwardTo',
		placeholder: 'Add Address',
		description:
			'Production URLs of further Xero Triggers, in other workflows or another n8n. Each gets every delivery as Xero sent it, and checks the signature by itself. What they get so they do not forward on.',
		row: { displayName: 'Address', name: 'targets' },
	},
	[
		text({
			displayName: 'URL',
			name: 'url',
			default: '',
			placeholder: 'e.g. https://n8n.example.com/webhook/…/xero',
		}),
	],
);

export const OPTIONS = collection(
	{ displayName: 'Options', name: 'options', placeholder: 'Add Option' },
	[
		FORWARD_TO,
		number({
			displayName: 'Gather For (Seconds)',
			name: 'gatherSeconds',
			least: 0,
			most: 60,
			default: 2,
			description:
				'How long to wait at most for more events before Xero is read, so that a burst takes few calls. After a quiet time the wait is shorter. Xero has its answer already.',
		}),
		toggle({
			displayName: 'Include Raw Data',
			name: 'includeRaw',
			default: false,
			description: 'Whether each item also holds the document as Xero sent it, under "raw"',
		}),
		number({
			displayName: 'Look Back (Hours)',
			name: 'lookBackHours',
			least: 1,
			default: 24,
			description:
				'How far the sweep looks back when n8n has started and lost what this trigger remembers, which another step of the workflow may overwrite in queue mode. Documents of that time may then come a second time.',
		}),
	],
);
