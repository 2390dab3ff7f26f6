import { foldText } from '../../foldText';
import { decimal, type Decimal } from '../../money';
import type {
	DocumentDefinition,
	FieldValues,
	XeroDocument,
} from '../../xero/documents/definition';
import { optionsOf } from '../../xero/documents/tracking';
import { decimalOf, textOf } from '../check/draftValues';

/** A line, as far as lines are compared with each other. */
export interface PostedLine {
	/** Its place among all lines of the document, those of text alone among them; from 0. */
	readonly index: number;
	/** What it is a line of: its item, else the words of its description without numbers. */
	readonly kind: string;
	readonly itemCode?: string;
	readonly description: string;
	readonly account?: string;
	readonly taxType?: string;
	readonly quantity?: Decimal;
	readonly price?: Decimal;
	/** The price of one less what the line's discount takes from it. */
	readonly soldFor?: Decimal;
	readonly isTracked: boolean;
}

/** A document, as far as documents are compared with each other: posted, or about to be. */
export interface Posting {
	/** Undefined for one that is not in Xero yet. */
	readonly id?: string;
	readonly number?: string;
	readonly contactId?: string;
	readonly contactName: string;
	readonly currency: string;
	/** Whether prices of its lines have tax in them. */
	readonly isInclusive: boolean;
	/** Undefined where it is not known before Xero has reckoned. */
	readonly total?: Decimal;
	readonly totalTax?: Decimal;
	/** `YYYY-MM-DD`. */
	readonly date: string;
	/** Reference, tracking and descriptions: what tells two of the same amount apart. */
	readonly text: string;
	readonly lines: readonly PostedLine[];
	/** Whether it is in the books; the number of one that is not is taken all the same. */
	readonly isPosted: boolean;
	/** Whether it was voided or deleted: then nothing is the same again. */
	readonly isGone: boolean;
}

type PostingFacts = Pick<Posting, 'id' | 'number' | 'contactId' | 'currency'> & {
	readonly contactName?: string;
	readonly amounts?: { readonly total: Decimal; readonly totalTax: Decimal };
	readonly fields: FieldValues;
	readonly lines: readonly FieldValues[];
	readonly isPosted: boolean;
	readonly isGone?: boolean;
};

/** A document of Xero's as it is compared. */
export function postingOfDocument(
	{ lifecycle }: DocumentDefinition,
	document: XeroDocument,
): Posting {
	const { id, number, contactId, contactName, amounts, fields, lines = [], status } = document;
	return postingOf({
		id,
		...(number === undefined ? {} : { number }),
		...(contactId === undefined ? {} : { contactId }),
		...(contactName === undefined ? {} : { contactName }),
		currency: amounts?.currency ?? '',
		...(amounts ? { amounts } : {}),
		fields,
		lines: lines.map((line) => line.fields),
		isPosted: lifecycle.posted?.includes(status ?? '') ?? true,
		isGone: lifecycle.gone.includes(status ?? ''),
	});
}

export function postingOf(facts: PostingFacts): Posting {
	const { id, number, contactId, contactName = '', currency, amounts, fields } = facts;
	const { isPosted, isGone = false } = facts;
	const lines = facts.lines.map(lineOf);
	return {
		...(id === undefined ? {} : { id }),
		...(number === undefined ? {} : { number }),
		...(contactId === undefined ? {} : { contactId }),
		contactName,
		currency,
		isInclusive: fields.lineAmountTypes === 'Inclusive',
		...(amounts ? { total: amounts.total, totalTax: amounts.totalTax } : {}),
		date: textOf(fields.date) ?? '',
		text: textToTellBy(fields, facts.lines),
		lines: lines.filter(({ price, quantity }) => price !== undefined || quantity !== undefined),
		isPosted,
		isGone,
	};
}

function lineOf(fields: FieldValues, index: number): PostedLine {
	const itemCode = textOf(fields.itemCode);
	const description = textOf(fields.description) ?? '';
	const account = textOf(fields.accountCode);
	const taxType = textOf(fields.taxType);
	const amount = decimalOf(fields.lineAmount);
	const quantity = decimalOf(fields.quantity) ?? (amount ? decimal(1) : undefined);
	const price = decimalOf(fields.unitAmount) ?? (isOne(quantity) ? amount : undefined);
	const soldFor = price && lessDiscount(price, quantity, fields);
	return {
		index,
		kind: kindOf(itemCode, description),
		description,
		...(itemCode === undefined ? {} : { itemCode }),
		...(account === undefined ? {} : { account }),
		...(taxType === undefined ? {} : { taxType }),
		...(quantity ? { quantity } : {}),
		...(price ? { price } : {}),
		...(soldFor ? { soldFor } : {}),
		isTracked: Object.entries(fields).some(
			([path, value]) => path.startsWith('tracking.') && value !== '',
		),
	};
}

/** A discount is a part of the line, or an amount of all of it. */
function lessDiscount(price: Decimal, quantity: Decimal | undefined, fields: FieldValues): Decimal {
	const rate = decimalOf(fields.discountRate);
	if (rate) return price.times(decimal(100).minus(rate)).div(100);
	const amount = decimalOf(fields.discountAmount);
	return amount && quantity?.gt(0) ? price.minus(amount.div(quantity)) : price;
}

function isOne(quantity: Decimal | undefined): boolean {
	return quantity?.eq(1) === true;
}

/** Months change from one document to the next, as numbers do. */
const MONTH =
	/\b(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sep(t|tember)?|oct(ober)?|nov(ember)?|dec(ember)?)\b/g;

const MOST_WORDS = 6;

/** Lines of one item, or whose first words are the same but for numbers and months, are of a kind. */
function kindOf(itemCode: string | undefined, description: string): string {
	if (itemCode !== undefined) return `item ${foldText(itemCode)}`;
	const words =
		foldText(description)
			.replace(MONTH, ' ')
			.match(/\p{L}{2,}/gu) ?? [];
	return words.slice(0, MOST_WORDS).join(' ');
}

function textToTellBy(fields: FieldValues, lines: readonly FieldValues[]): string {
	const tracked = [...optionsOf(lines)].map(([category, options]) =>
		[category, ...[...options].sort()].join(' '),
	);
	return [
		textOf(fields.reference) ?? '',
		...tracked.sort(),
		...lines.map(({ description }) => textOf(description) ?? '').sort(),
	]
		.map(foldText)
		.join('|');
}
