import { canonicalDecimal, decimal, moneyText, sum, type Decimal } from '../../money';
import type { XeroClient } from '../../xero/client';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { readAmountsDue, type AmountsDue } from '../../xero/newestDocuments';
import { UNUSUAL_RULES } from '../check/rules/unusualRules';
import type { Draft } from '../draft';
import { nameOf, type Look, type Unusual } from './look';

/** Whether a record says how much its contact may owe. */
function hasLimit(definition: DocumentDefinition, { fields, source }: Draft): boolean {
	return source.unusual?.creditLimit !== undefined && definition.amounts.sideOf(fields) === 'sale';
}

/** What the contacts owe of records that give a limit, as it is now. Throws ServiceFaultError. */
export async function readDueOfLimited(
	client: XeroClient,
	definition: DocumentDefinition,
	drafts: ReadonlyArray<{ readonly draft: Draft; readonly contactId: string | undefined }>,
): Promise<AmountsDue> {
	const ids = drafts.flatMap(({ draft, contactId }) =>
		contactId !== undefined && hasLimit(definition, draft) ? [contactId] : [],
	);
	return ids.length === 0 ? new Map() : await readAmountsDue(client, definition, [...new Set(ids)]);
}

/** What is due of a document in whose place a record of the run comes. */
export interface Replaced {
	readonly currency: string;
	readonly amount: Decimal;
}

/**
 * What the contact owes with this document and those before it in the run, against the limit that
 * the record gives: Xero's API does not tell its own.
 */
export function overCreditLimit(
	look: Look,
	due: AmountsDue,
	replaced: readonly Replaced[],
): Unusual[] {
	const { posting, draft, definition, before } = look;
	const limit = draft.source.unusual?.creditLimit;
	const { total, currency, contactId = '' } = posting;
	if (limit === undefined || !total?.gt(0) || !hasLimit(definition, draft)) return [];
	const owed = due.get(contactId)?.get(currency) ?? decimal(0);
	const ofRun = sum(
		before.flatMap((each) => (each.currency === currency && each.total ? [each.total] : [])),
	);
	const replaces = sum(
		replaced.flatMap((each) => (each.currency === currency ? [each.amount] : [])),
	);
	const open = owed.plus(ofRun).minus(replaces);
	const then = open.plus(total);
	if (then.lte(limit)) return [];
	const money = (amount: Decimal) => moneyText(amount, currency);
	return [
		{
			rule: UNUSUAL_RULES.creditLimit,
			field: 'contact.name',
			message: `${nameOf(posting)} would owe ${money(then)}, over the limit of ${money(limit)}: ${money(open)} is open, and this is ${money(total)}. Open credits are not counted.`,
			numbers: {
				limit: canonicalDecimal(limit),
				open: canonicalDecimal(open),
				total: canonicalDecimal(total),
				then: canonicalDecimal(then),
			},
			released: [canonicalDecimal(then), canonicalDecimal(limit)],
		},
	];
}
