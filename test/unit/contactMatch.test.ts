import { ContactIndex, type WantedContact } from '../../lib/sync/find/contactIndex';
import { CONTACT_OF_DOCUMENT, findContact } from '../../lib/sync/find/findContact';
import type { ContactLens } from '../../lib/sync/find/lookingForContact';
import { looseName, sharedWords, withoutLegalForm } from '../../lib/sync/find/names';
import { contact, XERO } from './contactMatchFixtures';

function found(
	wanted: WantedContact,
	lens: Partial<ContactLens> = {},
	xero: ContactIndex = XERO,
): string {
	const match = findContact(xero, wanted, { ...CONTACT_OF_DOCUMENT, severities: {}, ...lens });
	const warnings = match.issues.map(({ code }) => ` ${code}`).join('');
	if (match.kind === 'matched') return `${match.document.id} by ${match.by}${warnings}`;
	return match.kind === 'stopped'
		? match.issues.map((issue) => issue.code).join(',')
		: `missing${warnings}`;
}

describe('which contact a record means', () => {
	it.each<[string, WantedContact, string]>([
		['the id kept in Knack, before all else', { id: 'jane', name: 'Acme Limited' }, 'jane by id'],
		['the contact it was merged into', { id: 'merged' }, 'north by id'],
		[
			'the contact number',
			{ contactNumber: 'C-1', name: 'Something Else' },
			'acme by contactNumber',
		],
		[
			'the contact number with spaces around it',
			{ contactNumber: ' C-1 ' },
			'acme by contactNumber',
		],
		['the name in another case', { name: 'ACME LIMITED' }, 'acme by name'],
		['the name with other spaces', { name: ' café müller ' }, 'cafe by name'],
		['Ltd for Limited', { name: 'Acme Ltd.' }, 'acme by similarName'],
		['the name without accents', { name: 'Cafe Muller' }, 'cafe by similarName'],
		[
			'the e-mail address, where there is no name',
			{ emailAddress: 'JANE@whitfield.example' },
			'jane by emailAddress',
		],
	])('recognises %s', (_what, wanted, expected) => {
		expect(found(wanted)).toBe(expected);
	});

	it.each<[string, WantedContact, string]>([
		['an archived contact', { name: 'Old Mill Bakery' }, 'XERO_CONTACT_ARCHIVED'],
		['two that are written alike', { name: 'Harbour + Sons' }, 'XERO_CONTACT_AMBIGUOUS'],
		['an id of another organisation', { id: 'nowhere' }, 'XERO_ID_UNKNOWN'],
		[
			'a similar name with another e-mail address',
			{ name: 'Acme Ltd', emailAddress: 'info@other.example' },
			'XERO_CONTACT_LOOKS_ALIKE',
		],
		[
			'half the name with the same e-mail address',
			{ name: 'J Whitfield', emailAddress: 'jane@whitfield.example' },
			'XERO_CONTACT_LOOKS_ALIKE',
		],
	])('does not guess about %s', (_what, wanted, expected) => {
		expect(found(wanted)).toBe(expected);
	});

	it('never links two companies by a shared e-mail address', () => {
		expect(found({ name: 'Riverside Joinery', emailAddress: 'office@shared.example' })).toBe(
			'missing XERO_CONTACT_SHARES_EMAIL',
		);
	});

	it('keeps apart companies that differ in their legal form', () => {
		expect(found({ name: 'Acme Inc' })).toBe('missing');
	});

	describe('where two signs lead to two contacts', () => {
		const people = new ContactIndex([
			contact('ann', 'Ann Lee', { email: 'ann@lee.example', number: 'C-1' }),
			contact('ben', 'Ben Lee', { email: 'ben@lee.example', number: 'C-2' }),
			contact('old', 'Cyril Lee', { number: 'C-3', status: 'ARCHIVED' }),
			contact('erased', 'Dora Lee', { number: 'C-4', status: 'GDPRREQUEST' }),
			contact('eve', 'Eve Stone', { number: 'C-5' }),
		]);
		const ofEve = (name: string, emailAddress: string) => ({
			contactNumber: 'C-5',
			name,
			emailAddress,
		});

		it.each<[string, WantedContact, string]>([
			[
				'number and name of two',
				{ contactNumber: 'C-1', name: 'Ben Lee' },
				'XERO_CONTACT_CONTRADICTED',
			],
			['number and name of one', { contactNumber: 'C-1', name: 'Ann Lee' }, 'ann by contactNumber'],
			['id and number of two', { id: 'ann', contactNumber: 'C-2' }, 'XERO_CONTACT_CONTRADICTED'],
			['id and number of one', { id: 'ann', contactNumber: 'C-1' }, 'ann by id'],
			[
				'a number that only somebody archived has beside the id',
				{ id: 'ann', contactNumber: 'C-3' },
				'ann by id',
			],
			[
				'a name whose contact has another number',
				{ contactNumber: 'C-9', name: 'Ann Lee' },
				'XERO_CONTACT_CONTRADICTED',
			],
			[
				'a name beside a number that is somebody’s who is archived',
				{ contactNumber: 'C-3', name: 'Ann Lee' },
				'XERO_CONTACT_ARCHIVED',
			],
			['a number of somebody erased', { contactNumber: 'C-4' }, 'XERO_CONTACT_ARCHIVED'],
			['an id of somebody archived', { id: 'old' }, 'XERO_CONTACT_ARCHIVED'],
			['another’s address', ofEve('Kestrel', 'ben@lee.example'), 'XERO_CONTACT_CONTRADICTED'],
			['a new name, new address', ofEve('Kestrel', 'hi@kestrel.example'), 'eve by contactNumber'],
			['name alike, shared address', ofEve('Eve Stone', 'ben@lee.example'), 'eve by contactNumber'],
		])('%s', (_what, wanted, expected) => {
			expect(found(wanted, {}, people)).toBe(expected);
		});

		it('takes who is in use before who is archived, of one name', () => {
			const both = new ContactIndex([
				contact('old', 'Ann Lee', { status: 'ARCHIVED' }),
				contact('new', 'Ann Lee'),
			]);
			expect(found({ name: 'Ann Lee' }, {}, both)).toBe('new by name');
			expect(found({ id: 'old' }, {}, both)).toBe('XERO_CONTACT_ARCHIVED');
		});

		it('asks where another one of the name is archived, and the one in use has another address', () => {
			const both = new ContactIndex([
				contact('old', 'Ann Lee', { status: 'ARCHIVED' }),
				contact('new', 'Ann Lee', { email: 'ann@else.example' }),
			]);
			const wanted = { name: 'Ann Lee', emailAddress: 'ann@lee.example' };
			expect(found(wanted, {}, both)).toBe('XERO_CONTACT_CONTRADICTED');
			const alone = new ContactIndex([contact('new', 'Ann Lee', { email: 'ann@else.example' })]);
			expect(found(wanted, {}, alone)).toBe('new by name XERO_CONTACT_OTHER_EMAIL');
		});

		it('takes who is archived for those who ask for it, and says who is meant to others', () => {
			expect(found({ name: 'Cyril Lee' }, { takesArchived: true }, people)).toBe('old by name');
			expect(found({ id: 'old' }, { takesArchived: true }, people)).toBe('old by id');
			const lens = { ...CONTACT_OF_DOCUMENT, severities: {} };
			const match = findContact(people, { name: 'Cyril Lee' }, lens);
			expect(match).toMatchObject({ kind: 'stopped', archived: { id: 'old' } });
		});

		it('shows whom it could be', () => {
			const wanted = { contactNumber: 'C-1', name: 'Ben Lee' };
			const lens = { ...CONTACT_OF_DOCUMENT, severities: {} };
			const [issue] = findContact(people, wanted, lens).issues;
			expect(issue?.field).toBe('contact.name');
			expect(issue?.candidates).toEqual([
				{ id: 'ann', label: 'Ann Lee, ann@lee.example, number C-1' },
				{ id: 'ben', label: 'Ben Lee, ben@lee.example, number C-2' },
			]);
		});
	});

	describe('whose address is another', () => {
		it.each<[string, WantedContact, Partial<ContactLens>, string]>([
			[
				'a name with another address, where the contact is left as it is',
				{ name: 'Acme Limited', emailAddress: 'new@acme.example' },
				{},
				'acme by name XERO_CONTACT_OTHER_EMAIL',
			],
			[
				'a name with another address, which would be written over',
				{ name: 'Acme Limited', emailAddress: 'new@acme.example' },
				{ overwrites: true },
				'XERO_CONTACT_CONTRADICTED',
			],
			[
				'a name with the same address in capitals',
				{ name: 'Acme Limited', emailAddress: 'ACCOUNTS@acme.example' },
				{ overwrites: true },
				'acme by name',
			],
			[
				'a name whose contact has no address yet',
				{ name: 'Café Müller', emailAddress: 'hello@muller.example' },
				{ overwrites: true },
				'cafe by name',
			],
			[
				'a number with a new address: an edit',
				{ contactNumber: 'C-1', name: 'Acme Limited', emailAddress: 'new@acme.example' },
				{ overwrites: true },
				'acme by contactNumber',
			],
			[
				'a number with a new name and address, of which a word is the same',
				{ contactNumber: 'C-1', name: 'Acme Holding', emailAddress: 'new@acme.example' },
				{ overwrites: true },
				'acme by contactNumber',
			],
			[
				'a number with another name and another address: somebody else',
				{ contactNumber: 'C-1', name: 'Zebra Foods', emailAddress: 'hi@zebra.example' },
				{ overwrites: true },
				'XERO_CONTACT_CONTRADICTED',
			],
			[
				'the same, where nothing would be written over but an invoice would be theirs',
				{ contactNumber: 'C-1', name: 'Zebra Foods', emailAddress: 'hi@zebra.example' },
				{},
				'XERO_CONTACT_CONTRADICTED',
			],
			[
				'the same, whose names are of common words alone, and share one',
				{ contactNumber: 'C-5', name: 'Services Group', emailAddress: 'new@svc.example' },
				{ overwrites: true },
				'services by contactNumber',
			],
			[
				'the same, whose names have no letter',
				{ contactNumber: 'C-6', name: '…', emailAddress: 'new@dash.example' },
				{ overwrites: true },
				'XERO_CONTACT_CONTRADICTED',
			],
			[
				'the same, whose name has no more in common than the legal form',
				{ contactNumber: 'C-1', name: 'Zebra Ltd', emailAddress: 'hi@zebra.example' },
				{ overwrites: true },
				'XERO_CONTACT_CONTRADICTED',
			],
			[
				'a number with another name alone, as after a new name in Xero',
				{ contactNumber: 'C-1', name: 'Zebra Foods', emailAddress: 'accounts@acme.example' },
				{},
				'acme by contactNumber',
			],
			[
				'an id with another name and another address: somebody else',
				{ id: 'acme', name: 'Zebra Foods', emailAddress: 'hi@zebra.example' },
				{ overwrites: true },
				'XERO_CONTACT_CONTRADICTED',
			],
			[
				'an id with another name alone: an edit',
				{ id: 'acme', name: 'Zebra Foods', emailAddress: 'accounts@acme.example' },
				{ overwrites: true },
				'acme by id',
			],
			[
				'an id that was merged, to which a document goes',
				{ id: 'merged', name: 'Northgate Builders' },
				{},
				'north by id',
			],
			[
				'an id that was merged, whose new contact would be written over',
				{ id: 'merged', name: 'Northgate Builders' },
				{ overwrites: true },
				'XERO_CONTACT_CONTRADICTED',
			],
			[
				'an id in capitals',
				{ id: 'JANE', name: 'Jane Whitfield' },
				{ overwrites: true },
				'jane by id',
			],
			[
				'a name that was merged, whose contact had another address: somebody else',
				{ name: 'Southgate Builders', emailAddress: 'hi@builders.example' },
				{},
				'XERO_CONTACT_CONTRADICTED',
			],
			[
				'a name that was merged, whose contact had another number: somebody else',
				{ name: 'Southgate Builders', contactNumber: 'C-78' },
				{},
				'XERO_CONTACT_CONTRADICTED',
			],
			[
				'a name that was merged, whose contact had this address and another number',
				{
					name: 'Southgate Builders',
					contactNumber: 'C-78',
					emailAddress: 'office@southgate.example',
				},
				{},
				'XERO_CONTACT_CONTRADICTED',
			],
			[
				'a number whose contact has another address than a record of the same name without a number',
				{
					contactNumber: 'C-1',
					name: 'Acme Limited',
					emailAddress: 'x@else.example',
					isEmailOfAnother: true,
				},
				{ overwrites: true },
				'XERO_CONTACT_CONTRADICTED',
			],
			[
				'the same, where the contact is left as it is',
				{
					contactNumber: 'C-1',
					name: 'Acme Limited',
					emailAddress: 'x@else.example',
					isEmailOfAnother: true,
				},
				{},
				'acme by contactNumber XERO_CONTACT_OTHER_EMAIL',
			],
			[
				'a number of another name that was merged, where the contact it leads to has another address',
				{ contactNumber: 'C-88', name: 'Jane Whitfield', emailAddress: 'jane@else.example' },
				{},
				'XERO_CONTACT_CONTRADICTED',
			],
			[
				'the same, where the address is the contact’s',
				{ contactNumber: 'C-88', name: 'Jane Whitfield', emailAddress: 'jane@whitfield.example' },
				{},
				'jane by contactNumber',
			],
			[
				'a number of another name, where records of its name have no number',
				{ contactNumber: 'C-1', name: 'Zebra Foods', isNumberOfSome: true },
				{},
				'XERO_CONTACT_CONTRADICTED',
			],
			[
				'the same, where the contact is archived',
				{ contactNumber: 'C-99', name: 'Zebra Foods', isNumberOfSome: true },
				{},
				'XERO_CONTACT_CONTRADICTED',
			],
			[
				'a number of nearly the name, where records of its name have no number',
				{ contactNumber: 'C-1', name: 'Acme Ltd', isNumberOfSome: true },
				{},
				'acme by contactNumber',
			],
			[
				'a name that was merged, where the contact that it was merged into has another address',
				{ name: 'Westgate Builders', emailAddress: 'hi@westgate.example' },
				{},
				'XERO_CONTACT_CONTRADICTED',
			],
			[
				'a number that was merged, for a name that neither contact had',
				{ contactNumber: 'C-77', name: 'Zebra Foods' },
				{},
				'XERO_CONTACT_CONTRADICTED',
			],
			[
				'a number that was merged, for the name that the contact had',
				{ contactNumber: 'C-77', name: 'Southgate Builders' },
				{},
				'north by contactNumber',
			],
			[
				'a number that was merged, for the name of the contact that it was merged into',
				{ contactNumber: 'C-77', name: 'Northgate Construction' },
				{},
				'north by contactNumber',
			],
			[
				'a name that was merged, whose contact had this address',
				{ name: 'Southgate Builders', emailAddress: 'office@southgate.example' },
				{},
				'north by name',
			],
			[
				'a number that was merged, whose contact had another name and address',
				{ contactNumber: 'C-77', name: 'Zebra Foods', emailAddress: 'hi@zebra.example' },
				{},
				'XERO_CONTACT_CONTRADICTED',
			],
			[
				'a name that was merged, to which a document goes',
				{ name: 'Northgate Builders' },
				{},
				'north by name',
			],
			[
				'a name that was merged, whose new contact would be written over',
				{ name: 'Northgate Builders' },
				{ overwrites: true },
				'XERO_CONTACT_CONTRADICTED',
			],
		])('%s', (_what, wanted, lens, expected) => {
			expect(found(wanted, lens)).toBe(expected);
		});
	});

	describe('that was merged into another', () => {
		const merged = (id: string, name: string, more: { email?: string; number?: string }) =>
			contact(id, name, { ...more, mergedToId: 'group' });
		const xero = new ContactIndex([
			contact('group', 'Lomond Group', { email: 'office@lomond.example' }),
			merged('twin1', 'Twin Ltd', { email: 'one@twin.example', number: 'C-1' }),
			merged('twin2', 'Twin Ltd', { email: 'two@twin.example', number: 'C-2' }),
			merged('cafe', 'Café Müller', { email: 'hello@muller.example', number: 'C-3' }),
			merged('erin', 'Erin Shaw', { number: 'C-4' }),
		]);

		it.each<[string, WantedContact, Partial<ContactLens>, string]>([
			[
				'takes a document by its number',
				{ contactNumber: 'C-1', name: 'Twin Ltd' },
				{},
				'group by contactNumber',
			],
			[
				'takes a document by its name as others write it',
				{ name: 'Cafe Muller' },
				{},
				'group by similarName',
			],
			[
				'takes a document by its address',
				{ emailAddress: 'hello@muller.example' },
				{},
				'group by emailAddress',
			],
			[
				'takes a document by its name where one of two that had it had the record’s address',
				{ name: 'Twin Ltd', emailAddress: 'two@twin.example' },
				{},
				'group by name XERO_CONTACT_OTHER_EMAIL',
			],
			[
				'is no way to write over the other by its number, though that one has none',
				{ contactNumber: 'C-4', name: 'Lomond Group' },
				{ overwrites: true },
				'XERO_CONTACT_CONTRADICTED',
			],
			[
				'is no way to write over the other by its name as others write it',
				{ name: 'Cafe Muller' },
				{ overwrites: true },
				'XERO_CONTACT_CONTRADICTED',
			],
			[
				'is no way to write over the other by its address',
				{ emailAddress: 'hello@muller.example' },
				{ overwrites: true },
				'XERO_CONTACT_CONTRADICTED',
			],
		])('%s', (_what, wanted, lens, expected) => {
			expect(found(wanted, lens, xero)).toBe(expected);
		});

		it('is whom the number means, whichever of those that had it the record names', () => {
			const both = new ContactIndex([
				contact('new', 'Harbour Cafe', { email: 'office@harbour.example', number: 'C-1' }),
				contact('old', 'Zebra Foods', { number: 'C-1', mergedToId: 'new' }),
			]);
			const wanted = { contactNumber: 'C-1', emailAddress: 'hi@zebra.example' };
			expect(found({ ...wanted, name: 'Zebra Foods' }, {}, both)).toBe('new by contactNumber');
			expect(found({ ...wanted, name: 'Dunmore' }, {}, both)).toBe('new by contactNumber');
		});
	});

	describe('whose name went into an archived contact by a merge, and is another’s now', () => {
		const xero = new ContactIndex([
			contact('gone', 'Aldgate Ltd', { status: 'ARCHIVED' }),
			contact('before', 'Bramley Ltd', { mergedToId: 'gone', status: 'ARCHIVED' }),
			contact('now', 'Bramley Ltd', { email: 'office@bramley.example', number: 'S-0' }),
		]);

		it.each<[string, WantedContact, string]>([
			['is in doubt by its name', { name: 'Bramley Ltd' }, 'XERO_CONTACT_AMBIGUOUS'],
			['is in doubt by a like name', { name: 'Bramley Limited' }, 'XERO_CONTACT_AMBIGUOUS'],
			[
				'is the one whose address it is as well',
				{ name: 'Bramley Ltd', emailAddress: 'office@bramley.example' },
				'now by name',
			],
			[
				'is the one whose number it is',
				{ name: 'Bramley Ltd', contactNumber: 'S-0' },
				'now by contactNumber',
			],
			['is the one whose id is kept', { id: 'now', name: 'Bramley Ltd' }, 'now by id'],
		])('%s', (_what, wanted, expected) => {
			expect(found(wanted, {}, xero)).toBe(expected);
		});
	});

	describe('whose name is written nearly alike', () => {
		it.each<[string, WantedContact, Partial<ContactLens>, string]>([
			[
				'is not enough to change a status',
				{ name: 'Acme Ltd' },
				{ takesSimilarNames: false },
				'XERO_CONTACT_LOOKS_ALIKE',
			],
			[
				'with a number that nobody has is a contact of its own',
				{ name: 'Cafe Muller', contactNumber: 'C-9' },
				{},
				'cafe by similarName',
			],
			[
				'with a number where that contact has another is one of its own',
				{ name: 'Acme Ltd', contactNumber: 'C-9' },
				{},
				'missing',
			],
			[
				'with a number, beside two that look like it, is one of its own',
				{ name: 'Harbour + Sons', contactNumber: 'C-9' },
				{},
				'missing',
			],
			[
				'and whose address is the same',
				{ name: 'Acme Ltd', emailAddress: 'accounts@acme.example' },
				{},
				'acme by similarName',
			],
		])('%s', (_what, wanted, lens, expected) => {
			expect(found(wanted, lens)).toBe(expected);
		});

		it('does not look like somebody who is archived', () => {
			expect(found({ name: 'The Old Mill Bakery' })).toBe('missing');
		});
	});

	describe('of whom the address alone is known', () => {
		const shared = new ContactIndex([
			contact('one', 'Harbour Cafe', { email: 'hello@harbour.example' }),
			contact('two', 'Harbour Bar', { email: 'hello@harbour.example' }),
			contact('trees', 'Alder Birch Cedar Dogwood Elm Fir', { email: 'hi@trees.example' }),
			contact('gone', 'Lake Hotel', { email: 'stay@lake.example', status: 'ARCHIVED' }),
		]);

		it.each<[string, WantedContact, string]>([
			['is two', { emailAddress: 'hello@harbour.example' }, 'XERO_CONTACT_AMBIGUOUS'],
			['is archived', { emailAddress: 'stay@lake.example' }, 'XERO_CONTACT_ARCHIVED'],
			[
				'is nobody, and cannot be made without a name',
				{ emailAddress: 'who@else.example' },
				'XERO_CONTACT_UNKNOWN',
			],
			[
				'has a name like one of the two',
				{ name: 'Harbour Kiosk', emailAddress: 'hello@harbour.example' },
				'XERO_CONTACT_LOOKS_ALIKE',
			],
			[
				'has a name of which three words of ten are the same',
				{ name: 'Alder Birch Cedar Gum Hazel Ivy Juniper', emailAddress: 'hi@trees.example' },
				'XERO_CONTACT_LOOKS_ALIKE',
			],
			[
				'has a name of which two words of eight are the same',
				{ name: 'Alder Birch Hazel Ivy', emailAddress: 'hi@trees.example' },
				'missing XERO_CONTACT_SHARES_EMAIL',
			],
			[
				'has a name like theirs and a number of its own',
				{ name: 'Harbour Kiosk', contactNumber: 'C-9', emailAddress: 'hello@harbour.example' },
				'missing XERO_CONTACT_SHARES_EMAIL',
			],
			[
				'shares it with somebody archived',
				{ name: 'Lake Hotel North', emailAddress: 'stay@lake.example' },
				'missing',
			],
		])('%s', (_what, wanted, expected) => {
			expect(found(wanted, {}, shared)).toBe(expected);
		});
	});

	it('follows one merger after the other, and stops where two go round in a circle', () => {
		const merged = (id: string, mergedToId: string) => contact(id, `Name ${id}`, { mergedToId });
		const chain = new ContactIndex([
			merged('a', 'b'),
			merged('b', 'c'),
			merged('c', 'd'),
			contact('d', 'Name d'),
			merged('e', 'not read'),
			merged('x', 'y'),
			merged('y', 'x'),
		]);
		expect(chain.get('a')?.id).toBe('d');
		expect(chain.get('e')?.id).toBe('e');
		expect(chain.find('name', 'Name b').map(({ id }) => id)).toEqual(['d']);
		expect(chain.get('x')).toBeDefined();
	});

	it('compares names by their words', () => {
		expect(sharedWords('The Old Mill, Ltd', 'Old Mill Limited')).toBe(1);
		expect(sharedWords('Old Mill Bakery', 'New Mill Bakery')).toBe(0.5);
		expect(sharedWords('—', '…')).toBe(0);
		expect(sharedWords('—', 'Old Mill')).toBe(0);
		expect(looseName('Smith’s & Sons Bros. Co')).toBe('smiths and sons brothers company');
	});

	it.each([
		['acme limited', 'acme'],
		['acme company limited', 'acme'],
		['limited edition prints', 'limited edition prints'],
		['company', 'company'],
	])('looks for the name of "%s" by "%s"', (name, expected) => {
		expect(withoutLegalForm(name)).toBe(expected);
	});

	describe('says in its words', () => {
		const said = (wanted: WantedContact, lens: Partial<ContactLens> = {}) =>
			findContact(XERO, wanted, { ...CONTACT_OF_DOCUMENT, severities: {}, ...lens }).issues[0];
		const ACME = 'Acme Limited, accounts@acme.example, number C-1';
		const ZEBRA = { name: 'Zebra Foods', emailAddress: 'hi@zebra.example' };

		it.each<[WantedContact, Partial<ContactLens>, string]>([
			[
				{ id: 'nowhere' },
				{},
				'The Contact ID kept in Knack (nowhere) is not in this organisation.',
			],
			[
				{ id: 'merged', name: 'Northgate Builders' },
				{ overwrites: true },
				'The Contact ID of Northgate Builders leads to a contact that was merged into Northgate Construction in Xero, which is not written over.',
			],
			[
				{ id: 'merged' },
				{ overwrites: true },
				'The Contact ID of the record leads to a contact that was merged into Northgate Construction in Xero, which is not written over.',
			],
			[
				{ name: 'Northgate Builders' },
				{ overwrites: true },
				'The name of Northgate Builders leads to a contact that was merged into Northgate Construction in Xero, which is not written over.',
			],
			[
				{ name: 'Northgate-Builders' },
				{ overwrites: true },
				'The name of Northgate-Builders leads to a contact that was merged into Northgate Construction in Xero, which is not written over.',
			],
			[
				{ emailAddress: 'office@southgate.example' },
				{ overwrites: true },
				'The e-mail address office@southgate.example of the record leads to a contact that was merged into Northgate Construction in Xero, which is not written over.',
			],
			[
				{ name: 'Southgate Builders', emailAddress: 'hi@builders.example' },
				{},
				'"Southgate Builders" leads to Northgate Construction in Xero, into which a contact of that name was merged; the record’s e-mail address is hi@builders.example, which that contact did not have.',
			],
			[
				{ ...ZEBRA, contactNumber: 'C-1' },
				{ overwrites: true },
				`The record’s Contact Code is that of ${ACME}; its name is Zebra Foods and its e-mail address hi@zebra.example.`,
			],
			[
				{ ...ZEBRA, id: 'acme' },
				{ overwrites: true },
				`The record’s Contact ID is that of ${ACME}; its name is Zebra Foods and its e-mail address hi@zebra.example.`,
			],
			[
				{ contactNumber: 'C-1', name: 'Zebra Foods', isNumberOfSome: true },
				{},
				`Of the records of this run that are named Zebra Foods only some have the Contact Code C-1, which is that of ${ACME} in Xero.`,
			],
			[
				{ id: 'jane', contactNumber: 'C-1' },
				{},
				`The record’s Contact Code C-1 is that of ${ACME}; its Contact ID is that of Jane Whitfield, jane@whitfield.example.`,
			],
			[
				{ name: 'Jane Whitfield', contactNumber: 'C-1' },
				{},
				`The record’s Contact Code C-1 is that of ${ACME}; its name is that of Jane Whitfield, jane@whitfield.example.`,
			],
			[
				{ name: 'old mill bakery' },
				{},
				'The contact Old Mill Bakery is archived in Xero, so nothing can be posted to it.',
			],
			[
				{ id: 'old', name: 'New Mill' },
				{},
				'The contact Old Mill Bakery, to which "New Mill" leads, is archived in Xero, so nothing can be posted to it.',
			],
			[
				{ name: 'Acme Limited', contactNumber: 'C-9' },
				{},
				`Xero has ${ACME}; the record’s number is C-9, so it is somebody else of the same name, and Xero does not keep two contacts of one name.`,
			],
			[
				{ name: 'Acme Limited', emailAddress: 'new@acme.example' },
				{},
				`Xero has ${ACME}; the e-mail address that Knack has with this name is new@acme.example. Is it the same contact?`,
			],
			[
				{ name: 'Acme Limited', emailAddress: 'new@acme.example' },
				{ overwrites: true },
				`Xero has ${ACME}; the e-mail address that Knack has with this name is new@acme.example. Is it the same contact?`,
			],
			[
				{ name: 'Westgate Builders', emailAddress: 'hi@westgate.example' },
				{},
				'"Westgate Builders" leads by a merge to Jane Whitfield, jane@whitfield.example in Xero; the e-mail address that Knack has with this name is hi@westgate.example. Is it the same contact?',
			],
			[
				{ name: 'Acme Ltd' },
				{ takesSimilarNames: false },
				`The name is written nearly as ${ACME}, which is not enough to change a status.`,
			],
			[
				{ name: 'Harbour + Sons' },
				{ takesSimilarNames: false },
				'"Harbour + Sons" looks like Harbour & Sons; Harbour and Sons.',
			],
			[
				{ name: 'Acme Ltd', emailAddress: 'info@other.example' },
				{},
				`"Acme Ltd" looks like ${ACME}.`,
			],
			[
				{ name: 'J Whitfield', emailAddress: 'jane@whitfield.example' },
				{},
				'"J Whitfield" has the e-mail address of Jane Whitfield, jane@whitfield.example, and nearly its name.',
			],
			[
				{ name: 'Riverside Joinery', emailAddress: 'office@shared.example' },
				{},
				'Bay Tree Nurseries, office@shared.example has the same e-mail address.',
			],
			[
				{ emailAddress: 'who@else.example' },
				{},
				'No contact in Xero fits, and without a name none can be created.',
			],
		])('of %j, %j', (wanted, lens, message) => {
			expect(said(wanted, lens)).toMatchObject({ field: 'contact.name', message });
		});

		it.each<[WantedContact, Partial<ContactLens>, readonly string[]]>([
			[{ id: 'nowhere' }, {}, []],
			[{ id: 'merged' }, { overwrites: true }, ['north']],
			[{ name: 'Southgate Builders', emailAddress: 'hi@builders.example' }, {}, ['north']],
			[{ contactNumber: 'C-1', name: 'Zebra Foods', isNumberOfSome: true }, {}, ['acme']],
			[{ ...ZEBRA, id: 'acme' }, { overwrites: true }, ['acme']],
			[{ id: 'jane', contactNumber: 'C-1' }, {}, ['acme', 'jane']],
			[{ name: 'Acme Limited', contactNumber: 'C-9' }, {}, ['acme']],
			[{ ...ZEBRA, name: 'Acme Limited' }, { overwrites: true }, ['acme']],
			[{ name: 'Harbour + Sons' }, {}, ['twin1', 'twin2']],
			[{ name: 'J Whitfield', emailAddress: 'jane@whitfield.example' }, {}, ['jane']],
		])('whom it could be, of %j, %j', (wanted, lens, ids) => {
			expect((said(wanted, lens)?.candidates ?? []).map(({ id }) => id)).toEqual(ids);
		});

		it('how many fit, where one of two in use is meant', () => {
			const twice = new ContactIndex([
				contact('one', 'Ann Lee', { email: 'ann@lee.example' }),
				contact('two', 'Ann Lee', { number: 'C-2' }),
				contact('old', 'Ann Lee', { status: 'ARCHIVED' }),
			]);
			const lens = { ...CONTACT_OF_DOCUMENT, severities: {} };
			const match = findContact(twice, { name: 'ann lee' }, lens);
			expect(match).toMatchObject({ kind: 'stopped' });
			expect(match.issues).toMatchObject([
				{
					code: 'XERO_CONTACT_AMBIGUOUS',
					message: '2 contacts in Xero fit: Ann Lee, ann@lee.example; Ann Lee, number C-2.',
					candidates: [
						{ id: 'one', label: 'Ann Lee, ann@lee.example' },
						{ id: 'two', label: 'Ann Lee, number C-2' },
					],
				},
			]);
		});

		it('that a candidate is archived', () => {
			const candidates = [{ id: 'old', label: 'Old Mill Bakery, archived' }];
			expect(said({ id: 'old' })).toMatchObject({ candidates });
		});
	});

	it('holds a name beside a number of two, whatever the name leads to', () => {
		const twice = new ContactIndex([
			contact('one', 'Ann Lee', { number: 'C-1' }),
			contact('two', 'Ben Lee', { number: 'C-1' }),
		]);
		expect(found({ contactNumber: 'C-1', name: 'Ann Lee' }, {}, twice)).toBe(
			'XERO_CONTACT_AMBIGUOUS',
		);
	});

	it('makes the record one of its own where the user lowers the rule', () => {
		const severities = { XERO_CONTACT_LOOKS_ALIKE: 'warn' } as const;
		const wanted = { name: 'Acme Ltd', emailAddress: 'info@other.example' };
		expect(found(wanted, { severities })).toBe('missing XERO_CONTACT_LOOKS_ALIKE');
		const off = { XERO_CONTACT_LOOKS_ALIKE: 'off' } as const;
		expect(found(wanted, { severities: off })).toBe('missing');
	});
});
