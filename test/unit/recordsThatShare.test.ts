import type { Draft } from '../../lib/sync/draft';
import type { WantedContact } from '../../lib/sync/find/contactIndex';
import type { KnownContact } from '../../lib/sync/find/evidence';
import type { Match } from '../../lib/sync/find/matching';
import { holdNamesakeRecords, holdNamesakes } from '../../lib/sync/find/namesakes';
import { holdNewOfRenamed } from '../../lib/sync/find/renamedContacts';
import { holdKeysOfOthers, holdShared } from '../../lib/sync/find/sharedDocuments';
import { soughtAmong } from '../../lib/sync/find/sought';
import type { Plan } from '../../lib/sync/plan/plan';
import type { ContactRow, Row, Sent } from '../../lib/sync/row';
import { DOCUMENTS } from '../../lib/xero/documents';
import type { FieldValues, XeroDocument } from '../../lib/xero/documents/definition';
import { SALES_INVOICE } from '../../lib/xero/documents/salesInvoice';
import { contactDraft, invoiceDraft, SETTINGS } from './syncFixtures';

/** Records of one run that come to one document, contact, number or name in Xero. */

const MISSING: Match = { kind: 'missing', issues: [] };

function invoice(id: string, fields: FieldValues = {}): XeroDocument {
	return { type: 'salesInvoice', id, number: `INV-${id}`, contactId: 'acme', fields };
}

function contact(id: string, fields: FieldValues = {}): XeroDocument {
	return { type: 'contact', id, status: 'ACTIVE', fields };
}

function to(document: XeroDocument, by: string): Match {
	return { kind: 'matched', document, by, issues: [] };
}

function throughMerge(document: XeroDocument, by: string): Match {
	return { kind: 'matched', document, by, isThroughMerge: true, issues: [] };
}

function row(knackRecordId: string | undefined, match: Match, more: Partial<Draft> = {}): Row {
	const source = knackRecordId === undefined ? {} : { knackRecordId };
	return { draft: { ...invoiceDraft(), source, ...more }, match };
}

const kindsOf = (rows: readonly Row[]) => rows.map(({ match }) => match?.kind);
const issueOf = (one: Row | undefined) => one?.match?.issues[0];

describe('records of a run that lead to one document', () => {
	const one = invoice('7');

	it.each<[string, () => readonly Row[], ReadonlyArray<string | undefined>]>([
		[
			'are held, both, where a number leads there',
			() => [row('a', to(one, 'invoiceNumber')), row('b', to(one, 'invoiceNumber'))],
			['stopped', 'stopped'],
		],
		[
			'go on where they are one record, delivered twice',
			() => [row('a', to(one, 'invoiceNumber')), row('a', to(one, 'invoiceNumber'))],
			['matched', 'matched'],
		],
		[
			'are held where nothing tells which records they are',
			() => [row(undefined, to(one, 'reference')), row(undefined, to(one, 'reference'))],
			['stopped', 'stopped'],
		],
		[
			'leave it to the one whose id it is',
			() => [row('a', to(one, 'invoiceNumber')), row('b', to(one, 'id'), { id: '7' })],
			['stopped', 'matched'],
		],
		[
			'leave it to the one whose link it bears',
			() => [row('a', to(one, 'sourceLink')), row('b', to(one, 'invoiceNumber'))],
			['matched', 'stopped'],
		],
		[
			'are held, both, where both keep its id',
			() => [row('a', to(one, 'id'), { id: '7' }), row('b', to(one, 'id'), { id: '7' })],
			['stopped', 'stopped'],
		],
		[
			'leave a contact to the record of the one that another was merged into',
			() => [
				row('a', to(contact('new'), 'id'), { id: 'old' }),
				row('b', to(contact('new'), 'id'), { id: 'NEW' }),
			],
			['stopped', 'matched'],
		],
		[
			'leave a contact to the record whose id leads there, though by a merge',
			() => [
				row('a', to(contact('new'), 'id'), { id: 'old' }),
				row('b', to(contact('new'), 'name')),
			],
			['matched', 'stopped'],
		],
		[
			'leave it to the one whose id it is, whatever record that is of',
			() => [row(undefined, to(one, 'id'), { id: '7' }), row('b', to(one, 'invoiceNumber'))],
			['matched', 'stopped'],
		],
		[
			'leave a contact to the record that has its e-mail address',
			() => {
				const theirs = contact('jane', { name: 'Jane', emailAddress: 'jane@whitfield.example' });
				const named = (fields: FieldValues) => ({ fields: { name: 'Jane', ...fields } });
				return [
					row('a', to(theirs, 'name'), named({ contactNumber: 'K-1' })),
					row('b', to(theirs, 'name'), named({ emailAddress: 'Jane@Whitfield.example' })),
				];
			},
			['stopped', 'matched'],
		],
		[
			'do not meet where they lead nowhere, or have not been looked for',
			() => [
				row('a', MISSING),
				row('b', { kind: 'stopped', issues: [] }),
				row('c', to(one, 'invoiceNumber')),
				{ draft: row('d', MISSING).draft },
			],
			['missing', 'stopped', 'matched', undefined],
		],
		[
			'do not meet where they lead to two',
			() => [row('a', to(one, 'id'), { id: '7' }), row('b', to(invoice('8'), 'id'), { id: '8' })],
			['matched', 'matched'],
		],
	])('%s', async (_what, rowsOf, expected) => {
		const rows = rowsOf();
		await holdShared(rows, {});
		expect(kindsOf(rows)).toEqual(expected);
	});

	it('do not count a repetition, which shares the fate of the first', async () => {
		const first = row('a', to(one, 'id'), { id: '7' });
		const again: Row = { ...row('a', to(one, 'id'), { id: '7' }), repeats: first };
		await holdShared([first, again], {});
		expect(kindsOf([first, again])).toEqual(['matched', 'matched']);
	});

	it('say which document it is, and whose', async () => {
		const rows = [
			row('a', to(one, 'reference'), { fields: { reference: 'ORD-1' } }),
			row('b', to(one, 'reference'), { fields: { 'contact.name': 'Acme Limited' } }),
		];
		await holdShared(rows, {});
		expect(issueOf(rows[0])).toMatchObject({
			code: 'XERO_KEY_OF_ANOTHER',
			message:
				'2 records of this run lead to INV-7 in Xero: ORD-1, record a; Acme Limited, record b.',
			candidates: [{ id: '7', label: 'INV-7' }],
		});
		const unnamed = [
			row(undefined, to(one, 'reference'), { fields: { reference: 'ORD-1' } }),
			row('b', to(one, 'reference'), { fields: {} }),
		];
		await holdShared(unnamed, {});
		expect(issueOf(unnamed[0])?.message).toBe(
			'2 records of this run lead to INV-7 in Xero: ORD-1; record b.',
		);
	});
});

describe('a number or reference that the run gives to the document of another record', () => {
	/** A record whose document gets another number, and another reference. */
	const renumbered = () =>
		row('a', to(invoice('7', { invoiceNumber: 'INV-7', reference: 'ORD-7' }), 'id'), {
			id: '7',
			fields: { invoiceNumber: 'J-9', reference: 'October' },
		});

	async function held(fields: FieldValues, other: Row = renumbered(), recordId = 'b') {
		const rows = [row(recordId, MISSING, { fields }), other];
		await holdKeysOfOthers(SALES_INVOICE, rows, {});
		return rows[0];
	}

	it('holds a new record with that number', async () => {
		expect(issueOf(await held({ invoiceNumber: 'j-9' }))).toMatchObject({
			code: 'XERO_KEY_OF_ANOTHER',
			field: 'invoiceNumber',
			message:
				'This run gives the invoice number "j-9" to INV-7 too, the document of another record (October, record a).',
			fix: 'Give each record its own invoice number in Knack.',
			candidates: [{ id: '7', label: 'INV-7' }],
		});
	});

	it('lets others go', async () => {
		// It has that number by now, and the one that is to get it as well is held for it later.
		const own = row('b', to(invoice('8', { invoiceNumber: 'J-9' }), 'id'), {
			id: '8',
			fields: { invoiceNumber: 'J-9' },
		});
		await holdKeysOfOthers(SALES_INVOICE, [own, renumbered()], {});
		expect(own.match?.kind).toBe('matched');
		expect((await held({ invoiceNumber: 'J-8' }))?.match?.kind).toBe('missing');
		// The document has this one by now, and loses it in this run.
		expect((await held({ invoiceNumber: 'INV-7' }))?.match?.kind).toBe('missing');
		// It keeps the number that it has.
		const same = row('a', to(invoice('7', { invoiceNumber: 'INV-7' }), 'id'), {
			fields: { invoiceNumber: 'INV-7' },
		});
		expect((await held({ invoiceNumber: 'INV-7' }, same))?.match?.kind).toBe('missing');
		// It has not been looked for.
		const { draft } = renumbered();
		expect((await held({ invoiceNumber: 'J-9' }, { draft }))?.match?.kind).toBe('missing');
		// Its own number tells it apart, whatever its reference.
		expect((await held({ invoiceNumber: 'J-8', reference: 'October' }))?.match?.kind).toBe(
			'missing',
		);
		expect((await held({}))?.match?.kind).toBe('missing');
		// Nothing tells that both are of one customer.
		expect((await held({ reference: 'October' }))?.match?.kind).toBe('missing');
		// The same record, delivered before its id was written back.
		expect((await held({ invoiceNumber: 'J-9' }, renumbered(), 'a'))?.match?.kind).toBe('missing');
	});

	it('holds a reference under the same customer alone', async () => {
		const ofContact =
			(matched: string | undefined) =>
			(one: Row): Row => {
				const found: Match = matched === undefined ? MISSING : to(contact(matched), 'name');
				return { ...one, contact: contactRow({ name: 'Acme' }, found) };
			};
		const kind = async (ours: string | undefined, theirs: string | undefined) => {
			const rows = [
				ofContact(ours)(row('b', MISSING, { fields: { reference: 'October' } })),
				ofContact(theirs)(renumbered()),
			];
			await holdKeysOfOthers(SALES_INVOICE, rows, {});
			return rows[0]?.match?.kind;
		};
		expect(await kind('acme', 'acme')).toBe('stopped');
		expect(await kind('acme', 'bolt')).toBe('missing');
		// Two new contacts of a run are not one.
		expect(await kind(undefined, undefined)).toBe('missing');
		const shared = contactRow({ name: 'Acme' }, MISSING);
		const rows: Row[] = [
			{ ...row('b', MISSING, { fields: { reference: 'October' } }), contact: shared },
			{ ...renumbered(), contact: shared },
		];
		await holdKeysOfOthers(SALES_INVOICE, rows, {});
		expect(rows[0]?.match?.kind).toBe('stopped');
		expect(issueOf(rows[0])?.fix).toBe('Give each record its own reference in Knack, or a number.');
	});

	it('holds it where any of those that get it is of the same customer', async () => {
		const [acme, bolt] = ['Acme', 'Bolt'].map((name) => contactRow({ name }, MISSING));
		const rows: Row[] = [
			{ ...row('b', MISSING, { fields: { reference: 'October' } }), contact: acme },
			{ ...renumbered(), contact: acme },
			{ ...renumbered(), contact: bolt },
		];
		await holdKeysOfOthers(SALES_INVOICE, rows, {});
		expect(rows[0]?.match?.kind).toBe('stopped');
	});

	describe('and that a new record has beside its number', () => {
		const quote = (recordId: string, fields: FieldValues): Row => ({
			...row(recordId, MISSING, { type: 'quote', fields }),
			contact: acme,
		});
		const acme = contactRow({ name: 'Acme' }, MISSING);
		const linked = { knackRecordId: 'x', table: 'object_2' };

		it('is held, with the number of that one, where no link tells the two apart', async () => {
			const rows = [
				quote('a', { quoteNumber: 'Q-1', reference: 'PO 1' }),
				quote('b', { reference: 'PO 1' }),
			];
			await holdKeysOfOthers(DOCUMENTS.quote, rows, {});
			expect(kindsOf(rows)).toEqual(['missing', 'stopped']);
			expect(issueOf(rows[1])).toMatchObject({
				message:
					'This run gives the reference "PO 1" to Q-1 too, the document of another record (PO 1, record a).',
				fix: 'Give each record its own reference in Knack, or a number.',
			});
			expect(issueOf(rows[1])?.candidates).toBeUndefined();
		});

		it.each<[string, Partial<Draft['source']>, Partial<Draft['source']>, string]>([
			['both bear a link', linked, { ...linked, knackRecordId: 'y' }, 'missing'],
			['both are of one record', linked, linked, 'stopped'],
			[
				'one is made of a line',
				{ ...linked, isOfLine: true },
				{ ...linked, knackRecordId: 'y' },
				'stopped',
			],
			[
				'the other is made of a line',
				linked,
				{ ...linked, knackRecordId: 'y', isOfLine: true },
				'stopped',
			],
			['one does not tell its record', {}, linked, 'stopped'],
		])('of invoices, where %s', async (_what, one, other, expected) => {
			const of = (fields: FieldValues, source: Draft['source']): Row => ({
				draft: { ...invoiceDraft(), fields, source },
				match: MISSING,
				contact: acme,
			});
			const rows = [
				of({ invoiceNumber: 'J-1', reference: 'PO 1' }, one),
				of({ reference: 'PO 1' }, other),
			];
			await holdKeysOfOthers(SALES_INVOICE, rows, {});
			expect(rows[1]?.match?.kind).toBe(expected);
		});
	});

	it('lets a repetition go with the first', async () => {
		const first = row('b', MISSING, { fields: { invoiceNumber: 'J-9' } });
		const again: Row = {
			...row('b', MISSING, { fields: { invoiceNumber: 'J-9' } }),
			repeats: first,
		};
		await holdKeysOfOthers(SALES_INVOICE, [first, again, renumbered()], {});
		expect(kindsOf([first, again])).toEqual(['stopped', 'missing']);
		// What a repetition has goes nowhere by itself.
		const repeated: Row = { ...renumbered(), repeats: first };
		expect((await held({ invoiceNumber: 'J-9' }, repeated))?.match?.kind).toBe('missing');
	});

	it('does not count what is held for something else, or has not been looked for', async () => {
		const acme = contactRow({ name: 'Acme' }, MISSING);
		const fresh = (recordId: string, fields: FieldValues, match?: Match): Row => ({
			draft: { ...row(recordId, MISSING, { fields }).draft },
			contact: acme,
			...(match ? { match } : {}),
		});
		const beside = { quoteNumber: 'Q-1', reference: 'PO 1' };
		for (const match of [undefined, { kind: 'stopped', issues: [] } as const]) {
			const one = fresh('b', { reference: 'PO 1' }, MISSING);
			await holdKeysOfOthers(DOCUMENTS.quote, [one, fresh('a', beside, match)], {});
			expect(one.match?.kind).toBe('missing');
		}
	});
});

function contactRow(wanted: WantedContact, match: Match, knackRecordId?: string): ContactRow {
	const { draft } = row(knackRecordId, match, contactDraft({}));
	return { draft, match, wanted, fields: {}, namedBy: [] };
}

describe('what a document is weighed against', () => {
	const about = (rows: readonly Row[], one: Row) =>
		soughtAmong({ definition: SALES_INVOICE, settings: SETTINGS }, rows)(one);

	it('is whether another record of the run keeps its id', () => {
		const keeper = row('a', MISSING, { id: 'SEVEN' });
		const again = row('a', MISSING, { id: 'seven' });
		const other = row('b', MISSING);
		const keptByAnother = (rows: readonly Row[], one: Row) =>
			about(rows, one).keptByAnother('seven');
		expect(keptByAnother([keeper, other], other)).toBe(true);
		expect(keptByAnother([keeper, other], keeper)).toBe(false);
		expect(keptByAnother([keeper, again, other], again)).toBe(false);
		expect(keptByAnother([other, again, row('c', MISSING, { id: 'seven' })], again)).toBe(true);
		expect(about([keeper, other], other).keptByAnother('eight')).toBe(false);
	});

	it('is what its lines come to', () => {
		const one = row('a', MISSING);
		expect(about([one], one).amounts()?.total.toFixed(2)).toBe('25.20');
		const bare = row('a', MISSING, { lines: [] });
		expect(about([bare], bare).amounts()).toBeUndefined();
		const none = row('a', MISSING, { lines: undefined });
		expect(about([none], none).amounts()).toBeUndefined();
	});

	it.each<[string, ContactRow | undefined, KnownContact]>([
		['its contact', contactRow({ name: 'Acme' }, to(contact('acme'), 'name')), known('Acme')],
		[
			'one that this run has made',
			{ ...contactRow({ name: 'Acme' }, MISSING), sent: done() },
			known('Acme'),
		],
		[
			'one that is archived',
			contactRow({ name: 'Acme' }, { kind: 'stopped', issues: [], archived: contact('acme') }),
			known('Acme'),
		],
		[
			'one that Xero does not have, by its name',
			contactRow({ name: 'Acme', contactNumber: 'K-1' }, MISSING),
			unknown('Acme'),
		],
		[
			'by its number',
			contactRow({ contactNumber: 'K-1', emailAddress: 'a@x.example' }, MISSING),
			unknown('K-1'),
		],
		[
			'by its address',
			contactRow({ emailAddress: 'a@x.example' }, MISSING),
			unknown('a@x.example'),
		],
		[
			'none that is not clear',
			contactRow({ name: 'Acme' }, { kind: 'stopped', issues: [] }),
			{ kind: 'untold' },
		],
		['none where none is named', undefined, { kind: 'untold' }],
	])('is %s', (_what, contactOfRow, expected) => {
		const one: Row = { ...row('a', MISSING), contact: contactOfRow };
		expect(about([one], one).contact).toEqual(expected);
	});

	it('is no contact where documents have none', () => {
		const one: Row = {
			...row('a', MISSING),
			contact: contactRow({ name: 'Acme' }, to(contact('acme'), 'name')),
		};
		const context = { definition: DOCUMENTS.payment, settings: SETTINGS };
		expect(soughtAmong(context, [one])(one).contact).toEqual({ kind: 'untold' });
	});
});

function known(name: string): KnownContact {
	return { kind: 'known', contactId: 'acme', name };
}

function unknown(name: string): KnownContact {
	return { kind: 'unknown', name };
}

function done(): Sent {
	const plan: Plan = {
		action: 'stop',
		draft: contactDraft({}),
		key: '',
		contentHash: '',
		issues: [],
	};
	return { kind: 'done', did: 'created', document: contact('acme'), warnings: [], plan };
}

describe('contacts of a run that would be one, or bear one name', () => {
	const acme = contact('acme', { name: 'Acme Ltd', contactNumber: 'K-1' });

	it.each<[string, readonly [WantedContact, Match][], readonly string[]]>([
		[
			'holds the second of two new ones of one name',
			[
				[{ name: 'Acme Ltd', contactNumber: 'K-1' }, MISSING],
				[{ name: 'ACME  LTD', contactNumber: 'K-2' }, MISSING],
			],
			['missing', 'stopped'],
		],
		[
			'leaves a new one beside one of that name which is known by its id: its name is free to change',
			[
				[{ id: 'bolt', name: 'Acme Ltd' }, to(contact('bolt', { name: 'Bolt Ltd' }), 'id')],
				[{ name: 'Acme Ltd', contactNumber: 'K-2' }, MISSING],
			],
			['matched', 'missing'],
		],
		[
			'holds one whose number leads to another name, where that name is made anew',
			[
				[
					{ name: 'Acme Ltd', contactNumber: 'K-9' },
					to(contact('bolt', { name: 'Bolt Ltd', contactNumber: 'K-9' }), 'contactNumber'),
				],
				[{ name: 'Acme Ltd', contactNumber: 'K-2' }, MISSING],
			],
			['stopped', 'missing'],
		],
		[
			'takes the surer sign for the owner',
			[
				[{ name: 'Acme Ltd', emailAddress: 'a@acme.example' }, to(acme, 'name')],
				[{ contactNumber: 'K-1' }, to(acme, 'contactNumber')],
			],
			['stopped', 'matched'],
		],
		[
			'takes the name before the address, and the id before the number',
			[
				[{ emailAddress: 'a@acme.example' }, to(acme, 'emailAddress')],
				[{ name: 'Acme Ltd' }, to(acme, 'name')],
				[{ contactNumber: 'B-1' }, to(contact('bolt'), 'contactNumber')],
				[{ id: 'bolt' }, to(contact('bolt'), 'id')],
			],
			['stopped', 'matched', 'stopped', 'matched'],
		],
		[
			'lets one that was merged into another go there beside that one',
			[
				[{ name: 'Corvus Ltd', contactNumber: 'K-3' }, throughMerge(acme, 'contactNumber')],
				[{ name: 'Acme Ltd', contactNumber: 'K-1' }, to(acme, 'contactNumber')],
			],
			['matched', 'matched'],
		],
		[
			'lets one go there by an id that was merged',
			[
				[{ id: 'old' }, throughMerge(acme, 'id')],
				[{ id: 'acme' }, to(acme, 'id')],
			],
			['matched', 'matched'],
		],
		[
			'leaves alone what is held already, and what has no name',
			[
				[{ name: 'Acme Ltd' }, { kind: 'stopped', issues: [] }],
				[{ name: 'Acme Ltd' }, MISSING],
				[{ emailAddress: 'a@acme.example' }, MISSING],
				[{ emailAddress: 'b@acme.example' }, MISSING],
			],
			['stopped', 'missing', 'missing', 'missing'],
		],
	])('%s', (_what, contacts, expected) => {
		const rows = contacts.map(([wanted, match]) => contactRow(wanted, match));
		holdNamesakes(rows, false, {});
		expect(kindsOf(rows)).toEqual(expected);
	});

	it('leave alone one that has not been looked for', () => {
		const { match: _, ...unsought } = contactRow({ name: 'Acme Ltd' }, MISSING);
		const rows: ContactRow[] = [unsought, contactRow({ name: 'Acme Ltd' }, MISSING)];
		holdNamesakes(rows, false, {});
		expect(kindsOf(rows)).toEqual([undefined, 'missing']);
	});

	it('lets nothing go to a merged contact that would be written over', () => {
		const rows = [
			contactRow({ name: 'Acme Ltd', contactNumber: 'K-1' }, to(acme, 'contactNumber')),
			contactRow({ name: 'Corvus Ltd', contactNumber: 'K-3' }, throughMerge(acme, 'contactNumber')),
		];
		holdNamesakes(rows, true, {});
		expect(kindsOf(rows)).toEqual(['matched', 'stopped']);
		expect(issueOf(rows[1])?.message).toBe(
			'Two records of this run lead to one contact in Xero: Acme Ltd, K-1; Corvus Ltd, K-3. Xero does not keep two contacts of one name.',
		);
	});

	it('holds contact records of one name, but not a repetition of one', () => {
		const record = (knackRecordId: string): Row =>
			row(knackRecordId, MISSING, contactDraft({ name: 'Acme Ltd', emailAddress: 'a@x.example' }));
		const first = record('a');
		const again: Row = { ...record('a'), repeats: first };
		const other = {
			...record('b'),
			draft: { ...record('b').draft, source: { knackRecordId: 'b' } },
		};
		const rows = [
			{ ...first, draft: { ...first.draft, source: { knackRecordId: 'a' } } },
			again,
			other,
		];
		holdNamesakeRecords(rows, {});
		expect(kindsOf(rows)).toEqual(['missing', 'missing', 'stopped']);
		expect(issueOf(other)).toMatchObject({ code: 'XERO_CONTACT_CONTRADICTED', field: 'name' });
		expect(issueOf(other)?.message).toContain(
			'are contacts of one name: Acme Ltd, a@x.example, record a; Acme Ltd, a@x.example, record b.',
		);
	});
});

describe('new documents of a customer who may have been renamed', () => {
	const under = (document: XeroDocument | undefined): Match => ({
		kind: 'stopped',
		issues: [],
		...(document ? { underOtherName: document } : {}),
	});
	const lomond: XeroDocument = { ...invoice('7'), contactName: 'Lomond Group' };
	const acme = () => contactRow({ name: 'Acme Ltd' }, MISSING);

	it('wait beside the one that says so, and name it', () => {
		const shared = acme();
		const fresh: Row = { ...row('b', MISSING), contact: shared };
		const rows: Row[] = [fresh, { ...row('a', under(lomond)), contact: shared }];
		holdNewOfRenamed(SALES_INVOICE, rows, {});
		expect(kindsOf(rows)).toEqual(['stopped', 'stopped']);
		expect(issueOf(fresh)).toMatchObject({
			code: 'XERO_CONTACT_RENAMED',
			field: 'contact.name',
			candidates: [{ id: '7', label: 'INV-7, Lomond Group' }],
		});
		expect(issueOf(fresh)?.message).toBe(
			'The record names the contact "Acme Limited", which Xero does not have, and so does the record of the sales invoice INV-7, Lomond Group in this run: the same customer under another name?',
		);
		expect(issueOf(fresh)?.fix).toContain('write "Lomond Group" in Knack');
		// The one that was held says why itself.
		expect(rows[1]?.match?.issues).toEqual([]);
	});

	it('name the customer by the number, or the address, where the record tells no name', () => {
		const message = (wanted: WantedContact) => {
			const shared = contactRow(wanted, MISSING);
			const rows: Row[] = [
				{ ...row('a', under(lomond)), contact: shared },
				{ ...row('b', MISSING, { fields: {} }), contact: shared },
			];
			holdNewOfRenamed(SALES_INVOICE, rows, {});
			return issueOf(rows[1])?.message;
		};
		expect(message({ contactNumber: 'K-1' })).toMatch(/^The record names the contact "K-1", /);
		expect(message({ emailAddress: 'a@x.example' })).toContain('"a@x.example"');
	});

	it('wait for it beside what was merely held', () => {
		const shared = acme();
		const rows: Row[] = [
			{ ...row('a', under(undefined)), contact: shared },
			{ ...row('b', under(lomond)), contact: shared },
			{ ...row('c', MISSING), contact: shared },
			{ ...row('d', to(invoice('8'), 'id')), contact: shared },
			{ draft: row('e', MISSING).draft, contact: shared },
		];
		holdNewOfRenamed(SALES_INVOICE, rows, {});
		expect(kindsOf(rows)).toEqual(['stopped', 'stopped', 'stopped', 'matched', undefined]);
	});

	it('do not wait for another customer’s, nor for what was merely held', () => {
		const shared = acme();
		const rows: Row[] = [
			{ ...row('a', under(lomond)), contact: acme() },
			{ ...row('b', under(undefined)), contact: shared },
			{ ...row('c', MISSING), contact: shared },
			row('d', MISSING),
			{ ...row('e', to(invoice('8'), 'id')), contact: shared },
		];
		holdNewOfRenamed(DOCUMENTS.salesInvoice, rows, {});
		expect(kindsOf(rows)).toEqual(['stopped', 'stopped', 'missing', 'missing', 'matched']);
	});
});
