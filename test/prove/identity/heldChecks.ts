import { decimal } from '../../../lib/money';
import { isStopping } from '../../../lib/sync/check/check';
import type { Outcome } from '../../../lib/sync/outcome';
import type { DocumentRow } from '../../../sandbox/xero/model';
import { documentText, hasSameKey } from './actions';
import { folded } from './books';
import { mayBeRenamedWith } from './expectation';
import type { Finding } from './findings';
import { isHeld, type Delivery, type Observed } from './runStep';
import { sharedTraits, sharesKey, type State } from './state';
import { dayText, totalOf } from './world';

/** What is held says why, what of the record meets what in Xero, and what a person can do. */
export function checkHeld(state: State, seen: Observed): Finding[] {
	return seen.deliveries
		.flatMap((delivery) => [
			{ delivery, outcome: delivery.preview },
			{ delivery, outcome: delivery.outcome },
		])
		.filter(({ outcome }) => isHeld(outcome))
		.flatMap(({ delivery, outcome }): Finding[] => {
			const stopping = outcome.issues.filter(isStopping);
			const isExplained =
				stopping.length > 0 && stopping.every(({ message, fix }) => message !== '' && fix !== '');
			const text = `record ${delivery.record}: ${outcome.summary}`;
			if (!isExplained) return [{ what: 'unexplained', text }];
			// Xero's own words name one side only.
			if (stopping.some(({ vendorMessage }) => vendorMessage !== undefined)) return [];
			return saysBothSides(state, seen, delivery, outcome) ? [] : [{ what: 'oneSided', text }];
		});
}

function saysBothSides(
	state: State,
	seen: Observed,
	{ record }: Delivery,
	outcome: Outcome,
): boolean {
	const said = folded(
		outcome.issues
			.filter(isStopping)
			.map(({ message }) => message)
			.join(' '),
	);
	// 1,234.50 in a message is 1234.50.
	const plain = said.replace(/(\d),(?=\d{3})/g, '$1');
	const hits = (words: readonly string[]) => words.filter((word) => plain.includes(folded(word)));
	const theirs = wordsOfXero(state, seen, record);
	// Where nothing in Xero is like the record, there is one side only.
	if (theirs.length === 0 || saysBothValues(state, seen, record, plain)) return true;
	const [ours, others] = [hits(wordsOfRecord(state, record)), hits(theirs)];
	return ours.length > 0 && others.length > 0 && new Set([...ours, ...others]).size > 1;
}

/**
 * Where a message names a value that record and document do not share, with both: "Unit Price from
 * 7.25 to 17.29" says both sides, and so does "from nothing to Paint", "is nothing in Xero and Paint
 * in Knack", or a line that is left out.
 */
function saysBothValues(state: State, seen: Observed, index: number, plain: string): boolean {
	const values = (texts: readonly string[]) => new Set(texts.map(folded));
	const ours = values(contentOfRecord(state, index));
	return ownOf(state, seen, index).some((content) => {
		const theirs = values(content);
		if (isFromOneToOther(plain, theirs, ours)) return true;
		const names = (side: ReadonlySet<string>, other: ReadonlySet<string>) =>
			[...side].some((each) => !other.has(each) && isNamed(plain, each));
		const [isOursNamed, isTheirsNamed] = [names(ours, theirs), names(theirs, ours)];
		// A line that one side alone has: what the other has instead of it is nothing.
		return (
			(isOursNamed && (isTheirsNamed || NOTHING_THERE.test(plain))) ||
			(isTheirsNamed && NOTHING_HERE.test(plain))
		);
	});
}

/** "Unit Price from 7.25 to 17.29", also where another line of the record has 7.25. */
function isFromOneToOther(
	plain: string,
	theirs: ReadonlySet<string>,
	ours: ReadonlySet<string>,
): boolean {
	const isOf = (side: ReadonlySet<string>, text: string) =>
		side.has(text) || side.has(text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, ''));
	return [...plain.matchAll(FROM_TO), ...plain.matchAll(IN_XERO_AND_KNACK)].some(
		([, before = '', after = '']) => before !== after && isOf(theirs, before) && isOf(ours, after),
	);
}

const FROM_TO = / from (.+?) to (.+?)(?=[;:.]? |[;:.]?$)/g;
const IN_XERO_AND_KNACK = / is "(.+?)" in xero and "(.+?)" in knack/g;

const NOTHING_HERE = /is left out|and nothing in knack/;
const NOTHING_THERE = /from nothing|is nothing in xero/;

/** As a word of its own: the 7 of 70 is not named. */
function isNamed(plain: string, word: string): boolean {
	const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
	return new RegExp(`(?<![\\w.])${escaped}(?![\\w]|\\.\\d)`).test(plain);
}

function contentOfRecord(state: State, index: number): string[] {
	if (state.isOfContacts) {
		const { name, code, email, firstName = 'Sam' } = state.customer(index);
		return present([name, code, email, firstName]);
	}
	const { day, dueDay, lines } = state.record(index);
	return [
		dayText(day),
		dayText(dueDay),
		...lines.flatMap(({ text, quantity, price }) => [
			text,
			String(quantity),
			decimal(price).toFixed(),
		]),
	];
}

/** What Xero has of the record's own document or contact, each in texts. */
function ownOf(state: State, { before }: Observed, index: number): string[][] {
	if (state.isOfContacts) {
		const row = before.contacts.get(state.contactIds.get(index) ?? '');
		if (!row) return [];
		const { name, contactNumber, texts } = row;
		return [present([name, contactNumber, texts['EmailAddress'], texts['FirstName']])];
	}
	return [...before.documents.values()]
		.filter(({ id }) => id === state.xeroIds[index] || state.owners.get(id) === index)
		.map((row) =>
			present([
				row.date,
				'dueDate' in row && typeof row.dueDate === 'string' ? row.dueDate : undefined,
				...row.lines.flatMap(({ description, quantity, unitAmount }) => [
					description,
					quantity.toFixed(),
					unitAmount.toFixed(),
				]),
			]),
		);
}

function present(words: ReadonlyArray<string | undefined>): string[] {
	return words.filter((word): word is string => word !== undefined && word.trim() !== '');
}

function wordsOfRecord(state: State, index: number): string[] {
	const { number, reference, day, lines, knackId } = state.record(index);
	const { name, code, email } = state.customerOf(index);
	return present([
		number,
		reference,
		name,
		code,
		email,
		dayText(day),
		totalOf(lines).toFixed(2),
		knackId,
		state.xeroIds[index],
	]);
}

/** Of documents and contacts in Xero, and of other records of the run, that are like the record. */
function wordsOfXero(state: State, { before, deliveries }: Observed, index: number): string[] {
	const record = state.record(index);
	const { name, code, email } = state.customerOf(index);
	const traitsOf = (row: DocumentRow) => sharedTraits(record, row);
	// A document of another record that lets one think the customer was renamed.
	const renamed = deliveries
		.map((delivery) => delivery.record)
		.filter((other) => other !== index && mayBeRenamedWith(state, index, other));
	const documents = [...before.documents.values()].filter(
		(row) =>
			sharesKey(record, row) ||
			row.id === state.xeroIds[index] ||
			state.owners.get(row.id) === index ||
			renamed.some(
				(other) => state.owners.get(row.id) === other || sharesKey(state.record(other), row),
			) ||
			(traitsOf(row).has('day') && traitsOf(row).has('total')),
	);
	const contactIds = new Set(documents.map(({ contactId }) => contactId));
	// What a contact of the name was merged into, perhaps by way of others.
	const merged = new Set<string>();
	for (const contact of before.contacts.values()) {
		if (folded(contact.name) !== folded(name)) continue;
		for (let id = contact.mergedToContactId; id; id = before.contacts.get(id)?.mergedToContactId) {
			merged.add(id);
		}
	}
	const contacts = [...before.contacts.values()].filter(
		(contact) =>
			contactIds.has(contact.contactId) ||
			merged.has(contact.contactId) ||
			contact.contactId === state.contactIds.get(record.customer) ||
			contact.contactId === state.contactOf(record.customer)?.contactId ||
			folded(contact.name) === folded(name) ||
			(code !== undefined && contact.contactNumber === code) ||
			(email !== undefined && folded(contact.texts['EmailAddress']) === folded(email)),
	);
	const others = deliveries
		.map((delivery) => delivery.record)
		.filter(
			(other) =>
				other !== index &&
				(hasSameKey(record, state.record(other)) ||
					folded(state.customerOf(other).name) === folded(name)),
		);
	return present([
		...documents.flatMap((row) => [
			row.number,
			row.date,
			row.totals.total.toFixed(2),
			row.status.toLowerCase(),
			row.id,
			documentText(row),
		]),
		...contacts.flatMap((contact) => [
			contact.name,
			contact.contactNumber,
			contact.texts['EmailAddress'],
			contact.status.toLowerCase(),
		]),
		...others.flatMap((other) => [...wordsOfRecord(state, other), 'records of this run']),
	]);
}
