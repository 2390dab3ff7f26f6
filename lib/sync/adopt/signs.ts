import { daysBetween, calendarDate, type CalendarDate } from '../../dates';
import { moneyText, type Decimal } from '../../money';
import type {
	DocumentAmounts,
	DocumentDefinition,
	XeroDocument,
} from '../../xero/documents/definition';
import type { OrganisationSettings } from '../../xero/settings';
import { decimalOf, EXPECTED_TOTAL, headerText, textOf } from '../check/draftValues';
import type { Draft } from '../draft';
import { foldText } from '../../foldText';
import { predictAmounts } from '../plan/predictAmounts';
import { bearsMarkOf } from '../sourceLink/sourceMark';
import { namingOf, type Naming } from './nameSigns';

/** A document that may be a record's, and what speaks for it. */
export interface Candidate {
	readonly document: XeroDocument;
	/**
	 * - `sure`: it names the record, and contact, total and day agree.
	 * - `likely`: contact, total, day and lines agree, and nothing speaks against it.
	 * - `possible`: a person has to look.
	 */
	readonly rank: 'sure' | 'likely' | 'possible';
	/** It bears a number or reference of the same kind as the record's, but another one, or another's link. */
	readonly namesAnother: boolean;
	/** For people, such as "same total GBP 120.00". */
	readonly reasons: readonly string[];
}

/** What of a record can be held against documents that somebody else has made. */
export interface RecordFacts {
	readonly contactId: string;
	/** Archived contacts of the very same name; what is theirs may be the record's, or not. */
	readonly namesakeIds: readonly string[];
	readonly date?: CalendarDate;
	readonly currency: string;
	/** Unknown where there are no lines and Knack gives none, and for a total of zero, which is no sign. */
	readonly total?: Decimal;
	/** Knack gives it, with tax or without; it does not follow from the lines. */
	readonly isTotalGiven: boolean;
	readonly number?: string;
	readonly reference?: string;
	readonly descriptions: string;
	readonly source: Draft['source'];
}

/** Days by which a tool that posts at night, or a time zone, moves a date. */
export const NEAR_DAYS = 3;

export function factsOfRecord(
	definition: DocumentDefinition,
	draft: Draft,
	settings: OrganisationSettings,
	contact: { readonly contactId: string; readonly namesakeIds: readonly string[] },
): RecordFacts {
	return {
		...contact,
		date: calendarDate(headerText(draft, 'date') ?? ''),
		currency: headerText(draft, 'currencyCode') ?? settings.organisation.baseCurrency,
		...totalOf(definition, draft, settings),
		number: headerText(draft, definition.numberPath),
		reference: headerText(draft, 'reference'),
		descriptions: descriptionsOf(draft.lines),
		source: draft.source,
	};
}

function totalOf(
	definition: DocumentDefinition,
	draft: Draft,
	settings: OrganisationSettings,
): Pick<RecordFacts, 'total' | 'isTotalGiven'> {
	const lines = draft.lines ?? [];
	const isTotalGiven = lines.length === 0;
	const total = isTotalGiven
		? decimalOf(draft.fields[EXPECTED_TOTAL])
		: predictAmounts(definition, draft.fields, lines, settings)?.total;
	return { isTotalGiven, ...(total === undefined || total.eq(0) ? {} : { total }) };
}

/** The words of the lines in no order; empty where no line has any. */
function descriptionsOf(lines: XeroDocument['lines'] | Draft['lines']): string {
	const words = (lines ?? []).map(({ fields }) => foldText(textOf(fields.description) ?? ''));
	return words.some((each) => each !== '') ? words.sort().join('\n') : '';
}

type TotalFacts = Pick<RecordFacts, 'total' | 'isTotalGiven' | 'currency'>;

/** Total of the record where it differs from the document's; undefined where it is the same. */
export function differingTotal(facts: TotalFacts, { amounts }: XeroDocument): string | undefined {
	if (!facts.total || !amounts || hasTotal(facts, amounts)) return undefined;
	return moneyText(facts.total, facts.currency);
}

function hasTotal(
	{ total, isTotalGiven, currency }: TotalFacts,
	amounts: DocumentAmounts,
): boolean {
	if (!total || currency !== amounts.currency) return false;
	return total.eq(amounts.total) || (isTotalGiven && total.eq(amounts.subTotal));
}

interface Signs {
	readonly isSameTotal: boolean;
	readonly daysApart?: number;
	readonly naming: Naming;
	readonly namesAnother: boolean;
	/** Its link to the source names another Knack record. */
	readonly isLinkedToAnother: boolean;
	/** Its reference is an id of something that the record does not name. */
	readonly hasOwnReference: boolean;
	readonly hasSameLines: boolean;
	readonly isOfNamesake: boolean;
}

function signsOf(
	definition: DocumentDefinition,
	facts: RecordFacts,
	document: XeroDocument,
): Signs {
	const theirNumber = document.number;
	const theirReference = definition.fields.some(({ path }) => path === 'reference')
		? textOf(document.fields.reference)
		: undefined;
	const namings = [facts.number, facts.reference].flatMap((ours) =>
		[theirNumber, theirReference].map((theirs) => namingOf(ours, theirs)),
	);
	const has = (naming: Naming) => namings.includes(naming);
	const likeForLike = [
		namingOf(facts.number, theirNumber),
		namingOf(facts.reference, theirReference),
	];
	const date = calendarDate(String(document.fields.date ?? ''));
	const isLinkedToAnother = bearsMarkOf(textOf(document.fields.url), facts.source) === 'another';
	return {
		isSameTotal: document.amounts !== undefined && hasTotal(facts, document.amounts),
		...(facts.date && date ? { daysApart: Math.abs(daysBetween(facts.date, date)) } : {}),
		naming: has('named') ? 'named' : has('part') ? 'part' : 'none',
		isLinkedToAnother,
		namesAnother:
			isLinkedToAnother || (has('named') ? likeForLike.includes('other') : has('other')),
		hasOwnReference: /\p{N}/u.test(theirReference ?? '') && !has('named') && !has('part'),
		hasSameLines:
			facts.descriptions !== '' && facts.descriptions === descriptionsOf(document.lines),
		isOfNamesake: document.contactId !== facts.contactId,
	};
}

function rankOf(signs: Signs): Candidate['rank'] | undefined {
	const { isSameTotal, daysApart, naming, hasSameLines } = signs;
	const isNear = daysApart !== undefined && daysApart <= NEAR_DAYS;
	const isNamed = naming === 'named';
	if (isSameTotal && isNear && !signs.namesAnother && !signs.isOfNamesake) {
		if (isNamed) return 'sure';
		const isUntold = !signs.hasOwnReference && daysApart === 0;
		if (hasSameLines && (isUntold || naming === 'part')) return 'likely';
	}
	return (isSameTotal && isNear) || (isNamed && !signs.namesAnother) ? 'possible' : undefined;
}

/** Whether the document's lines, which a summary leaves out, would decide about it. */
export function hangsOnLines(
	definition: DocumentDefinition,
	facts: RecordFacts,
	document: XeroDocument,
): boolean {
	const signs = signsOf(definition, facts, document);
	return rankOf(signs) === 'possible' && rankOf({ ...signs, hasSameLines: true }) === 'likely';
}

/** What the document is to the record; undefined when it is nothing to it. */
export function candidateOf(
	definition: DocumentDefinition,
	facts: RecordFacts,
	document: XeroDocument,
): Candidate | undefined {
	const signs = signsOf(definition, facts, document);
	const rank = rankOf(signs);
	if (!rank) return undefined;
	return { document, rank, namesAnother: signs.namesAnother, reasons: reasonsOf(signs, document) };
}

function reasonsOf(signs: Signs, { amounts, number, fields }: XeroDocument): string[] {
	const { daysApart, naming } = signs;
	const reference = textOf(fields.reference);
	const shown = [number, reference].filter((each) => each !== undefined).join(', ');
	const reasons = [
		signs.isOfNamesake ? 'an archived contact of the same name' : 'same contact',
		amounts && signs.isSameTotal
			? `same total ${moneyText(amounts.total, amounts.currency)}`
			: 'another total',
		daysApart === undefined
			? 'no date to compare'
			: daysApart === 0
				? 'same day'
				: `${daysApart} ${daysApart === 1 ? 'day' : 'days'} apart`,
		naming === 'named' ? `"${shown}" names the record` : undefined,
		naming === 'part' ? `"${shown}" has a part of the record's number or reference` : undefined,
		signs.isLinkedToAnother
			? 'its link to the source names another Knack record'
			: signs.namesAnother
				? `"${shown}" looks like the name of another record`
				: undefined,
		signs.hasOwnReference && !signs.namesAnother ? `it bears "${reference}"` : undefined,
		signs.hasSameLines ? 'same words in the lines' : undefined,
	];
	return reasons.filter((reason) => reason !== undefined);
}
