import { z } from 'zod';
import type { Sandbox } from '../../sandbox/sandbox';
import { type Execution, outputItems } from '../../scripts/realN8n/n8nRest';
import type { WatchedCall } from '../../scripts/queue/callWatch';
import type { OrderItem } from './orders';
import { type Key, UPSERT } from './workflows';

/** What an execution that ended said of one record. */
export interface Told {
	readonly order: string;
	readonly outcome: string;
	readonly documentId?: string;
	/** The whole item. */
	readonly text: string;
}

/** Orders by their numbers, unless it says otherwise. */
export interface Judgement {
	/** More than one document that counts, drafts among them. */
	readonly doubled: readonly string[];
	/** More than one that is in the books. */
	readonly doubledInTheBooks: readonly string[];
	/** None. */
	readonly lost: readonly string[];
	/** Documents that were deleted or voided. */
	readonly takenBack: readonly string[];
	/** Where one of those is named: in an outcome, in Knack, by a note, a file or an e-mail. */
	readonly takenBackNamed: readonly string[];
	/** Told to need a person, though nothing is wrong with any of them. */
	readonly falseAttention: readonly string[];
	/** Two executions said *created* of one document. */
	readonly createdTwice: readonly string[];
	/** Nobody said *created*, though every execution with the order ended. */
	readonly createdUnsaid: readonly string[];
	/** Names that more than one contact has. */
	readonly doubledContacts: readonly string[];
	/** In Xero, and nobody wrote so in Knack. */
	readonly unknownInKnack: readonly string[];
	/** The Xero ID in Knack is another than their document's. */
	readonly wrongInKnack: readonly string[];
}

const ledgerDocument = z.object({
	InvoiceID: z.string(),
	InvoiceNumber: z.string().default(''),
	Reference: z.string().default(''),
	Status: z.string(),
});

const toldItem = z
	.object({
		record: z.string().optional(),
		outcome: z.string(),
		document: z.object({ id: z.string().nullish() }).passthrough().nullish(),
		source: z.object({ knackRecordId: z.string() }).passthrough().nullish(),
	})
	.passthrough();

const NEEDS_A_PERSON = ['blocked', 'held', 'failed'];

/** What ended executions said, of orders by their Knack record. */
export function toldBy(executions: readonly Execution[], orders: readonly OrderItem[]): Told[] {
	const numbers = new Map(orders.map((order) => [order.knack.recordId, order['Order Number']]));
	return executions
		.filter(({ status }) => status === 'success')
		.flatMap((execution) =>
			[0, 1].flatMap((output) =>
				outputItems(execution, UPSERT, output).map((item) => {
					const { outcome, document, source } = toldItem.parse(item);
					return {
						order: numbers.get(source?.knackRecordId ?? '') ?? '',
						outcome,
						...(document?.id ? { documentId: document.id } : {}),
						text: JSON.stringify(item),
					};
				}),
			),
		);
}

/**
 * @param delivered how often each order was handed to n8n
 * @param calls all that n8n's processes asked meanwhile
 */
export function judge(
	sandbox: Sandbox,
	facts: {
		readonly key: Key;
		readonly orders: readonly OrderItem[];
		readonly told: readonly Told[];
		readonly delivered: ReadonlyMap<string, number>;
		readonly calls: readonly WatchedCall[];
	},
): Judgement {
	const { orders, told, delivered, calls } = facts;
	const numbers = orders.map((order) => order['Order Number']);
	const ours = new Set(numbers);
	const keyOf = (document: z.infer<typeof ledgerDocument>): string =>
		facts.key === 'reference' ? document.Reference : document.InvoiceNumber;
	const documents = z
		.array(ledgerDocument)
		.parse(sandbox.xero.invoices())
		.filter((document) => ours.has(keyOf(document)));
	const counts = ({ Status }: { Status: string }): boolean =>
		!['VOIDED', 'DELETED'].includes(Status);
	const live = groupedBy(documents.filter(counts), keyOf);
	const gone = documents.filter((document) => !counts(document));
	const records = orders.map((order) => sandbox.knack.shown('Orders', order.knack.recordId));
	const tellings = groupedBy(told, ({ order }) => order);
	const created = groupedBy(
		told.filter(({ outcome }) => outcome === 'created'),
		({ documentId }) => documentId ?? '',
	);
	const liveNumbers = new Set([...live.values()].flat().map(({ InvoiceNumber }) => InvoiceNumber));
	const placesOf = (document: z.infer<typeof ledgerDocument>): string[] => {
		const { InvoiceID, InvoiceNumber } = document;
		// A number that went over to the document that stayed is that one's.
		const numberIsItsOwn = InvoiceNumber !== '' && !liveNumbers.has(InvoiceNumber);
		const names = [InvoiceID, ...(numberIsItsOwn ? [`"${InvoiceNumber}"`] : [])];
		const isNamedIn = (text: string): boolean => names.some((name) => text.includes(name));
		const inWrites = calls.filter(
			({ method, path }) =>
				method !== 'GET' && /\/(History|Attachments|Email)\b/.test(path) && isNamedIn(path),
		);
		return [
			...told.filter(({ text }) => isNamedIn(text)).map(({ order }) => `the outcome of ${order}`),
			...records
				.filter((record) => isNamedIn(JSON.stringify(record)))
				.map((record) => `Knack's ${record['Order Number']}`),
			...inWrites.map(({ path }) => path),
		].map((place) => `${InvoiceNumber || InvoiceID} in ${place}`);
	};
	const known = records.map((record) => {
		const number = record['Order Number'] ?? '';
		const [document] = live.get(number) ?? [];
		return [number, document?.InvoiceID ?? '', record['Xero Invoice ID'] ?? ''] as const;
	});
	const contacts = groupedBy(
		z.array(z.object({ Name: z.string() })).parse(sandbox.xero.contacts()),
		({ Name }) => Name.toLowerCase(),
	);
	return {
		doubled: numbers.filter((number) => (live.get(number)?.length ?? 0) > 1),
		doubledInTheBooks: numbers.filter((number) => {
			const standing = live.get(number) ?? [];
			return standing.filter(({ Status }) => Status !== 'DRAFT').length > 1;
		}),
		lost: numbers.filter((number) => !live.has(number)),
		takenBack: gone.map(keyOf),
		takenBackNamed: gone.flatMap(placesOf),
		falseAttention: told
			.filter(({ outcome }) => NEEDS_A_PERSON.includes(outcome))
			.map(({ order, text }) => `${order}: ${firstSentence(text)}`),
		createdTwice: [...created].filter(([, sayings]) => sayings.length > 1).map(([id]) => id),
		createdUnsaid: numbers.filter((number) => {
			const everyoneEnded = (tellings.get(number)?.length ?? 0) >= (delivered.get(number) ?? 0);
			const [document] = live.get(number) ?? [];
			return document !== undefined && everyoneEnded && !created.has(document.InvoiceID);
		}),
		doubledContacts: [...contacts].filter(([, named]) => named.length > 1).map(([name]) => name),
		unknownInKnack: known
			.filter(([, id, inKnack]) => inKnack === '' && id !== '')
			.map(([one]) => one),
		wrongInKnack: known
			.filter(([, id, inKnack]) => inKnack !== '' && inKnack !== id)
			.map(([number]) => number),
	};
}

function firstSentence(text: string): string {
	const { summary } = z.object({ summary: z.string().default('') }).parse(JSON.parse(text));
	return summary;
}

function groupedBy<One>(all: readonly One[], key: (one: One) => string): Map<string, One[]> {
	const groups = new Map<string, One[]>();
	for (const one of all) {
		const group = groups.get(key(one));
		if (group) group.push(one);
		else groups.set(key(one), [one]);
	}
	return groups;
}
