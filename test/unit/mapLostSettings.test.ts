import { lostSetting } from '../../lib/sync/map/lostSettings';
import type { MappableField } from '../../lib/sync/map/mappableFields';
import type { FieldKind } from '../../lib/xero/documents/definition';
import type { OrganisationSettings } from '../../lib/xero/settings';
import { SETTINGS } from './syncFixtures';

const RICH: OrganisationSettings = {
	...SETTINGS,
	taxRates: SETTINGS.taxRates.flatMap((rate) =>
		rate.taxType === 'OUTPUT2'
			? [rate, { ...rate, taxType: 'WAS', name: '20% (Old Income)', status: 'DELETED' }]
			: [rate],
	),
	trackingCategories: [
		{
			id: 'cat-region',
			name: 'Region',
			status: 'ACTIVE',
			options: [
				{ id: 'opt-north', name: 'Far North', status: 'ACTIVE' },
				{ id: 'opt-old', name: 'Far North Old', status: 'ARCHIVED' },
				{ id: 'opt-hill', name: 'Hill', status: 'ARCHIVED' },
			],
		},
	],
};

const lost = (kind: FieldKind, text: string, path = 'field') => {
	const field: MappableField = { path, label: 'Field', kind, usual: true };
	return lostSetting(field, text, RICH);
};

test.each<[FieldKind, string, string?]>([
	['account', '200'],
	['account', 'Sales'],
	['paymentAccount', '090'],
	['taxType', 'OUTPUT2'],
	['taxType', 'No VAT'],
	['currency', 'eur'],
	['tracking', 'Far North', 'tracking.Region'],
	['tracking', 'opt-north', 'tracking.cat-region'],
	['tracking', 'Anything', 'tracking.Colour'],
	['text', 'Anything'],
])('%s %s may be used', (...[kind, text, path]) => expect(lost(kind, text, path)).toBeUndefined());

test.each<[FieldKind, string, string, string?, string?]>([
	['account', '299', '299 Old Sales is archived in Xero', '200 Sales'],
	['paymentAccount', '999', '"999" is not in Xero'],
	['taxType', 'WAS', '20% (Old Income) is not active in Xero', '20% (VAT on Income)'],
	['taxType', 'OLD', '17.5% (VAT on Income) is not active in Xero'],
	['taxType', 'NEVER', '"NEVER" is not in Xero'],
	['currency', 'JPY', 'JPY is not enabled in Xero'],
	['tracking', 'opt-old', 'Far North Old is archived in Xero', 'Far North', 'tracking.Region'],
	['tracking', 'Hill', 'Hill is archived in Xero', undefined, 'tracking.Region'],
	['tracking', 'Xylo', 'Region has no option "Xylo"', undefined, 'tracking.Region'],
])('%s %s is lost: %s', (...[kind, text, what, successor, path]) => {
	expect(lost(kind, text, path)).toEqual(successor ? { what, successor } : { what });
});
