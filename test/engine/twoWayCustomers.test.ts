import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { DateTime, Settings } from 'luxon';
import { z } from 'zod';
import { Knack } from '../../nodes/Knack/Knack.node';
import { KnackTrigger } from '../../nodes/KnackTrigger/KnackTrigger.node';
import { MapUpsertToXero } from '../../nodes/MapUpsertToXero/MapUpsertToXero.node';
import { XeroTrigger } from '../../nodes/XeroTrigger/XeroTrigger.node';
import { DOCUMENTS } from '../../lib/xero/documents';
import type { JsonObject } from '../../sandbox/xero/json';
import { DEMO_TRADE_TENANT_ID } from '../../sandbox/xero/twin';
import { Random } from '../prove/random';
import { BUILT_IN_NODES } from './builtInNodes';
import { createHarness, type Harness, type Poller, type TestNode } from './harness';
import type { EngineRun } from './engine';

const MINUTE_MS = 60_000;
const CHANGES = 200;

const exampleSchema = z.object({
	nodes: z.array(
		z.object({
			name: z.string(),
			type: z.string(),
			typeVersion: z.number(),
			parameters: z.record(z.unknown()),
			onError: z.enum(['continueErrorOutput']).optional(),
			alwaysOutputData: z.boolean().optional(),
		}),
	),
	connections: z.record(
		z.object({ main: z.array(z.array(z.object({ node: z.string(), index: z.number() }))) }),
	),
});

const example = exampleSchema.parse(
	JSON.parse(
		readFileSync(
			path.join(__dirname, '../../workflows-examples/10-customers-both-ways.json'),
			'utf8',
		),
	),
);

const FIRST = 'Configure Me';

/** The shipped example, from its triggers to its ends, with values of Configure Me changed. */
class Example {
	readonly knack: Poller;
	readonly xero: Poller;
	readonly troubles: string[] = [];
	private readonly steps: TestNode[];

	constructor(
		private readonly harness: Harness,
		private readonly configured: Readonly<Record<string, unknown>> = {},
	) {
		const nodes = example.nodes.map((node) => this.testNode(node));
		const trigger = (name: string) => {
			const node = nodes.find((one) => one.name === name);
			if (!node) throw new Error(`There is no ${name}`);
			return harness.engine.poller(node, { id: `example 10 ${name}` });
		};
		this.knack = trigger('When a Customer Is Created or Edited');
		this.xero = trigger('When a Contact Changes in Xero');
		this.steps = nodes.filter(({ type }) => !/trigger$|stickyNote$/i.test(type));
	}

	private testNode(node: (typeof example.nodes)[number]): TestNode {
		const text = JSON.stringify(node.parameters).replaceAll(
			'"organisation":{"__rl":true,"mode":"list","value":""}',
			`"organisation":{"__rl":true,"mode":"list","value":"${DEMO_TRADE_TENANT_ID}"}`,
		);
		const parameters: INodeParameters = JSON.parse(text);
		if (node.name === FIRST) {
			for (const each of Object(parameters.assignments).assignments) {
				if (each.name in this.configured) each.value = this.configured[each.name];
			}
		}
		return { ...node, parameters, credentials: this.harness.both };
	}

	async activate(): Promise<void> {
		await this.knack.activate();
		await this.xero.activate();
	}

	/** Both triggers look, and what they bring runs through; how many they brought. */
	async minute(): Promise<number> {
		const fromKnack = await this.knack.poll();
		await this.run(fromKnack.map(({ json }) => json));
		const fromXero = await this.xero.poll();
		await this.run(fromXero.map(({ json }) => json));
		return fromKnack.length + fromXero.length;
	}

	async run(items: IDataObject[]): Promise<EngineRun | undefined> {
		if (items.length === 0) return undefined;
		const names = new Set(this.steps.map(({ name }) => name));
		const wires = Object.entries(example.connections)
			.filter(([from]) => names.has(from))
			.flatMap(([from, { main }]) =>
				main.flatMap((targets, output) =>
					targets.map(({ node, index }) => [from, output, node, index] as const),
				),
			);
		const run = await this.harness.engine.run({
			nodes: [{ name: 'Start', type: 'test.start' }, ...this.steps],
			wires: [['Start', FIRST], ...wires],
			items,
			id: 'example 10',
		});
		if (run.error) this.troubles.push(run.error.message);
		this.troubles.push(
			...run.json('List What Knack Did Not Take').map((item) => JSON.stringify(item)),
		);
		return run;
	}

	/** A person executes it by hand. */
	async link(): Promise<IDataObject[]> {
		const run = await this.run([{}]);
		return run?.json('List Who Belongs Together') ?? [];
	}
}

describe('example 10, customers both ways', () => {
	let harness: Harness;
	const realNow = Settings.now;
	// Each test on a day of its own: the pace that executions share must never see time go back.
	let day = 0;

	beforeEach(async () => {
		harness = await createHarness({
			nodes: {
				knack: new Knack(),
				knackTrigger: new KnackTrigger(),
				mapUpsertToXero: new MapUpsertToXero(),
				xeroTrigger: new XeroTrigger(),
			},
			otherNodes: BUILT_IN_NODES,
			sandbox: { nowMs: Date.UTC(2026, 10, 24 + day, 9, 0, 0) },
		});
		day += 1;
		const { sandbox } = harness;
		Settings.now = () => sandbox.clock.now();
		const held = harness.credentials.raw('xeroSyncOAuth2Api');
		harness.credentials.add('xeroSyncOAuth2Api', { ...held, webhookSigningKey: 'key' });
	});

	afterEach(async () => {
		Settings.now = realNow;
		await harness.close();
	});

	const journalWrites = () =>
		harness.sandbox.journal
			.filter({ kind: 'write' })
			.filter(({ path: address }) => !address.includes('token'))
			.map(({ service, method, path: address }) => `${service} ${method} ${address}`);

	const shown = (id: string) => harness.sandbox.knack.shown('Customers', id);
	const plain = (text: string | undefined) =>
		(text ?? '').replace(/<br \/>/g, ', ').replace(/<[^>]+>/g, '');

	function linked(): string[] {
		return harness.sandbox.knack
			.recordIds('Customers')
			.filter((id) => shown(id)['Xero Contact ID']);
	}

	function contactOf(id: string) {
		const wanted = shown(id)['Xero Contact ID'];
		const found = harness.sandbox.xero.contacts().find(({ ContactID }) => ContactID === wanted);
		if (!found) throw new Error(`${id} has no contact`);
		return found;
	}

	function inXero(members: JsonObject): void {
		harness.sandbox.xero.saveContact(members);
	}

	/** One of the values that people edit, new each time, in both sides' own shapes. */
	function edit(kind: number, mark: string) {
		const number = mark.replace(/\D/g, '').padStart(4, '0');
		const side = mark.startsWith('k') ? '1' : '2';
		switch (kind) {
			case 0:
				return { knack: { Name: `Firm ${mark}` }, xero: { Name: `Firm ${mark}` } };
			case 1: {
				const address = `${mark}@firm.example.com`;
				return { knack: { Email: { email: address } }, xero: { EmailAddress: address } };
			}
			case 2:
				return {
					knack: { 'Contact Person': { first: `Pat ${mark}`, last: `Moor ${mark}` } },
					xero: { FirstName: `Pat ${mark}`, LastName: `Moor ${mark}` },
				};
			case 3:
				return {
					knack: { Phone: `01632 9${side}${number}` },
					xero: {
						Phones: [
							{
								PhoneType: 'DEFAULT',
								PhoneCountryCode: '',
								PhoneAreaCode: '01632',
								PhoneNumber: `9${side}${number}`,
							},
						],
					},
				};
			default: {
				const [street, city, zip, country] = [
					`${mark} Quay`,
					`Port ${mark}`,
					`ZZ${number}`,
					'United Kingdom',
				];
				return {
					knack: { Address: { street, city, zip, country } },
					xero: {
						Addresses: [
							{
								AddressType: 'POBOX',
								AddressLine1: street,
								AddressLine2: '',
								City: city,
								Region: '',
								PostalCode: zip,
								Country: country,
							},
						],
					},
				};
			}
		}
	}

	function bothSides(id: string) {
		const { fields } = DOCUMENTS.contact.read(contactOf(id));
		const customer = shown(id);
		const text = (name: string) => String(fields[name] ?? '');
		const postal = (name: string) => text(`addresses.pobox.${name}`);
		return {
			knack: [
				plain(customer.Name),
				plain(customer.Email),
				plain(customer['Contact Person']),
				(customer.Phone ?? '').replace(/\D/g, ''),
				plain(customer.Address).replace(/[, ]+/g, ' '),
			],
			xero: [
				text('name'),
				text('emailAddress'),
				[text('firstName'), text('lastName')].filter(Boolean).join(' '),
				text('phones.default.whole').replace(/\D/g, ''),
				[
					postal('addressLine1'),
					postal('addressLine2'),
					[postal('city'), postal('postalCode')].join(' '),
					postal('country'),
				]
					.filter(Boolean)
					.join(' '),
			],
		};
	}

	const WINNERS = {
		'Who Wins: Name': 'Knack',
		'Who Wins: Email': 'Xero',
		'Who Wins: Contact Person': 'Knack',
		'Who Wins: Phone': 'Xero',
		'Who Wins: Address': 'Knack',
	};

	it('links who is there already: previewed first, and without a write to Xero', async () => {
		const preview = await new Example(harness).link();
		expect(preview.map(({ Outcome }) => Outcome)).toContain('wouldLink');
		expect(journalWrites()).toEqual([]);
		const done = await new Example(harness, { 'Only Preview Linking': false }).link();
		expect(done.map(({ Outcome }) => Outcome)).toContain('linked');
		expect(linked().length).toBeGreaterThan(2);
		expect(journalWrites().filter((write) => write.startsWith('xero'))).toEqual([]);
	}, 60_000);

	it('comes to rest within the hour after 200 changes on each side, both equal, and no write too many', async () => {
		const chance = new Random(20_261_128);
		await new Example(harness, { 'Only Preview Linking': false }).link();
		const both = new Example(harness, { ...WINNERS, 'Only Preview Linking': false });
		await both.activate();
		let inKnack = 0;
		let xeroChanges = 0;
		let lastChange = 0;
		let atRest = 0;
		const start = journalWrites().length;
		for (let minute = 1; minute <= 60; minute += 1) {
			for (let each = 0; each < 8 && inKnack < CHANGES; each += 1) {
				harness.sandbox.clock.advance(1_000);
				const mark = `k${inKnack}`;
				const known = linked();
				if (known.length < 20 && inKnack % 10 === 0) {
					harness.sandbox.knack.createRecord('Customers', {
						...Object.assign({}, ...[0, 1, 2, 3, 4].map((kind) => edit(kind, mark).knack)),
						'Customer Number': `N-${mark}`,
					});
				} else {
					const id = known[chance.int(0, known.length - 1)] ?? '';
					harness.sandbox.knack.updateRecord('Customers', id, edit(chance.int(0, 4), mark).knack);
				}
				inKnack += 1;
				lastChange = minute;
			}
			for (let each = 0; each < 8 && xeroChanges < CHANGES; each += 1) {
				harness.sandbox.clock.advance(1_000);
				const mark = `x${xeroChanges}`;
				const known = linked();
				if (xeroChanges % 40 === 0) {
					inXero(Object.assign({}, ...[0, 1, 2, 3, 4].map((kind) => edit(kind, mark).xero)));
				} else {
					const id = known[chance.int(0, known.length - 1)] ?? '';
					const { ContactID } = contactOf(id);
					inXero({ ContactID, ...edit(chance.int(0, 4), mark).xero });
				}
				xeroChanges += 1;
				lastChange = minute;
			}
			const own = journalWrites().length;
			const told = await both.minute();
			// The sweep looks every quarter of an hour.
			if (minute > lastChange + 16) {
				const written = journalWrites().slice(own);
				expect({ minute, told, written }).toEqual({ minute, told: 0, written: [] });
				atRest += 1;
			}
			harness.sandbox.clock.advance(MINUTE_MS);
		}
		expect([inKnack, xeroChanges, both.troubles]).toEqual([CHANGES, CHANGES, []]);
		expect(atRest).toBeGreaterThan(10);
		const all = linked();
		expect(all.length).toBeGreaterThan(15);
		expect(all.map((id) => shown(id)['Sync Message'])).toEqual(all.map(() => ''));
		const sides = all.map(bothSides);
		expect(sides.map(({ knack }) => knack)).toEqual(sides.map(({ xero }) => xero));
		// Nobody twice on either side.
		const ids = all.map((id) => shown(id)['Xero Contact ID']);
		expect(new Set(ids).size).toBe(ids.length);
		const writes = journalWrites().slice(start);
		const toXero = writes.filter((write) => write.startsWith('xero')).length;
		const toKnack = writes.filter((write) => write.startsWith('knack')).length;
		// At most one for each change, and what both agree on is noted on the customer.
		expect(toXero).toBeLessThanOrEqual(CHANGES);
		expect(toKnack).toBeLessThanOrEqual(2 * CHANGES);
	}, 600_000);

	describe('one customer and its contact', () => {
		let example: Example;
		let id: string;

		/** Linked, equal on both sides, and both triggers have seen them. */
		beforeEach(async () => {
			await new Example(harness, { 'Only Preview Linking': false }).link();
			const settling = new Example(harness, WINNERS);
			await settling.activate();
			for (const [index, each] of linked().entries()) {
				harness.sandbox.knack.updateRecord('Customers', each, edit(4, `k${index}`).knack);
			}
			await rounds(settling, 2);
			example = new Example(harness);
			await example.activate();
			const [first] = linked();
			if (first === undefined) throw new Error('Nobody is linked.');
			id = first;
		}, 60_000);

		/** Past the next sweep of Xero, so that both triggers have looked. */
		async function rounds(both: Example, count = 1): Promise<void> {
			for (let round = 0; round < count; round += 1) {
				harness.sandbox.clock.advance(16 * MINUTE_MS);
				await both.minute();
			}
		}

		const customer = () => shown(id);
		const contact = () => contactOf(id);
		const write = (values: Record<string, unknown>) =>
			harness.sandbox.knack.updateRecord('Customers', id, values);
		const names = () =>
			harness.sandbox.knack.recordIds('Customers').map((each) => shown(each).Name);

		it('that both have changed is held with both values, and goes on once both say the same', async () => {
			write({ Email: { email: 'knack@firm.example.com' }, Phone: '01632 970001' });
			inXero({
				ContactID: contact().ContactID,
				EmailAddress: 'xero@firm.example.com',
				FirstName: 'Xenia',
			});
			await rounds(example);
			expect(plain(customer().Email)).toBe('knack@firm.example.com');
			expect(contact().EmailAddress).toBe('xero@firm.example.com');
			expect(customer()['Sync Message']).toMatch(/xero@firm.*knack@firm/);
			// What one side alone has changed has gone over all the same.
			expect(plain(customer()['Contact Person'])).toMatch(/^Xenia /);
			expect(bothSides(id).xero[3]).toBe('01632970001');
			await rounds(example);
			const before = journalWrites().length;
			await rounds(example);
			expect(journalWrites().slice(before)).toEqual([]);

			inXero({ ContactID: contact().ContactID, EmailAddress: 'knack@firm.example.com' });
			await rounds(example);
			expect(customer()['Sync Message']).toBe('');
			write({ Email: { email: 'next@firm.example.com' } });
			await rounds(example);
			expect(contact().EmailAddress).toBe('next@firm.example.com');
			expect(example.troubles).toEqual([]);
		}, 60_000);

		it('takes what was edited last, where the newest is to win', async () => {
			const newest = new Example(harness, { 'Who Wins: Email': 'Newest' });
			await newest.activate();
			const lastEdited = () =>
				DateTime.fromMillis(harness.sandbox.clock.now(), { zone: 'Europe/London' }).toFormat(
					'dd/MM/yyyy HH:mm',
				);
			const mailInXero = (EmailAddress: string) =>
				inXero({ ContactID: contact().ContactID, EmailAddress });
			const mailInKnack = (email: string) =>
				write({ Email: { email }, 'Last Edited': lastEdited() });

			mailInXero('xero1@firm.example.com');
			harness.sandbox.clock.advance(5 * MINUTE_MS);
			mailInKnack('knack1@firm.example.com');
			await rounds(newest);
			expect(contact().EmailAddress).toBe('knack1@firm.example.com');
			expect(plain(customer().Email)).toBe('knack1@firm.example.com');

			mailInKnack('knack2@firm.example.com');
			harness.sandbox.clock.advance(5 * MINUTE_MS);
			mailInXero('xero2@firm.example.com');
			await rounds(newest);
			expect(contact().EmailAddress).toBe('xero2@firm.example.com');
			expect(plain(customer().Email)).toBe('xero2@firm.example.com');

			await rounds(newest);
			const before = journalWrites().length;
			await rounds(newest);
			expect([journalWrites().slice(before), newest.troubles]).toEqual([[], []]);
		}, 60_000);

		it('is not added a second time where a customer without an ID may be the same', async () => {
			harness.sandbox.knack.createRecord('Customers', {
				Name: 'Twin &amp; Sons',
				Email: { email: 'twin@firm.example.com' },
			});
			inXero({ Name: 'Twin & Sons', EmailAddress: 'other@firm.example.com' });
			await rounds(example, 2);
			expect(names().filter((name) => plain(name).includes('Twin'))).toHaveLength(1);
			const twins = harness.sandbox.xero.contacts().filter(({ Name }) => Name === 'Twin & Sons');
			expect(twins.map(({ EmailAddress }) => EmailAddress)).toEqual(['other@firm.example.com']);
			const twin = harness.sandbox.knack
				.recordIds('Customers')
				.map(shown)
				.find(({ Name }) => plain(Name).includes('Twin'));
			expect(plain(twin?.Email)).toBe('twin@firm.example.com');
			expect(twin?.['Sync Message']).toMatch(/other@firm/);
		}, 60_000);

		it('is added where it is new in Xero, unless it is archived or that is switched off', async () => {
			inXero({ Name: 'New In Xero', EmailAddress: 'new@firm.example.com' });
			inXero({ Name: 'Gone Again' });
			const gone = harness.sandbox.xero.contacts().find(({ Name }) => Name === 'Gone Again');
			inXero({ ContactID: gone?.ContactID, ContactStatus: 'ARCHIVED' });
			await rounds(example);
			expect(names()).toContain('New In Xero');
			expect(names()).not.toContain('Gone Again');
			const switchedOff = new Example(harness, { 'Add New Contacts to Knack': false });
			await switchedOff.activate();
			inXero({ Name: 'Only In Xero' });
			await rounds(switchedOff);
			expect(names()).not.toContain('Only In Xero');
		}, 60_000);

		it('keeps its bank details, whatever else goes over', async () => {
			inXero({
				ContactID: contact().ContactID,
				BankAccountDetails: '12-34-56 12345678',
				Name: 'Firm With A Bank',
			});
			await rounds(example);
			write({ Phone: '01632 970002' });
			await rounds(example);
			expect(customer().Name).toBe('Firm With A Bank');
			expect(contact()).toMatchObject({ BankAccountDetails: '12-34-56 12345678' });
			expect(bothSides(id).xero[3]).toBe('01632970002');
		}, 60_000);
	});
});
