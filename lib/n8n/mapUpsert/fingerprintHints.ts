import type { Outcome } from '../../sync/outcome';
import { hasSourceLink } from '../../sync/plan/sourceLink';
import { countOf } from '../../texts';
import type { RunParameters } from './runParameters';

/**
 * Said once for the run where values in Xero go without its being known who has set them: documents
 * that bear no link to their record keep what was sent in a Knack field alone.
 */
export function fingerprintHints(
	{ definition, operation, fingerprintField, isPreview, upsert }: RunParameters,
	outcomes: readonly Outcome[],
): string[] {
	const isKept = hasSourceLink(definition) || fingerprintField !== undefined;
	const writes = operation === 'upsert' || operation === 'preview';
	if (isKept || !writes || upsert.accountantEdits === 'knackWins') return [];
	const count = outcomes.filter(isWrittenOver).length;
	if (count === 0) return [];
	const what = countOf(count, definition.label.toLowerCase());
	return [
		`Of ${what} it is not known what was sent last, so what a person has corrected in Xero ${isPreview ? 'would be' : 'was'} put back to what Knack says. Choose a Sync Fingerprint field under Write Back to Knack: by it, what was changed in Xero alone stays.`,
	];
}

function isWrittenOver({ outcome, changes }: Outcome): boolean {
	const isUpdate = outcome === 'updated' || outcome === 'wouldUpdate';
	return (
		isUpdate &&
		changes.some(({ field, before }) => field !== 'status' && before !== undefined && before !== '')
	);
}
