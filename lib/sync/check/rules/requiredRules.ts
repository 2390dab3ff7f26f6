import { judged } from '../../../issueCodes';
import { perObject } from '../../../perObject';
import type { DocumentDefinition } from '../../../xero/documents/definition';
import { headerText, textOf } from '../draftValues';
import { isToBeApproved, type Rule } from '../rule';

/** Of a hundred fields few are needed, and they are asked for with every record of a run. */
const neededToCreate = perObject(({ fields }: DocumentDefinition) =>
	fields.filter((field) => field.requiredToCreate && !field.path.startsWith('contact.')),
);

const neededToApprove = perObject(({ fields }: DocumentDefinition) =>
	fields.filter((field) => field.requiredToApprove),
);

const requiredToCreate: Rule = {
	...judged('XERO_FIELD_REQUIRED'),
	find({ definition, draft }) {
		if (draft.id !== undefined) return [];
		return neededToCreate(definition)
			.filter((field) => textOf(draft.fields[field.path]) === undefined)
			.map((field) => ({
				field: field.path,
				message: `${field.label} is not mapped or empty; Xero needs it for a new ${definition.label.toLowerCase()}.`,
				fix: `Map ${field.label}, and fill in the field in Knack.`,
			}));
	},
};

const requiredToApprove: Rule = {
	...judged('XERO_FIELD_REQUIRED_TO_APPROVE'),
	find(context) {
		const { definition, draft } = context;
		if (draft.id !== undefined || !isToBeApproved(context)) return [];
		return neededToApprove(definition)
			.filter((field) => textOf(draft.fields[field.path]) === undefined)
			.map((field) => ({
				field: field.path,
				message: `${field.label} is empty; Xero needs it to approve a ${definition.label.toLowerCase()}.`,
				fix: `Fill in ${field.label} in Knack, or send the document as a draft.`,
			}));
	},
};

const linesMissing: Rule = {
	...judged('XERO_LINES_MISSING'),
	find(context) {
		const { definition, draft } = context;
		if (!definition.lineFields || draft.id !== undefined) return [];
		const count = (draft.lines ?? []).length;
		const { mustBalance } = definition.amounts;
		if (mustBalance && count === 1) {
			return [
				{
					field: 'lineItems',
					message: `This ${definition.label.toLowerCase()} has one line; it takes a debit and a credit at least.`,
					fix: 'Add the other side to the record in Knack, or check where the node takes its lines from.',
				},
			];
		}
		if (count > 0 || !(mustBalance || isToBeApproved(context))) return [];
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
	...judged('XERO_TOO_MANY_LINES'),
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

const dueBeforeDate: Rule = {
	...judged('XERO_DUE_BEFORE_DATE'),
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
	dueBeforeDate,
];
