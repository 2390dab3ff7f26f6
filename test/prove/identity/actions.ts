import type { Hands } from './hands';
import { folded } from './books';
import { sharesKey, type State } from './state';
import {
	dayText,
	lineText,
	type Edit,
	type KnackRecord,
	type Line,
	type Run,
	type Step,
	type StrangerContact,
	type StrangerDocument,
} from './world';

type Action = Exclude<Step, Run>;

/** Takes one step that is not a run, and says in words what was done; undefined for nothing. */
export function act(state: State, hands: Hands, step: Action): string | undefined {
	switch (step.do) {
		case 'edit':
		case 'giveToCustomer':
		case 'loseId':
			return actOnRecord(state, step);
		case 'swapKeys':
			return swapKeys(state, step);
		case 'renameInKnack':
		case 'swapCodes':
		case 'newEmail':
			return actOnCustomer(state, step);
		case 'renameInXero':
		case 'archive':
		case 'merge':
			return actOnContact(state, hands, step);
		case 'void':
		case 'pay':
		case 'send':
			return actOnDocument(state, hands, step);
		case 'strangerDocument':
			return strangerDocument(state, hands, step);
		case 'strangerContact':
			return strangerContact(state, hands, step);
		case 'postedByHand':
			return postedByHand(state, hands, step);
		case 'wait':
			state.sandbox.clock.advance(step.days * 86_400_000);
			return `${step.days} days pass`;
	}
}

type Of<Name extends Action['do']> = Extract<Action, { readonly do: Name }>;

function actOnRecord(
	state: State,
	step: Of<'edit' | 'giveToCustomer' | 'loseId'>,
): string | undefined {
	const record = state.record(step.record);
	const name = `record ${step.record}`;
	if (step.do === 'loseId') {
		if (state.xeroIds[step.record] === undefined) return undefined;
		state.xeroIds[step.record] = undefined;
		return `Knack: ${name} loses its Xero ID`;
	}
	if (step.do === 'giveToCustomer') {
		if (state.isOfContacts || step.customer === record.customer) return undefined;
		state.records[step.record] = { ...record, customer: step.customer };
		return `Knack: ${name} is given to customer ${step.customer} ${nameOf(state, step.customer)}`;
	}
	if (state.isOfContacts) {
		const customer = state.customer(step.record);
		state.customers[step.record] = { ...customer, firstName: `Sam ${step.chance}` };
		return `Knack: ${name} gets the first name Sam ${step.chance}`;
	}
	const edited = editedRecord(record, step.edit, step.chance);
	state.records[step.record] = edited;
	return `Knack: ${step.edit} of ${name} changes: ${recordText(edited)}`;
}

/** Two records whose numbers and references were typed into each other. */
function swapKeys(state: State, { one, other }: Of<'swapKeys'>): string | undefined {
	const [first, second] = [state.record(one), state.record(other)];
	if (state.isOfContacts || hasSameKey(first, second)) return undefined;
	state.records[one] = { ...first, number: second.number, reference: second.reference };
	state.records[other] = { ...second, number: first.number, reference: first.reference };
	return `Knack: records ${one} and ${other} swap their numbers and references`;
}

export function editedRecord(record: KnackRecord, edit: Edit, chance: number): KnackRecord {
	const at = chance % record.lines.length;
	const withLine = (change: (line: Line) => Line): KnackRecord => ({
		...record,
		lines: record.lines.map((line, index) => (index === at ? change(line) : line)),
	});
	const price = `${1 + (chance % 90)}.${10 + (chance % 89)}`;
	switch (edit) {
		case 'price':
			return withLine((line) => ({ ...line, price }));
		case 'quantity':
			return withLine((line) => ({ ...line, quantity: 10 + (chance % 80) }));
		case 'date':
			return { ...record, day: 1 + (chance % 24) };
		case 'dueDate':
			return { ...record, dueDay: 30 - (chance % 5) };
		case 'text':
			return withLine((line) => ({ ...line, text: `${line.text} again` }));
		case 'lineAdded':
			return {
				...record,
				lines: [...record.lines, { text: `Extra ${chance}`, quantity: 1, price }],
			};
		case 'lineRemoved':
			return record.lines.length === 1
				? record
				: { ...record, lines: record.lines.filter((_, index) => index !== at) };
		case 'key':
			return {
				...record,
				...(record.number === undefined ? {} : { number: `NEW-${chance}` }),
				...(record.reference === undefined ? {} : { reference: `NEW ${chance}` }),
			};
		case 'everything':
			return {
				...record,
				day: 1 + ((record.day + 1 + (chance % 20)) % 24),
				lines: [{ text: `Other ${chance}`, quantity: 11, price }],
			};
	}
}

function actOnCustomer(
	state: State,
	step: Of<'renameInKnack' | 'swapCodes' | 'newEmail'>,
): string | undefined {
	if (step.do === 'swapCodes') {
		const [one, other] = [state.customer(step.one), state.customer(step.other)];
		if (one.code === other.code) return undefined;
		state.customers[step.one] = { ...one, code: other.code };
		state.customers[step.other] = { ...other, code: one.code };
		return `Knack: customers ${step.one} ${one.name} and ${step.other} ${other.name} swap their codes ${one.code} and ${other.code}`;
	}
	const customer = state.customer(step.customer);
	const change = step.do === 'newEmail' ? { email: step.email } : { name: step.name };
	state.customers[step.customer] = { ...customer, ...change };
	return `Knack: customer ${step.customer} ${customer.name} is now ${Object.values(change).join()}`;
}

function actOnContact(
	state: State,
	hands: Hands,
	step: Of<'renameInXero' | 'archive' | 'merge'>,
): string | undefined {
	const contact = state.contactOf(step.customer);
	if (contact?.status !== 'ACTIVE') return undefined;
	const { person } = state.sandbox.xero;
	if (step.do === 'renameInXero') {
		if (!hands.renameContact(contact.contactId, step.name)) return undefined;
		return `Xero: ${contact.name} is renamed ${step.name}`;
	}
	if (step.do === 'archive') {
		person.archiveContact(contact.contactId, true);
		return `Xero: ${contact.name} is archived`;
	}
	const into = state.contactOf(step.into);
	// What becomes of the quotes and orders of a merged contact is not known.
	const isKnown = state.isOfContacts || ['Invoices', 'CreditNotes'].includes(pathOf(state));
	if (into?.status !== 'ACTIVE' || into.contactId === contact.contactId || !isKnown) {
		return undefined;
	}
	person.mergeContacts(contact.contactId, into.contactId);
	return `Xero: ${contact.name} is merged into ${into.name}`;
}

function pathOf(state: State): string {
	return state.world.family.screen?.path ?? '';
}

function actOnDocument(
	state: State,
	hands: Hands,
	step: Of<'void' | 'pay' | 'send'>,
): string | undefined {
	const row = state.liveDocumentOf(step.record);
	if (!row) return undefined;
	const name = `the document of record ${step.record}`;
	if (step.do === 'void') {
		const gone = hands.takeOut(row);
		return gone && `Xero: ${name} is ${gone.status.toLowerCase()}`;
	}
	if (step.do === 'pay') return hands.pay(row) ? `Xero: ${name} is paid` : undefined;
	const isSendable = state.world.family.isInvoice && row.status === 'AUTHORISED';
	return isSendable && hands.change(row, { SentToContact: true })
		? `Xero: ${name} is sent to the customer`
		: undefined;
}

/** Somebody who is in no record, for documents that are nobody's here. */
const STRANGER = 'Yarrow & Zest';

function strangerDocument(state: State, hands: Hands, step: StrangerDocument): string | undefined {
	const record = state.record(step.record);
	const contact =
		step.contact === 'own'
			? state.contactOf(record.customer)
			: (state.contacts().find(({ name }) => name === STRANGER) ?? hands.addContact(STRANGER));
	if (contact?.status !== 'ACTIVE') return undefined;
	const row = hands.addDocument({
		contactId: contact.contactId,
		...(step.sharesKeys ? { number: record.number, reference: record.reference } : {}),
		day: step.shares.includes('day') ? record.day : 1 + ((record.day + 9) % 24),
		lines: sharedLines(record, step.shares),
	});
	if (!row) return undefined;
	if (step.isGone) hands.takeOut(row);
	const marks = [...(step.sharesKeys ? ['number and reference'] : []), ...step.shares];
	return `Xero: somebody else's document${step.isGone ? ', voided since,' : ''} on ${contact.name} with ${marks.join(', ') || 'nothing'} of record ${step.record}: ${documentText(row)}`;
}

/** Lines with so much of the record's as was wanted, and no more. */
function sharedLines({ lines }: KnackRecord, shares: readonly string[]): Line[] {
	const [first, ...rest] = lines;
	if (!first) return [];
	if (shares.includes('total')) {
		return shares.includes('line')
			? [...lines]
			: [{ ...first, text: `${first.text} by hand` }, ...rest.map(byHand)];
	}
	const other = { text: 'Shop fitting', quantity: 1, price: '905.15' };
	return shares.includes('line') ? [first, other] : [other];
}

const byHand = (line: Line): Line => ({ ...line, text: `${line.text} by hand` });

function postedByHand(state: State, hands: Hands, step: Of<'postedByHand'>): string | undefined {
	const record = state.record(step.record);
	const contact = state.contactOf(record.customer);
	const isTaken = state.rows().some((row) => sharesKey(record, row));
	const isShared = state.records.some(
		(other, index) => index !== step.record && hasSameKey(record, other),
	);
	// Only where the number or reference leaves no doubt whose document it is.
	if (state.isOfContacts || contact?.status !== 'ACTIVE' || isTaken || isShared) return undefined;
	const row = hands.addDocument({
		contactId: contact.contactId,
		number: record.number,
		reference: record.reference,
		day: step.keeps.includes('day') ? record.day : 1 + ((record.day + 9) % 24),
		lines: sharedLines(record, step.keeps),
	});
	if (!row) return undefined;
	state.owners.set(row.id, step.record);
	return `Xero: record ${step.record} is posted by hand on ${contact.name}: ${documentText(row)}`;
}

export function hasSameKey(one: KnackRecord, other: KnackRecord): boolean {
	return (
		(one.number !== undefined && folded(one.number) === folded(other.number)) ||
		(one.reference !== undefined && folded(one.reference) === folded(other.reference))
	);
}

function strangerContact(state: State, hands: Hands, step: StrangerContact): string | undefined {
	const customer = state.customer(step.customer);
	const email = `stranger${step.customer}@else.example`;
	const contact =
		step.shares === 'name'
			? hands.addContact(customer.name, step.code, email)
			: customer.email && hands.addContact(`Quillon ${step.customer}`, step.code, customer.email);
	return contact
		? `Xero: somebody adds ${contact.name}, ${contact.texts['EmailAddress']}, ${contact.contactNumber ?? 'no code'}, who is not customer ${step.customer}`
		: undefined;
}

function nameOf(state: State, customer: number): string {
	return state.customer(customer).name;
}

export function recordText(record: KnackRecord): string {
	return [
		record.number,
		record.reference,
		`customer ${record.customer}`,
		dayText(record.day),
		record.lines.map(lineText).join(' + '),
	]
		.filter((part) => part !== undefined)
		.join(', ');
}

export function documentText({
	number,
	reference,
	date,
	status,
	totals,
}: {
	readonly number: string;
	readonly reference?: string;
	readonly date: string;
	readonly status: string;
	readonly totals: { readonly total: { toFixed(places: number): string } };
}): string {
	return [number, reference, date, status.toLowerCase(), totals.total.toFixed(2)]
		.filter((part) => part !== undefined && part !== '')
		.join(', ');
}
