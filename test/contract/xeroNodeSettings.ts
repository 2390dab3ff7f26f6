import { DEMO_TRADE_TENANT_ID as UK } from '../../sandbox/xero/twin';
import { anything, some, type LibraryCall } from './xeroNodeCall';

/** The first of a list that the library reads, which has no name of its own in the documents made. */
async function first<Entry>(
	list: Promise<{ readonly body: unknown }>,
	name: string,
): Promise<Entry> {
	const { body } = await list;
	const [found] = (body as Readonly<Record<string, readonly Entry[]>>)[name] ?? [];
	if (!found) throw new Error(`There are no ${name}.`);
	return found;
}

interface Category {
	readonly trackingCategoryID: string;
	readonly options: ReadonlyArray<{ readonly trackingOptionID: string }>;
}

const categoryOf = async (x: Parameters<LibraryCall[1]>[0]): Promise<Category> =>
	await first<Category>(x.accountingApi.getTrackingCategories(UK), 'trackingCategories');

/** What an organisation is set up with, one by one. */
export const SETTINGS: readonly LibraryCall[] = [
	[
		'getBrandingTheme',
		async (x) => {
			const { brandingThemeID } = await first<{ brandingThemeID: string }>(
				x.accountingApi.getBrandingThemes(UK),
				'brandingThemes',
			);
			return await x.accountingApi.getBrandingTheme(UK, brandingThemeID);
		},
		() => some('brandingThemes'),
	],
	[
		'getUser',
		async (x) => {
			const { userID } = await first<{ userID: string }>(x.accountingApi.getUsers(UK), 'users');
			return await x.accountingApi.getUser(UK, userID);
		},
		() => some('users', { firstName: 'Kit' }),
	],
	[
		'getRepeatingInvoice',
		async (x) => {
			const { repeatingInvoiceID } = await first<{ repeatingInvoiceID: string }>(
				x.accountingApi.getRepeatingInvoices(UK),
				'repeatingInvoices',
			);
			return await x.accountingApi.getRepeatingInvoice(UK, repeatingInvoiceID);
		},
		() => some('repeatingInvoices'),
	],
	[
		'getInvoiceReminders',
		(x) => x.accountingApi.getInvoiceReminders(UK),
		() => some('invoiceReminders'),
	],
	[
		'getTaxRateByTaxType',
		(x) => x.accountingApi.getTaxRateByTaxType(UK, 'OUTPUT2'),
		() => some('taxRates', { taxType: 'OUTPUT2' }),
	],
	[
		'getTrackingCategory',
		async (x) =>
			await x.accountingApi.getTrackingCategory(UK, (await categoryOf(x)).trackingCategoryID),
		() => some('trackingCategories'),
	],
	[
		'updateTrackingCategory',
		async (x) =>
			await x.accountingApi.updateTrackingCategory(UK, (await categoryOf(x)).trackingCategoryID, {
				name: 'Site',
			}),
		() => some('trackingCategories', { name: 'Site' }),
	],
	[
		'createTrackingOptions',
		async (x) =>
			await x.accountingApi.createTrackingOptions(UK, (await categoryOf(x)).trackingCategoryID, {
				name: 'J-9',
			}),
		() => some('options', { name: 'J-9' }),
	],
	[
		'updateTrackingOptions',
		async (x) => {
			const { trackingCategoryID, options } = await categoryOf(x);
			const id = options.at(-1)?.trackingOptionID ?? '';
			return await x.accountingApi.updateTrackingOptions(UK, trackingCategoryID, id, {
				name: 'J-9 Loft',
			});
		},
		() => some('options', { name: 'J-9 Loft' }),
	],
	[
		'deleteTrackingOptions',
		async (x) => {
			const { trackingCategoryID, options } = await categoryOf(x);
			const id = options.at(-1)?.trackingOptionID ?? '';
			return await x.accountingApi.deleteTrackingOptions(UK, trackingCategoryID, id);
		},
		() => some('options'),
	],
	[
		'deleteTrackingCategory',
		async (x) =>
			await x.accountingApi.deleteTrackingCategory(UK, (await categoryOf(x)).trackingCategoryID),
		() => some('trackingCategories'),
	],
	[
		'updateContactGroup',
		(x, { ids }) =>
			x.accountingApi.updateContactGroup(UK, ids['ContactGroup'] ?? '', {
				contactGroups: [{ name: 'Old ones' }],
			}),
		() => some('contactGroups', { name: 'Old ones' }),
	],
	[
		'deleteContactGroupContacts',
		(x, { ids }) => x.accountingApi.deleteContactGroupContacts(UK, ids['ContactGroup'] ?? ''),
		anything,
	],
	[
		'updateOrCreateItems',
		(x) => x.accountingApi.updateOrCreateItems(UK, { items: [{ code: 'ROPE', name: 'Rope' }] }),
		() => some('items', { code: 'ROPE' }),
	],
	[
		'deleteItem',
		async (x) => {
			const { body } = await x.accountingApi.getItems(UK, undefined, 'Code=="ROPE"');
			return await x.accountingApi.deleteItem(UK, body.items?.[0]?.itemID ?? '');
		},
		anything,
	],
];
