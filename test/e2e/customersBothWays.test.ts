/** @jest-environment ./test/support/neighboursEnvironment.ts */
import { type Execution, outputItems } from '../../scripts/realN8n/n8nRest';
import { configured, ended, ExampleRig, MINUTE } from './exampleRig';

/** As exampleWorkflows.test.ts, for example 10. */
describe('example 10: customers and contacts', () => {
	const rig = ExampleRig.forThisFile();
	const { sandbox } = rig;
	const LINKING = 'To Link Who Is There Already';

	it(
		'are linked first: previewed, then in Knack alone',
		async () => {
			const preview = await rig.n8n.run(await rig.importExample('10'), LINKING, MINUTE);
			expect(ended(preview)).toBe('success');
			const foreseen = outputItems(preview, 'List Who Belongs Together');
			expect(foreseen.map(({ Outcome }) => Outcome)).toContain('wouldLink');
			expect(writes()).toEqual([]);

			await link();
			expect(writes().filter((write) => write.startsWith('xero'))).toEqual([]);
			expect(linked().length).toBe(
				foreseen.filter(({ Outcome }) => Outcome === 'wouldLink').length,
			);
		},
		2 * MINUTE,
	);

	it(
		'go both ways: an edit in Knack to Xero, one in Xero to Knack within seconds, no echo',
		async () => {
			const { workflowId, id } = await watched();
			sandbox.knack.updateRecord('Customers', id, { Phone: '01632 970001' });
			const first = await rig.lookAtOnce(workflowId, await idsOf(workflowId));
			expect(ended(first)).toBe('success');
			expect(JSON.stringify(contactOf(id).Phones)).toContain('01632 970001');

			const known = await idsOf(workflowId);
			const before = writes().length;
			sandbox.xero.saveContact({
				ContactID: String(contactOf(id).ContactID),
				EmailAddress: 'in-xero@firm.example.com',
			});
			const second = await executionWith(workflowId, known, 'List What Came to Knack');
			expect(ended(second)).toBe('success');
			expect(outputItems(second, 'List What Came to Knack')).toHaveLength(1);
			expect(shown(id).Email).toContain('in-xero@firm.example.com');
			// The customer alone was written, once.
			expect(writes().slice(before)).toEqual([expect.stringMatching(/^knack PUT .*records/)]);

			// Xero may call again about the same change; n8n lists an execution when it has ended.
			await rig.n8n.settle(workflowId);
			const atRest = await idsOf(workflowId);
			await rig.n8n.activate(workflowId);
			await rig.n8n.settle(workflowId);
			expect(await idsOf(workflowId)).toEqual(atRest);
			expect(writes().slice(before)).toHaveLength(1);
		},
		3 * MINUTE,
	);

	it(
		'that both have changed are held with both values, and one who wins takes all',
		async () => {
			const { workflowId, id } = await watched();
			bothChange(id);
			const held = await rig.lookAtOnce(workflowId, await idsOf(workflowId));
			expect(outputItems(held, 'List What Needs Attention')[0]).toMatchObject({
				Outcome: 'held',
				Code: 'XERO_BOTH_CHANGED',
				Reason: expect.stringMatching(/in-xero@firm.*in-knack@firm/),
			});
			expect(shown(id)['Sync Message']).toMatch(/in-xero@firm.*in-knack@firm/);
			expect([shown(id).Email, contactOf(id).EmailAddress]).toEqual([
				expect.stringContaining('in-knack@firm'),
				'in-xero@firm.example.com',
			]);
			await rig.n8n.rest.deactivate(workflowId);

			const winning = await rig.watch('10', configured('Who Wins: Email', 'Knack'));
			sandbox.knack.updateRecord('Customers', id, { Phone: '01632 970009' });
			const won = await rig.lookAtOnce(winning, []);
			expect(ended(won)).toBe('success');
			expect(contactOf(id).EmailAddress).toBe('in-knack@firm.example.com');
			expect(shown(id)['Sync Message']).toBe('');
		},
		3 * MINUTE,
	);

	it(
		'that are new in Xero become customers, once',
		async () => {
			const workflowId = await link();
			await rig.n8n.rest.deactivate(workflowId);
			const watching = await rig.watchWithWebhook('10');
			sandbox.xero.saveContact({
				Name: 'New In Xero',
				EmailAddress: 'new@firm.example.com',
				Addresses: [{ AddressType: 'POBOX', AddressLine1: '9 Quay', City: 'Hove' }],
			});
			const execution = await executionWith(watching, [], 'Add the Customer to Knack');
			expect(ended(execution)).toBe('success');
			const all = sandbox.knack.recordIds('Customers').map(shown);
			const added = all.filter(({ Name }) => Name === 'New In Xero');
			expect(added).toEqual([
				expect.objectContaining({
					Address: expect.stringContaining('9 Quay'),
					'Sync Fingerprint': expect.stringMatching(/^1/),
				}),
			]);
		},
		2 * MINUTE,
	);

	/** Everybody is linked, one says the same on both sides, and the example watches. */
	async function watched(): Promise<{ workflowId: string; id: string }> {
		await link();
		const [id = ''] = linked();
		const settling = await rig.watch('10', (workflow) => {
			for (const part of ['Name', 'Email', 'Contact Person', 'Phone', 'Address']) {
				configured(`Who Wins: ${part}`, 'Knack')(workflow);
			}
		});
		sandbox.knack.updateRecord('Customers', id, { Phone: '01632 970000' });
		await rig.lookAtOnce(settling, []);
		await rig.n8n.rest.deactivate(settling);
		return { workflowId: await rig.watchWithWebhook('10'), id };
	}

	async function link(): Promise<string> {
		const adapt = configured('Only Preview Linking', false);
		const workflowId = await rig.importExample('10', adapt);
		const done = await rig.n8n.run(workflowId, LINKING, MINUTE);
		expect(ended(done)).toBe('success');
		return workflowId;
	}

	function bothChange(id: string): void {
		sandbox.knack.updateRecord('Customers', id, { Email: { email: 'in-knack@firm.example.com' } });
		sandbox.xero.saveContact({
			ContactID: String(contactOf(id).ContactID),
			EmailAddress: 'in-xero@firm.example.com',
		});
	}

	/** The first execution that reaches a step: what Xero calls about may come in several. */
	async function executionWith(
		workflowId: string,
		known: readonly string[],
		step: string,
	): Promise<Execution> {
		const seen = [...known];
		for (;;) {
			const next = await rig.n8n.nextExecution(workflowId, seen, MINUTE);
			if (outputItems(next, step).length > 0) return next;
			seen.push(next.id);
		}
	}

	async function idsOf(workflowId: string): Promise<string[]> {
		return (await rig.n8n.rest.executions(workflowId)).map(({ id }) => id);
	}

	function shown(id: string): Record<string, string> {
		return sandbox.knack.shown('Customers', id);
	}

	function linked(): string[] {
		return sandbox.knack.recordIds('Customers').filter((id) => shown(id)['Xero Contact ID']);
	}

	function contactOf(id: string) {
		const wanted = shown(id)['Xero Contact ID'];
		const contact = sandbox.xero.contacts().find(({ ContactID }) => ContactID === wanted);
		if (!contact) throw new Error(`${id} has no contact`);
		return contact;
	}

	function writes(): string[] {
		return sandbox.journal
			.filter({ kind: 'write' })
			.filter(({ service, path }) => service !== 'webhook' && !path.includes('token'))
			.map(({ service, method, path }) => `${service} ${method} ${path}`);
	}
});
