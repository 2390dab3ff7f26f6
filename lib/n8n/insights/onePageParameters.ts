import { text, toggle } from '../parameters/kinds';

/** *Make One Page*: what earlier steps of Xero Insights gave, as a page and a text. */

const SHOWN = { show: { operation: ['onePage'] } };

export const ONE_PAGE = {
	value: 'onePage',
	name: 'Make One Page',
	description:
		'What several steps before have found out as one HTML page, for an e-mail, and one text for Slack',
	action: 'Make one page of several insights',
};

export const PAGE_TITLE = text({
	displayName: 'Title',
	name: 'pageTitle',
	displayOptions: SHOWN,
	default: '',
	placeholder: 'e.g. Monday Page',
	description:
		'What stands at the head, with the name of the organisation behind it. Empty is "Xero Insights".',
});

export const PAGE_AMOUNTS = toggle({
	displayName: 'Amounts in Slack Text',
	name: 'pageAmounts',
	displayOptions: SHOWN,
	default: true,
	description:
		'Whether the text for Slack tells amounts. Without them it has names and whether the figures agree. The page always has them.',
});

export const ONE_PAGE_PARAMETERS = [PAGE_TITLE, PAGE_AMOUNTS] as const;
