import type { Draft } from '../../lib/sync/draft';
import type { Outcome } from '../../lib/sync/outcome';
import { upsertDocuments, previewDocuments, type UpsertOptions } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS } from '../../lib/sync/upsertContext';
import { DOCUMENTS } from '../../lib/xero/documents';
import type { FieldValues } from '../../lib/xero/documents/definition';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';

type BothWays = NonNullable<UpsertOptions['bothWays']>;

const HOLD: BothWays = new Map([
	['name', 'hold'],
	['emailAddress', 'hold'],
	['person', 'hold'],
	['phone', 'hold'],
	['address', 'hold'],
]);

const ACME: FieldValues = {
	name: 'Acme Ltd',
	contactNumber: 'C-1',
	emailAddress: 'accounts@acme.example.com',
	firstName: 'Ann',
	lastName: 'Acme',
	'phones.default.whole': '01632 960100',
	'addresses.pobox.addressLine1': '1 Mill Lane',
	'addresses.pobox.city': 'Lewes',
	'addresses.pobox.postalCode': 'BN7 2ZZ',
};

/** A customer in Knack, whose Sync Fingerprint is kept from run to run as the workflow keeps it. */
describe('contacts, both ways', () => {
	let world: XeroInMemory;
	let customer: Record<string, string | boolean>;
	let fingerprint: string | undefined;

	beforeEach(async () => {
		world = await xeroInMemory();
		world.sandbox.xero.configure({ limitsOn: false });
		customer = { ...ACME };
		fingerprint = undefined;
		expect((await run()).outcome).toBe('created');
	});

	const contact = () => {
		const [found] = world.sandbox.xero.contacts();
		if (!found) throw new Error('There is no contact.');
		return found;
	};
	const id = () => world.sandbox.xero.contacts()[0]?.ContactID;

	function draft(): Draft {
		const filled = Object.entries(customer).filter(([, value]) => value !== '');
		const leftBlank = Object.keys(customer).filter((path) => customer[path] === '');
		const contactId = id();
		return {
			type: 'contact',
			itemIndexes: [0],
			...(contactId === undefined ? {} : { id: String(contactId) }),
			fields: Object.fromEntries(filled),
			...(leftBlank.length > 0 ? { leftBlank } : {}),
			source: {
				knackRecordId: 'a1',
				table: 'object_1',
				...(fingerprint === undefined ? {} : { fingerprint }),
			},
			issues: [],
		};
	}

	async function preview(bothWays: BothWays = HOLD): Promise<Outcome> {
		const { settings, clock, turns } = world;
		const client = world.anotherClient();
		const { outcomes } = await previewDocuments(
			{ client, settings, clock, turns },
			DOCUMENTS.contact,
			[draft()],
			{ ...DEFAULT_OPTIONS, bothWays },
		);
		expect(client.calls().writes).toBe(0);
		const [outcome] = outcomes;
		if (!outcome) throw new Error('There is no outcome.');
		return outcome;
	}

	async function run(bothWays: BothWays = HOLD) {
		const { settings, clock, turns } = world;
		const options = { ...DEFAULT_OPTIONS, bothWays };
		const definition = DOCUMENTS.contact;
		const foreseen = await preview(bothWays);
		const client = world.anotherClient();
		const { outcomes } = await upsertDocuments(
			{ client, settings, clock, turns },
			definition,
			[draft()],
			options,
		);
		const [outcome] = outcomes;
		if (!outcome) throw new Error('There is no outcome.');
		expect(foreseen.forKnack?.values).toEqual(outcome.forKnack?.values);
		if (outcome.changes.length === 0) expect(foreseen.forKnack).toEqual(outcome.forKnack);
		const isKept = outcome.outcome !== 'held' || outcome.changes.length > 0;
		if (isKept) fingerprint = outcome.sync.fingerprint ?? fingerprint;
		return { ...outcome, writes: client.calls().writes };
	}

	/** What the workflow's next step does: the values, and the fingerprint with them. */
	function takeOver({ forKnack }: Outcome): void {
		if (!forKnack) throw new Error('There is nothing to take over.');
		Object.assign(customer, flat(forKnack.values));
		({ fingerprint } = forKnack);
	}

	async function inXero(element: object): Promise<void> {
		const client = world.anotherClient();
		const answer = await client.write({
			method: 'POST',
			path: '/Contacts',
			body: { Contacts: [{ ContactID: id(), ...element }] },
			idempotencyKey: `by hand ${Math.random()}`,
		});
		expect(answer.kind).toBe('accepted');
	}

	async function expectRest(): Promise<void> {
		const rest = await run();
		expect([rest.outcome, rest.writes, rest.forKnack, rest.issues]).toEqual([
			'unchanged',
			0,
			undefined,
			[],
		]);
	}

	it('hands what was changed in Xero alone to the record, and writes nothing to Xero', async () => {
		await inXero({ EmailAddress: 'new@acme.example.com' });
		const told = await run();
		expect(told).toMatchObject({
			outcome: 'unchanged',
			writes: 0,
			forKnack: { values: { emailAddress: 'new@acme.example.com' } },
			issues: [],
		});
		takeOver(told);
		await expectRest();
		customer.emailAddress = 'newer@acme.example.com';
		expect((await run()).outcome).toBe('updated');
		expect(contact()).toMatchObject({ EmailAddress: 'newer@acme.example.com' });
	});

	it('tells it again as long as the record has not taken it over', async () => {
		await inXero({ EmailAddress: 'new@acme.example.com' });
		await run();
		expect((await run()).forKnack?.values).toEqual({ emailAddress: 'new@acme.example.com' });
	});

	it('sends what the record alone has changed, beside what Xero has', async () => {
		await inXero({ EmailAddress: 'new@acme.example.com' });
		customer['phones.default.whole'] = '01632 960199';
		const both = await run();
		expect(both).toMatchObject({
			outcome: 'updated',
			changes: [{ field: 'phones.default.whole' }],
			forKnack: { values: { emailAddress: 'new@acme.example.com' } },
		});
		expect(contact()).toMatchObject({ EmailAddress: 'new@acme.example.com' });
		takeOver(both);
		await expectRest();
	});

	it.each([
		['goes over', 'Ann', 'updated'],
		['goes over beside what is held', 'Xenia', 'held'],
	])('loses nothing that %s where what a preview told was written', async (_, inBoth, outcome) => {
		await inXero({ EmailAddress: 'new@acme.example.com', FirstName: inBoth });
		if (outcome === 'held') customer.firstName = 'Kay';
		customer['phones.default.whole'] = '01632 960199';
		takeOver(await preview());
		const sent = await run();
		expect([sent.outcome, sent.forKnack]).toEqual([outcome, undefined]);
		expect(valueInXero('phones.default.whole')).toBe('01632 960199');
		expect(customer.emailAddress).toBe('new@acme.example.com');
	});

	it('holds what both have changed with both values, loses neither, and lets the rest go', async () => {
		await inXero({ EmailAddress: 'xero@acme.example.com', FirstName: 'Xenia' });
		customer.emailAddress = 'knack@acme.example.com';
		customer['phones.default.whole'] = '01632 960199';
		const held = await run();
		expect(held).toMatchObject({
			outcome: 'held',
			changes: [{ field: 'phones.default.whole' }],
			forKnack: { values: { firstName: 'Xenia', lastName: 'Acme' } },
		});
		expect(held.issues.map(({ code }) => code)).toEqual(['XERO_BOTH_CHANGED']);
		expect(held.issues[0]?.message).toMatch(/xero@acme.*in Xero.*knack@acme.*in Knack/);
		expect(contact()).toMatchObject({ EmailAddress: 'xero@acme.example.com' });
		takeOver(held);
		expect(customer.emailAddress).toBe('knack@acme.example.com');
		expect(await run()).toMatchObject({ outcome: 'held', writes: 0 });
		// The advice, followed on either side.
		await inXero({ EmailAddress: 'knack@acme.example.com' });
		await expectRest();
		await inXero({ EmailAddress: 'later@acme.example.com' });
		expect((await run()).forKnack?.values).toEqual({ emailAddress: 'later@acme.example.com' });
	});

	it('does not advise to choose who wins of a field that is never asked for', async () => {
		customer.companyNumber = '100';
		await run();
		await inXero({ CompanyNumber: '200' });
		customer.companyNumber = '300';
		const held = await run();
		expect([held.outcome, held.writes]).toEqual(['held', 0]);
		expect(held.issues[0]?.fix).not.toContain('choose who wins');
		customer.companyNumber = '200';
		await expectRest();
	});

	it.each([
		['knack' as const, 'updated', 'knack@acme.example.com', undefined],
		['xero' as const, 'unchanged', 'xero@acme.example.com', 'xero@acme.example.com'],
	])('lets %s win where it is said so', async (winner, outcome, inXeroAfter, forKnack) => {
		await inXero({ EmailAddress: 'xero@acme.example.com' });
		customer.emailAddress = 'knack@acme.example.com';
		const won = await run(new Map([...HOLD, ['emailAddress', winner]]));
		expect([won.outcome, won.forKnack?.values.emailAddress]).toEqual([outcome, forKnack]);
		expect(contact()).toMatchObject({ EmailAddress: inXeroAfter });
		const [told] = won.issues;
		expect(told).toMatchObject({ code: 'XERO_BOTH_CHANGED_DECIDED', severity: 'warn' });
		expect(told?.message).toContain(
			'Email Address is "xero@acme.example.com" in Xero and "knack@acme.example.com" in Knack',
		);
		if (forKnack !== undefined) takeOver(won);
		await expectRest();
	});

	it('takes an address as one: half of each side would be nobody’s', async () => {
		await inXero({
			Addresses: [
				{ AddressType: 'POBOX', AddressLine1: '9 Quay', City: 'Hove', PostalCode: 'BN3 1ZZ' },
			],
		});
		customer['addresses.pobox.postalCode'] = 'BN1 1ZZ';
		const held = await run();
		expect(held).toMatchObject({ outcome: 'held', changes: [], writes: 0 });
		expect(held.forKnack).toBeUndefined();
		customer['addresses.pobox.postalCode'] = 'BN7 2ZZ';
		const told = await run();
		expect(told.forKnack?.values).toMatchObject({
			addresses: { pobox: { addressLine1: '9 Quay', city: 'Hove', postalCode: 'BN3 1ZZ' } },
		});
		takeOver(told);
		await expectRest();
	});

	describe('where one side has a part of an address that the other lacks', () => {
		const KNACK: BothWays = new Map([...HOLD, ['address', 'knack'], ['person', 'knack']]);
		const XERO: BothWays = new Map([...HOLD, ['address', 'xero']]);
		const quay = { AddressType: 'POBOX', AddressLine1: '9 Quay', City: 'Hove' };

		async function expectHeld(bothWays: BothWays, ...named: string[]): Promise<void> {
			const before = [{ ...customer }, contact().Addresses, contact().LastName];
			const held = await run(bothWays);
			expect(held).toMatchObject({ outcome: 'held', changes: [], writes: 0 });
			expect(held.forKnack).toBeUndefined();
			expect(held.issues.map(({ code }) => code)).toEqual(['XERO_BOTH_CHANGED']);
			for (const words of named) expect(held.issues[0]?.message).toContain(words);
			expect(held.issues[0]?.fix).not.toContain('choose who wins');
			expect([customer, contact().Addresses, contact().LastName]).toEqual(before);
		}

		it('puts no new street beside the old town, though Knack wins', async () => {
			await inXero({ Addresses: [{ ...quay, PostalCode: 'BN3 1ZZ' }] });
			customer['addresses.pobox.addressLine1'] = '5 New Street';
			customer['addresses.pobox.city'] = '';
			await expectHeld(KNACK, '"Hove" in Xero and nothing in Knack', '"5 New Street" in Knack');
			customer['addresses.pobox.city'] = 'Brighton';
			expect(await run(KNACK)).toMatchObject({ outcome: 'updated' });
			expect(contact().Addresses).toContainEqual(
				expect.objectContaining({ AddressLine1: '5 New Street', City: 'Brighton' }),
			);
		});

		it('nor where the record alone has changed, or at the first meeting', async () => {
			customer['addresses.pobox.addressLine1'] = '5 New Street';
			customer['addresses.pobox.city'] = '';
			await expectHeld(HOLD, '"Lewes" in Xero and nothing in Knack');
			fingerprint = undefined;
			await expectHeld(KNACK, '"Lewes" in Xero and nothing in Knack');
		});

		it('hands the record no new street beside its old postal code, though Xero wins', async () => {
			await inXero({ Addresses: [{ ...quay, PostalCode: '' }] });
			await expectHeld(XERO, 'nothing in Xero and "BN7 2ZZ" in Knack');
			customer['addresses.pobox.postalCode'] = '';
			expect((await run(XERO)).forKnack?.values).toEqual({
				addresses: { pobox: { addressLine1: '9 Quay', city: 'Hove' } },
			});
		});

		it('makes no person of two: a new first name beside the old last one', async () => {
			customer.firstName = 'Kay';
			customer.lastName = '';
			await expectHeld(KNACK, '"Acme" in Xero and nothing in Knack');
		});

		it('adds what one side has more where the rest is the same', async () => {
			customer['addresses.pobox.country'] = 'United Kingdom';
			expect(await run(KNACK)).toMatchObject({ outcome: 'updated', issues: [] });
			await expectRest();
		});
	});

	it('takes an extension for no part of the number', async () => {
		customer['phones.default.whole'] = '01632 96010';
		await run();
		customer['phones.default.whole'] = '01632 96010 ext 5';
		expect((await run()).outcome).toBe('updated');
		expect(valueInXero('phones.default.whole')).toBe('01632 96010 ext 5');
		await inXero({ Phones: [{ PhoneType: 'DEFAULT', PhoneNumber: '01632 960105' }] });
		expect((await run()).forKnack?.values).toEqual({
			phones: { default: { whole: '01632 960105' } },
		});
		await inXero({ Phones: [{ PhoneType: 'DEFAULT', PhoneNumber: '(01632) 96010 x5' }] });
		await expectRest();
	});

	it('fills what is blank in the record, and not again what a person has emptied there', async () => {
		customer.emailAddress = '';
		expect(await run()).toMatchObject({ outcome: 'unchanged', writes: 0, issues: [] });
		await expectRest();
		await inXero({ EmailAddress: 'new@acme.example.com' });
		const told = await run();
		expect(told.forKnack?.values).toEqual({ emailAddress: 'new@acme.example.com' });
		takeOver(told);
		await expectRest();
	});

	it('erases nothing in the record with what was emptied in Xero, and fills it again with nothing', async () => {
		await inXero({ EmailAddress: '' });
		const emptied = await run();
		expect(emptied).toMatchObject({ outcome: 'unchanged', writes: 0 });
		expect(emptied.forKnack).toBeUndefined();
		expect(emptied.issues.map(({ code }) => code)).toEqual(['XERO_CHANGED_IN_XERO']);
		customer.emailAddress = 'newer@acme.example.com';
		expect(await run()).toMatchObject({ outcome: 'held', writes: 0 });
	});

	it('holds what differs at the first meeting, and links what says the same', async () => {
		fingerprint = undefined;
		await expectRest();
		fingerprint = undefined;
		customer.emailAddress = 'other@acme.example.com';
		expect(await run()).toMatchObject({ outcome: 'held', writes: 0 });
		expect(contact()).toMatchObject({ EmailAddress: 'accounts@acme.example.com' });
	});

	it('reads a number that Xero keeps in three parts as one, and writes it as one', async () => {
		const parts = { PhoneCountryCode: '44', PhoneAreaCode: '1632', PhoneNumber: '960 200' };
		await inXero({ Phones: [{ PhoneType: 'DEFAULT', ...parts }] });
		const told = await run();
		expect(told.forKnack?.values).toEqual({
			phones: { default: { whole: '44 1632 960 200' } },
		});
		takeOver(told);
		customer['phones.default.whole'] = '(44) 1632 960200';
		await expectRest();
		customer['phones.default.whole'] = '01632 960300';
		expect((await run()).outcome).toBe('updated');
		expect(contact().Phones).toContainEqual(
			expect.objectContaining({
				PhoneType: 'DEFAULT',
				PhoneCountryCode: '',
				PhoneAreaCode: '',
				PhoneNumber: '01632 960300',
			}),
		);
		await expectRest();
	});

	it('never hands over bank details, nor what does not go both ways', async () => {
		await inXero({ BankAccountDetails: '12-34-56 12345678', ContactNumber: 'C-9' });
		customer.bankAccountDetails = '';
		expect((await run(new Map([['name', 'xero']]))).forKnack).toBeUndefined();
	});

	it('loses nothing of a hundred rounds of edits on one side or both, and comes to rest after each', async () => {
		const paths = ['emailAddress', 'firstName', 'phones.default.whole'] as const;
		for (let round = 0; round < 100; round += 1) {
			const path = paths[round % 3] ?? 'emailAddress';
			const ours = valueOf(path, `k${round}`);
			const theirs = valueOf(path, `x${round}`);
			if (round % 4 !== 0) customer[path] = ours;
			if (round % 4 !== 1) await inXero(elementOf(path, theirs));
			const outcome = await run();
			if (round % 4 > 1) {
				expect([round, outcome.outcome, outcome.writes]).toEqual([round, 'held', 0]);
				expect([customer[path], valueInXero(path)]).toEqual([ours, theirs]);
				await inXero(elementOf(path, ours));
				expect((await run()).outcome).toBe('unchanged');
			} else if (outcome.forKnack) takeOver(outcome);
			expect([round, customer[path]]).toEqual([round, valueInXero(path)]);
			await expectRest();
		}
	}, 60_000);

	function valueOf(path: string, text: string): string {
		if (path === 'emailAddress') return `${text}@acme.example.com`;
		return path === 'firstName'
			? text
			: `01632 9${text.replace(/\D/g, '').padStart(5, text.startsWith('k') ? '1' : '2')}`;
	}

	function elementOf(path: string, value: string): object {
		if (path === 'emailAddress') return { EmailAddress: value };
		if (path === 'firstName') return { FirstName: value };
		return { Phones: [{ PhoneType: 'DEFAULT', PhoneNumber: value }] };
	}

	function valueInXero(path: string) {
		return DOCUMENTS.contact.read(contact()).fields[path];
	}
});

function flat(values: object, prefix = ''): Record<string, string | boolean> {
	const found: Record<string, string | boolean> = {};
	for (const [name, value] of Object.entries(values)) {
		const path = `${prefix}${name}`;
		if (typeof value === 'object' && value !== null) Object.assign(found, flat(value, `${path}.`));
		else found[path] = typeof value === 'boolean' ? value : String(value);
	}
	return found;
}
