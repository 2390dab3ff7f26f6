import type { BothWays } from '../../lib/sync/plan/planInput';
import type { FieldValues, WireElement } from '../../lib/xero/documents/definition';
import { customer, planOf, posted, said } from './planFixtures';

/** The plan of a customer who is in Xero as `before` was sent, with what was done there since. */
function planned(
	before: FieldValues,
	after: FieldValues,
	inXero: WireElement = {},
	bothWays?: BothWays,
) {
	const sent = customer(before);
	const { fingerprint } = planOf(sent, undefined);
	const record = customer(after, { source: { ...sent.source, fingerprint } });
	return planOf(record, posted(sent, inXero), bothWays ? { options: { bothWays } } : {});
}

describe('the plan of a customer', () => {
	const address = {
		'addresses.street.addressLine1': '1 High St',
		'addresses.street.city': 'Leeds',
		'addresses.street.postalCode': 'LS1',
	};

	it('sends an address and contact persons whole, whatever of them is changed', () => {
		const moved = planned(address, { ...address, 'addresses.street.city': 'York' });
		if (moved.action !== 'update') throw new Error(said(moved));
		expect(moved.element().Addresses).toMatchObject([
			{ AddressType: 'STREET', AddressLine1: '1 High St', City: 'York', PostalCode: 'LS1' },
		]);
		const person = {
			'contactPersons.1.firstName': 'Al',
			'contactPersons.1.lastName': 'Ash',
		};
		const renamed = planned(
			person,
			{ ...person, 'contactPersons.1.firstName': 'Alan' },
			{ ContactPersons: [{ FirstName: 'Al', LastName: 'Ash' }, { FirstName: 'Bo' }] },
		);
		if (renamed.action !== 'update') throw new Error(said(renamed));
		expect(renamed.element().ContactPersons).toMatchObject([
			{ FirstName: 'Alan', LastName: 'Ash' },
			{ FirstName: 'Bo' },
		]);
	});

	it('sends a telephone number whole, but not twice', () => {
		const phone = {
			'phones.default.phoneCountryCode': '44',
			'phones.default.phoneAreaCode': '1632',
			'phones.default.phoneNumber': '960100',
		};
		const moved = planned(
			phone,
			{ ...phone, 'phones.default.phoneNumber': '960200' },
			{
				Phones: [
					{
						PhoneType: 'DEFAULT',
						PhoneCountryCode: '44',
						PhoneAreaCode: '1632',
						PhoneNumber: '960100',
					},
					{ PhoneType: 'MOBILE', PhoneNumber: '555' },
				],
			},
		);
		if (moved.action !== 'update') throw new Error(said(moved));
		expect(moved.element().Phones).toEqual([
			{
				PhoneType: 'DEFAULT',
				PhoneCountryCode: '44',
				PhoneAreaCode: '1632',
				PhoneNumber: '960200',
			},
		]);
		const named = planned(phone, { ...phone, firstName: 'Al' });
		if (named.action !== 'update') throw new Error(said(named));
		expect(named.element()).not.toHaveProperty('Phones');
	});

	it('sends nothing of what found it, which differs in capitals alone', () => {
		const there = posted(customer({}));
		for (const by of ['name', 'similarName']) {
			const match = { kind: 'matched', document: there, by, issues: [] } as const;
			expect(said(planOf(customer({ name: 'ACME' }), there, { match }))).toBe('keep');
		}
		expect(said(planOf(customer({ name: 'ACME Ltd' }), there))).toContain('name');
	});

	it('changes no bank details, and shows no more than their end', () => {
		const messageOf = (bankAccountDetails: string | undefined, inXero: WireElement) => {
			const own: FieldValues = bankAccountDetails === undefined ? {} : { bankAccountDetails };
			return planOf(customer({ firstName: 'Al', ...own }), posted(customer({}), inXero))
				.issues.filter(({ code }) => code === 'XERO_BANK_DETAILS')
				.map(({ message }) => message);
		};
		const known = { BankAccountDetails: '11112222333' };
		expect(messageOf('11112222444', known)).toEqual([
			'The bank details of Acme are not changed by the node: Xero has one that ends in 333, Knack one that ends in 444.',
		]);
		expect(messageOf('11112222444', {})).toEqual([
			'The bank details of Acme are not changed by the node: Xero has none, Knack one that ends in 444.',
		]);
		expect(messageOf(undefined, known)).toEqual([]);
		expect(messageOf('', known)).toEqual([
			'The bank details of Acme are not changed by the node: Xero has one that ends in 333, Knack none.',
		]);
	});

	it('has no status that it begins with', () => {
		expect(said(planOf(customer({}), undefined))).toBe('create name');
	});

	it('enters no bank details of a new customer, nor those of batch payments', () => {
		for (const path of ['bankAccountDetails', 'batchPayments.bankAccountNumber']) {
			const plan = planOf(customer({ [path]: '11112222444' }), undefined);
			expect(said(plan)).toBe('stop XERO_BANK_DETAILS');
			expect(plan.issues[0]).toMatchObject({
				field: path,
				message:
					'The bank details of Acme are not changed by the node: Xero has none, Knack one that ends in 444.',
			});
		}
	});

	it('is told by its name where a person has changed it in Xero', () => {
		const [issue] = planned({ firstName: 'Al' }, { firstName: 'Al' }, { FirstName: 'Bo' }).issues;
		expect(issue).toMatchObject({
			field: 'firstName',
			message:
				'Acme was changed in Xero since it was sent, and is left as it is: First Name is "Bo" in Xero and "Al" in Knack.',
		});
	});

	describe('whose fields go both ways', () => {
		const ways = (winner: 'hold' | 'knack' | 'xero'): BothWays =>
			new Map(
				(['name', 'emailAddress', 'person', 'phone', 'address'] as const).map((part) => [
					part,
					winner,
				]),
			);
		const mail = (emailAddress: string) => ({ emailAddress });
		const both = (
			before: FieldValues,
			after: FieldValues,
			inXero: WireElement,
			winner: 'hold' | 'knack' | 'xero' = 'hold',
		) => {
			const plan = planned(before, after, inXero, ways(winner));
			return [said(plan), plan.forRecord?.values];
		};

		it('goes from the side that has changed it to the other', () => {
			expect(both(mail('a@x.example'), mail('b@x.example'), {})).toEqual([
				'update emailAddress',
				undefined,
			]);
			expect(
				both(mail('a@x.example'), mail('a@x.example'), { EmailAddress: 'c@x.example' }),
			).toEqual(['keep', mail('c@x.example')]);
		});

		it('is held where both have, or goes from the side that is to win', () => {
			const contested = (winner: 'hold' | 'knack' | 'xero') =>
				both(mail('a@x.example'), mail('b@x.example'), { EmailAddress: 'c@x.example' }, winner);
			expect(contested('hold')).toEqual(['stop XERO_BOTH_CHANGED', undefined]);
			expect(contested('knack')).toEqual([
				'update XERO_BOTH_CHANGED_DECIDED emailAddress',
				undefined,
			]);
			expect(contested('xero')).toEqual(['keep XERO_BOTH_CHANGED_DECIDED', mail('c@x.example')]);
		});

		it('is a name, too', () => {
			expect(both({}, { name: 'Acme Ltd' }, {})).toEqual(['update name', undefined]);
			expect(both({}, {}, { Name: 'Acme Group' })).toEqual(['keep', { name: 'Acme Group' }]);
			expect(both({}, { name: 'Acme Ltd' }, { Name: 'Acme Group' }, 'xero')).toEqual([
				'keep XERO_BOTH_CHANGED_DECIDED',
				{ name: 'Acme Group' },
			]);
		});

		it('erases nothing with a blank', () => {
			expect(both(mail('a@x.example'), mail('a@x.example'), { EmailAddress: '' })).toEqual([
				'keep XERO_CHANGED_IN_XERO',
				undefined,
			]);
			expect(both({}, mail('b@x.example'), {})).toEqual(['update emailAddress', undefined]);
		});

		it('mixes no address of both, and says so', () => {
			const plan = planned(
				address,
				{ ...address, 'addresses.street.addressLine1': '2 Low St' },
				{
					Addresses: [
						{ AddressType: 'STREET', AddressLine1: '3 Mid St', City: '', PostalCode: '' },
					],
				},
				ways('knack'),
			);
			expect(plan.action).toBe('update');
			const half = planned(
				{ 'addresses.street.addressLine1': '1 High St' },
				{ 'addresses.street.addressLine1': '2 Low St', 'addresses.street.city': '' },
				{ Addresses: [{ AddressType: 'STREET', AddressLine1: '1 High St', City: 'Leeds' }] },
				ways('knack'),
			);
			expect(said(half)).toMatch(/^stop XERO_BOTH_CHANGED/);
			expect(half.issues[0]?.fix).toContain(
				'What one side has and the other lacks is neither erased nor put beside what is new.',
			);
		});
	});
});
