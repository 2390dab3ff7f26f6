import { fieldInSlot } from './modelFields';

/**
 * Whether the customer gets no more on credit, by whoever says so in Knack. Xero has no such thing, and
 * it is never sent. It is named by no usual name of a column, so that workflows that map by names go on
 * as they were.
 */
export const ON_STOP = {
	...fieldInSlot(
		'customerOnStop',
		{ label: 'Hold While Customer Is on Stop', kind: 'boolean' },
		{ get: () => undefined, put: () => undefined },
	),
	hasOwnRequest: true,
};
