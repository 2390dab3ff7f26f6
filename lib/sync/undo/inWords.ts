import { amountText } from '../../money';
import type { XeroDocument } from '../../xero/documents/definition';
import { isElement } from '../../xero/documents/wireSlots';
import { moveInWords } from '../status/changeStatus';
import { labelOf, type Undoing } from './way';

/** What is done in Xero for one document, in words, in the order of doing. */
export function operationsOf(undoing: Undoing): string[] {
	const { ran, document, way, allocations } = undoing;
	if (!document) return [];
	const { definition } = ran;
	const name = definition.label.toLowerCase();
	const label = labelOf(ran, document);
	const known = label === `The ${name}` ? name : `${name} ${label}`;
	const before = allocations.map((id) => `Take ${known} off ${allocatedTo(document, id)}`);
	switch (way.kind) {
		case 'status':
			return [
				...before,
				...way.besides.flatMap((each) => moveInWords(definition, { document: each, to: way.to })),
				...moveInWords(definition, { document, to: way.to }),
			];
		case 'restore':
			return way.to === undefined ? [] : moveInWords(definition, { document, to: way.to });
		case 'delete':
			return [...before, `Delete ${known}`];
		case 'credit': {
			const { note, date, isToday } = way.back;
			const { amounts } = document;
			const money = amounts
				? ` of ${amountText(amounts.total, amounts.currency)} ${amounts.currency}`
				: '';
			return [
				...(note.plan?.action === 'create'
					? [`Credit note for ${label}${money}, dated ${isToday ? 'today' : date}`]
					: []),
				`Allocate it to ${label}`,
			];
		}
		case 'reverse':
			return [`New ${name} that reverses it, dated ${way.day}`];
		default:
			return [];
	}
}

function allocatedTo({ allocations = [] }: XeroDocument, id: string): string {
	const own = allocations.find(({ AllocationID }) => AllocationID === id);
	const invoice = isElement(own?.Invoice) ? own.Invoice.InvoiceNumber : undefined;
	return typeof invoice === 'string' && invoice !== '' ? invoice : 'its document';
}
