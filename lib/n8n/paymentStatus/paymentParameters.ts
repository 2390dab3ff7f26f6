import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { invoiceIdIn, invoiceOfItem } from '../../sync/payments/invoiceOfItem';
import type { InvoiceReference } from '../../sync/payments/invoiceOfItem';
import type {
	PaymentGuards,
	PaymentItem,
	PaymentParameters,
} from '../../sync/payments/paymentWishes';
import { mayAgentWrite, runsAsTool } from '../agentWriting';
import { itemParameter, parameterReader, type ParameterReader } from '../parameters/reader';
import { expressionIssue, unlessExpressionFails } from '../parameters/settingError';
import { readChosenLog, type ChosenLog } from '../syncLog/logParameters';
import { GUARDS, paymentGuards } from './guardOptions';
import { readHistoryParameters } from './historyParameters';
import {
	DOCUMENT,
	INVOICE_NAMED_BY,
	INVOICE_VALUE,
	OPERATION,
	ORGANISATION,
} from './invoiceNodeParameters';
import { LOG } from './logParameters';
import { FIELDS_TO_WRITE, MATCH_FIELDS, OPTIONS, PREVIEW, TABLE, WORDING } from './nodeParameters';
import { SYNC_STATE_TABLE } from './syncStateParameters';

/** Reads what holds for all items; throws where the node itself is not set up, or not readable. */
export function readPaymentParameters(context: IExecuteFunctions): PaymentParameters & {
	/** Where attempts are logged, if they are. */
	readonly log?: ChosenLog;
	readonly guards: PaymentGuards;
} {
	const get = itemParameter(context, 0);
	const operation = parameterReader(get, { parameters: {} })(OPERATION);
	const read = parameterReader(get, { parameters: { operation } });
	const options = read(OPTIONS);
	const isTool = runsAsTool(context);
	const wantsPreview = read(PREVIEW);
	const mayWrite = !isTool || mayAgentWrite(context.getNode(), options.allowWritingAsTool);
	const isPreviewForTool = !mayWrite && !wantsPreview;
	const isPreview = wantsPreview || isPreviewForTool;
	const log = isPreview ? undefined : readChosenLog(LOG, read);
	const table = read(TABLE);
	if (table === undefined) {
		throw new NodeOperationError(context.getNode(), 'No Knack table is chosen', {
			description: 'Choose under Knack Table the table whose records take the payment status.',
		});
	}
	return {
		operation,
		documentType: read(DOCUMENT),
		chosen: {
			table,
			match: read(MATCH_FIELDS),
			targets: read(FIELDS_TO_WRITE),
			history: readHistoryParameters(read),
			syncState: read(SYNC_STATE_TABLE),
		},
		words: Object.fromEntries(
			read(WORDING).flatMap(({ state, words }) =>
				state === undefined ? [] : [[state, words ?? ''] as const],
			),
		),
		...(log ? { log } : {}),
		isPreview,
		isTool,
		isPreviewForTool,
		guards: paymentGuards(read(GUARDS)),
		...options,
	};
}

/**
 * Reads one item's parameters. An expression that fails concerns its own item and no other; a
 * setting that cannot be read stops the node: throws SettingError.
 */
export function readPaymentItem(
	context: IExecuteFunctions,
	item: INodeExecutionData,
	index: number,
	run: PaymentParameters,
): PaymentItem {
	const base = { index, json: item.json };
	const { operation } = run;
	const read = parameterReader(itemParameter(context, index), { parameters: { operation } });
	return unlessExpressionFails<PaymentItem>(
		() => {
			const organisation = read(ORGANISATION);
			return {
				...base,
				...(organisation === undefined ? {} : { organisation }),
				reference: operation === 'fromInput' ? referenceOf(item, read) : undefined,
			};
		},
		(error) => ({ ...base, issue: expressionIssue(error) }),
	);
}

function referenceOf(
	item: INodeExecutionData,
	read: ParameterReader,
): InvoiceReference | undefined {
	const namedBy = read(INVOICE_NAMED_BY);
	if (namedBy === 'item') return invoiceOfItem(item.json);
	const value = read(INVOICE_VALUE);
	if (value === undefined) return undefined;
	return namedBy === 'id'
		? { by: 'id', value: invoiceIdIn(value) ?? value }
		: { by: namedBy, value };
}
