import type { BothWays, Winner } from '../../lib/sync/plan/planInput';
import type { FieldValues, WireElement } from '../../lib/xero/documents/definition';
import { customer, planOf, posted, said } from './planFixtures';

const PARTS = ['name', 'emailAddress', 'person', 'phone', 'address'] as const;
const ways = (winner: Winner, parts: readonly (typeof PARTS)[number][] = PARTS): BothWays =>
	new Map(parts.map((part) => [part, winner]));

const PERSON: FieldValues = { firstName: 'Al', lastName: 'Ash' };
const MAIL: FieldValues = { emailAddress: 'a@x.example' };
const STREETS: FieldValues = {
	'addresses.street.city': 'Leeds',
	'addresses.pobox.city': 'Lewes',
};
const HOUSE: FieldValues = {
	'addresses.street.addressLine1': '1 High St',
	'addresses.street.city': 'Leeds',
};
const PHONE: FieldValues = {
	'phones.default.phoneCountryCode': '44',
	'phones.default.phoneAreaCode': '1632',
	'phones.default.phoneNumber': '960100',
};
/** What Xero has of the telephone numbers, with what a person changed of the first. */
const phones = (changed: WireElement): WireElement => ({
	Phones: [
		{
			PhoneType: 'DEFAULT',
			PhoneCountryCode: '44',
			PhoneAreaCode: '1632',
			PhoneNumber: '960100',
			...changed,
		},
		{ PhoneType: 'MOBILE', PhoneNumber: '555' },
	],
});

interface Scene {
	readonly sent: FieldValues;
	readonly now: FieldValues;
	readonly leftBlank?: readonly string[];
	readonly inXero?: WireElement;
	readonly bothWays?: BothWays;
	/** What found the contact. */
	readonly by?: string;
	readonly isBaseLost?: boolean;
}

function planned(scene: Scene) {
	const { sent, now, leftBlank, inXero = {}, bothWays = ways('hold'), by = 'id' } = scene;
	const before = customer(sent);
	const { fingerprint } = planOf(before, undefined);
	const source = scene.isBaseLost ? before.source : { ...before.source, fingerprint };
	const record = customer(now, { source, ...(leftBlank ? { leftBlank } : {}) });
	const document = posted(before, inXero);
	const match = { kind: 'matched', document, by, issues: [] } as const;
	const plan = planOf(record, document, { match, options: { bothWays } });
	return { plan, said: said(plan), values: plan.forRecord?.values };
}

describe('a part of a contact that goes both ways', () => {
	it.each<[string, Scene, string, FieldValues | undefined]>([
		[
			'is each address by itself',
			{
				sent: STREETS,
				now: { ...STREETS, 'addresses.street.city': 'York' },
				inXero: {
					Addresses: [
						{ AddressType: 'STREET', City: 'Leeds' },
						{ AddressType: 'POBOX', City: 'Hove' },
					],
				},
			},
			'update addresses.street.city',
			{ 'addresses.pobox.city': 'Hove' },
		],
		[
			'is sent in what differs of it alone',
			{
				sent: { ...STREETS, 'addresses.street.postalCode': 'LS1' },
				now: {
					...STREETS,
					'addresses.street.city': 'York',
					'addresses.street.postalCode': 'LS1',
				},
			},
			'update addresses.street.city',
			undefined,
		],
		[
			'is taken over in what Xero has of it: nothing is written for what both leave blank',
			{
				sent: { firstName: 'Al' },
				now: { firstName: 'Al' },
				leftBlank: ['lastName'],
				inXero: { FirstName: 'Bo' },
			},
			'keep',
			{ firstName: 'Bo' },
		],
		[
			'is first and last name as one: both have changed the person',
			{ sent: PERSON, now: { ...PERSON, firstName: 'Bo' }, inXero: { LastName: 'Oak' } },
			'stop XERO_BOTH_CHANGED',
			undefined,
		],
		[
			'is the person as Xero has it, where Xero wins',
			{
				sent: PERSON,
				now: { ...PERSON, firstName: 'Bo' },
				inXero: { LastName: 'Oak' },
				bothWays: ways('xero'),
			},
			'keep XERO_BOTH_CHANGED_DECIDED',
			{ firstName: 'Al', lastName: 'Oak' },
		],
		[
			'is the person as the record has it, where Knack wins',
			{
				sent: PERSON,
				now: { ...PERSON, firstName: 'Bo' },
				inXero: { LastName: 'Oak' },
				bothWays: ways('knack'),
			},
			'update XERO_BOTH_CHANGED_DECIDED firstName lastName',
			undefined,
		],
		[
			'is none that was not chosen: such a one goes to Xero alone',
			{
				sent: { ...MAIL, firstName: 'Al' },
				now: { emailAddress: 'b@x.example', firstName: 'Al' },
				inXero: { FirstName: 'Bo' },
				bothWays: ways('hold', ['person']),
			},
			'update emailAddress',
			{ firstName: 'Bo' },
		],
		[
			'stays in Xero where it was not chosen and a person changed it there',
			{
				sent: MAIL,
				now: MAIL,
				inXero: { EmailAddress: 'c@x.example' },
				bothWays: ways('hold', ['name']),
			},
			'keep XERO_CHANGED_IN_XERO',
			undefined,
		],
		[
			'is not the name that found it, whose capitals are no change',
			{ sent: {}, now: { name: 'ACME' }, by: 'name' },
			'keep',
			undefined,
		],
		[
			'is the name where the id found it',
			{ sent: {}, now: { name: 'ACME' } },
			'update name',
			undefined,
		],
		[
			'fills a blank record with what a person wrote in Xero since',
			{ sent: MAIL, now: {}, leftBlank: ['emailAddress'], inXero: { EmailAddress: 'c@x.example' } },
			'keep',
			{ emailAddress: 'c@x.example' },
		],
		[
			'is not filled again with the value that a person has taken out of the record',
			{ sent: MAIL, now: {}, leftBlank: ['emailAddress'] },
			'keep',
			undefined,
		],
		[
			'is filled in Xero where it never was there',
			{ sent: {}, now: MAIL, isBaseLost: true },
			'update emailAddress',
			undefined,
		],
		[
			'is for a person where nobody knows what both agreed on',
			{
				sent: MAIL,
				now: MAIL,
				inXero: { EmailAddress: 'c@x.example' },
				isBaseLost: true,
			},
			'stop XERO_BOTH_CHANGED',
			undefined,
		],
		[
			'is not the name that is written nearly as the one that found it',
			{ sent: {}, now: { name: 'Acmé' }, by: 'similarName', isBaseLost: true },
			'keep',
			undefined,
		],
		[
			'is a telephone number as one: both have changed it',
			{
				sent: PHONE,
				now: { ...PHONE, 'phones.default.phoneNumber': '960200' },
				inXero: phones({ PhoneAreaCode: '20' }),
			},
			'stop XERO_BOTH_CHANGED',
			undefined,
		],
		[
			'is the last name of a person',
			{ sent: PERSON, now: PERSON, inXero: { LastName: 'Oak' } },
			'keep',
			{ firstName: 'Al', lastName: 'Oak' },
		],
		[
			'is each telephone number by itself',
			{
				sent: { ...PHONE, 'phones.mobile.phoneNumber': '555' },
				now: { ...PHONE, 'phones.mobile.phoneNumber': '556' },
				inXero: phones({ PhoneAreaCode: '20' }),
			},
			'update phones.mobile.phoneNumber',
			{
				'phones.default.phoneCountryCode': '44',
				'phones.default.phoneAreaCode': '20',
				'phones.default.phoneNumber': '960100',
			},
		],
		[
			'is held in what both have changed, beside what was emptied in Xero',
			{
				sent: HOUSE,
				now: { ...HOUSE, 'addresses.street.addressLine1': '2 Low St' },
				inXero: { Addresses: [{ AddressType: 'STREET', AddressLine1: '3 Mid St' }] },
			},
			'stop XERO_CHANGED_IN_XERO XERO_BOTH_CHANGED',
			undefined,
		],
		[
			'is not erased by a blank that the record is to clear',
			{ sent: MAIL, now: { emailAddress: '' } },
			'keep',
			undefined,
		],
		[
			'is not erased by a blank of Xero, though Xero wins',
			{
				sent: MAIL,
				now: { emailAddress: 'b@x.example' },
				inXero: { EmailAddress: '' },
				bothWays: ways('xero'),
			},
			'keep',
			{ emailAddress: 'b@x.example' },
		],
		[
			'is held where Xero’s half of an address would come to stand in the record beside its own',
			{
				sent: HOUSE,
				now: { ...HOUSE, 'addresses.street.addressLine1': '2 Low St' },
				inXero: { Addresses: [{ AddressType: 'STREET', AddressLine1: '3 Mid St' }] },
				bothWays: ways('xero'),
			},
			'stop XERO_BOTH_CHANGED',
			undefined,
		],
	])('%s', (_what, scene, expected, values) => {
		const { said: plan, values: taken } = planned(scene);
		expect([plan, taken]).toEqual([expected, values]);
	});

	it('counts as sent as it goes over, and as it was before while it is held', () => {
		const now = { emailAddress: 'b@x.example' };
		const gone = planned({ sent: MAIL, now });
		expect(gone.plan.fingerprint).toBe(planOf(customer(now), undefined).fingerprint);
		// What both leave blank counts as nothing.
		const blank = planned({ sent: MAIL, now, leftBlank: ['firstName'] });
		expect(blank.plan.fingerprint).toBe(gone.plan.fingerprint);
		const inXero = { EmailAddress: 'c@x.example' };
		const beside = planned({
			sent: { ...MAIL, firstName: 'Al' },
			now: { ...now, firstName: 'Bo' },
			inXero,
		});
		expect(beside.said).toBe('update XERO_BOTH_CHANGED firstName');
		expect(beside.plan.fingerprint).toBe(
			planOf(customer({ ...MAIL, firstName: 'Bo' }), undefined).fingerprint,
		);
		const taken = planned({ sent: MAIL, now: MAIL, inXero });
		expect(taken.plan.forRecord?.fingerprint).toBe(
			planOf(customer({ emailAddress: 'c@x.example' }), undefined).fingerprint,
		);
		expect(taken.plan.forRecord?.fingerprintUnsent).toBe(taken.plan.forRecord?.fingerprint);
	});

	it('is taken over beside one that a person has to decide', () => {
		const held = planned({
			sent: { ...MAIL, firstName: 'Al' },
			now: { emailAddress: 'b@x.example', firstName: 'Al' },
			inXero: { EmailAddress: 'c@x.example', FirstName: 'Bo' },
		});
		expect([held.said, held.values]).toEqual(['stop XERO_BOTH_CHANGED', { firstName: 'Bo' }]);
		// What holds the record as a whole holds this, too.
		const stopped = planned({
			sent: { firstName: 'Al' },
			now: { bankAccountDetails: '11112222444', firstName: 'Al' },
			inXero: { FirstName: 'Bo' },
		});
		expect([stopped.said, stopped.values]).toEqual(['stop XERO_BANK_DETAILS', undefined]);
	});

	it('counts as sent apart from what goes over at the same time', () => {
		const sent = { ...MAIL, firstName: 'Al' };
		const both = planned({
			sent,
			now: { ...MAIL, firstName: 'Bo' },
			inXero: { EmailAddress: 'c@x.example' },
		});
		expect(both.said).toBe('update firstName');
		const counting = (firstName: string) =>
			planOf(customer({ emailAddress: 'c@x.example', firstName }), undefined).fingerprint;
		expect(both.plan.forRecord?.fingerprint).toBe(counting('Bo'));
		expect(both.plan.forRecord?.fingerprintUnsent).toBe(counting('Al'));
		// Where nothing was known before, what is taken over is all that is known.
		const unknown = planned({
			sent: {},
			now: {},
			leftBlank: ['emailAddress'],
			inXero: { EmailAddress: 'c@x.example' },
			isBaseLost: true,
		});
		const { name, ...alone } = customer({ emailAddress: 'c@x.example' }).fields;
		expect(name).toBe('Acme');
		expect(unknown.plan.forRecord?.fingerprintUnsent).toBe(
			planOf({ ...customer({}), fields: alone }, undefined).fingerprint,
		);
	});

	it('counts as it was while a blank of one side erases nothing', () => {
		const { fingerprint } = planOf(customer(MAIL), undefined);
		expect(planned({ sent: MAIL, now: { emailAddress: '' } }).plan.fingerprint).toBe(fingerprint);
		const emptied = planned({ sent: MAIL, now: MAIL, inXero: { EmailAddress: '' } });
		expect(emptied.plan.fingerprint).toBe(fingerprint);
	});

	it('says what to do, and that it can be chosen who wins', () => {
		const now = { emailAddress: 'b@x.example' };
		const [held] = planned({ sent: MAIL, now, inXero: { EmailAddress: 'c@x.example' } }).plan
			.issues;
		expect(held).toMatchObject({
			field: 'emailAddress',
			message:
				'Acme was changed in Knack and in Xero, or never was the same in both: Email Address is "c@x.example" in Xero and "b@x.example" in Knack.',
			fix: 'Write the same on both sides: in Knack what Xero says, or in Xero what Knack says. Or choose who wins, under Fields That Go Both Ways.',
		});
		const person = planned({
			sent: PERSON,
			now: { ...PERSON, firstName: 'Bo' },
			inXero: { LastName: 'Oak' },
		});
		expect(person.plan.issues[0]?.fix).toBe(held?.fix);
		const half = planned({
			sent: { firstName: 'Al' },
			now: { firstName: 'Bo' },
			inXero: { LastName: 'Oak' },
			leftBlank: ['lastName'],
		});
		expect(half.plan.issues[0]?.fix).toBe(
			'Write the same on both sides: in Knack what Xero says, or in Xero what Knack says. What one side has and the other lacks is neither erased nor put beside what is new.',
		);
		const nameless = planned({
			sent: { name: '', ...MAIL },
			now: { name: '', ...now },
			inXero: { EmailAddress: 'c@x.example' },
		});
		expect(nameless.plan.issues[0]?.message).toMatch(
			/^The contact was changed in Knack and in Xero/,
		);
		// Of what goes to Xero alone nobody can choose who wins.
		const beside = planned({
			sent: { ...MAIL, taxNumber: 'GB1' },
			now: { ...now, taxNumber: 'GB2' },
			inXero: { EmailAddress: 'c@x.example', TaxNumber: 'GB3' },
		});
		expect(beside.plan.issues[0]?.message).toContain('Tax ID Number is "GB3" in Xero');
		expect(beside.plan.issues[0]?.fix).toBe(
			'Write the same on both sides: in Knack what Xero says, or in Xero what Knack says.',
		);
	});
});
