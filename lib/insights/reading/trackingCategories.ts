import { readTrackingCategories } from '../../xero/readSettings';
import type { TrackingCategory } from '../../xero/settings';
import { bookList } from './books';

/** Tracking categories, archived ones and archived options too. */
export const trackingCategories = bookList(
	async ({ client }): Promise<readonly TrackingCategory[]> => await readTrackingCategories(client),
);
