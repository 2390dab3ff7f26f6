import { judged, type IssueCode } from '../../../issueCodes';
import { AMOUNT_PLACES } from '../../../money';
import { booksOf } from '../../../xero/books';
import { accountName } from '../../settingSuccessors';
import { decimalOf, hasFieldOfKind, headerText } from '../draftValues';
import type { Finding, Rule, RuleContext } from '../rule';
import { takesPayments } from './accountRules';

/** A rule about payments that are to be made; one that is known by its id is there already. */
function paymentRule(code: IssueCode, find: (context: RuleContext) => Finding | undefined): Rule {
	return {
		...judged(code),
		find(context) {
			const { definition, draft } = context;
			if (!hasFieldOfKind(definition, 'paymentAccount')) return [];
			const { gone } = definition.lifecycle;
			const isTakenOut = gone.includes(headerText(draft, 'status') ?? '');
			if (draft.id !== undefined || isTakenOut) return [];
			const finding = find(context);
			return finding ? [finding] : [];
		},
	};
}

const amountNotPositive = paymentRule('XERO_PAYMENT_NOT_POSITIVE', ({ draft }) =>
	decimalOf(draft.fields.amount)?.lte(0)
		? {
				field: 'amount',
				message: `The payment is of ${String(draft.fields.amount)}; Xero takes only amounts above zero.`,
				fix: 'Give what was paid as an amount above zero. Money paid back is a payment on the credit note.',
			}
		: undefined,
);

const amountTooFine = paymentRule('XERO_PAYMENT_TOO_FINE', ({ draft }) => {
	const amount = decimalOf(draft.fields.amount);
	if (!amount || amount.eq(amount.round(AMOUNT_PLACES))) return undefined;
	return {
		field: 'amount',
		message: `The payment is of ${amount.toFixed()}; Xero takes ${AMOUNT_PLACES} decimals.`,
		fix: `Round the amount to ${AMOUNT_PLACES} decimals in Knack: what came into the bank has no more.`,
	};
});

const ACCOUNT_PATHS = ['account.code', 'account.id'] as const;

const accountMissing = paymentRule('XERO_PAYMENT_ACCOUNT_MISSING', ({ draft }) =>
	ACCOUNT_PATHS.some((path) => headerText(draft, path) !== undefined)
		? undefined
		: {
				field: 'account.code',
				message: 'The payment does not say into which bank account it was paid.',
				fix: 'Choose the bank account under Bank Account in the node, or map it to a field of the record.',
			},
);

const accountNotForPayments = paymentRule(
	'XERO_ACCOUNT_NOT_FOR_PAYMENTS',
	({ draft, settings }) => {
		const path = ACCOUNT_PATHS.find((each) => headerText(draft, each) !== undefined);
		const code = path && headerText(draft, path);
		const account = code === undefined ? undefined : booksOf(settings).account(code);
		if (!account || takesPayments(account)) return undefined;
		return {
			field: path,
			message: `The account ${accountName(account)} takes no payments: it is no bank account.`,
			fix: 'Choose a bank account, or tick "Enable payments to this account" for it in Xero under Chart of Accounts.',
		};
	},
);

export const paymentRules: readonly Rule[] = [
	amountNotPositive,
	amountTooFine,
	accountMissing,
	accountNotForPayments,
];
