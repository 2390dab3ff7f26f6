import type { Issue } from '../../issue';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import type { Finding } from '../check/rule';
import { LATE_RULES } from '../check/rules/lateRules';
import { keyOfReversal } from './findReversals';

export function notReversed(field: string, finding: Omit<Finding, 'field'>): Issue[] {
	return [{ code: LATE_RULES.notReversed.code, severity: 'warn', field, ...finding }];
}

/** Said of a journal that is taken out of the books, whose reversal is not. */
export function reversalStays(
	{ label }: DocumentDefinition,
	{ id }: Pick<XeroDocument, 'id'>,
): Issue[] {
	const name = label.toLowerCase();
	return notReversed('status', {
		message: `The ${name} is taken out of the books, and its reversal stays posted.`,
		fix: `In Xero void the ${name} whose narration begins with "${keyOfReversal(id)}" too.`,
	});
}
