import type { Call } from './call';
import type { Input } from './input';
import type { LineRow, TrackingRef } from './model';
import type { TrackingCategoryRow } from './organisationModel';

const MOST_CATEGORIES = 2;

/** A line's tracking: category and option, each by id or by name, of those in use. */
export function readTracking(
	call: Call,
	input: Input,
	before: LineRow | undefined,
	complain: (message: string) => void,
): readonly TrackingRef[] {
	const sent = input.list('Tracking');
	if (!sent) return before?.tracking ?? [];
	if (sent.length > MOST_CATEGORIES) {
		complain(`A maximum of ${MOST_CATEGORIES} tracking categories can be specified for a line.`);
	}
	const found: TrackingRef[] = [];
	for (const one of sent) {
		const category = findCategory(call, one);
		const option = category && findOption(category, one);
		if (category && option) {
			found.push({
				trackingCategoryId: category.trackingCategoryId,
				trackingOptionId: option,
			});
		} else if (call.settings.unknownTracking === 'error') {
			const named = one.trimmed('Option') ?? one.trimmed('TrackingOptionID') ?? '';
			complain(`The tracking category or option '${named}' could not be found or is not active.`);
		}
	}
	return found;
}

function findCategory(call: Call, input: Input): TrackingCategoryRow | undefined {
	const id = input.trimmed('TrackingCategoryID')?.toLowerCase();
	const name = input.trimmed('Name')?.toLowerCase();
	return call.ledger.trackingCategories.find(
		(category) =>
			category.status === 'ACTIVE' &&
			(id === undefined
				? category.name.toLowerCase() === name
				: category.trackingCategoryId === id),
	);
}

function findOption(category: TrackingCategoryRow, input: Input): string | undefined {
	const id = input.trimmed('TrackingOptionID')?.toLowerCase();
	const name = input.trimmed('Option')?.toLowerCase();
	return category.options.find(
		(option) =>
			option.status === 'ACTIVE' &&
			(id === undefined ? option.name.toLowerCase() === name : option.trackingOptionId === id),
	)?.trackingOptionId;
}
