import type { Draft } from '../../lib/sync/draft';
import type { BothWays, Winner } from '../../lib/sync/plan/planInput';
import type { FieldValues, WireElement } from '../../lib/xero/documents/definition';
import { planOf, posted, said } from './planFixtures';

const PARTS = ['name', 'emailAddress', 'person', 'phone', 'address'] as const;
const ways = (winner: Winner, parts: readonly (typeof PARTS)[number][] = PARTS): BothWays =>
	new Map(parts.map((part) => [part, winner]));

const PERSON: FieldValues = { firstName: 'Al', lastName: 'Ash' };
const MAIL: FieldValues = { emailAddress: 'a@x.example' };
const STREETS: FieldValues = {
	'addresses.street.city': 'Leeds',
	'addresses.pobox.city': 'Lewes',
};

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

function customer(fields: FieldValues, more: Partial<Draft> = {}): Draft {
	return {
		type: 'contact',
		itemIndexes: [0],
		fields: { name: 'Acme', ...fields },
		source: { table: 'object_1', knackRecordId: 'r1' },
		issues: [],
		...more,
	};
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
			'keep',
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
			'update firstName lastName',
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
	])('%s', (_what, scene, expected, values) => {
		const { said: plan, values: taken } = planned(scene);
		expect([plan, taken]).toEqual([expected, values]);
	});

	it('counts as sent as it goes over, and as it was before while it is held', () => {
		const now = { emailAddress: 'b@x.example' };
		const gone = planned({ sent: MAIL, now });
		expect(gone.plan.fingerprint).toBe(planOf(customer(now), undefined).fingerprint);
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
		const half = planned({
			sent: { firstName: 'Al' },
			now: { firstName: 'Bo' },
			inXero: { LastName: 'Oak' },
			leftBlank: ['lastName'],
		});
		expect(half.plan.issues[0]?.fix).toBe(
			'Write the same on both sides: in Knack what Xero says, or in Xero what Knack says. What one side has and the other lacks is neither erased nor put beside what is new.',
		);
	});
});
