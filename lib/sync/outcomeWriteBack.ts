import type { Issue } from '../issue';
import type { KnackTable } from '../knack/app';
import type { KnackClient } from '../knack/client';
import { fieldLabel, findField, findTable } from '../knack/tables';
import type { DocumentDefinition } from '../xero/documents/definition';
import { ATTENTION, type Outcome } from './outcome';
import { statusName } from './status/statusName';
import { writeBack, type WriteBackRequest } from './writeBack';

/** Knack fields, by key or label, that take what became of a record; those left out stay alone. */
export interface WriteBackFields {
	readonly xeroId?: string;
	readonly number?: string;
	readonly status?: string;
	readonly link?: string;
	/** Where the customer sees and pays the invoice, when that was read. */
	readonly onlineLink?: string;
	/** Keeps what was last sent, for documents that cannot bear it in Xero; read with the next run. */
	readonly fingerprint?: string;
	/** Takes the trouble of a record in words, and is emptied when the trouble is gone. */
	readonly message?: string;
}

/** A Knack record that an outcome belongs to. */
export interface WriteBackTarget {
	readonly outcome: Outcome;
	/** Key or name. */
	readonly table: string;
	readonly recordId: string;
	/** What the workflow's item shows of the record, by field label. */
	readonly shown: Readonly<Record<string, unknown>>;
}

const IN_XERO: ReadonlySet<string> = new Set(['created', 'updated', 'unchanged', 'linked']);

/** The values for each of the fields: what is known of the document, or the trouble in words. */
function valuesFor(
	outcome: Outcome,
	definition: DocumentDefinition,
): Partial<Record<keyof WriteBackFields, string>> {
	if (IN_XERO.has(outcome.outcome)) {
		const { id, number, status, url } = outcome.document;
		return {
			xeroId: id,
			number,
			status: status === undefined ? undefined : statusName(definition, status),
			link: url,
			onlineLink: outcome.after?.onlineInvoiceUrl,
			fingerprint: outcome.sync.fingerprint,
			message: '',
		};
	}
	return ATTENTION.has(outcome.outcome) ? { message: troubleInWords(outcome.issues) } : {};
}

/** What keeps a record from Xero, with the way out, for a field of the record itself. */
function troubleInWords(issues: readonly Issue[]): string {
	const stopping = issues.filter(({ severity }) => severity !== 'warn');
	return (stopping.length > 0 ? stopping : issues)
		.map(({ message, fix }) => `${message} ${fix}`)
		.join('\n');
}

/**
 * Writes what became of records into their Knack fields and gives, by target, what went wrong.
 * A value that the item already shows is not written; for an unchanged document nothing is written
 * that the item does not show to be missing, so that a second run costs no call. Throws
 * ServiceFaultError when the app's structure cannot be read.
 */
export async function writeOutcomesBack(
	client: KnackClient,
	definition: DocumentDefinition,
	targets: readonly WriteBackTarget[],
	fields: WriteBackFields,
): Promise<Map<WriteBackTarget, readonly Issue[]>> {
	const troubles = new Map<WriteBackTarget, readonly Issue[]>();
	const written = targets.filter(({ outcome }) => outcome.outcome !== 'skipped');
	if (written.length === 0) return troubles;
	const app = await client.app();
	for (const tableName of new Set(written.map(({ table }) => table))) {
		const own = written.filter(({ table }) => table === tableName);
		const table = findTable(app, tableName);
		if (!table) {
			own.forEach((target) => troubles.set(target, [tableMissing(tableName)]));
			continue;
		}
		const due = own.flatMap((target) => {
			const request = requestFor(target, definition, table, fields);
			return request ? [{ target, request }] : [];
		});
		if (due.length === 0) continue;
		const results = await writeBack(
			client,
			table,
			due.map(({ request }) => request),
		);
		due.forEach(({ target }, index) => {
			const result = results[index];
			if (result?.outcome === 'blocked' || result?.outcome === 'failed') {
				troubles.set(target, result.issues.map(asWarning));
			}
		});
	}
	return troubles;
}

function requestFor(
	{ outcome, recordId, shown }: WriteBackTarget,
	definition: DocumentDefinition,
	table: KnackTable,
	fields: WriteBackFields,
): WriteBackRequest | undefined {
	const meant = valuesFor(outcome, definition);
	const values: Record<string, string | { url: string; label: string }> = {};
	for (const [part, name] of Object.entries(fields) as Array<[keyof WriteBackFields, string]>) {
		const value = meant[part];
		if (!name || value === undefined) continue;
		const field = findField(table, name);
		const present = shown[field ? fieldLabel(table, field) : name];
		const isShown = present !== undefined;
		if (isShown ? isSame(present, value) : outcome.outcome === 'unchanged') continue;
		// As Payment Status to Knack writes it, so that neither undoes the other's.
		values[field?.key ?? name] =
			field?.type === 'link' && value !== ''
				? { url: value, label: outcome.document.number ?? 'Open in Xero' }
				: value;
	}
	const given = Object.values(values);
	// Emptying a message that the item does not show is worth no request of its own.
	const isWorthIt = given.some((value) => value !== '') || showsMessage(shown, table, fields);
	if (given.length === 0 || !isWorthIt) return undefined;
	const messageKey = fields.message ? findField(table, fields.message)?.key : undefined;
	if (messageKey === undefined || values[messageKey] !== '') return { recordId, values };
	// What the record holds is known for the message alone: something, which is to be emptied.
	const record = { id: recordId, [messageKey]: 'some trouble' };
	return { recordId, record, values, mayClear: new Set([messageKey]) };
}

function showsMessage(
	shown: WriteBackTarget['shown'],
	table: KnackTable,
	{ message }: WriteBackFields,
): boolean {
	const field = message ? findField(table, message) : undefined;
	const present = field && shown[fieldLabel(table, field)];
	return present !== undefined && !isSame(present, '');
}

function isSame(present: unknown, value: string): boolean {
	if (present === null) return value === '';
	if (typeof present === 'object') return false;
	return String(present).trim() === value.trim();
}

/** The document itself is as it should be; only Knack does not say so yet. */
function asWarning(issue: Issue): Issue {
	return { ...issue, severity: 'warn', message: `Not written back to Knack: ${issue.message}` };
}

function tableMissing(name: string): Issue {
	return asWarning({
		code: 'KNACK_TABLE_MISSING',
		severity: 'warn',
		message: `the Knack app has no table "${name}".`,
		fix: 'Choose the table again under Write Back to Knack.',
	});
}
