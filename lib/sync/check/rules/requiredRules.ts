import {
	decimalOf,
	headerText,
	isDescriptionOnly,
	linePath,
	textOf,
	wantedStatus,
} from '../draftValues';
import type { Finding, Rule, RuleContext } from '../rule';

const APPROVED: ReadonlySet<string> = new Set(['AUTHORISED', 'SUBMITTED']);

function isToBeApproved({ definition, draft }: RuleContext): boolean {
	return APPROVED.has(wantedStatus(definition, draft) ?? '');
}

const requiredToCreate: Rule = {
	code: 'XERO_FIELD_REQUIRED',
	severity: 'block',
	title: 'What Xero needs for a new document is there',
	canBeLowered: false,
	find({ definition, draft }) {
		if (draft.id !== undefined) return [];
		return definition.fields
			.filter((field) => field.requiredToCreate && !field.path.startsWith('contact.'))
			.filter((field) => textOf(draft.fields[field.path]) === undefined)
			.map((field) => ({
				field: field.path,
				message: `${field.label} is not mapped or empty; Xero needs it for a new ${definition.label.toLowerCase()}.`,
				fix: `Map ${field.label}, and fill in the field in Knack.`,
			}));
	},
};

const requiredToApprove: Rule = {
	code: 'XERO_FIELD_REQUIRED_TO_APPROVE',
	severity: 'block',
	title: 'What Xero needs to approve a document is there',
	canBeLowered: false,
	find(context) {
		const { definition, draft } = context;
		if (draft.id !== undefined || !isToBeApproved(context)) return [];
		return definition.fields
			.filter((field) => field.requiredToApprove)
			.filter((field) => textOf(draft.fields[field.path]) === undefined)
			.map((field) => ({
				field: field.path,
				message: `${field.label} is empty; Xero needs it to approve a ${definition.label.toLowerCase()}.`,
				fix: `Fill in ${field.label} in Knack, or send the document as a draft.`,
			}));
	},
};

const linesMissing: Rule = {
	code: 'XERO_LINES_MISSING',
	severity: 'block',
	title: 'A document to be approved has at least one line',
	canBeLowered: false,
	find(context) {
		const { definition, draft } = context;
		if (!definition.lineFields || draft.id !== undefined || (draft.lines ?? []).length > 0)
			return [];
		if (!isToBeApproved(context)) return [];
		return [
			{
				field: 'lineItems',
				message: `This ${definition.label.toLowerCase()} has no lines.`,
				fix: 'Add lines to the record in Knack, or check where the node takes its lines from.',
			},
		];
	},
};

/** Xero's own advice for a document; more are refused or time out. */
const MOST_LINES = 500;

const tooManyLines: Rule = {
	code: 'XERO_TOO_MANY_LINES',
	severity: 'block',
	title: 'A document has at most 500 lines',
	canBeLowered: false,
	find({ draft }) {
		const count = (draft.lines ?? []).length;
		if (count <= MOST_LINES) return [];
		return [
			{
				field: 'lineItems',
				message: `The document has ${count} lines; up to ${MOST_LINES} can be sent.`,
				fix: 'Split the order into several documents in Knack.',
			},
		];
	},
};

/** Runs a check over the lines that carry an amount. */
function lineFindings(
	context: RuleContext,
	find: (fields: Readonly<Record<string, string | boolean>>, index: number) => Finding | undefined,
): Finding[] {
	return (context.draft.lines ?? []).flatMap((line, index) => {
		const finding = find(line.fields, index);
		return finding ? [finding] : [];
	});
}

const lineDescriptionMissing: Rule = {
	code: 'XERO_LINE_DESCRIPTION_MISSING',
	severity: 'block',
	title: 'Every line says what it is for',
	canBeLowered: false,
	find(context) {
		return lineFindings(context, (fields, index) =>
			textOf(fields.description) === undefined && textOf(fields.itemCode) === undefined
				? {
						field: linePath(index, 'description'),
						message: `Line ${index + 1} has neither a description nor an item.`,
						fix: 'Fill in the description of the line in Knack.',
					}
				: undefined,
		);
	},
};

const lineAmountIncomplete: Rule = {
	code: 'XERO_LINE_AMOUNT_INCOMPLETE',
	severity: 'block',
	title: 'Every line that has an amount has enough to compute it',
	canBeLowered: false,
	find(context) {
		return lineFindings(context, (fields, index) => {
			if (isDescriptionOnly(fields) || textOf(fields.itemCode) !== undefined) return undefined;
			const given = ['quantity', 'unitAmount', 'lineAmount'].filter((path) => textOf(fields[path]));
			// A unit price alone is one of it: Xero takes the quantity as 1.
			if (given.length >= 2 || given[0] !== 'quantity') return undefined;
			return {
				field: linePath(index, 'unitAmount'),
				message: `Line ${index + 1} has a quantity but no price.`,
				fix: 'Fill in the unit price of the line in Knack.',
			};
		});
	},
};

const lineAccountMissing: Rule = {
	code: 'XERO_LINE_ACCOUNT_MISSING',
	severity: 'block',
	title: 'Every line of a document to be approved has an account',
	canBeLowered: false,
	find(context) {
		if (!isToBeApproved(context)) return [];
		if (!context.definition.lineFields?.some((field) => field.kind === 'account')) return [];
		return lineFindings(context, (fields, index) => {
			if (isDescriptionOnly(fields) || textOf(fields.itemCode) !== undefined) return undefined;
			if (textOf(fields.accountCode) !== undefined || textOf(fields.accountID) !== undefined) {
				return undefined;
			}
			return {
				field: linePath(index, 'accountCode'),
				message: `Line ${index + 1} has no account.`,
				fix: 'Choose an account for the lines in the node, such as your sales account.',
			};
		});
	},
};

const discountRange: Rule = {
	code: 'XERO_DISCOUNT_OUT_OF_RANGE',
	severity: 'block',
	title: 'Discounts lie between nothing and the whole line',
	canBeLowered: false,
	find(context) {
		return lineFindings(context, (fields, index) => {
			const rate = decimalOf(fields.discountRate);
			const amount = decimalOf(fields.discountAmount);
			if (rate && (rate.lt(0) || rate.gt(100))) {
				return {
					field: linePath(index, 'discountRate'),
					message: `The discount of line ${index + 1} is ${rate.toFixed()} %.`,
					fix: 'Give a discount between 0 and 100 in Knack.',
				};
			}
			if (amount?.lt(0)) {
				return {
					field: linePath(index, 'discountAmount'),
					message: `The discount of line ${index + 1} is negative.`,
					fix: 'Give the discount as a positive amount in Knack.',
				};
			}
			return rate && amount && !rate.eq(0) && !amount.eq(0)
				? {
						field: linePath(index, 'discountAmount'),
						message: `Line ${index + 1} has a discount both as a rate and as an amount.`,
						fix: 'Map only one of Discount Rate and Discount Amount.',
					}
				: undefined;
		});
	},
};

const dueBeforeDate: Rule = {
	code: 'XERO_DUE_BEFORE_DATE',
	severity: 'warn',
	title: 'A document is not due before its own date',
	canBeLowered: true,
	find({ draft, today }) {
		const due = headerText(draft, 'dueDate');
		const date = headerText(draft, 'date') ?? today;
		if (due === undefined || due >= date) return [];
		return [
			{
				field: 'dueDate',
				message: `The due date ${due} lies before the document's date ${date}.`,
				fix: 'Check both dates in Knack.',
			},
		];
	},
};

export const requiredRules: readonly Rule[] = [
	requiredToCreate,
	requiredToApprove,
	linesMissing,
	tooManyLines,
	lineDescriptionMissing,
	lineAmountIncomplete,
	lineAccountMissing,
	discountRange,
	dueBeforeDate,
];
