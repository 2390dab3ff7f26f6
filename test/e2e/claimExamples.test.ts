/** @jest-environment ./test/support/neighboursEnvironment.ts */
import Big from 'big.js';
import { DateTime } from 'luxon';
import { balances, postings } from '../../sandbox/xero/postings';
import { type Execution, outputItems } from '../../scripts/realN8n/n8nRest';
import { ledgerInvoices } from '../support/ledger';
import { ended, ExampleRig, examples, MINUTE } from './exampleRig';

describe('the example workflow for progress claims', () => {
	const rig = ExampleRig.forThisFile();
	const { sandbox } = rig;
	const MONDAY = 'Every Monday at Half Past Six';

	/** Of work and of variations to date, as a quantity surveyor writes them: no even amounts. */
	const TWELVE: ReadonlyArray<readonly [work: string, variations: string]> = [
		['3333.33', '0'],
		['8421.07', '0'],
		['8421.07', '411.11'],
		['17250.49', '411.11'],
		['26666.67', '1210.55'],
		['31404.18', '1210.55'],
		['39999.99', '2300'],
		['52031.40', '2300'],
		['61728.35', '3111.12'],
		['70000.01', '4175.40'],
		['84999.95', '4960.66'],
		['96345.67', '5162.73'],
	];
	const CONTRACT = '96345.67';
	const APPROVED = ['2300.00', '1875.40', '987.33'];
	const CAP = '4444.44';

	it(
		'claims a contract with three variations in twelve claims, and releases its retention in two',
		async () => {
			const job = contractOf(CONTRACT, { 'Retention Cap': CAP });
			for (const amount of APPROVED) addVariation(job, amount);
			const workflowId = await rig.watch('17');
			let claimedBefore = new Big(0);
			let heldBefore = new Big(0);
			for (const [work, variations] of TWELVE) {
				const claim = addClaim(job, { 'Work to Date': work, 'Variations to Date': variations });
				expect(ended(await look(workflowId))).toBe('success');
				const toDate = new Big(work).plus(variations);
				const fivePercent = toDate.times('0.05').round(2, Big.roundHalfUp);
				const held = fivePercent.gt(CAP) ? new Big(CAP) : fivePercent;
				approve(claim, toDate.minus(claimedBefore).minus(held.minus(heldBefore)).toFixed(2));
				[claimedBefore, heldBefore] = [toDate, held];
				expect(retentionOwed(job)).toEqual({ inKnack: held.toFixed(2), inXero: held.toFixed(2) });
			}
			expect(heldBefore.toFixed(2)).toBe(CAP);
			await monday(workflowId);
			expect(claimsOfStage('Completion')).toEqual([]);

			sandbox.knack.updateRecord('Jobs', job, { 'Completed On': day(-1) });
			await released(workflowId, 'Completion', '2222.22');
			expect(retentionOwed(job)).toEqual({ inKnack: '2222.22', inXero: '2222.22' });
			sandbox.knack.updateRecord('Jobs', job, { 'Defects End': day(0) });
			await released(workflowId, 'End of Defects', '2222.22');
			expect(retentionOwed(job)).toEqual({ inKnack: '0.00', inXero: '0.00' });

			const total = new Big(CONTRACT).plus(
				APPROVED.reduce((sum, one) => sum.plus(one), new Big(0)),
			);
			const invoices = ledgerInvoices(sandbox);
			expect(invoices).toHaveLength(14);
			expect(sumOf(invoices.map(({ SubTotal }) => SubTotal))).toBe(total.toFixed(2));
			const tax = sumOf(invoices.map(({ TotalTax }) => TotalTax));
			expect(['200', '615', '820', '610'].map(balanceOf)).toEqual([
				`-${total.toFixed(2)}`,
				'0.00',
				`-${tax}`,
				total.plus(tax).toFixed(2),
			]);
			expect(bare(sandbox.knack.shown('Jobs', job)['Claimed to Date'])).toBe(total.toFixed(2));

			// Once more: that they were approved comes back. Then nothing is written anywhere.
			sandbox.journal.clear();
			await allAgain(workflowId);
			expect([writes('xero'), writes('knack')]).toEqual([0, 14]);
			sandbox.journal.clear();
			await allAgain(workflowId);
			await monday(workflowId);
			expect([writes('xero'), writes('knack')]).toEqual([0, 0]);
			// Knack has forgotten every ID: the same invoices are found, and only the IDs come back.
			for (const id of sandbox.knack.recordIds('Claims')) {
				sandbox.knack.updateRecord('Claims', id, { 'Xero Invoice ID': '', 'Invoice Number': '' });
			}
			await allAgain(workflowId);
			expect(writes('xero')).toBe(0);
			expect(ledgerInvoices(sandbox)).toHaveLength(14);
			expect(claimsOfStage('In Progress').map((id) => shownClaim(id)['Sync Message'])).toEqual(
				Array<string>(13).fill(''),
			);
		},
		8 * MINUTE,
	);

	it(
		'takes claims that are ready at once in their order, with a job whose retention has no cap',
		async () => {
			const job = contractOf('1000.00');
			const workflowId = await rig.watch('17');
			const claims = ['333.30', '666.50', '1000.00'].map((work) =>
				addClaim(job, { 'Work to Date': work }),
			);
			expect(ended(await look(workflowId))).toBe('success');
			const nets = claims.map((id) => shownAmounts(id, 'Work Claimed', 'Retention'));
			expect(nets).toEqual([
				['333.30', '16.67'],
				['333.20', '16.66'],
				['333.50', '16.67'],
			]);
			expect(ledgerInvoices(sandbox).map(({ SubTotal, TotalTax }) => [SubTotal, TotalTax])).toEqual(
				[
					[316.63, 63.33],
					[316.54, 63.31],
					[316.83, 63.37],
				],
			);
			expect(rig.neighbours.slackMessages).toHaveLength(3);
		},
		2 * MINUTE,
	);

	it(
		'sends no claim of more than is agreed, says so once, and sends it when that was mended',
		async () => {
			const job = contractOf('48000.00');
			const variation = addVariation(job, '');
			const workflowId = await rig.watch('17');
			const claim = addClaim(job, { 'Work to Date': '12500', 'Variations to Date': '800' });
			expect(ended(await look(workflowId))).toBe('success');
			expect(shownClaim(claim)['Sync Message']).toMatch(
				/Variations to date are 800\.00, but only 0\.00 are approved on J1007/,
			);
			expect(shownClaim(claim)['Work Claimed']).toBe('');
			expect(rig.neighbours.slackMessages).toEqual([
				{ channel: '#accounts', text: expect.stringContaining('Variations to date are 800.00') },
			]);
			expect(writes('xero')).toBe(0);
			sandbox.knack.updateRecord('Variations', variation, { 'Amount Approved': '950' });
			await emptyMessage(workflowId, claim);
			await look(workflowId);
			expect(shownClaim(claim)).toMatchObject({
				'Sync Message': '',
				'Variations Claimed': '£800.00',
			});
			expect(ledgerInvoices(sandbox)).toHaveLength(1);
		},
		3 * MINUTE,
	);

	it(
		'sends no claim before an earlier draft, and none that comes to less than nothing',
		async () => {
			const job = contractOf('5000.00');
			const workflowId = await rig.watch('17');
			const draft = addClaim(job, { Status: 'Draft', 'Work to Date': '1000' });
			const second = addClaim(job, { 'Work to Date': '2000' });
			await look(workflowId);
			expect(shownClaim(second)['Sync Message']).toMatch(/PC-502 .*still a draft/);
			sandbox.knack.updateRecord('Claims', draft, { Status: 'Cancelled' });
			await emptyMessage(workflowId, second);
			await look(workflowId);
			expect(shownAmounts(second, 'Work Before', 'Work Claimed')).toEqual(['0.00', '2000.00']);
			const third = addClaim(job, { 'Work to Date': '1500' });
			await look(workflowId);
			expect(shownClaim(third)['Sync Message']).toMatch(
				/comes to -475\.00: less was done to date than was claimed before/,
			);
			expect(ledgerInvoices(sandbox)).toHaveLength(1);
		},
		3 * MINUTE,
	);

	it(
		'keeps what was invoiced as it was, and puts a correction onto the next claim',
		async () => {
			const job = contractOf('5000.00');
			const workflowId = await rig.watch('17');
			const first = addClaim(job, { 'Work to Date': '1000' });
			await look(workflowId);
			sandbox.knack.updateRecord('Claims', first, { 'Work to Date': '1200', Status: 'Draft' });
			await rig.n8n.rest.deactivate(workflowId);
			await rig.n8n.activate(workflowId);
			sandbox.knack.updateRecord('Claims', first, { Status: 'Ready' });
			await look(workflowId);
			expect(shownClaim(first)['Sync Message']).toMatch(/stands at 1,000\.00 of work/);
			const next = addClaim(job, { 'Work to Date': '2000' });
			await look(workflowId);
			expect(shownAmounts(next, 'Work Before', 'Work Claimed')).toEqual(['1000.00', '1000.00']);
			expect(sumOf(ledgerInvoices(sandbox).map(({ SubTotal }) => SubTotal))).toBe('1900.00');
		},
		3 * MINUTE,
	);

	it(
		'tells on Mondays who owes retention and since when, the oldest first',
		async () => {
			const older = contractOf('5000.00', { 'Defects End': day(300) });
			const newer = contractOf('9000.00', { 'Job Name': 'Roof at Mill Lane' });
			const workflowId = await rig.watch('17');
			addClaim(newer, { 'Work to Date': '2000.20', 'Claim Date': '31/10/2026' });
			addClaim(older, { 'Work to Date': '1000', 'Claim Date': '30/09/2026' });
			await look(workflowId);
			addClaim(older, { 'Work to Date': '3000', 'Claim Date': '31/10/2026' });
			await look(workflowId);
			const { length } = rig.neighbours.slackMessages;
			expect(ended(await monday(workflowId))).toBe('success');
			const told = rig.neighbours.slackMessages.slice(length);
			expect(told).toHaveLength(1);
			expect(told[0]?.text).toMatch(
				/J1007 .*: 150\.00, since 30 Sep 2026\..*\n.*J1008 Roof at Mill Lane, .*: 100\.01, since 31 Oct 2026\.[^]*In all 250\.01, without tax/,
			);
		},
		3 * MINUTE,
	);

	it(
		'looks at the sample without writing anything',
		async () => {
			const workflowId = await rig.importExample('17', (workflow) => {
				workflow.pinData = examples.get('17-progress-claims')?.pinData;
			});
			sandbox.journal.clear();
			const execution = await rig.n8n.run(workflowId, 'When a Claim Is Ready');
			expect(ended(execution)).toBe('success');
			expect(outputItems(execution, 'Take the Claim with Its Lines')).toHaveLength(1);
			expect(writes('xero') + writes('knack')).toBe(0);
			expect(rig.neighbours.slackMessages).toEqual([]);
		},
		MINUTE,
	);

	/** A job with a contract, five per cent of retention, half of it released at completion. */
	function contractOf(sum: string, values: Readonly<Record<string, string>> = {}): string {
		const { id: customer } = rig.shownWhere('Customers', 'Name', 'Bramley & Sons Ltd');
		return sandbox.knack.createRecord('Jobs', {
			'Job Name': 'Barn at Orchard Works',
			Customer: customer,
			Status: 'In Progress',
			'Contract Sum': sum,
			'Retention %': '5',
			'Released at Completion %': '50',
			'Tax Rate': '20% (VAT on Income)',
			...values,
		});
	}

	function addVariation(job: string, approved: string): string {
		return sandbox.knack.createRecord('Variations', {
			Job: job,
			Description: 'As instructed on site',
			'Amount Asked': '2500',
			'Amount Approved': approved,
		});
	}

	function addClaim(job: string, values: Readonly<Record<string, string>>): string {
		return sandbox.knack.createRecord('Claims', {
			Job: job,
			Status: 'Ready',
			'Claim Date': day(-3),
			...values,
		});
	}

	/** Monday makes a draft of it, which is told; a person lets it go. */
	async function released(workflowId: string, stage: string, net: string): Promise<void> {
		const { length } = rig.neighbours.slackMessages;
		expect(ended(await monday(workflowId))).toBe('success');
		const claim = onlyOne(claimsOfStage(stage));
		expect(shownClaim(claim)).toMatchObject({ Status: 'Draft', 'Invoice Number': '' });
		expect(rig.neighbours.slackMessages.slice(length).map(({ text }) => text)).toContainEqual(
			expect.stringContaining(
				`is due, stage *${stage}*. Claim ${shownClaim(claim)['Claim Number']}`,
			),
		);
		sandbox.knack.updateRecord('Claims', claim, { Status: 'Ready' });
		expect(ended(await look(workflowId))).toBe('success');
		approve(claim, net);
	}

	/** n8n looks when a workflow is activated. */
	async function look(workflowId: string): Promise<Execution> {
		const known = await rig.n8n.rest.executions(workflowId);
		return await rig.lookAtOnce(
			workflowId,
			known.map(({ id }) => id),
		);
	}

	async function monday(workflowId: string): Promise<Execution> {
		return await rig.n8n.run(workflowId, MONDAY);
	}

	/** A while after the trouble was written, a person empties it. */
	async function emptyMessage(workflowId: string, claim: string): Promise<void> {
		await rig.n8n.rest.deactivate(workflowId);
		await rig.n8n.activate(workflowId);
		sandbox.knack.updateRecord('Claims', claim, { 'Sync Message': '' });
	}

	/** Every claim that was ready is set back and is ready again. */
	async function allAgain(workflowId: string): Promise<void> {
		const ready = sandbox.knack
			.recordIds('Claims')
			.filter((id) => shownClaim(id).Status === 'Ready');
		await rig.n8n.rest.deactivate(workflowId);
		for (const id of ready) sandbox.knack.updateRecord('Claims', id, { Status: 'Draft' });
		await rig.n8n.activate(workflowId);
		for (const id of ready) sandbox.knack.updateRecord('Claims', id, { Status: 'Ready' });
		expect(ended(await look(workflowId))).toBe('success');
	}

	/** Its invoice comes to this before tax, and is approved. */
	function approve(claim: string, net: string): void {
		const { 'Invoice Number': number = '', 'Sync Message': message } = shownClaim(claim);
		expect(message).toBe('');
		const invoice = ledgerInvoices(sandbox).find(({ InvoiceNumber }) => InvoiceNumber === number);
		expect([number, invoice?.SubTotal.toFixed(2)]).toEqual([number, net]);
		sandbox.xero.approveInvoice(number);
	}

	/** What the job still has to get, by its claims in Knack and by the account in Xero. */
	function retentionOwed(job: string): { inKnack: string; inXero: string } {
		return {
			inKnack: bare(sandbox.knack.shown('Jobs', job)['Retention Held']),
			inXero: balanceOf('615'),
		};
	}

	function balanceOf(code: string): string {
		const call = sandbox.xero.person.call();
		const account = call.ledger.accounts.find((one) => one.code === code);
		const sums = balances(postings(call), () => true);
		return (sums.get(account?.accountId ?? '') ?? new Big(0)).toFixed(2);
	}

	function claimsOfStage(stage: string): string[] {
		return sandbox.knack.recordIds('Claims').filter((id) => shownClaim(id).Stage === stage);
	}

	function shownClaim(id: string): Record<string, string> {
		return sandbox.knack.shown('Claims', id);
	}

	function shownAmounts(id: string, ...fields: readonly string[]): string[] {
		return fields.map((field) => bare(shownClaim(id)[field]));
	}

	function writes(service: 'knack' | 'xero'): number {
		return sandbox.journal.filter({ service, kind: 'write' }).length;
	}
});

function onlyOne<Value>(values: readonly Value[]): Value {
	const [value] = values;
	if (value === undefined || values.length > 1) throw new Error(`${values.length} in place of one`);
	return value;
}

/** `£1,234.50` as `1234.50`. */
function bare(shown = ''): string {
	return shown.replace(/[£,]/g, '');
}

function sumOf(amounts: readonly number[]): string {
	return amounts.reduce((sum, amount) => sum.plus(amount), new Big(0)).toFixed(2);
}

/** So many days from today, as Knack is given a date. */
function day(fromToday: number): string {
	return DateTime.now().plus({ days: fromToday }).toFormat('dd/MM/yyyy');
}
