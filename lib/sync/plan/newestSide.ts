import type { XeroDocument } from '../../xero/documents/definition';
import type { DraftSource } from '../draft';

/** Knack's date and time fields tell minutes: what lies closer together came in either order. */
const TELLABLE_MS = 60_000;

/**
 * The side that was edited last; undefined where that cannot be told. Xero's moment is that of the whole
 * contact: an edit of any of its fields moves it.
 */
export function newestSide(
	{ editedAtMs }: DraftSource,
	{ updatedAtMs }: XeroDocument,
): 'knack' | 'xero' | undefined {
	if (editedAtMs === undefined || updatedAtMs === undefined) return undefined;
	if (Math.abs(editedAtMs - updatedAtMs) < TELLABLE_MS) return undefined;
	return editedAtMs > updatedAtMs ? 'knack' : 'xero';
}
