import { calendarDate, type CalendarDate } from '../../dates';
import { parseDecimal } from '../../money';
import { z } from '../../vendor/zod';
import type { Insight } from '../insight';

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const day = z.string().transform((text, context): CalendarDate => {
	const date = calendarDate(text);
	if (date) return date;
	context.addIssue({ code: z.ZodIssueCode.custom, message: 'not a day' });
	return z.NEVER;
});

const amount = z.string().refine((text) => parseDecimal(text) !== undefined, 'not an amount');

const column = z.object({
	key: z.string(),
	label: z.string(),
	kind: z.enum(['money', 'date', 'text', 'number', 'yesNo', 'link', 'html']),
	currencyKey: z.string().optional(),
	isNothingWhenBlank: z.boolean().optional(),
});

const tie = z.object({
	against: z.string(),
	currency: z.string(),
	figure: amount.nullable(),
	ours: amount,
	difference: amount.nullable(),
	state: z.enum(['agrees', 'differs', 'not checked']),
	why: z.string().optional(),
});

const item = z
	.object({
		summary: z.string(),
		organisation: z.string(),
		day,
		currency: z.string(),
		columns: z.array(column),
		measure: z.string().optional(),
		rowKey: z.array(z.string()),
		rows: z.array(z.object({ summary: z.string() }).catchall(cell)),
		tie: z.array(tie),
		notIn: z.array(z.string()),
	})
	.superRefine(({ columns, rows }, context) => {
		const keys = columns.filter(({ kind }) => kind === 'money').map(({ key }) => key);
		for (const [index, row] of rows.entries()) {
			for (const key of keys) {
				const given = row[key] ?? '';
				if (given === '' || parseDecimal(given)) continue;
				const path = ['rows', index, key];
				context.addIssue({ code: z.ZodIssueCode.custom, path, message: 'not an amount' });
			}
		}
	});

/** An insight with its organisation's name, or the member of it that cannot be read. */
export type ReadInsight =
	| { readonly insight: Insight; readonly organisation: string }
	| { readonly unreadable: string };

/** Reads strictly what an item holds that Xero Insights gave as *One Item*. */
export function readInsight(given: unknown): ReadInsight {
	const parsed = item.safeParse(given);
	if (!parsed.success) return { unreadable: parsed.error.issues[0]?.path.join('.') ?? '' };
	const { organisation, ...insight } = parsed.data;
	return { insight, organisation };
}
