import { withId } from './named';
import { isOnItsWay, type DocumentStrategy } from './strategy';

/** A tracking option names its category as people do; the settings of the run know its id. */
export const TRACKING_OPTION_STRATEGY: DocumentStrategy = {
	complete({ settings }, drafts, severities) {
		const categories = settings.trackingCategories
			.filter(({ status }) => status === 'ACTIVE')
			.map(({ id, name }) => ({ id, names: [name] }));
		const field = { path: 'trackingCategoryID', what: 'tracking category' };
		return Promise.resolve({
			drafts: drafts.map((draft) =>
				isOnItsWay(draft) ? withId(draft, field, categories, severities) : draft,
			),
		});
	},
};
