import { InsightInputError } from '../../insights/inputError';
import { readInsight } from '../../insights/present/readInsight';
import type { MissingInsight, ReportedInsight } from '../../insights/present/report';
import { shortened } from '../../texts';
import { z } from '../../vendor/zod';
import { INSIGHT_OPERATIONS } from './operations';

/** A part of a page, of the organisation that its item names. */
export type PagePart = (ReportedInsight | MissingInsight) & { readonly organisation?: string };

const ONE_ITEM =
	'Set Output of the step that it comes from to One Item. Give this step the items of Xero Insights alone, put together by a Merge node (Append).';

const whole = z.object({ operation: z.string() });
const failed = z.object({ operation: z.string(), error: z.string(), fix: z.string().optional() });
const row = z.object({ insight: z.object({ operation: z.string() }) });
const errorAlone = z.object({ error: z.string() });

/**
 * What an item of an earlier step has for the page: its insight, or why there is none. Throws
 * InsightInputError, which names the item.
 * @param number of the item, from 1
 */
export function pagePart(json: Readonly<Record<string, unknown>>, number: number): PagePart {
	const item = `Item ${number} of the input`;
	const asFailed = failed.safeParse(json);
	const failedName = asFailed.success ? nameOf(asFailed.data.operation) : undefined;
	if (asFailed.success && failedName !== undefined) {
		const { error, fix } = asFailed.data;
		return { title: failedName, problem: [error, fix ?? ''].join(' ').trim() };
	}
	const asWhole = whole.safeParse(json);
	const name = asWhole.success ? nameOf(asWhole.data.operation) : undefined;
	if (!asWhole.success || name === undefined) throw notAnInsight(json, item);
	const read = readInsight(json);
	if ('insight' in read) return { title: name, ...read };
	throw new InsightInputError(
		`${item} is ${name}, but what stands in "${read.unreadable}" cannot be read.`,
		'Hand the item on as Xero Insights gave it, without a step between that changes it.',
	);
}

function notAnInsight(json: Readonly<Record<string, unknown>>, item: string): InsightInputError {
	const asRow = row.safeParse(json);
	const name = asRow.success ? nameOf(asRow.data.insight.operation) : undefined;
	if (name !== undefined) {
		return new InsightInputError(`${item} is a single row of ${name}, not the whole.`, ONE_ITEM);
	}
	const asError = errorAlone.safeParse(json);
	if (asError.success) {
		const said = shortened(asError.data.error, 300);
		return new InsightInputError(`${item} is the error of another step: ${said}`, ONE_ITEM);
	}
	const fields = Object.keys(json);
	const has = fields.length === 0 ? 'nothing' : shortened(fields.join(', '), 200);
	return new InsightInputError(`${item} is not of Xero Insights: it has ${has}.`, ONE_ITEM);
}

function nameOf(operation: string): string | undefined {
	return INSIGHT_OPERATIONS.find(({ value }) => value === operation)?.name;
}
