import type { KnackRecord } from '../../../lib/knack/app';
import type { KnackClient } from '../../../lib/knack/client';
import { viewRecord } from '../../../lib/knack/recordView';
import { findTable } from '../../../lib/knack/tables';
import { compare, type Comparison } from '../../../lib/sync/compare/compare';
import type { SaidOfDocument } from '../../../lib/sync/compare/comparing';
import { DECISION_FIELDS } from '../../../lib/sync/compare/decisions';
import type { Draft, DraftLine } from '../../../lib/sync/draft';
import type { RunGuard } from '../../../lib/sync/guard/runGuard';
import { upsertDocuments } from '../../../lib/sync/upsert';
import { DEFAULT_OPTIONS, type UpsertOptions } from '../../../lib/sync/upsertContext';
import { DOCUMENTS } from '../../../lib/xero/documents';
import { sandboxKnackApp } from '../../../sandbox/sandbox';
import { knackInMemory } from '../../support/knackInMemory';
import { xeroInMemory, type XeroInMemory } from '../../support/xeroInMemory';
import type { Random } from '../random';

const RECORDS = 'Jobs';
export const DIFFERENCES = 'Differences';

/** The last day of the books that the accountant has closed. */
export const CLOSED_UNTIL = '2026-09-30';
const FIRST_DAY = '2026-08-01';

const FIELDS = [
	'Number',
	'Customer',
	'Date',
	'Due Date',
	'Currency',
	'Rate',
	'Sent',
	'Wanted Status',
	'Xero Status',
	'Amount Paid',
] as const;
type Field = (typeof FIELDS)[number];

/** Where the values of a record's header stand, by path. */
const PLACES: ReadonlyMap<string, Field> = new Map([
	['invoiceNumber', 'Number'],
	['contact.name', 'Customer'],
	['date', 'Date'],
	['dueDate', 'Due Date'],
	['currencyCode', 'Currency'],
	['currencyRate', 'Rate'],
	['sentToContact', 'Sent'],
	['status', 'Xero Status'],
	['amountPaid', 'Amount Paid'],
]);

type RecordValues = Partial<Record<Field, string>>;

export interface JobRecord {
	readonly id: string;
	readonly values: RecordValues;
}

/** A Knack table of jobs and their invoices in Xero, alike but for what is planted. */
export class CompareWorld {
	readonly lines = new Map<string, readonly DraftLine[]>();
	/** Credit notes that a person is about to enter in Xero. */
	readonly credits: object[] = [];

	private constructor(
		readonly xero: XeroInMemory,
		readonly knack: KnackClient,
		private readonly random: Random,
	) {}

	static async make(records: number, random: Random): Promise<CompareWorld> {
		const xero = await xeroInMemory();
		xero.sandbox.xero.configure({ limitsOn: false });
		const { knack } = xero.sandbox;
		const texts = (names: readonly string[]) =>
			names.map((name) => ({ name, type: 'short_text' as const }));
		knack.addTable({ name: RECORDS, fields: texts(FIELDS) });
		knack.addTable({ name: DIFFERENCES, fields: texts(Object.values(DECISION_FIELDS)) });
		const world = new CompareWorld(xero, knackInMemory(xero.sandbox), random);
		world.addRecords(records);
		await world.post();
		return world;
	}

	/** Adds a record that is not in Xero yet. */
	addRecord(values: RecordValues): string {
		const [id = ''] = this.xero.sandbox.knack.seedRecords(RECORDS, [values]);
		return id;
	}

	setInKnack(id: string, values: RecordValues): void {
		this.xero.sandbox.knack.updateRecord(RECORDS, id, values);
	}

	async records(): Promise<readonly JobRecord[]> {
		const table = findTable(await this.knack.app(), RECORDS);
		if (!table) throw new Error('The sandbox has no table of jobs.');
		const records = await this.knack.records(table.key);
		return records.map((record) => {
			const { values } = viewRecord(record, table);
			const own = FIELDS.map((name) => [name, String(values[name] ?? '')]);
			return { id: record.id, values: Object(Object.fromEntries(own)) };
		});
	}

	async postCredits(): Promise<void> {
		if (this.credits.length === 0) return;
		const answer = await this.xero.anotherClient().write({
			method: 'PUT',
			path: '/CreditNotes',
			body: { CreditNotes: this.credits.splice(0) },
			idempotencyKey: 'credits by hand',
		});
		if (answer.kind !== 'accepted') throw new Error(JSON.stringify(answer));
	}

	/** The trial balance of the last closed day, as text. */
	async closedFigures(): Promise<string> {
		const client = this.xero.anotherClient();
		const report = await client.read({
			path: '/Reports/TrialBalance',
			query: { date: CLOSED_UNTIL },
		});
		return JSON.stringify(Object(report).Reports?.[0]?.Rows);
	}

	async differenceRecords(): Promise<readonly KnackRecord[]> {
		const table = findTable(await this.knack.app(), DIFFERENCES);
		return table ? await this.knack.records(table.key) : [];
	}

	/** Compares all records as a workflow does; `decides` where it carries out what is ticked. */
	async compare(decides: boolean, keepsTable = true, guard?: RunGuard): Promise<Comparison> {
		const { settings, clock, turns, anotherClient, sandbox } = this.xero;
		sandbox.clock.advance(60_000);
		const client = guard?.watch(anotherClient()) ?? anotherClient();
		const records = await this.records();
		const tableKey = await this.tableKey();
		const said = new Map(records.map(({ id, values }) => [id, saidBy(values)]));
		const drafts = records.map((record, index) => this.draftOf(record, index, tableKey));
		return await compare(
			{ client, settings, clock, turns, lookedUpAtMs: clock.now(), ...(guard ? { guard } : {}) },
			DOCUMENTS.salesInvoice,
			drafts,
			{
				options: OPTIONS,
				comparesCredit: true,
				places: PLACES,
				saidOf: ({ source }) => said.get(source.knackRecordId ?? '') ?? {},
			},
			{
				carriesOut: decides,
				...(keepsTable ? { table: DIFFERENCES } : {}),
				knack: async () => await Promise.resolve(this.knack),
				...(guard ? { refusal: async () => await guard.refusal(client) } : {}),
				wayOf: () => undefined,
				byOf: () => '',
			},
		);
	}

	private async tableKey(): Promise<string> {
		return findTable(await this.knack.app(), RECORDS)?.key ?? '';
	}

	private addRecords(count: number): void {
		const { random } = this;
		const rows = Array.from({ length: count }, (_, index): RecordValues => {
			const isForeign = random.percent(15);
			const day = `${random.pick(['08', '09', '10', '11'])}-${random.int(10, 19)}`;
			return {
				Number: `INV-${1_000 + index}`,
				Customer: index % 3 === 0 ? `Customer ${index}` : `Customer of Many ${index % 40}`,
				Date: `2026-${day}`,
				'Due Date': `2026-12-${random.int(10, 28)}`,
				Currency: isForeign ? 'EUR' : 'GBP',
				Rate: isForeign ? '1.15' : '',
				Sent: random.percent(30) ? 'Yes' : 'No',
				'Wanted Status': random.percent(12) ? 'DRAFT' : 'AUTHORISED',
				'Amount Paid': '0',
			};
		});
		rows[0] = { ...rows[0], Date: FIRST_DAY };
		for (const row of rows) {
			row['Xero Status'] = row['Wanted Status'] === 'DRAFT' ? 'Draft' : 'Approved';
			if (row['Wanted Status'] === 'DRAFT') row.Sent = 'No';
			this.lines.set(row.Number ?? '', this.someLines());
		}
		this.xero.sandbox.knack.seedRecords(RECORDS, rows);
	}

	private someLines(): DraftLine[] {
		const { random } = this;
		return Array.from({ length: random.int(1, 3) }, (_, index) => ({
			fields: {
				description: `Work ${index + 1}`,
				quantity: String(random.int(1, 9)),
				unitAmount: `${random.int(20, 900)}.${random.int(10, 99)}`,
				accountCode: random.pick(['200', '210']),
				taxType: random.pick(['OUTPUT2', 'ZERORATEDOUTPUT']),
				'tracking.Region': random.pick(['North', 'South']),
			},
		}));
	}

	private async post(): Promise<void> {
		const { client, settings, clock, turns } = this.xero;
		const tableKey = await this.tableKey();
		const drafts = (await this.records()).map((record, index) =>
			this.draftOf(record, index, tableKey),
		);
		const { outcomes } = await upsertDocuments(
			{ client, settings, clock, turns },
			DOCUMENTS.salesInvoice,
			drafts,
			DEFAULT_OPTIONS,
		);
		const wrong = outcomes.find(({ outcome }) => outcome !== 'created');
		if (wrong) throw new Error(wrong.summary);
	}

	private draftOf({ id, values }: JobRecord, index: number, table: string): Draft {
		const given = (path: string, name: Field) => (values[name] ? { [path]: values[name] } : {});
		return {
			type: 'salesInvoice',
			itemIndexes: [index],
			fields: {
				...given('contact.name', 'Customer'),
				...given('invoiceNumber', 'Number'),
				...given('date', 'Date'),
				...given('dueDate', 'Due Date'),
				...given('currencyCode', 'Currency'),
				...given('currencyRate', 'Rate'),
				sentToContact: ['Yes', 'true'].includes(values.Sent ?? ''),
				status: values['Wanted Status'] ?? '',
			},
			lines: this.lines.get(values.Number ?? '') ?? [],
			source: { knackRecordId: id, table, applicationId: sandboxKnackApp.id },
			issues: [],
		};
	}
}

const OPTIONS: UpsertOptions = { ...DEFAULT_OPTIONS, booksClosedUntil: CLOSED_UNTIL };

function saidBy(values: RecordValues): SaidOfDocument {
	const { 'Xero Status': status, 'Amount Paid': amountPaid } = values;
	return { ...(status ? { status } : {}), ...(amountPaid ? { amountPaid } : {}) };
}
