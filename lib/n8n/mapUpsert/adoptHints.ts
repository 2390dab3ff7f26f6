import type { Outcome } from '../../sync/outcome';
import type { RunParameters } from './runParameters';

/** What a person should know besides the count, once documents were adopted. */
export function adoptHints(
	{ adopt, isPreview }: RunParameters,
	outcomes: readonly Outcome[],
): string[] {
	if (isPreview) return ['Preview: nothing was written, neither in Xero nor in Knack.'];
	const isLinked = outcomes.some(({ outcome }) => outcome === 'linked');
	if (!isLinked || adopt?.linkField !== undefined) return [];
	return [
		'No Knack field keeps the Xero ID, so the links last only as long as these items. Switch on Write Back to Knack and choose a field for Xero ID.',
	];
}
