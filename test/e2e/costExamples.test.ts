/** @jest-environment ./test/support/neighboursEnvironment.ts */
import { DateTime } from 'luxon';
import type { DocumentRow } from '../../sandbox/xero/model';
import { SCOPE_FOR_COSTS } from '../../scripts/realN8n/exampleWorkflows';
import type { Execution } from '../../scripts/realN8n/n8nRest';
import { ended, ExampleRig, MINUTE } from './exampleRig';

/** As exampleWorkflows.test.ts, for the examples of what jobs cost. */
describe('the example workflows for costs', () => {
	const rig = ExampleRig.forThisFile(SCOPE_FOR_COSTS);
	const { sandbox } = rig;

	describe('11: card expenses', () => {
		const TIMBER = 'Larkhill Timber';
		const PARKING = 'City Car Parks';
		const TOOLS = 'Mason & Reed Tools';
		const FUEL = 'Harbour Fuel';

		it(
			'become money spent, or a bill, with their receipts, and what is questionable is asked',
			async () => {
				const workflowId = await rig.watch('11');
				submit(TIMBER, PARKING, TOOLS, FUEL);
				expect(ended(await lookAgain(workflowId))).toBe('success');
				expect(spent()).toEqual(
					[
						['E502', 'AUTHORISED', '429', '6.00', '1.20'],
						['E501', 'AUTHORISED', '310', '155.31', '31.06'],
					].sort(),
				);
				expect(bills()).toEqual([['E503', 'DRAFT', '473', '259.00', '51.80']]);
				expect(filesOf(TIMBER)).toEqual([receiptOf(TIMBER)]);
				expect(filesOf(TOOLS)).toEqual([receiptOf(TOOLS)]);
				expect(filesOf(PARKING)).toEqual([]);
				expect(expenseOf(TIMBER)).toMatchObject({
					'Xero Transaction ID': expect.stringMatching(/^[0-9a-f-]{36}$/),
					'Xero Status': 'Recorded',
					'Xero Link': 'E501',
					'Sync Message': '',
				});
				expect(expenseOf(FUEL)).toMatchObject({
					'Xero Transaction ID': '',
					'Sync Message': expect.stringContaining('It has no receipt: add one.'),
				});
				expect(rig.neighbours.slackMessages).toEqual([
					{
						channel: '#accounts',
						text: expect.stringMatching(/E504 Harbour Fuel, 68\.45: It has no receipt/),
					},
				]);
			},
			2 * MINUTE,
		);

		it(
			'are in Xero once, though Knack has forgotten every id and all of them come again',
			async () => {
				const workflowId = await rig.watch('11');
				submit(TIMBER, PARKING, TOOLS);
				await lookAgain(workflowId);
				const before = writes('xero');
				for (const supplier of [TIMBER, PARKING, TOOLS]) {
					change(supplier, { Status: 'Draft', 'Xero Transaction ID': '' });
				}
				await rig.n8n.rest.deactivate(workflowId);
				await rig.n8n.activate(workflowId);
				submit(TIMBER, PARKING, TOOLS);
				expect(ended(await lookAgain(workflowId))).toBe('success');
				expect(writes('xero')).toBe(before);
				expect(spent()).toHaveLength(2);
				expect(bills()).toHaveLength(1);
				expect(expenseOf(TOOLS)['Xero Transaction ID']).not.toBe('');
				expect(rig.neighbours.slackMessages).toEqual([]);
			},
			3 * MINUTE,
		);

		it(
			'that are questionable go when the question is answered: by a receipt, or by a tick',
			async () => {
				const workflowId = await rig.watch('11');
				change(TIMBER, { Amount: '1250.00' });
				submit(TIMBER, FUEL);
				expect(ended(await lookAgain(workflowId))).toBe('success');
				expect(writes('xero')).toBe(0);
				expect(expenseOf(TIMBER)['Sync Message']).toContain('It is more than 500: look at it.');
				expect(rig.neighbours.slackMessages).toHaveLength(2);

				change(FUEL, {
					Receipt: sandbox.knack.addFile({
						name: 'fuel.jpg',
						type: 'image/jpeg',
						bytes: new Uint8Array([255, 216, 255, 217]),
					}),
				});
				change(TIMBER, { Checked: true });
				expect(ended(await lookAgain(workflowId))).toBe('success');
				expect(spent().map(([reference]) => reference)).toEqual(['E501', 'E504']);
				expect(filesOf(FUEL)).toEqual(['fuel.jpg']);
				expect(expenseOf(FUEL)['Sync Message']).toBe('');
				expect(expenseOf(TIMBER)['Sync Message']).toBe('');
				expect(rig.neighbours.slackMessages).toHaveLength(2);
			},
			3 * MINUTE,
		);

		it(
			'that Xero would not take are told once and hold up none of the others; mended, they go',
			async () => {
				const workflowId = await rig.watch('11');
				change(PARKING, { 'Account Code': '200', 'Tax Rate': '5% (VAT on Expenses)' });
				change(TOOLS, { 'Account Code': '999' });
				submit(TIMBER, PARKING, TOOLS);
				expect(ended(await lookAgain(workflowId))).toBe('success');
				expect(spent().map(([reference]) => reference)).toEqual(['E501']);
				expect(bills()).toEqual([]);
				expect(rig.neighbours.slackMessages.map(({ text }) => text.slice(0, 30)).sort()).toEqual([
					expect.stringContaining('E502 City Car'),
					expect.stringContaining('E503 Mason'),
				]);
				expect(expenseOf(TOOLS)['Sync Message']).toContain('999');
				// An edit that mends nothing tells nobody anew.
				change(TOOLS, { 'What For': 'Wall saw' });
				await lookAgain(workflowId);
				expect(rig.neighbours.slackMessages).toHaveLength(2);
				change(TOOLS, { 'Account Code': '473' });
				change(PARKING, { 'Account Code': '493' });
				await lookAgain(workflowId);
				expect(bills()).toEqual([['E503', 'DRAFT', '473', '259.00', '51.80']]);
				expect(spent()).toContainEqual(['E502', 'AUTHORISED', '493', '6.86', '0.34']);
				expect(expenseOf(PARKING)['Sync Message']).toBe('');
			},
			4 * MINUTE,
		);

		it(
			'whose receipt cannot be fetched wait for it, and the others go on',
			async () => {
				const workflowId = await rig.watch('11');
				const { assets } = sandbox.knack.appState();
				const [lost] = [...assets.values()].filter(
					({ asset }) => asset.filename === receiptOf(TIMBER),
				);
				if (!lost) throw new Error('There is no receipt');
				assets.delete(String(lost.asset.id));
				submit(TIMBER, TOOLS, PARKING);
				expect(ended(await lookAgain(workflowId))).toBe('success');
				expect(spent().map(([reference]) => reference)).toEqual(['E502']);
				expect(bills()).toHaveLength(1);
				expect(expenseOf(TIMBER)['Sync Message']).toMatch(/receipt could not be fetched/);
				expect(rig.neighbours.slackMessages).toHaveLength(1);
				assets.set(String(lost.asset.id), lost);
				change(TIMBER, { 'What For': 'Oak' });
				await lookAgain(workflowId);
				expect(filesOf(TIMBER)).toEqual([receiptOf(TIMBER)]);
			},
			3 * MINUTE,
		);

		function expenseOf(supplier: string): Record<string, string> {
			return rig.shownWhere('Card Expenses', 'Supplier', supplier);
		}

		function change(supplier: string, values: Readonly<Record<string, unknown>>): void {
			sandbox.knack.updateRecord('Card Expenses', expenseOf(supplier).id ?? '', values);
		}

		function submit(...suppliers: readonly string[]): void {
			for (const supplier of suppliers) change(supplier, { Status: 'Submitted' });
		}

		function receiptOf(supplier: string): string {
			return expenseOf(supplier).Receipt ?? '';
		}

		/** Reference, status, account, net and tax of what was spent. */
		function spent(): string[][] {
			return ledger()
				.bankTransactions.all()
				.map((row) => [row.reference ?? '', ...inShort(row)])
				.sort();
		}

		function bills(): string[][] {
			return ledger()
				.invoices.all()
				.map((row) => [row.number ?? '', ...inShort(row)]);
		}

		function inShort({ status, lines }: Pick<DocumentRow, 'status' | 'lines'>): string[] {
			const [line, ...others] = lines;
			if (!line || others.length > 0) throw new Error('An expense has one line');
			const account = ledger().accounts.get(line.accountId ?? '')?.code ?? '';
			const net = line.lineAmount.minus(line.taxAmount);
			return [status, account, net.toFixed(2), line.taxAmount.toFixed(2)];
		}

		/** The files that are with an expense in Xero, which have to be those of Knack. */
		function filesOf(supplier: string): string[] {
			const files =
				ledger().attachments.get(expenseOf(supplier)['Xero Transaction ID'] ?? '') ?? [];
			const inKnack = [...sandbox.knack.appState().assets.values()];
			for (const { fileName, bytes } of files) {
				const own = inKnack.find(({ asset }) => asset.filename === fileName);
				expect(Buffer.from(bytes)).toEqual(Buffer.from(own?.bytes ?? []));
			}
			return files.map(({ fileName }) => fileName);
		}
	});

	describe('12: the hours of a month', () => {
		it(
			'are a journal by job, to the cent, and reversed on the first of the next month',
			async () => {
				const workflowId = await rig.watch('12');
				setReady(seededMonth());
				expect(ended(await lookAgain(workflowId))).toBe('success');
				// 7.5 hours at 23.45 and 6.25 at 19.37; 4 at 21.50.
				const labour = [
					['320', 'J1004 Reception counter', '296.94'],
					['320', 'J1005 Sash windows', '86.00'],
					['814', '', '-382.94'],
				];
				const month = monthOf(seededMonth());
				const end = dayOf(month['Month End']);
				expect(journals()).toEqual([
					{ date: end.toISODate(), status: 'POSTED', lines: labour },
					{
						date: end.plus({ days: 1 }).toISODate(),
						status: 'POSTED',
						lines: labour.map(([account, job, amount = '']) => [
							account,
							job,
							amount.startsWith('-') ? amount.slice(1) : `-${amount}`,
						]),
					},
				]);
				expect(month).toMatchObject({
					'Xero Journal ID': ledger().manualJournals.all()[0]?.id,
					'Journal Status': 'Posted',
					'Sync Message': '',
				});
				expect(rig.neighbours.slackMessages).toEqual([]);
			},
			2 * MINUTE,
		);

		it(
			'are in Xero once, though Knack has forgotten the id and the month comes again',
			async () => {
				const workflowId = await rig.watch('12');
				setReady(seededMonth());
				await lookAgain(workflowId);
				const before = writes('xero');
				expect(before).toBeGreaterThan(0);
				changeMonth(seededMonth(), { Status: 'Open', 'Xero Journal ID': '' });
				await rig.n8n.rest.deactivate(workflowId);
				await rig.n8n.activate(workflowId);
				setReady(seededMonth());
				expect(ended(await lookAgain(workflowId))).toBe('success');
				expect(monthOf(seededMonth())['Xero Journal ID']).not.toBe('');
				expect(writes('xero')).toBe(before);
				expect(journals()).toHaveLength(2);
			},
			3 * MINUTE,
		);

		it(
			'wait while a timesheet of them lacks something, and the other month goes on',
			async () => {
				const workflowId = await rig.watch('12');
				addMonth('Late hours', { sheet: 'T303' });
				setReady(seededMonth());
				setReady('Late hours');
				expect(ended(await lookAgain(workflowId))).toBe('success');
				expect(journals()).toHaveLength(2);
				expect(monthOf('Late hours')).toMatchObject({
					'Xero Journal ID': '',
					'Sync Message': expect.stringContaining('T303 is not approved'),
				});
				expect(rig.neighbours.slackMessages).toEqual([
					{ channel: '#accounts', text: expect.stringContaining('Late hours is not posted') },
				]);
				const sheet = rig.shownWhere('Timesheets', 'Timesheet Number', 'T303').id ?? '';
				sandbox.knack.updateRecord('Timesheets', sheet, { Approved: true, 'Cost Rate': '' });
				await lookAgain(workflowId);
				expect(monthOf('Late hours')['Sync Message']).toContain('T303 has no cost rate');
				sandbox.knack.updateRecord('Timesheets', sheet, { 'Cost Rate': '23.45' });
				await lookAgain(workflowId);
				expect(monthOf('Late hours')['Sync Message']).toBe('');
				expect(journals().map(({ lines }) => lines.at(-1)?.[2])).toEqual([
					'-382.94',
					'-46.90',
					'382.94',
					'46.90',
				]);
				expect(rig.neighbours.slackMessages).toHaveLength(2);
			},
			4 * MINUTE,
		);

		it(
			'of a closed month are held, and the other month goes on',
			async () => {
				const workflowId = await rig.watch('12');
				addMonth('Closed', { sheet: 'T304', end: '31/01/2026' });
				sandbox.xero.person.setOrganisation({ periodLockDate: '2026-01-31' });
				setReady('Closed');
				setReady(seededMonth());
				expect(ended(await lookAgain(workflowId))).toBe('success');
				expect(monthOf('Closed')).toMatchObject({
					'Xero Journal ID': '',
					'Sync Message': expect.stringMatching(/lock date|closed/i),
				});
				expect(journals().map(({ lines }) => lines.at(-1)?.[2])).toEqual(['-296.94', '296.94']);
				expect(rig.neighbours.slackMessages).toEqual([
					{ channel: '#accounts', text: expect.stringMatching(/Closed/) },
				]);
			},
			2 * MINUTE,
		);

		/** The month that the sandbox comes with. */
		function seededMonth(): string {
			const [id = ''] = sandbox.knack.recordIds('Cost Months');
			return sandbox.knack.shown('Cost Months', id).Month ?? '';
		}

		function monthOf(name: string): Record<string, string> {
			return rig.shownWhere('Cost Months', 'Month', name);
		}

		function changeMonth(name: string, values: Readonly<Record<string, unknown>>): void {
			sandbox.knack.updateRecord('Cost Months', monthOf(name).id ?? '', values);
		}

		function setReady(name: string): void {
			changeMonth(name, { Status: 'Ready' });
		}

		/** A month with one timesheet, which is taken out of another where it is in one. */
		function addMonth(name: string, { sheet, end }: { sheet: string; end?: string }): void {
			const id = sandbox.knack.createRecord('Cost Months', {
				Month: name,
				'Month End': end ?? monthOf(seededMonth())['Month End'],
			});
			const { id: sheetId = '' } = rig.shownWhere('Timesheets', 'Timesheet Number', sheet);
			sandbox.knack.updateRecord('Timesheets', sheetId, { 'Cost Month': id });
		}

		function dayOf(british = ''): DateTime {
			return DateTime.fromFormat(british, 'dd/MM/yyyy');
		}

		/** Journals by day: of each line account, job and amount. */
		function journals() {
			const categories = ledger().trackingCategories;
			return ledger()
				.manualJournals.all()
				.map(({ date, status, lines }) => ({
					date,
					status,
					lines: lines.map((line) => [
						ledger().accounts.get(line.accountId ?? '')?.code,
						line.tracking
							.map(
								({ trackingCategoryId, trackingOptionId }) =>
									categories
										.get(trackingCategoryId)
										?.options.find((option) => option.trackingOptionId === trackingOptionId)?.name,
							)
							.join(),
						line.lineAmount.toFixed(2),
					]),
				}))
				.sort((one, other) => (one.date < other.date ? -1 : one.date > other.date ? 1 : 0));
		}
	});

	async function lookAgain(workflowId: string): Promise<Execution> {
		const known = await rig.n8n.rest.executions(workflowId);
		return await rig.lookAtOnce(
			workflowId,
			known.map(({ id }) => id),
		);
	}

	function ledger() {
		return sandbox.xero.organisation();
	}

	function writes(service: 'knack' | 'xero'): number {
		return sandbox.journal.filter({ service, kind: 'write', path: /\.xro\// }).length;
	}
});
