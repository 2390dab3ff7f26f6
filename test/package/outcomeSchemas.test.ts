import { readFileSync } from 'node:fs';
import path from 'node:path';

import { shownOutcome } from '../../lib/n8n/shownOutcome';
import type { Outcome } from '../../lib/sync/outcome';

const FOLDER = path.join(__dirname, '../../nodes/MapUpsertToXero/__schema__/v1.0.0');

/** With everything that it may have, so that the compiler asks for what is added to it one day. */
type Whole<Type> =
	Type extends ReadonlyArray<infer Entry>
		? ReadonlyArray<Whole<Entry>>
		: Type extends object
			? { readonly [Key in keyof Type]-?: Whole<Type[Key]> }
			: Type;

const OUTCOME: Whole<Outcome> = {
	record: 'SO-1003',
	outcome: 'updated',
	document: {
		type: 'salesInvoice',
		id: 'an id',
		number: 'INV-0042',
		status: 'DRAFT',
		subTotal: '100.00',
		totalTax: '20.00',
		total: '120.00',
		amountDue: '120.00',
		currency: 'GBP',
		contactId: 'an id',
		contactName: 'Acme Ltd',
		url: 'https://go.xero.com',
	},
	source: { knackRecordId: 'an id', table: 'object_4', applicationId: 'an id' },
	match: { by: 'invoiceNumber', reasons: ['the same day'] },
	reason: 'notInXero',
	changes: [{ field: 'reference', before: 'before', after: 'after' }],
	operations: ['Updates the sales invoice'],
	issues: [
		{
			code: 'XERO_TOTAL_ZERO',
			severity: 'warn',
			field: 'reference',
			message: 'a message',
			fix: 'a fix',
			vendorMessage: 'their words',
			numbers: { usual: '1' },
			releaseCode: 'a code',
			candidates: [{ id: 'an id', label: 'a label', url: 'https://go.xero.com' }],
		},
	],
	forKnack: { values: { name: 'Acme Ltd' }, fingerprint: 'a text' },
	approval: {
		planNumber: 'a number',
		what: 'Updates the sales invoice',
		approvedBy: 'Ida Berg',
		approvedAt: '2026-11-22T10:00:00Z',
		expiresAt: '2026-11-23T10:00:00Z',
		use: 'once',
	},
	after: {
		attached: ['a.pdf'],
		noteAdded: true,
		emailed: true,
		onlineInvoiceUrl: 'https://in.xero.com',
	},
	writtenBack: [
		{
			field: 'field_1',
			where: 'Xero ID',
			knackRecordId: 'an id',
			table: 'object_4',
			before: 'before',
			after: 'after',
		},
	],
	summary: 'Updated sales invoice INV-0042',
	sync: {
		key: 'salesInvoice:reference:SO-1003',
		contentHash: 'a hash',
		fingerprint: 'a text',
		calls: 3,
		at: '2026-11-22T10:00:00Z',
	},
	subject: 'sales invoice INV-0042',
	requestKey: 'a key',
	isMadeAnew: true,
	itemIndexes: [0],
};

/** What outcomes of an operation never have. */
const NEVER: Readonly<Record<string, readonly string[]>> = {
	upsert: ['reason'],
	preview: ['reason', 'after', 'writtenBack'],
	adopt: ['forKnack', 'approval', 'after'],
	changeStatus: ['reason', 'forKnack', 'approval', 'after', 'match.reasons', 'sync.fingerprint'],
	undo: ['reason', 'forKnack', 'approval', 'after', 'writtenBack', 'match', 'sync.fingerprint'],
};

/** Whose members are named by the record, not by us. */
const FREE = new Set(['numbers', 'values']);

interface Schema {
	readonly type: string;
	readonly properties?: Readonly<Record<string, Schema>>;
	readonly items?: Schema;
}

function schemaOf(operation: string): Schema {
	return JSON.parse(readFileSync(path.join(FOLDER, `${operation}.json`), 'utf8'));
}

/** The names in a value, lists and groups unfolded: "document.id", "issues.code". */
function namesIn(value: unknown, place = ''): string[] {
	if (Array.isArray(value)) return value.flatMap((entry) => namesIn(entry, place));
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, inner]) => {
		const path = `${place}${name}`;
		return [path, ...(FREE.has(name) ? [] : namesIn(inner, `${path}.`))];
	});
}

function namesInSchema({ properties, items }: Schema, place = ''): string[] {
	if (items) return namesInSchema(items, place);
	return Object.entries(properties ?? {}).flatMap(([name, inner]) => {
		const path = `${place}${name}`;
		return [path, ...(FREE.has(name) ? [] : namesInSchema(inner, `${path}.`))];
	});
}

describe('the schema of what comes out of Map & Upsert to Xero', () => {
	it.each(Object.entries(NEVER))('names all that an item of %s may have', (operation, never) => {
		const isNever = (name: string) =>
			never.some((each) => name === each || name.startsWith(`${each}.`));
		const had = namesIn(shownOutcome(OUTCOME)).filter((name) => !isNever(name));
		expect(namesInSchema(schemaOf(operation)).sort()).toEqual(had.sort());
	});
});
