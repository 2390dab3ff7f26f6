import { property, type WireSlot } from './wireSlots';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Bank accounts need no code in Xero: one without is named by its id. */
export const CODE_OR_ID: WireSlot = {
	get: ({ Code, AccountID }) => (Code === undefined || Code === '' ? AccountID : Code),
	put: (element, value) => {
		const isId = typeof value === 'string' && GUID.test(value);
		property(isId ? 'AccountID' : 'Code').put(element, value);
	},
};
