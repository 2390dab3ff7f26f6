import { booksOf } from '../../xero/books';
import type { XeroDocument } from '../../xero/documents/definition';
import type { OrganisationSettings } from '../../xero/settings';
import { without } from '../../without';
import { textOf } from '../check/draftValues';
import { isOfConstructionScheme, mayLackAccounts } from '../check/rules/accountRules';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Draft, DraftLine } from '../draft';
import { accountName } from '../settingSuccessors';
import { isPosted } from './closedPeriods';
import type { PairedLine } from './linePairs';
import type { Found } from './planChecks';
import type { PlanInput } from './planInput';

/**
 * A draft as it may be sent where lines name accounts of the Construction Industry Scheme: without
 * those accounts, and not approved. What a person has set and approved in Xero stays.
 */
export function settleConstructionScheme(
	{ definition, draft, settings, options }: PlanInput,
	document: XeroDocument | undefined,
): Draft {
	const { initial } = definition.lifecycle;
	if (options.cisLines !== 'draft' || !draft.lines) return draft;
	if (initial === undefined || !mayLackAccounts(definition)) return draft;
	const books = booksOf(settings);
	const settled = (line: DraftLine): DraftLine => {
		const code = textOf(line.fields.accountCode) ?? '';
		const account = books.account(code);
		if (!account || !isOfConstructionScheme(account)) return line;
		const fields = without(line.fields, 'accountCode');
		return { ...line, fields, accountByHand: account.code ?? code };
	};
	const lines = draft.lines.map(settled);
	if (lines.every(({ accountByHand }) => accountByHand === undefined)) return draft;
	if (isPosted(definition, document?.status)) return { ...draft, lines };
	const others = without(draft.fields, 'status');
	return { ...draft, lines, fields: document ? others : { ...others, status: initial } };
}

/** Says which accounts of the scheme a person has to choose, given the lines as Xero has them. */
export function tellConstructionScheme(
	{ definition, settings }: PlanInput,
	document: XeroDocument | undefined,
	pairs: ReadonlyArray<Pick<PairedLine, 'line' | 'pair'>>,
	found: Found,
): void {
	const wanted = pairs.flatMap(({ line, pair }, index) => {
		const { accountByHand: code } = line;
		return code === undefined ? [] : [{ code, present: textOf(pair?.fields.accountCode), index }];
	});
	if (wanted.length === 0) return;
	const name = nameIn(settings);
	const lacking = wanted
		.filter(({ present }) => present === undefined)
		.map(({ code }) => name(code));
	const others = wanted.flatMap(({ code, present, index }) =>
		present === undefined || present === code
			? []
			: [`line ${index + 1} is on ${name(present)} instead of ${name(code)}`],
	);
	const amiss = [
		...(lacking.length > 0
			? [`lines lack their account: ${[...new Set(lacking)].join(', ')}`]
			: []),
		...others,
	];
	const isApproved = isPosted(definition, document?.status);
	if (isApproved && amiss.length === 0) return;
	const state = isApproved
		? `${document?.number ?? 'The document'} is approved in Xero`
		: 'The document is a draft';
	const choose =
		others.length > 0
			? 'choose the account in these lines, or give the record the one that Xero has'
			: 'choose the account in these lines';
	const steps = [
		...(amiss.length > 0 ? [choose] : []),
		...(isApproved ? [] : ['approve it there']),
	].join(', and ');
	found(LATE_RULES.cisDraft, {
		field: 'lineItems',
		message: `${[state, ...amiss].join(', and ')}. Xero takes accounts of the Construction Industry Scheme on its own screen alone.`,
		fix: `Open the ${isApproved ? 'document' : 'draft'} in Xero, ${steps}.`,
	});
}

/** Why Xero's API takes no opposite of a document; undefined where it does. */
export function whyOnScreenAlone(
	settings: OrganisationSettings,
	{ amounts, lines = [] }: Pick<XeroDocument, 'amounts' | 'lines'>,
): string | undefined {
	const books = booksOf(settings);
	const isOfScheme = lines.some(({ fields }) => {
		const account = books.account(textOf(fields.accountCode) ?? '');
		return account !== undefined && isOfConstructionScheme(account);
	});
	return isOfScheme || amounts?.deducted?.gt(0)
		? 'it is under the Construction Industry Scheme, whose accounts Xero takes on its own screen alone'
		: undefined;
}

function nameIn(settings: OrganisationSettings) {
	const books = booksOf(settings);
	return (code: string) => {
		const account = books.account(code);
		return account ? accountName(account) : code;
	};
}
