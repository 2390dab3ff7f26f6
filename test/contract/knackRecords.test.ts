import type { KnackTable } from '../../lib/knack/app';
import type { KnackClient } from '../../lib/knack/client';
import { recordForm } from '../../lib/n8n/knackNode/recordForm';
import { removeRecord } from '../../lib/sync/knackRecords/removeRecord';
import { writeRecords } from '../../lib/sync/knackRecords/writeRecords';
import type { Sandbox } from '../../sandbox/sandbox';
import { knackInMemory } from '../support/knackInMemory';
import { frozenSandbox } from '../support/xeroInMemory';

describe('records of a Knack table', () => {
	let sandbox: Sandbox;
	let client: KnackClient;
	let table: KnackTable;

	beforeEach(async () => {
		sandbox = frozenSandbox();
		sandbox.knack.addTable({
			name: 'Jobs',
			fields: [
				{ name: 'Title', type: 'short_text', required: true },
				{ name: 'Job Number', type: 'auto_increment' },
				{ name: 'Code', type: 'short_text', unique: true },
				{ name: 'Hours', type: 'number' },
				{ name: 'Due', type: 'date_time', format: { date_format: 'dd/mm/yyyy' } },
				{ name: 'Stage', type: 'multiple_choice', format: { type: 'single', options: ['A', 'B'] } },
			],
		});
		client = knackInMemory(sandbox);
		const found = (await client.app()).tables.find(({ name }) => name === 'Jobs');
		if (!found) throw new Error('The table is not there.');
		table = found;
	});

	const key = (name: string) => sandbox.knack.fieldKey('Jobs', name);
	const matchBy = (name: string) => {
		const field = table.fields.find((each) => each.name === name);
		if (!field) throw new Error(`There is no ${name}.`);
		return { kind: 'createOrUpdate', matchField: field } as const;
	};
	const calls = (kind: 'read' | 'write') =>
		sandbox.journal
			.filter({ service: 'knack', kind })
			.filter(({ path }) => path.includes('/records')).length;

	it('matches two hundred records with a few look-ups, and writes only what differs', async () => {
		sandbox.knack.seedRecords(
			'Jobs',
			Array.from({ length: 3_000 }, (_, index) => ({ Title: `Job ${index}`, Hours: 1 })),
		);
		const writes = Array.from({ length: 200 }, (_, index) => ({
			values: { [key('Title')]: `Job ${index * 20}`, [key('Hours')]: index % 50 === 0 ? 2 : 1 },
		}));
		const results = await writeRecords(client, table, writes, matchBy('Title'));
		const outcomes = results.map((result) => (result.kind === 'written' ? result.outcome : ''));
		expect(outcomes.filter((outcome) => outcome === 'unchanged')).toHaveLength(147);
		expect(outcomes.filter((outcome) => outcome === 'updated')).toHaveLength(3);
		expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(50);
		expect(calls('read')).toBeLessThanOrEqual(6);
		expect(calls('write')).toBe(53);
	});

	it('creates in the order of the items', async () => {
		const writes = Array.from({ length: 25 }, (_, index) => ({
			values: { [key('Title')]: `Job ${index + 1}` },
		}));
		const results = await writeRecords(client, table, writes, { kind: 'create' });
		expect(results.every(({ kind }) => kind === 'written')).toBe(true);
		const numbers = sandbox.knack
			.recordIds('Jobs')
			.map((id) => sandbox.knack.shown('Jobs', id))
			.map((job) => [job['Title'], job['Job Number']]);
		expect(numbers).toEqual(writes.map((_, index) => [`Job ${index + 1}`, String(index + 1)]));
	});

	it('asks nothing more of Knack once the day is spent', async () => {
		const ids = [1, 2, 3, 4, 5, 6, 7, 8].map((number) =>
			sandbox.knack.createRecord('Jobs', { Title: `Job ${number}` }),
		);
		sandbox.knack.setFlags({ planExhausted: true });
		const writes = ids.map((recordId) => ({ recordId, values: { [key('Hours')]: 3 } }));
		const results = await writeRecords(client, table, writes, { kind: 'update' });
		expect(results).toHaveLength(8);
		for (const result of results) {
			expect(result).toMatchObject({
				kind: 'failed',
				issues: [{ code: 'KNACK_DAY_SPENT' }],
				fault: { cause: 'daySpent' },
			});
		}
		expect(calls('write')).toBeLessThanOrEqual(5);
	});

	it('settles an update whose answer never came by reading the record', async () => {
		const recordId = sandbox.knack.createRecord('Jobs', { Title: 'Job' });
		sandbox.faults.add({ kind: 'dropAfterCommit', service: 'knack', method: 'PUT', times: 9 });
		const values = { [key('Due')]: '2026-03-09' };
		const [result] = await writeRecords(client, table, [{ recordId, values }], { kind: 'update' });
		expect(result).toMatchObject({ kind: 'written', outcome: 'updated', warnings: [] });
	});

	it('names a value that Knack took and did not keep', async () => {
		sandbox.knack.setFlags({ unknownChoices: 'drop' });
		// Removed in Knack after the app's structure was read.
		sandbox.knack.changeOptions('Jobs', 'Stage', { remove: ['B'] });
		const values = { [key('Title')]: 'Job', [key('Stage')]: 'B' };
		const [result] = await writeRecords(client, table, [{ values }], { kind: 'create' });
		expect(result).toMatchObject({
			kind: 'written',
			outcome: 'created',
			warnings: [{ code: 'KNACK_VALUE_NOT_KEPT', field: 'Stage' }],
		});
	});

	it.each([404, 500] as const)(
		'says that a record was not there to delete, where Knack answers %i for it',
		async (missingRecord) => {
			sandbox.knack.setFlags({ missingRecord });
			expect(await removeRecord(client, table, 'f'.repeat(24))).toMatchObject({
				kind: 'failed',
				issues: [{ code: 'KNACK_RECORD_GONE' }],
			});
		},
	);

	it('deletes at the second try what Knack did not hear of at the first', async () => {
		const id = sandbox.knack.createRecord('Jobs', { Title: 'Job' });
		sandbox.faults.add({ kind: 'dropBefore', service: 'knack', method: 'DELETE' });
		expect(await removeRecord(client, table, id)).toEqual({ kind: 'deleted' });
		expect(sandbox.knack.recordIds('Jobs')).toEqual([]);
	});

	describe('what is answered on the way', () => {
		const PAGE = { 'content-type': 'text/html' };
		const JSON_TYPE = { 'content-type': 'application/json' };
		const another = `{"id":"${'9'.repeat(24)}"}`;
		const answers: Array<[string, number, string, Record<string, string>]> = [
			['a 408', 408, 'Request Timeout', {}],
			['a 499', 499, '', {}],
			['a 404 in text', 404, 'Not Found', {}],
			['a 404 as a page', 404, '<html>Not Found</html>', PAGE],
			['a 413', 413, 'Too large', {}],
			['a 400 in text', 400, 'Bad Request', {}],
			['a 502', 502, '<html>Bad Gateway</html>', PAGE],
			['a page with 200', 200, '<html>Please sign in</html>', PAGE],
			['nothing with 200', 200, '', {}],
			['an empty object', 200, '{}', JSON_TYPE],
			['another record', 200, another, JSON_TYPE],
		];
		type Way = 'statusAfterCommit' | 'status';
		const answered = (kind: Way, method: string, [, status, body, headers]: (typeof answers)[0]) =>
			sandbox.faults.add({
				kind,
				service: 'knack',
				method,
				path: '/records',
				status,
				body,
				headers,
			});

		it.each(answers)('%s does not hide that a record was created', async (...answer) => {
			answered('statusAfterCommit', 'POST', answer);
			const writes = [{ values: { [key('Title')]: 'Job' } }];
			const [result] = await writeRecords(client, table, writes, matchBy('Title'));
			const [id] = sandbox.knack.recordIds('Jobs');
			expect(result).toMatchObject({ kind: 'written', outcome: 'created', record: { id } });
			expect(sandbox.knack.recordIds('Jobs')).toHaveLength(1);
		});

		it.each(answers)('%s is no word on a record that was not created', async (...answer) => {
			answered('status', 'POST', answer);
			const writes = [{ values: { [key('Title')]: 'Job' } }];
			const [result] = await writeRecords(client, table, writes, { kind: 'create' });
			expect(result).toMatchObject({ kind: 'failed', issues: [{ code: 'KNACK_CREATE_OPEN' }] });
			expect(result).not.toHaveProperty('isRefused');
		});

		it.each(answers)('%s does not hide that a record was changed', async (...answer) => {
			const recordId = sandbox.knack.createRecord('Jobs', { Title: 'Job', Hours: '1' });
			answered('statusAfterCommit', 'PUT', answer);
			const writes = [{ recordId, values: { [key('Hours')]: 7 } }];
			const [result] = await writeRecords(client, table, writes, { kind: 'update' });
			expect(result).toMatchObject({
				kind: 'written',
				outcome: 'updated',
				record: { id: recordId },
				warnings: [],
			});
		});

		it.each(answers)('%s is not taken for a change, nor for a record gone', async (...answer) => {
			const recordId = sandbox.knack.createRecord('Jobs', { Title: 'Job', Hours: '1' });
			answered('status', 'PUT', answer);
			const writes = [{ recordId, values: { [key('Hours')]: 7 } }];
			const [result] = await writeRecords(client, table, writes, { kind: 'update' });
			const isWritten = sandbox.knack.shown('Jobs', recordId)['Hours'] === '7';
			expect(result).toMatchObject(
				isWritten
					? { kind: 'written', outcome: 'updated', record: { id: recordId }, warnings: [] }
					: { kind: 'failed', issues: [{ code: 'KNACK_NO_ANSWER' }] },
			);
			expect(result).not.toHaveProperty('isRefused');
		});

		it.each(answers)('%s is settled by looking for what was to be deleted', async (...answer) => {
			for (const kind of ['status', 'statusAfterCommit'] as const) {
				const id = sandbox.knack.createRecord('Jobs', { Title: 'Job' });
				answered(kind, 'DELETE', answer);
				const result = await removeRecord(client, table, id);
				// Knack itself answers so for a record that is not there.
				const isKnacks = answer[2] === 'Not Found' && kind === 'statusAfterCommit';
				expect(result).toMatchObject(
					isKnacks ? { issues: [{ code: 'KNACK_RECORD_GONE' }] } : { kind: 'deleted' },
				);
				expect(sandbox.knack.recordIds('Jobs')).toEqual([]);
			}
		});
	});

	it('offers the fields that can be written, their options, and what tells records apart', () => {
		const form = recordForm(table, true);
		expect(form.map(({ displayName }) => displayName)).toEqual([
			'Title',
			'Code',
			'Hours',
			'Due',
			'Stage',
		]);
		expect(
			form.filter((field) => field.canBeUsedToMatch).map((field) => field.displayName),
		).toEqual(['Title', 'Code', 'Hours']);
		expect(form.find(({ defaultMatch }) => defaultMatch)?.displayName).toBe('Code');
		expect(form.find(({ required }) => required)?.displayName).toBe('Title');
		expect(form.find(({ displayName }) => displayName === 'Stage')).toMatchObject({
			type: 'options',
			options: [
				{ name: 'A', value: 'A' },
				{ name: 'B', value: 'B' },
			],
		});
		expect(recordForm(table, false).some(({ required }) => required)).toBe(false);
	});
});
