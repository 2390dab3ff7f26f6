import type { KnackField, KnackRecord, KnackTable } from '../../lib/knack/app';
import type { KnackClient } from '../../lib/knack/client';
import type { ChangeSettings, RecordChange } from '../../lib/sync/knackChanges/changeSettings';
import { ChangeSettingsError } from '../../lib/sync/knackChanges/changeSettings';
import { compactId, compactSeconds } from '../../lib/sync/knackChanges/compactIds';
import { pollChanges } from '../../lib/sync/knackChanges/pollChanges';
import {
	layoutFor,
	MOST_CHARACTERS,
	MOST_RECORDS,
	RecordMarks,
} from '../../lib/sync/knackChanges/recordMarks';
import { watchedFieldsOf } from '../../lib/sync/knackChanges/watchedFields';
import {
	KnackTableModel,
	MODIFIED,
	NOTE,
	PROBLEM,
	STATUS,
	TITLE,
	XERO_NUMBER,
} from '../support/knackTableModel';

const MINUTE = 60_000;

/** A trigger that polls the model, with n8n's memory in between. */
function triggerOn(
	model: KnackTableModel,
	more: Partial<ChangeSettings>,
	around: (client: KnackClient) => KnackClient = (client) => client,
) {
	const trigger = {
		settings: {
			table: 'object_1',
			triggerOn: 'updated',
			startFrom: { kind: 'now' },
			mostChanges: 1_000,
			...more,
		} satisfies ChangeSettings as ChangeSettings,
		stored: undefined as unknown,
		async poll(): Promise<string[]> {
			const polled = await pollChanges({
				client: around(model.client()),
				settings: trigger.settings,
				stored: JSON.parse(JSON.stringify(trigger.stored ?? null)) as unknown,
				nowMs: model.nowMs,
			});
			trigger.stored = polled.state;
			return polled.changes.map(({ record }: RecordChange) => record.id);
		},
	};
	return trigger;
}

const small = { hasNumbers: true, pageSize: 1 };

describe('Edits by a modified date', () => {
	it('sees an edit in the hour that comes twice when clocks go back', async () => {
		// 05:00 UTC is midnight in Chicago; clocks go back at 07:00 UTC.
		const model = new KnackTableModel(Date.UTC(2026, 9, 30, 12), small);
		const [a, b, c] = ['a', 'b', 'c'].map((title) => model.create({ [TITLE]: title }));
		const trigger = triggerOn(model, { modifiedField: MODIFIED });
		await trigger.poll();
		model.nowMs = Date.UTC(2026, 10, 1, 6, 30); // 01:30, first time
		model.edit(c ?? '', { [TITLE]: 'c2' }, 'form');
		model.nowMs = Date.UTC(2026, 10, 1, 6, 50); // 01:50, first time
		model.edit(a ?? '', { [TITLE]: 'a2' }, 'form');
		expect((await trigger.poll()).sort()).toEqual([a, c].sort());
		model.nowMs = Date.UTC(2026, 10, 1, 7, 10); // 01:10, second time
		model.edit(b ?? '', { [TITLE]: 'b2' }, 'form');
		expect(await trigger.poll()).toEqual([b]);
		expect(await trigger.poll()).toEqual([]);
	});

	it('sees both of two edits within a minute, when a poll comes between', async () => {
		const model = new KnackTableModel(Date.UTC(2026, 5, 3, 12), small);
		const id = model.create({ [TITLE]: 'a' });
		model.nowMs += 10 * MINUTE;
		const trigger = triggerOn(model, { modifiedField: MODIFIED });
		await trigger.poll();
		model.edit(id, { [TITLE]: 'b' }, 'form');
		expect(await trigger.poll()).toEqual([id]);
		model.edit(id, { [TITLE]: 'c' }, 'form');
		expect(await trigger.poll()).toEqual([id]);
		expect(await trigger.poll()).toEqual([]);
	});

	it('are not looked for by a field that has become a text', async () => {
		const model = new KnackTableModel(Date.UTC(2026, 5, 3, 12), small);
		const trigger = triggerOn(model, { modifiedField: MODIFIED });
		await trigger.poll();
		model.fields = model.fields.map((field) =>
			field.key === MODIFIED ? { ...field, type: 'short_text' } : field,
		);
		await expect(trigger.poll()).rejects.toThrow(
			`The field Modified (${MODIFIED}) of the table Jobs holds no date`,
		);
	});

	it('is not led astray by a date in the future that somebody typed', async () => {
		const model = new KnackTableModel(Date.UTC(2026, 5, 3, 12), small);
		const ids = ['a', 'b', 'c'].map((title) => model.create({ [TITLE]: title }));
		const [first = '', second = '', third = ''] = ids;
		model.edit(first, { [MODIFIED]: '06/03/2036 12:00 PM' }, 'batch');
		model.nowMs += 10 * MINUTE;
		const trigger = triggerOn(model, { modifiedField: MODIFIED });
		await trigger.poll();
		for (const title of ['d', 'e']) {
			model.nowMs += 24 * 60 * MINUTE;
			model.edit(second, { [TITLE]: title }, 'form');
			model.nowMs += MINUTE;
			model.edit(third, { [TITLE]: title }, 'form');
			expect(await trigger.poll()).toEqual([second, third]);
		}
	});

	it('reads everything when Knack does not sort', async () => {
		const model = new KnackTableModel(Date.UTC(2026, 5, 3, 12), { hasNumbers: true, pageSize: 3 });
		const ids = Array.from({ length: 6 }, (_, index) => {
			model.nowMs += 5 * 60 * MINUTE;
			return model.create({ [TITLE]: `job ${index}` });
		});
		model.nowMs += 10 * MINUTE;
		const unsorted = (client: KnackClient): KnackClient => ({
			...client,
			pages: async (table, query, wantsMore) =>
				await client.pages(table, { ...query, sortField: undefined, sortOrder: 'asc' }, wantsMore),
		});
		const trigger = triggerOn(model, { modifiedField: MODIFIED }, unsorted);
		const created = triggerOn(model, { triggerOn: 'created' }, unsorted);
		await trigger.poll();
		await created.poll();
		const last = ids.at(-1) ?? '';
		model.nowMs += 60 * MINUTE;
		model.edit(last, { [TITLE]: 'edited' }, 'form');
		const made = model.create({ [TITLE]: 'new' });
		expect(await trigger.poll()).toEqual([last]);
		expect(await created.poll()).toEqual([made]);
	});

	it('costs one call a poll while nothing happens, however large the table', async () => {
		const model = new KnackTableModel(Date.UTC(2026, 5, 3, 12), { hasNumbers: true, pageSize: 50 });
		for (let index = 0; index < 300; index += 1) {
			model.nowMs += 60 * MINUTE;
			model.create({ [TITLE]: `job ${index}` });
		}
		for (const more of [{ modifiedField: MODIFIED }, { triggerOn: 'created' as const }]) {
			const trigger = triggerOn(model, more);
			await trigger.poll();
			const before = model.calls;
			await trigger.poll();
			expect(model.calls - before).toBe(1);
		}
	});
});

describe('Edits by comparing what a filter lets through', () => {
	const done = { match: 'and' as const, rules: [{ field: STATUS, operator: 'is', value: 'Done' }] };

	it.each([40, 5])(
		'see one that lets a record through that was made %i seconds before a poll',
		async (seconds) => {
			const model = new KnackTableModel(Date.UTC(2026, 5, 3, 12), small);
			const trigger = triggerOn(model, { filters: done });
			await trigger.poll();
			model.nowMs += MINUTE;
			const id = model.create({ [TITLE]: 'a', [STATUS]: 'New' });
			model.nowMs += seconds * 1_000;
			expect(await trigger.poll()).toEqual([]);
			model.nowMs += 3_000;
			model.edit(id, { [STATUS]: 'Done' }, 'form');
			model.nowMs += 5 * MINUTE;
			expect(await trigger.poll()).toEqual([id]);
			expect(await trigger.poll()).toEqual([]);
		},
	);

	it('take no new record for an edited one', async () => {
		const model = new KnackTableModel(Date.UTC(2026, 5, 3, 12), small);
		const trigger = triggerOn(model, { filters: done });
		await trigger.poll();
		for (const seconds of [5, 40, 200]) {
			model.nowMs += seconds * 1_000;
			model.create({ [TITLE]: `made ${seconds}`, [STATUS]: 'Done' });
			model.nowMs += 2 * MINUTE;
			expect(await trigger.poll()).toEqual([]);
		}
	});
});

describe('First polls', () => {
	const withJobs = (): { model: KnackTableModel; ids: string[] } => {
		const model = new KnackTableModel(Date.UTC(2026, 5, 3, 12), small);
		const ids = Array.from({ length: 5 }, (_, index) => {
			model.nowMs += 60 * MINUTE;
			return model.create({ [TITLE]: `job ${index}`, [STATUS]: 'Done' });
		});
		model.nowMs += 10 * MINUTE;
		return { model, ids };
	};
	const done = { match: 'and' as const, rules: [{ field: STATUS, operator: 'is', value: 'Done' }] };

	it.each<[string, Partial<ChangeSettings>]>([
		['created', { triggerOn: 'created' }],
		['updated, by snapshots', { triggerOn: 'updated' }],
		['created or updated, by snapshots', { triggerOn: 'createdOrUpdated', filters: done }],
		['starts to match', { triggerOn: 'startsToMatch', filters: done }],
	])('hand on everything that is there, in portions, when told so (%s)', async (_, more) => {
		const { model, ids } = withJobs();
		const trigger = triggerOn(model, { ...more, startFrom: { kind: 'all' }, mostChanges: 2 });
		const told: string[] = [];
		for (let round = 0; round < 4; round += 1) told.push(...(await trigger.poll()));
		expect(told).toEqual(ids);
	});

	it('hand on what was made since a date', async () => {
		const { model, ids } = withJobs();
		const since = Number.parseInt((ids[3] ?? '').slice(0, 8), 16);
		for (const more of [
			{ triggerOn: 'created' as const },
			{ triggerOn: 'createdOrUpdated' as const },
			{ triggerOn: 'startsToMatch' as const, filters: done },
		]) {
			const trigger = triggerOn(model, { ...more, startFrom: { kind: 'since', seconds: since } });
			expect(await trigger.poll()).toEqual(ids.slice(3));
			expect(await trigger.poll()).toEqual([]);
		}
	});

	it.each(['{', 7, { version: 99 }, { version: 1, scope: 'x' }])(
		'take stock again where the memory %j cannot be read',
		async (stored) => {
			const { model } = withJobs();
			const trigger = triggerOn(model, { triggerOn: 'created' });
			trigger.stored = stored;
			expect(await trigger.poll()).toEqual([]);
		},
	);

	it('take stock again when the filter was changed', async () => {
		const { model, ids } = withJobs();
		const trigger = triggerOn(model, { triggerOn: 'startsToMatch', filters: done });
		await trigger.poll();
		const other = { match: 'or' as const, rules: done.rules };
		trigger.settings = { ...trigger.settings, filters: other };
		expect(await trigger.poll()).toEqual([]);
		model.edit(ids[0] ?? '', { [STATUS]: 'New' }, 'form');
		await trigger.poll();
		model.edit(ids[0] ?? '', { [STATUS]: 'Done' }, 'form');
		expect(await trigger.poll()).toEqual([ids[0]]);
	});

	it('are told of no record that the sync itself makes', async () => {
		const { model } = withJobs();
		const triggers = [
			triggerOn(model, { triggerOn: 'created' }),
			triggerOn(model, { triggerOn: 'createdOrUpdated' }),
			triggerOn(model, { triggerOn: 'startsToMatch', filters: done }),
		];
		for (const trigger of triggers) await trigger.poll();
		model.nowMs += MINUTE;
		const own = model.create({ [TITLE]: 'ours', [STATUS]: 'Done' });
		model.ownWrites.rememberCreate('object_1', model.answered(own), {});
		const theirs = model.create({ [TITLE]: 'theirs', [STATUS]: 'Done' });
		for (const trigger of triggers) expect(await trigger.poll()).toEqual([theirs]);
	});

	it('are told of one that the sync makes and a person edits before they look at it', async () => {
		const { model } = withJobs();
		const trigger = triggerOn(model, { triggerOn: 'createdOrUpdated' });
		await trigger.poll();
		model.nowMs += MINUTE;
		const [edited, left] = ['ours, too', 'ours'].map((title) => {
			const id = model.create({ [TITLE]: title, [STATUS]: 'Open' });
			model.ownWrites.rememberCreate('object_1', model.answered(id), {
				[TITLE]: title,
				[STATUS]: 'Open',
			});
			return id;
		});
		model.edit(edited ?? '', { [STATUS]: 'Done' }, 'form');
		expect(await trigger.poll()).toEqual([edited]);
		model.nowMs += MINUTE;
		model.edit(left ?? '', { [STATUS]: 'Done' }, 'form');
		expect(await trigger.poll()).toEqual([left]);
		expect(await trigger.poll()).toEqual([]);
	});

	it('are told of one that the sync makes and a person lets match, at once or later', async () => {
		const { model } = withJobs();
		const trigger = triggerOn(model, { triggerOn: 'startsToMatch', filters: done });
		await trigger.poll();
		model.nowMs += MINUTE;
		const written = [{ [STATUS]: 'New' }, {}, { [STATUS]: 'New' }, {}];
		const [atOnce, byDefault, later, ofItself] = written.map((fields) => {
			const id = model.create({ [TITLE]: 'ours', [STATUS]: 'New' });
			model.ownWrites.rememberCreate('object_1', model.answered(id), fields);
			return id;
		});
		model.edit(atOnce ?? '', { [STATUS]: 'Done' }, 'form');
		model.edit(byDefault ?? '', { [STATUS]: 'Done' }, 'form');
		expect(await trigger.poll()).toEqual([atOnce, byDefault]);
		for (let round = 0; round < 2; round += 1) {
			model.nowMs += MINUTE;
			expect(await trigger.poll()).toEqual([]);
		}
		model.edit(later ?? '', { [STATUS]: 'Done' }, 'form');
		model.edit(ofItself ?? '', { [STATUS]: 'Done' }, 'form');
		expect(await trigger.poll()).toEqual([later, ofItself]);
		expect(await trigger.poll()).toEqual([]);
	});

	it('hand one that the sync makes and a person lets match on again, once its message is emptied', async () => {
		const { model } = withJobs();
		const trigger = triggerOn(model, {
			triggerOn: 'startsToMatch',
			filters: done,
			retryField: PROBLEM,
			untilSynced: { xeroIdField: XERO_NUMBER, messageField: PROBLEM },
		});
		await trigger.poll();
		model.nowMs += MINUTE;
		const id = model.create({ [TITLE]: 'ours', [STATUS]: 'New' });
		model.ownWrites.rememberCreate('object_1', model.answered(id), {
			[TITLE]: 'ours',
			[STATUS]: 'New',
		});
		model.edit(id, { [STATUS]: 'Done' }, 'form');
		expect(await trigger.poll()).toEqual([id]);
		model.edit(id, { [PROBLEM]: 'The account is missing.' }, 'form');
		model.nowMs += MINUTE;
		expect(await trigger.poll()).toEqual([]);
		model.edit(id, { [PROBLEM]: '' }, 'form');
		model.nowMs += MINUTE;
		expect(await trigger.poll()).toEqual([id]);
	});
});

describe('Marks of records', () => {
	const field = (key: string, type = 'short_text'): KnackField => ({
		key,
		name: key,
		type,
		required: false,
		unique: false,
		format: {},
	});
	const table = (fields: KnackField[]): KnackTable => ({ key: 'object_1', name: 'Jobs', fields });
	const [a, b, c] = ['field_1', 'field_2', 'field_3'].map((key) => field(key));
	if (!a || !b || !c) throw new Error('unreachable');
	const id = '5d7964422d7159001659b27a';
	const record: KnackRecord = { id, field_1: 'one', field_2: 'two', field_3: 'three' };

	function marked(fields: KnackField[], records = 1, one = record) {
		const marks = new RecordMarks(table(fields));
		marks.mark(one, layoutFor(fields, records));
		return marks.pack();
	}

	it.each([1, 100_000])('tell what changed, for a table of %d records', (count) => {
		const groups = marked([a, b, c], count);
		const marks = new RecordMarks(table([a, b, c]), groups);
		expect(marks.changesOf(record)).toEqual([]);
		const edited = { ...record, field_2: 'zwei' };
		expect(marks.changesOf(edited)).toEqual(count === 1 ? ['field_2'] : 'something');
	});

	it.each([1, 100_000])('do not take a new field for an edit (%d records)', (count) => {
		const marks = new RecordMarks(table([c, a, b]), marked([a, b], count));
		expect(marks.changesOf(record)).toEqual([]);
		expect(marks.changesOf({ ...record, field_1: 'uno' })).not.toEqual([]);
	});

	it('compare what is left after a field was deleted or became another type', () => {
		const groups = marked([a, b, c]);
		const deleted = new RecordMarks(table([a, c]), groups);
		const converted = new RecordMarks(table([a, field('field_2', 'number'), c]), groups);
		for (const marks of [deleted, converted]) {
			expect(marks.changesOf({ ...record, field_2: 2 })).toEqual([]);
			expect(marks.changesOf({ ...record, field_3: 'drei' })).toEqual(['field_3']);
		}
	});

	it('keep records that were marked in an older layout', () => {
		const other = { ...record, id: '5d7964422d7159001659b27b' };
		const marks = new RecordMarks(table([a, b, c]), marked([a, b]));
		marks.mark(other, layoutFor([a, b, c], 2));
		const again = new RecordMarks(table([a, b, c]), marks.pack());
		expect(again.size).toBe(2);
		expect(again.changesOf({ ...record, field_1: 'uno' })).toEqual(['field_1']);
		expect(again.changesOf({ ...other, field_3: 'drei' })).toEqual(['field_3']);
	});

	it('stay within their bounds and forget what was marked longest ago', () => {
		const fields = [a, b, c];
		const marks = new RecordMarks(table(fields));
		const count = MOST_RECORDS + 500;
		const layout = layoutFor(fields, count);
		for (let index = 0; index < count; index += 1) {
			marks.mark({ ...record, id: index.toString(16).padStart(24, '0') }, layout);
		}
		const groups = marks.pack();
		const length = groups.reduce((total, { packed }) => total + packed.length, 0);
		expect(length).toBeLessThanOrEqual(MOST_CHARACTERS);
		const again = new RecordMarks(table(fields), groups);
		expect(again.size).toBe(MOST_RECORDS);
		expect(again.has('0'.repeat(24))).toBe(false);
		expect(again.has((count - 1).toString(16).padStart(24, '0'))).toBe(true);
	});

	it('refuse a table that is too large to compare, and say what to do', async () => {
		const model = new KnackTableModel(Date.UTC(2026, 5, 3), small);
		const tooMany = (client: KnackClient): KnackClient => ({
			...client,
			records: async () =>
				Array.from({ length: MOST_RECORDS + 1 }, (_, index) => ({
					id: index.toString(16).padStart(24, '0'),
				})),
		});
		const polled = triggerOn(model, {}, tooMany).poll();
		await expect(polled).rejects.toThrow(ChangeSettingsError);
		await expect(polled).rejects.toMatchObject({ fix: expect.stringContaining('Modified Date') });
	});
});

describe('Compact ids', () => {
	it('keep the order and the second of creation', () => {
		const ids = [
			'5d7964422d7159001659b27a',
			'5d7968c8092e7f00106c6399',
			'6740f1c29a3b4e0012ab34cd',
		];
		expect(ids.map((id) => compactSeconds(compactId(id)))).toEqual(
			ids.map((id) => Number.parseInt(id.slice(0, 8), 16)),
		);
		expect(new Set(ids.map(compactId)).size).toBe(3);
		expect(compactId(ids[0] ?? '')).toHaveLength(16);
	});
});

describe('Fields whose change counts', () => {
	const named = (name: string, type = 'short_text', key = name): KnackField => ({
		key,
		name,
		type,
		required: false,
		unique: false,
		format: {},
	});
	const fields = [
		named('Title'),
		named('Status'),
		named('Xero Invoice ID'),
		named('Synced'),
		named('Sync Message'),
		named('Payment Status', 'multiple_choice'),
		named('Amount Due', 'currency'),
		named('Last Payment Date', 'date_time'),
		named('Last Modified', 'date_time'),
		named('Updated By', 'connection'),
		named('Password', 'password'),
		named('Payment Terms'),
		named('Async Job'),
		named(NOTE),
	];
	const table: KnackTable = { key: 'object_1', name: 'Jobs', fields };
	const names = (choice: Parameters<typeof watchedFieldsOf>[1]): string[] =>
		watchedFieldsOf(table, choice).map(({ name }) => name);

	it('are those that people edit', () => {
		expect(names({})).toEqual(['Title', 'Status', 'Payment Terms', 'Async Job', NOTE]);
	});

	it('are all but the chosen ones of the sync, or only the chosen ones', () => {
		expect(names({ syncFields: ['Status'] })).toEqual(
			fields
				.map(({ name }) => name)
				.filter((name) => !['Status', 'Last Modified', 'Updated By', 'Password'].includes(name)),
		);
		expect(names({ watchedFields: ['Payment Status', 'Title'] })).toEqual([
			'Title',
			'Payment Status',
		]);
	});
});
