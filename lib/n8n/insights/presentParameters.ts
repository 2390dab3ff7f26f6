import { text, toggle, wholeNumber } from '../parameters/kinds';

/** What reports, charts and texts are like: parameters of Xero Insights beside its Output. */

export const BAR_COLUMNS = text({
	displayName: 'Columns for Bars',
	name: 'barColumns',
	displayOptions: { show: { output: ['report', 'chart', 'slackText'] } },
	default: '',
	placeholder: 'e.g. Total',
	description:
		'The headings of the columns that are drawn, with commas between them. A chart draws them all, a report and a text the first. Empty is the first column with money.',
});

export const SLACK_AMOUNTS = toggle({
	displayName: 'Show Amounts',
	name: 'slackAmounts',
	displayOptions: { show: { output: ['slackText'] } },
	default: true,
	description:
		'Whether the text tells amounts. Without them it has names, bars, and whether the figures agree: a channel may have readers who are not to know the amounts.',
});

export const SLACK_ROWS = wholeNumber({
	displayName: 'Most Rows',
	name: 'slackRows',
	displayOptions: { show: { output: ['slackText'] } },
	default: 10,
	least: 1,
	description: 'How many rows the text lists; it says how many there are besides',
});

export const PRESENT_PARAMETERS = [BAR_COLUMNS, SLACK_AMOUNTS, SLACK_ROWS] as const;
