import type { XeroDocument } from '../../xero/documents/definition';
import type { Draft } from '../draft';
import { issuedState, whyNotCorrected } from '../plan/issuedEdits';
import type { Comparing } from './comparing';
import type { Finding } from './difference';
import type { KnackPlaces } from './knackPlaces';
import type { DifferenceKind, Way } from './kinds';

/** What a customer and a tax return go by: once a document is issued, a credit note corrects it. */
const OF_THE_BOOKS: ReadonlySet<DifferenceKind> = new Set<DifferenceKind>([
	'amount',
	'account',
	'taxRate',
	'contact',
	'currencyRate',
]);

/** The ways that can be carried out for a difference of a record, as far as that is known before. */
export function waysOf(
	comparing: Comparing,
	finding: Finding,
	draft: Draft,
	document: XeroDocument | undefined,
	places: KnackPlaces,
): Way[] {
	return [
		...(canTake(finding, draft, places) ? (['takeXeros'] as const) : []),
		...(canSend(comparing, finding, draft, document) ? (['sendOurs'] as const) : []),
		'accept',
	];
}

function canTake({ values = {} }: Finding, { source }: Draft, places: KnackPlaces): boolean {
	const paths = Object.keys(values);
	return (
		source.knackRecordId !== undefined &&
		paths.length > 0 &&
		paths.every((path) => places.has(path))
	);
}

function canSend(
	{ definition, settings, options }: Comparing,
	{ kind, paths, values }: Finding,
	draft: Draft,
	document: XeroDocument | undefined,
): boolean {
	if (kind === 'missing' || (kind === 'closedPeriod' && !document)) return true;
	if (!document || !definition.canBeUpdated) return false;
	if (kind === 'unallocatedCredit') return true;
	const isOfBooks = OF_THE_BOOKS.has(kind) || paths.includes('date');
	if (!isOfBooks && !IN_PLACE.has(kind)) return false;
	// A status that another run told the record is nothing that the record asks for.
	if (kind === 'status' && values) return false;
	// Nothing makes Xero forget that it was sent.
	if (kind === 'sent' && draft.fields.sentToContact !== true) return false;
	const issued = issuedState({ definition, settings, options }, document);
	if (!issued) return !(isOfBooks && document.hasPaymentsOrCredits);
	if (isOfBooks)
		return whyNotCorrected({ definition, draft, options, settings }, document) === undefined;
	return issued.closed === undefined;
}

/** What is changed on the document itself, whoever has it. */
const IN_PLACE: ReadonlySet<DifferenceKind> = new Set<DifferenceKind>([
	'dates',
	'status',
	'tracking',
	'sent',
]);
