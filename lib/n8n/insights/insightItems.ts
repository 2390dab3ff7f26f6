import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	NodeExecutionHint,
} from 'n8n-workflow';
import type { Insight, Tie } from '../../insights/insight';
import type { toNodeError } from '../errors';
import type { KnackTableDone } from './writeKnackTable';

interface Shown {
	readonly insight: Insight;
	readonly operation: string;
	/** The organisation's name. */
	readonly organisation: string;
	readonly output: 'rows' | 'one';
	/** Of the input item. */
	readonly index: number;
	/** What became of the rows in a Knack table, where they are written to one. */
	readonly written?: KnackTableDone | undefined;
}

/** The items of an insight, each with its sentence first and paired with the item that asked. */
export function insightItems({
	insight,
	operation,
	organisation,
	output,
	index,
	written,
}: Shown): INodeExecutionData[] {
	const { summary, day, currency, columns, measure, rowKey, rows, tie, notIn } = insight;
	const pairedItem = { item: index };
	const ties: IDataObject[] = tie.map((one) => ({ ...one }));
	if (output === 'one') {
		const json: IDataObject = {
			summary,
			operation,
			organisation,
			day,
			currency,
			rows: rows.map((row) => ({ ...row })),
			tie: ties,
			notIn: [...notIn],
			columns: columns.map((column) => ({ ...column })),
			...(measure && { measure }),
			rowKey: [...rowKey],
			...(written && { knack: written.whole }),
		};
		return [{ json, pairedItem }];
	}
	const whole: IDataObject = { summary, operation, day, currency, tie: stateOf(tie) };
	return rows.map((row, at) => {
		const { summary: sentence, ...cells } = row;
		const knack = written && { knack: written.rows[at] };
		return { json: { summary: sentence, ...cells, ...knack, insight: whole }, pairedItem };
	});
}

/** Of several, the one that a person has to know of. */
export function stateOf(ties: readonly Tie[]): Tie['state'] {
	const states = ties.map(({ state }) => state);
	if (states.includes('differs')) return 'differs';
	return states.length === 0 || states.includes('not checked') ? 'not checked' : 'agrees';
}

/** What the panel shows above the items; a difference is a warning. */
export function insightHint({ summary, tie, notIn }: Insight): NodeExecutionHint {
	const whys = tie.flatMap(({ why }) => why ?? []);
	return {
		message: [summary, ...whys, ...notIn].join(' '),
		type: stateOf(tie) === 'differs' ? 'warning' : 'info',
		location: 'outputPane',
	};
}

/**
 * The item of one that came to nothing. On the usual output n8n would make an item with an error one of
 * nothing but the message (normalizeNodeErrors of n8n-core), and nobody could tell what is missing.
 */
export function failedInsight(
	context: IExecuteFunctions,
	error: ReturnType<typeof toNodeError>,
	index: number,
): INodeExecutionData {
	const told = {
		error: error.message,
		...(error.description ? { fix: error.description } : {}),
	};
	const pairedItem = { item: index };
	if (context.getNode().onError === 'continueErrorOutput') {
		const input = context.getInputData()[index];
		return { json: { ...input?.json, ...told }, error, pairedItem };
	}
	const operation = String(context.getNodeParameter('operation', index, ''));
	return { json: { summary: `Not worked out: ${error.message}`, operation, ...told }, pairedItem };
}
