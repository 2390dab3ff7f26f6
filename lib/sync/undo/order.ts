import { CONTACT } from '../../xero/documents';
import type { DocumentDefinition } from '../../xero/documents/definition';

/** The types that documents of a type stand on: an invoice on its contact, a payment on its invoice. */
function standsOn({
	hasContact,
	settles,
	settlesEach,
	allocates,
	fills,
	names,
}: DocumentDefinition): DocumentDefinition[] {
	return [
		...(hasContact ? [CONTACT] : []),
		...(settles?.targets.flatMap(({ among }) => among) ?? []),
		...(settlesEach?.among ?? []),
		...(allocates ? [allocates.against] : []),
		...(fills ? [fills.order] : []),
		...names.flatMap(({ among }) => {
			if (among.in === 'contacts') return [CONTACT];
			return among.in === 'documents' ? [among.of] : [];
		}),
	];
}

function heightOf(definition: DocumentDefinition): number {
	return standsOn(definition).reduce((most, below) => Math.max(most, 1 + heightOf(below)), 0);
}

/** The types in the order in which they are taken back: nothing goes that another one stands on. */
export function fromTheTop(definitions: Iterable<DocumentDefinition>): DocumentDefinition[] {
	return [...new Set(definitions)].sort((a, b) => heightOf(b) - heightOf(a));
}
