import { booksOf } from '../../xero/books';
import type { XeroDocument } from '../../xero/documents/definition';
import { textOf } from '../check/draftValues';
import { isOfConstructionScheme } from '../check/rules/accountRules';
import { without } from '../../without';
import type { DraftLine } from '../draft';
import { accountName } from '../settingSuccessors';
import { isPosted } from './closedPeriods';
import type { Settled } from './lateDocuments';
import type { PlanInput } from './planInput';

/**
 * A draft as it may be sent where lines name accounts of the Construction Industry Scheme: without
 * those accounts, and not approved. What a person has set and approved in Xero stays.
 */
export function settleConstructionScheme(
	{ definition, draft, settings, options }: PlanInput,
	document: XeroDocument | undefined,
): Settled {
	const { initial } = definition.lifecycle;
	if (options.cisLines !== 'draft' || initial === undefined || !draft.lines) return { draft };
	const books = booksOf(settings);
	const accountOf = ({ fields }: DraftLine) => {
		const account = books.account(textOf(fields.accountCode) ?? '');
		return account && isOfConstructionScheme(account) ? account : undefined;
	};
	const names = [...new Set(draft.lines.flatMap((line) => accountOf(line) ?? []))];
	if (names.length === 0) return { draft };
	const lines = draft.lines.map((line) =>
		accountOf(line) ? { ...line, fields: without(line.fields, 'accountCode') } : line,
	);
	const wanted = { ...draft, lines };
	if (isPosted(definition, document?.status)) return { draft: wanted };
	const others = without(draft.fields, 'status');
	const fields = document ? others : { ...others, status: initial };
	const accounts = names.map(accountName).join(', ');
	return {
		draft: { ...wanted, fields },
		finding: {
			field: 'lineItems',
			message: `The document is a draft, and lines lack their account: ${accounts}. Xero takes accounts of the Construction Industry Scheme on its own screen alone.`,
			fix: 'Open the draft in Xero, choose the account in these lines, and approve it there.',
		},
	};
}
