import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Issue } from '../../issue';
import { invoiceIdIn, invoiceOfItem } from '../../sync/payments/invoiceOfItem';
import type { InvoiceReference } from '../../sync/payments/invoiceOfItem';
import { PAYMENT_STATES } from '../../sync/payments/paymentState';
import type { PaymentItem, PaymentParameters } from '../../sync/payments/paymentWishes';
import { z } from '../../vendor/zod';
import { readHistoryParameters } from './historyParameters';

const fieldName = z.string().trim().optional().catch(undefined);

const matchSchema = z
	.object({ invoiceId: fieldName, invoiceNumber: fieldName, reference: fieldName })
	.catch({});

const targetsSchema = z
	.object({
		paymentStatus: fieldName,
		amountPaid: fieldName,
		amountDue: fieldName,
		amountCredited: fieldName,
		invoiceTotal: fieldName,
		lastPaymentDate: fieldName,
		fullyPaidDate: fieldName,
		daysOverdue: fieldName,
		invoiceStatus: fieldName,
		invoiceNumber: fieldName,
		invoiceLink: fieldName,
		message: fieldName,
	})
	.catch({});

/** Chosen from a list or written by hand. */
const words = z.union([
	z.string(),
	z.object({ value: z.string() }).transform(({ value }) => value),
]);

const wordingSchema = z
	.object({
		entries: z.array(
			z
				.object({ state: z.enum(PAYMENT_STATES), words: words.catch('') })
				.nullable()
				.catch(null),
		),
	})
	.catch({ entries: [] });

const optionsSchema = z.object({
	allowWritingAsTool: z.boolean().catch(false),
	clearWhenNone: z.boolean().catch(true),
	fillInvoiceId: z.boolean().catch(true),
	firstRunDays: z.number().min(0).catch(90),
	fullCheckDays: z.number().min(0).catch(7),
	includeInput: z.boolean().catch(false),
	whenMissing: z.enum(['attention', 'skip']).catch('attention'),
});

/** Reads what holds for all items; throws where the node itself is not set up. */
export function readPaymentParameters(context: IExecuteFunctions): PaymentParameters {
	const read = (name: string, fallback: unknown): unknown =>
		context.getNodeParameter(name, 0, fallback);
	const options = optionsSchema.parse(read('options', {}) ?? {});
	const isTool = context.isToolExecution?.() === true;
	const wantsPreview = read('preview', false) === true;
	const isPreviewForTool = isTool && !wantsPreview && !options.allowWritingAsTool;
	const table = context.getNodeParameter('table', 0, '', { extractValue: true });
	if (typeof table !== 'string' || table.trim() === '') {
		throw new NodeOperationError(context.getNode(), 'No Knack table is chosen', {
			description: 'Choose under Knack Table the table whose records take the payment status.',
		});
	}
	const wording = wordingSchema.parse(read('wording', {}));
	return {
		operation: read('operation', 'fromInput') === 'changed' ? 'changed' : 'fromInput',
		documentType: read('document', 'salesInvoice') === 'bill' ? 'bill' : 'salesInvoice',
		chosen: {
			table: table.trim(),
			match: matchSchema.parse(read('matchFields', {})),
			targets: targetsSchema.parse(read('fieldsToWrite', {})),
			history: readHistoryParameters(read),
		},
		words: Object.fromEntries(
			wording.entries.flatMap((entry) => (entry ? [[entry.state, entry.words]] : [])),
		),
		isPreview: wantsPreview || isPreviewForTool,
		isTool,
		isPreviewForTool,
		...options,
	};
}

/** Reads one item's parameters. An expression that fails concerns its own item and no other. */
export function readPaymentItem(
	context: IExecuteFunctions,
	item: INodeExecutionData,
	index: number,
	run: PaymentParameters,
): PaymentItem {
	const base = { index, json: item.json };
	try {
		const organisation = context.getNodeParameter('organisation', index, '', {
			extractValue: true,
		});
		return {
			...base,
			...(typeof organisation === 'string' && organisation.trim() !== ''
				? { organisation: organisation.trim() }
				: {}),
			reference: run.operation === 'fromInput' ? referenceOf(context, item, index) : undefined,
		};
	} catch (error) {
		return { ...base, issue: expressionIssue(error) };
	}
}

function referenceOf(
	context: IExecuteFunctions,
	item: INodeExecutionData,
	index: number,
): InvoiceReference | undefined {
	const namedBy = context.getNodeParameter('invoiceNamedBy', index, 'item');
	if (namedBy === 'item') return invoiceOfItem(item.json);
	const given: unknown = context.getNodeParameter('invoiceValue', index, '');
	const value = typeof given === 'number' ? String(given) : given;
	if (typeof value !== 'string' || value.trim() === '') return undefined;
	if (namedBy === 'number') return { by: 'number', value: value.trim() };
	if (namedBy === 'reference') return { by: 'reference', value: value.trim() };
	return { by: 'id', value: invoiceIdIn(value) ?? value.trim() };
}

function expressionIssue(error: unknown): Issue {
	const message = error instanceof Error ? error.message : String(error);
	return {
		code: 'MAPPING_EXPRESSION_FAILED',
		severity: 'block',
		message: `An expression of the node cannot be worked out for this item: ${message}`,
		fix: 'Open the node with this item as input and look for the field marked red.',
	};
}
