import { calendarDate, dateText, type CalendarDate } from '../../dates';
import type { XeroDocument } from '../../xero/documents/definition';
import { headerText, textOf, wantedStatus } from '../check/draftValues';
import type { Finding } from '../check/rule';
import type { Draft, DraftLine } from '../draft';
import type { PlanInput } from './planInput';
import {
	firstOpenDay,
	isPosted,
	mayGoLate,
	periodOf,
	postingOf,
	type ClosedPeriod,
} from './closedPeriods';

export interface Settled {
	readonly draft: Draft;
	/** What was done to it, and why. */
	readonly finding?: Finding;
}

/** A draft as it may be posted. */
export function settleLate(
	{ definition, draft, options }: Pick<PlanInput, 'definition' | 'draft' | 'options'>,
	document: XeroDocument | undefined,
	periods: readonly ClosedPeriod[],
): Settled {
	const { lateDocuments: policy = 'hold', today } = options;
	const { initial } = definition.lifecycle;
	if (policy === 'hold' || initial === undefined || !mayGoLate(definition)) return { draft };
	const present = document && postingOf(document);
	const day = calendarDate(headerText(draft, 'date') ?? '') ?? present?.day ?? today;
	const period = periodOf(day, periods);
	if (!period || day === undefined) return { draft };
	if (document && isPosted(definition, document.status)) {
		return { draft: policy === 'firstOpenDay' ? asPosted(draft, day, document) : draft };
	}
	if (!isPosted(definition, wantedStatus(definition, draft))) return { draft };
	const why = `${day} lies in a closed period (the ${period.name} is ${period.until})`;
	if (policy === 'draft') {
		const { status, ...others } = draft.fields;
		return {
			draft: { ...draft, fields: document ? others : { ...others, status: initial } },
			finding: {
				field: 'status',
				message: `${why}, so the document is a draft instead of ${String(status).toLowerCase()}.`,
				fix: `Give it a date after ${period.until} in Xero and approve it there.`,
			},
		};
	}
	const open = firstOpenDay(periods) ?? day;
	const lines = draft.lines && withOriginalDate(draft.lines, day);
	if (!lines) return { draft };
	return {
		draft: { ...draft, fields: { ...draft.fields, date: open }, lines },
		finding: {
			field: 'date',
			message: `${why}, so the document is dated ${open}. Its own day stands in the first line.`,
			fix: 'Nothing is to be done, unless the accountant wants it in the old period.',
		},
	};
}

/** What accountants look for on a document of another period, and tax offices ask for. */
function originalDate(day: CalendarDate): string {
	return `Original date: ${dateText(day, 'd MMM yyyy')}`;
}

/** A document that went over late stays where it was posted, however far the lock has moved since. */
function asPosted(draft: Draft, day: CalendarDate, document: XeroDocument): Draft {
	const mark = originalDate(day);
	const isMarked = document.lines?.some(({ fields }) => textOf(fields.description)?.endsWith(mark));
	const lines = draft.lines && withOriginalDate(draft.lines, day);
	if (!isMarked || !lines) return draft;
	const { date = day } = document.fields;
	return { ...draft, fields: { ...draft.fields, date }, lines };
}

/** The lines with the day in the first that has words; undefined where none has. */
function withOriginalDate(
	lines: readonly DraftLine[],
	day: CalendarDate,
): readonly DraftLine[] | undefined {
	const first = lines.findIndex(({ fields }) => textOf(fields.description) !== undefined);
	if (first === -1) return undefined;
	return lines.map((line, index) =>
		index === first
			? {
					...line,
					fields: {
						...line.fields,
						description: `${String(line.fields.description)}\n${originalDate(day)}`,
					},
				}
			: line,
	);
}
