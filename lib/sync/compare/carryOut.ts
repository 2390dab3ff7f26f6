import { grouped } from '../../grouped';
import type { KnackClient } from '../../knack/client';
import { findField, findTable } from '../../knack/tables';
import { faultOr, type ServiceFault } from '../../serviceFault';
import { without } from '../../without';
import type { DocumentDefinition, FieldValues } from '../../xero/documents/definition';
import type { Draft } from '../draft';
import { headerChanges } from '../plan/header';
import { ATTENTION, type Outcome } from '../outcome';
import { upsertDocuments } from '../upsert';
import type { UpsertContext, UpsertOptions } from '../upsertContext';
import { writeBack } from '../writeBack';
import { linesOf } from './compareLines';
import type { Difference } from './difference';
import type { KnackPlaces } from './knackPlaces';

/** What became of a difference that was to be carried out; `why` it was not. */
export interface CarriedOut {
	readonly isDone: boolean;
	readonly why?: string;
	/** What the write to Xero came to. */
	readonly outcome?: Outcome;
}

/**
 * Sends what records say of the chosen differences, by the plan and the writer of Create or Update:
 * what is not chosen stays as it is on both sides, and what was issued is corrected by a credit note.
 * A service that fails is why a difference was not carried out, since others may have been by then.
 * @param others differences that are left as they are
 */
export async function sendOurs(
	context: UpsertContext,
	definition: DocumentDefinition,
	chosen: readonly Difference[],
	options: UpsertOptions,
	others: readonly Difference[],
): Promise<ReadonlyMap<Difference, CarriedOut>> {
	const results = new Map<Difference, CarriedOut>();
	const ofRecords = grouped(
		chosen.flatMap((each) => (each.draft ? [[each.draft, each] as const] : [])),
	);
	const ofOtherContact = new Set(
		others.flatMap(({ kind, draft }) => (kind === 'contact' && draft ? [draft] : [])),
	);
	const ways = grouped(
		[...ofRecords].map(([draft, own]) => {
			const keepsContact = ofOtherContact.has(draft);
			// By itself, since other records may name the same contact by its name.
			const way = `${wayOf(own)}${keepsContact ? ' contact' : ''}`;
			return [way, { draft, own, keepsContact }] as const;
		}),
	);
	for (const [way, records] of ways) {
		const sent = await faultOr(
			upsertDocuments(
				context,
				definition,
				records.map(({ draft, own, keepsContact }) =>
					draftToSend(definition, draft, own, keepsContact),
				),
				{
					...options,
					accountantEdits: 'knackWins',
					isDecided: true,
					issuedDocuments: 'creditNote',
					writePolicy: 'createOrUpdate',
					lateDocuments: 'firstOpenDay',
					removeOmittedLines: way.includes('lines'),
					...(way.includes('credit') ? ({ openCredit: 'ofContact' } as const) : {}),
				},
			),
		);
		if (!sent.ok) {
			for (const each of records.flatMap(({ own }) => own)) {
				results.set(each, notDone(sent.failure));
			}
			continue;
		}
		records.forEach(({ own }, index) => {
			const outcome = sent.value.outcomes[index];
			const isDone = outcome !== undefined && !ATTENTION.has(outcome.outcome);
			const result = {
				isDone,
				...(isDone || !outcome ? {} : { why: outcome.summary }),
				...(outcome ? { outcome } : {}),
			};
			for (const each of own) results.set(each, result);
		});
	}
	return results;
}

/** Nothing is known to have been written for a difference. */
export function notDone({ message, fix }: Pick<ServiceFault, 'message' | 'fix'>): CarriedOut {
	return { isDone: false, why: `${message} ${fix}` };
}

/** What a record's differences ask of the run: lines to be removed, credit to be used. */
function wayOf(own: readonly Difference[]): string {
	const lines = own.some(({ kind }) => kind === 'amount') ? 'lines ' : '';
	return own.some(({ kind }) => kind === 'unallocatedCredit') ? `${lines}credit` : lines;
}

/** The record with what was chosen, and of the rest only what both sides agree in. */
function draftToSend(
	definition: DocumentDefinition,
	draft: Draft,
	chosen: readonly Difference[],
	keepsContact: boolean,
): Draft {
	const document = chosen.find((each) => each.document)?.document;
	if (!document) return draft;
	const paths = new Set(chosen.flatMap((each) => each.paths));
	const isMeant = (path: string) => paths.has(path);
	const left = headerChanges(definition, draft, document, '')
		.map(({ field }) => field)
		.filter((field) => !isMeant(field) && field !== definition.numberPath);
	const header = without(draft.fields, ...left, ...(isMeant('status') ? [] : ['status']));
	const { pairs } = linesOf(definition, draft, document);
	const lines = pairs.flatMap(({ line, pair, differing }) => {
		if (!pair) return isMeant('lineItems.quantity') ? [line] : [];
		const others = differing.filter((path) => !isMeant(`lineItems.${path}`));
		const fields: FieldValues = without(line.fields, ...others);
		return [{ ...line, ...(pair.id === undefined ? {} : { id: pair.id }), fields }];
	});
	return {
		...draft,
		// It is known by now which document is meant, whoever's name or number it bears.
		id: document.id,
		fields: keepsContact ? ofContact(header, document.contactId) : header,
		...(draft.lines ? { lines } : {}),
	};
}

/** The values with the contact that the document has. */
function ofContact(fields: FieldValues, contactId: string | undefined): FieldValues {
	if (contactId === undefined) return fields;
	const others = Object.entries(fields).filter(([path]) => !path.startsWith('contact.'));
	return { ...Object.fromEntries(others), 'contact.id': contactId };
}

/**
 * Writes what Xero says into the fields of the records, by the writer of Write Back to Knack. Throws
 * ServiceFaultError when the app's structure cannot be read.
 */
export async function takeXeros(
	client: KnackClient,
	chosen: readonly Difference[],
	places: KnackPlaces,
): Promise<ReadonlyMap<Difference, CarriedOut>> {
	const results = new Map<Difference, CarriedOut>();
	const app = await client.app();
	const byTable = grouped(
		chosen.flatMap((each) => {
			const { table } = each.draft?.source ?? {};
			return table === undefined ? [] : [[table, each] as const];
		}),
	);
	for (const [name, differences] of byTable) {
		const table = findTable(app, name);
		if (!table) continue;
		const byRecord = [
			...grouped(
				differences.map((each) => [each.draft?.source.knackRecordId ?? '', each] as const),
			),
		];
		const requests = byRecord.map(([recordId, own]) => ({
			recordId,
			values: Object.fromEntries(
				own.flatMap(({ values = {} }) =>
					Object.entries(values).map(([path, value]) => {
						const place = places.get(path) ?? path;
						// A field that is not there any more is named by Write Back to Knack.
						return [findField(table, place)?.key ?? place, value] as const;
					}),
				),
			),
		}));
		const written = await writeBack(client, table, requests);
		byRecord.forEach(([, own], index) => {
			const result = written[index];
			const issues = result && 'issues' in result ? result.issues : [];
			const isDone = result?.outcome === 'updated' || result?.outcome === 'unchanged';
			const why = issues.map(({ message, fix }) => `${message} ${fix}`).join(' ');
			for (const each of own) results.set(each, { isDone, ...(why === '' ? {} : { why }) });
		});
	}
	return results;
}
