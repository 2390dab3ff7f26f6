import type {
	DocumentDefinition,
	WireElement,
	XeroDocument,
} from '../../xero/documents/definition';
import { isElement } from '../../xero/documents/wireSlots';
import {
	isRefusedElement,
	validationMessages,
	warningMessages,
} from '../../xero/validationMessages';
import { foldText } from '../find/names';
import type { WriteItem } from './sendElements';

export type ItemAnswer =
	| {
			readonly kind: 'written';
			readonly element: WireElement;
			readonly warnings: readonly string[];
			/** The Idempotency-Key of its request. */
			readonly requestKey?: string;
	  }
	| { readonly kind: 'rejected'; readonly messages: readonly string[] };

/**
 * What an answer says of each item. The elements come in the order in which they were sent, which
 * is not relied upon: each has to bear its record's keys. Undefined where the answer is not one of
 * all items, each once: then nothing in it is believed.
 */
export function takeAnswer<Item extends WriteItem>(
	definition: DocumentDefinition,
	items: readonly Item[],
	body: unknown,
): ReadonlyMap<Item, ItemAnswer> | undefined {
	const list = isElement(body) ? body[definition.wire.resource] : undefined;
	if (!Array.isArray(list) || list.length !== items.length) return undefined;
	const answers = list
		.filter(isElement)
		.map((element) => answeredBy(definition, element))
		.filter(({ element, isRefused }) => isRefused || isId(element[definition.wire.idName]));
	const ids = answers.flatMap(({ element, isRefused }) =>
		isRefused ? [] : [foldText(String(element[definition.wire.idName]))],
	);
	if (answers.length !== items.length || new Set(ids).size < ids.length) return undefined;
	const given = new Set(answers.flatMap(({ signs }) => [...signs.keys()]));
	const rest = new Set(answers);
	const taken = new Map<Item, ItemAnswer>();
	for (const [position, item] of items.entries()) {
		const wanted = [...signsOf(definition, item.element)];
		const fits = (answer: Answered) =>
			rest.has(answer) &&
			wanted.every(([sign, value]) => {
				const answered = answer.signs.get(sign);
				// A refused element may lack what it was sent with; of others all is given, or of none.
				return answered === undefined ? answer.isRefused || !given.has(sign) : answered === value;
			});
		const placed = answers[position];
		const own = placed && fits(placed) ? placed : [...rest].find(fits);
		if (!own) return undefined;
		const { element, isRefused } = own;
		rest.delete(own);
		taken.set(
			item,
			isRefused
				? { kind: 'rejected', messages: validationMessages(element) }
				: { kind: 'written', element, warnings: warningMessages(element) },
		);
	}
	return taken;
}

interface Answered {
	readonly element: WireElement;
	readonly isRefused: boolean;
	readonly signs: ReadonlyMap<string, string>;
}

function answeredBy(definition: DocumentDefinition, element: WireElement): Answered {
	const isRefused = isRefusedElement(element, definition.wire.idName);
	return { element, isRefused, signs: signsOf(definition, element) };
}

function isId(value: unknown): boolean {
	return typeof value === 'string' && value.trim() !== '';
}

/** Whether a document, as Xero has it, is the one that an element was sent for. */
export function isSentAs(
	definition: DocumentDefinition,
	element: WireElement,
	document: XeroDocument,
): boolean {
	const there = signsIn(definition, document);
	return [...signsOf(definition, element)].every(([sign, value]) => {
		const isKey = definition.keys.some(({ path }) => path === sign);
		return there.has(sign) || isKey ? there.get(sign) === value : true;
	});
}

/** Values by which an element is known to be a record's own. */
function signsOf(definition: DocumentDefinition, element: WireElement): Map<string, string> {
	const { id, ...rest } = definition.read(element);
	const isNamed = element[definition.wire.idName] !== undefined;
	return signsIn(definition, rest, isNamed ? id : undefined);
}

function signsIn(
	definition: DocumentDefinition,
	{ contactId, fields }: Pick<XeroDocument, 'contactId' | 'fields'>,
	id?: string,
): Map<string, string> {
	const values: ReadonlyArray<readonly [string, unknown]> = [
		...(definition.hasContact ? [['contact', contactId] as const] : []),
		...definition.keys.flatMap(({ path, within = [] }) =>
			[path, ...within].map((each) => [each, fields[each]] as const),
		),
		['id', id],
	];
	return new Map(
		values.flatMap(
			([sign, value]): Array<[string, string]> =>
				typeof value === 'string' && value !== '' ? [[sign, foldText(value)]] : [],
		),
	);
}
