import { addDays, calendarDate } from '../../../lib/dates';
import { draftFromValues, type MappedValues } from '../../../lib/sync/map/draftFromValues';
import { headerFields, lineFields } from '../../../lib/sync/map/mappableFields';
import { ATTENTION, type Outcome } from '../../../lib/sync/outcome';
import { upsertDocuments } from '../../../lib/sync/upsert';
import { Turns } from '../../../lib/sync/write/turns';
import { DocumentsRead, readAll } from '../../../lib/xero/bulkReading';
import { DOCUMENTS, type DocumentType } from '../../../lib/xero/documents';
import type { DocumentDefinition, FieldValues } from '../../../lib/xero/documents/definition';
import { DOCUMENT_CASES, draftOf } from '../../contract/documentCases';
import { xeroInMemory, type XeroInMemory } from '../../support/xeroInMemory';
import { Random } from '../random';
import { type Findings, noFindings } from './findings';
import { hostileValue, valueInWords } from './values';

/** Records with one odd value each, and those beside them. */
const HOSTILE = 12;
const NEIGHBOURS = 2;
/** Long enough for Xero to forget its idempotency keys. */
const PAUSE_MS = 660_000;

/** What the sandbox answers without, so that it is sent again at each run. */
const NOT_KEPT =
	/^(sales|purchases)Tracking\.|^trackingCategory(Name|Option)$|^(xeroNetworkKey|taxNumberType|taxability|salesTaxCodeId)$/;

const TYPES = Object.keys(DOCUMENTS) as DocumentType[];

interface Attack {
	/** Path of the field; undefined for a neighbour. */
	readonly field?: string;
	readonly value?: unknown;
	readonly values: MappedValues;
	readonly lines?: ReadonlyArray<{ readonly values: MappedValues }>;
}

/**
 * Odd values in each field of each document, a dozen records to a run beside sound ones, and the
 * same run again after Xero has forgotten it.
 */
export async function fuzzRecords(count: number, firstSeed: number): Promise<Findings> {
	const world = await xeroInMemory();
	world.sandbox.xero.configure({ limitsOn: false });
	const starts = await startsOf(world);
	const findings = noFindings();
	for (let run = 0; findings.values < count; run += 1) {
		const type = TYPES[run % TYPES.length];
		const start = type && starts.get(type);
		if (!type || !start) break;
		world.sandbox.restore(start);
		world.sandbox.journal.clear();
		const random = new Random(firstSeed + run);
		const attacks = attacksOn(world, DOCUMENTS[type], random);
		findings.values += HOSTILE;
		await play(world, DOCUMENTS[type], attacks, (what, text) =>
			findings[what].push(`seed ${firstSeed + run}, ${type}: ${text}`),
		);
	}
	return findings;
}

async function startsOf(world: XeroInMemory) {
	const empty = world.sandbox.snapshot();
	const starts = new Map<DocumentType, typeof empty>();
	for (const type of TYPES) {
		world.sandbox.restore(empty);
		await DOCUMENT_CASES[type].before?.(world);
		if (type === 'batchPayment') await addInvoices(world);
		starts.set(type, world.sandbox.snapshot());
	}
	return starts;
}

/** One for each line of each record, since an invoice is paid by one batch alone. */
async function addInvoices({ client, settings, clock, turns }: XeroInMemory): Promise<void> {
	const numbers = Array.from({ length: 2 * (HOSTILE + NEIGHBOURS) }, (_, at) => `INV-${at + 1}`);
	const invoices = numbers.map((invoiceNumber) => ({
		...draftOf('salesInvoice', DOCUMENT_CASES.salesInvoice, {
			status: 'AUTHORISED',
			invoiceNumber,
		}),
		source: { knackRecordId: invoiceNumber, table: 'object_2' },
	}));
	await upsertDocuments({ client, settings, clock, turns }, DOCUMENTS.salesInvoice, invoices);
}

type Report = (
	what: 'ended' | 'touched' | 'doubled' | 'restless' | 'unexplained',
	text: string,
) => void;

async function play(
	world: XeroInMemory,
	definition: DocumentDefinition,
	attacks: readonly Attack[],
	report: Report,
): Promise<void> {
	const before = (await ledgerOf(world, definition)).length;
	const first = await run(world, definition, attacks, report);
	world.sandbox.clock.advance(PAUSE_MS);
	const second = await run(world, definition, attacks, report);
	if (!first || !second) return;

	for (const [index, { field, value }] of attacks.entries()) {
		const [one, other] = [first[index], second[index]];
		if (!one || !other) {
			report('ended', `record ${index} has no outcome`);
			continue;
		}
		const told = `${field ?? 'a sound record'} ${valueInWords(value)}: ${one.summary} · ${other.summary}`;
		const unexplained = [one, other].some(
			({ outcome, issues }) =>
				ATTENTION.has(outcome) && !issues.some(({ message, fix }) => message && fix),
		);
		if (unexplained) report('unexplained', told);
		if (field === undefined) {
			const isSound = one.outcome === 'created' && other.outcome === 'unchanged';
			if (!isSound) report('touched', told);
		} else if (other.outcome === 'created' && one.outcome === 'created') report('doubled', told);
		else if (other.outcome === 'updated') report('restless', told);
	}
	const made = first
		.concat(second)
		.flatMap(({ outcome, document: { id } }) =>
			id !== undefined && !ATTENTION.has(outcome) ? [id] : [],
		);
	const now = (await ledgerOf(world, definition)).length;
	if (now - before > new Set(made).size) {
		report('doubled', `${now - before} documents for ${new Set(made).size} records`);
	}
}

async function run(
	{ client, settings, clock }: XeroInMemory,
	definition: DocumentDefinition,
	attacks: readonly Attack[],
	report: Report,
): Promise<readonly Outcome[] | undefined> {
	try {
		const drafts = attacks.map(({ values, lines }, index) =>
			draftFromValues(
				definition,
				{
					values,
					...(lines ? { lines } : {}),
					source: { knackRecordId: `record-${index}`, table: 'object_1' },
					itemIndexes: [index],
				},
				{ timeZone: 'Europe/London', blankPolicy: 'leave', settings },
			),
		);
		const context = { client, settings, clock, turns: new Turns() };
		const { outcomes } = await upsertDocuments(context, definition, drafts);
		const byItem = new Map(outcomes.map((outcome) => [outcome.itemIndexes[0], outcome]));
		return attacks.flatMap((_, index) => byItem.get(index) ?? []);
	} catch (error) {
		const values = attacks.flatMap(({ field, value }) =>
			field === undefined ? [] : [`${field} ${valueInWords(value)}`],
		);
		report('ended', `${String(error)} with ${values.join('; ')}`);
		return undefined;
	}
}

async function ledgerOf(world: XeroInMemory, definition: DocumentDefinition) {
	const parentId = await parentOf(world, definition);
	return await everyDocument(world, definition, parentId);
}

/** What tasks and hours live below. */
async function parentOf(
	world: XeroInMemory,
	{ lookup }: DocumentDefinition,
): Promise<string | undefined> {
	if (typeof lookup.listPath !== 'function') return undefined;
	const [project] = await everyDocument(world, DOCUMENTS.project);
	return project?.id;
}

async function everyDocument(
	{ client }: XeroInMemory,
	definition: DocumentDefinition,
	parentId?: string,
) {
	const read = new DocumentsRead(definition);
	await readAll(client, definition, {}, read.take, parentId);
	return read.all();
}

function attacksOn(
	{ settings }: XeroInMemory,
	definition: DocumentDefinition,
	random: Random,
): Attack[] {
	const header = headerFields(definition)
		.filter(({ path }) => !NOT_KEPT.test(path))
		.map(({ path }) => ({ path, isLine: false }));
	const line = lineFields(definition, settings.trackingCategories)
		.filter(({ path }) => !NOT_KEPT.test(path))
		.map(({ path }) => ({ path, isLine: true }));
	const sound = Array.from({ length: HOSTILE + NEIGHBOURS }, (_, index) =>
		soundRecord(definition.type as DocumentType, index, random.percent(50)),
	);
	return sound.map((record, index): Attack => {
		if (index === 0 || index === HOSTILE + NEIGHBOURS - 1) return record;
		const { path, isLine } = random.pick(line.length > 0 && random.percent(40) ? line : header);
		const value = hostileValue(random);
		if (!isLine)
			return { ...record, values: { ...record.values, [path]: value }, field: path, value };
		const lines = record.lines?.map(({ values }) => ({ values: { ...values, [path]: value } }));
		return { ...record, lines, field: `line ${path}`, value };
	});
}

const NAMING = [
	...['name', 'contactNumber', 'contact.name', 'invoiceNumber', 'creditNoteNumber', 'quoteNumber'],
	...['purchaseOrderNumber', 'reference', 'code', 'description', 'narration', 'details'],
];
const DAYS_OF_A_PERIOD = 7;

/** Records that nobody could take for one another; some are known by their reference alone. */
function soundRecord(type: DocumentType, index: number, isByReference: boolean): Attack {
	const { fields, lines } = DOCUMENT_CASES[type];
	const { keys, numberPath } = DOCUMENTS[type];
	const values: Record<string, unknown> = { ...fields };
	for (const path of NAMING) {
		if (typeof values[path] === 'string' && path !== 'invoice.number') {
			values[path] = `${values[path]} ${index}`;
		}
	}
	const little = `0.${String(index + 1).padStart(2, '0')}`;
	if (type === 'payment') values.amount = little;
	if (type === 'timeEntry') values.duration = String(90 + index);
	if (type === 'timesheet') values.startDate = weeksAfter(values.startDate, index);
	const hasReference = keys.some(({ path }) => path === 'reference') && numberPath !== 'reference';
	if (isByReference && hasReference) {
		delete values[numberPath];
		values.reference = `Order ${index}`;
	}
	const ownOfLine = (line: FieldValues, at: number): FieldValues => ({
		...('description' in line ? { description: `${line.description} ${index}` } : {}),
		...('unitAmount' in line ? { unitAmount: `${33 + index}.25` } : {}),
		...(type === 'batchPayment'
			? { 'invoice.id': `INV-${2 * index + at + 1}`, lineAmount: little }
			: {}),
		...(type === 'timesheet' ? { date: weeksAfter(line.date, index) } : {}),
	});
	return {
		values,
		...(lines
			? { lines: lines.map((line, at) => ({ values: { ...line, ...ownOfLine(line, at) } })) }
			: {}),
	};
}

/** Each record has a pay period of its own. */
function weeksAfter(day: unknown, weeks: number): string {
	const date = calendarDate(String(day));
	if (!date) throw new Error(`${String(day)} is not a day.`);
	return addDays(date, weeks * DAYS_OF_A_PERIOD);
}
