import { AMOUNT_PLACES, decimal, roundHalfUp, sum, type Decimal } from '../../money';
import type { StandingDocument, StandOnDay } from '../ageing/onDay';

/** An open document and what will be paid of it, in the base currency. */
interface NetDocument {
	readonly document: StandingDocument;
	readonly base: Decimal;
}

export interface NetOfCredits {
	readonly documents: readonly NetDocument[];
	/** Credit beyond what is open, in the base currency. */
	readonly creditLeft: Decimal;
}

/**
 * What will be paid of open invoices once the contact's open credits and deposits in their currency
 * are put against them, the earliest due first.
 */
export function netOfCredits({
	documents,
	deposits,
}: Pick<StandOnDay, 'documents' | 'deposits'>): NetOfCredits {
	const isOpen = ({ kind, open }: StandingDocument) => kind === 'invoice' && open.gt(0);
	const credits = [...documents, ...deposits].filter((one) => one.open.lt(0));
	const left = new Map<string, Decimal>();
	for (const credit of credits) {
		const key = keyOf(credit);
		left.set(key, (left.get(key) ?? decimal(0)).minus(credit.open));
	}
	const net = documents
		.filter(isOpen)
		.sort((a, b) => (a.dueDate < b.dueDate ? -1 : a.dueDate > b.dueDate ? 1 : 0))
		.flatMap((document): NetDocument[] => {
			const key = keyOf(document);
			const credit = left.get(key) ?? decimal(0);
			const used = credit.gt(document.open) ? document.open : credit;
			left.set(key, credit.minus(used));
			const remains = document.open.minus(used);
			if (!remains.gt(0)) return [];
			const base = roundHalfUp(document.base.times(remains).div(document.open), AMOUNT_PLACES);
			return [{ document, base }];
		});
	return {
		documents: net,
		creditLeft: sum([...left].map(([key, open]) => inBase(credits, key, open))),
	};
}

function keyOf({ contactId, currency }: StandingDocument): string {
	return `${contactId} ${currency}`;
}

function inBase(credits: readonly StandingDocument[], key: string, open: Decimal): Decimal {
	const own = credits.filter((credit) => keyOf(credit) === key);
	const whole = sum(own.map((credit) => credit.open));
	if (whole.eq(0)) return decimal(0);
	const base = sum(own.map((credit) => credit.base));
	return roundHalfUp(base.times(open).div(whole), AMOUNT_PLACES);
}
