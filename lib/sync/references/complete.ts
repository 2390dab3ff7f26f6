import { without } from '../../without';
import type { DocumentDefinition } from '../../xero/documents/definition';
import type { OrganisationSettings } from '../../xero/settings';
import type { RuleSeverities } from '../check/check';
import type { Draft } from '../draft';
import { readOrders } from '../orders/billOrders';
import { closedPeriods } from '../plan/closedPeriods';
import { withReversals } from '../reversal/reverseJournals';
import { todayOf, type UpsertContext, type UpsertOptions } from '../upsertContext';
import { readAllocations } from './allocations';
import type { Completed } from './completed';
import { readLineTargets } from './lineTargets';
import { readPayPeriods } from './payPeriods';
import { withValues } from './named';
import { withIds } from './names';
import { readTargets } from './targets';

/**
 * Finds what the drafts belong to (the invoice of a payment, the project of a task) and puts its id
 * into them, so that one document is known by one name. Drafts come back in their order, with issues
 * where it was not found. What records ask for beside that is looked at where a run wants it: bills
 * against their orders, journals that are reversed.
 * Reads only; throws ServiceFaultError.
 */
export async function complete(
	context: UpsertContext,
	definition: DocumentDefinition,
	given: readonly Draft[],
	severities: RuleSeverities,
	wanted?: Pick<UpsertOptions, 'orderTolerance' | 'reversal' | 'booksClosedUntil'>,
): Promise<Completed> {
	const named = await withIds(context, definition, given, severities);
	const { settles, settlesEach, isPaidByPeriod, allocates, fills, reverses } = definition;
	const drafts = named.map((draft) => withWhatFollows(definition, draft, context.settings));
	if (settles) return await readTargets(context.client, definition, settles, drafts, severities);
	if (settlesEach) {
		return await readLineTargets(context, definition, settlesEach, drafts, severities);
	}
	if (isPaidByPeriod) {
		return await readPayPeriods(context, definition, isPaidByPeriod, drafts, severities);
	}
	if (reverses && wanted?.reversal) {
		const { reversal, booksClosedUntil } = wanted;
		const periods = closedPeriods(context.settings, booksClosedUntil);
		const { client, clock, settings } = context;
		const run = { client, clock, definition, reverses, reversal, settings, periods, severities };
		return withReversals(run, drafts);
	}
	if (fills && wanted) {
		const { orderTolerance: tolerance = {} } = wanted;
		const { client, clock } = context;
		const nowMs = () => clock.now();
		const run = { client, definition, fills, tolerance, severities, nowMs };
		return await readOrders(run, drafts);
	}
	if (!allocates) return { drafts };
	const today = todayOf(context);
	return await readAllocations({ ...context, definition, allocates, severities, today }, drafts);
}

/** A draft with the values that follow from its own, and without those of which Xero keeps nothing. */
function withWhatFollows(
	{ implied, notKept }: DocumentDefinition,
	draft: Draft,
	settings: OrganisationSettings,
): Draft {
	const whole = implied ? withValues(draft, implied(draft.fields, settings)) : draft;
	const lost = notKept?.(draft.fields) ?? [];
	return lost.length === 0 ? whole : { ...whole, fields: without(whole.fields, ...lost) };
}
