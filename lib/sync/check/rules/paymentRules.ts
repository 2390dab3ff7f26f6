import { judged, type IssueCode } from '../../../issueCodes';
import { AMOUNT_PLACES } from '../../../money';
import { perObject } from '../../../perObject';
import { booksOf } from '../../../xero/books';
import type { DocumentDefinition } from '../../../xero/documents/definition';
import type { Account } from '../../../xero/settings';
import { accountName } from '../../settingSuccessors';
import { decimalOf, headerText } from '../draftValues';
import type { Finding, Rule, RuleContext } from '../rule';
import { takesPayments } from './accountRules';

/** Whether documents of the type are payments; asked for every record of a run. */
const isPaidInto = perObject(({ fields }: DocumentDefinition) =>
	fields.some(({ kind }) => kind === 'paymentAccount'),
);

/** A rule about payments that are to be made; one that is known by its id is there already. */
function paymentRule(code: IssueCode, find: (context: RuleContext) => Finding | undefined): Rule {
	return {
		...judged(code),
		find(context) {
			const { definition, draft } = context;
			if (!isPaidInto(definition)) return [];
			const { gone } = definition.lifecycle;
			const isTakenOut = gone.includes(headerText(draft, 'status') ?? '');
			if (draft.id !== undefined || isTakenOut) return [];
			const finding = find(context);
			return finding ? [finding] : [];
		},
	};
}

const amountNotPositive = paymentRule('XERO_PAYMENT_NOT_POSITIVE', ({ definition, draft }) => {
	const field = definition.settles?.amountPath ?? '';
	return decimalOf(draft.fields[field])?.lte(0)
		? {
				field,
				message: `The payment is of ${String(draft.fields[field])}; Xero takes only amounts above zero.`,
				fix: 'Give what was paid as an amount above zero. Money paid back is a payment on the credit note.',
			}
		: undefined;
});

const amountTooFine = paymentRule('XERO_PAYMENT_TOO_FINE', ({ definition, draft }) => {
	const field = definition.settles?.amountPath ?? '';
	const amount = decimalOf(draft.fields[field]);
	if (!amount || amount.eq(amount.round(AMOUNT_PLACES))) return undefined;
	return {
		field,
		message: `The payment is of ${amount.toFixed()}; Xero takes ${AMOUNT_PLACES} decimals.`,
		fix: `Round the amount to ${AMOUNT_PLACES} decimals in Knack: what came into the bank has no more.`,
	};
});

/** Where a document names its bank account: by code or name, or by its id. */
function accountPaths({ fields }: DocumentDefinition): readonly string[] {
	return fields
		.filter(({ kind }) => kind === 'paymentAccount')
		.flatMap(({ path }) => [path, path.replace(/code$/, 'id')]);
}

const accountMissing = paymentRule('XERO_PAYMENT_ACCOUNT_MISSING', ({ definition, draft }) => {
	const paths = accountPaths(definition);
	if (paths.some((path) => headerText(draft, path) !== undefined)) return undefined;
	return {
		field: paths[0],
		message: definition.settles
			? 'The payment does not say into which bank account it was paid.'
			: `The ${definition.label.toLowerCase()} does not say which bank account it is of.`,
		fix: 'Choose the bank account under Bank Account in the node, or map it to a field of the record.',
	};
});

const accountNotForPayments = paymentRule(
	'XERO_ACCOUNT_NOT_FOR_PAYMENTS',
	({ definition, draft, settings }) => {
		const path = accountPaths(definition).find((each) => headerText(draft, each) !== undefined);
		const code = path && headerText(draft, path);
		const account = code === undefined ? undefined : booksOf(settings).account(code);
		if (!account) return undefined;
		if (!definition.settles) return account.type === 'BANK' ? undefined : noBank(path, account);
		if (takesPayments(account)) return undefined;
		return {
			field: path,
			message: `The account ${accountName(account)} takes no payments: it is no bank account.`,
			fix: 'Choose a bank account, or tick "Enable payments to this account" for it in Xero under Chart of Accounts.',
		};
	},
);

/** Spent and received money stands in a bank account; payments may go to others, too. */
function noBank(field: string | undefined, account: Account): Finding {
	return {
		field,
		message: `The account ${accountName(account)} is no bank account.`,
		fix: 'Choose a bank account, or one of a credit card.',
	};
}

export const paymentRules: readonly Rule[] = [
	amountNotPositive,
	amountTooFine,
	accountMissing,
	accountNotForPayments,
];
