/** Two workers at one record: one posts what the other one has looked for and is about to post. */
import type { HttpOutcome, HttpPort, HttpRequest } from '../../lib/http';
import { without } from '../../lib/without';
import type { Draft } from '../../lib/sync/draft';
import { upsertDocuments } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS, type UpsertOptions } from '../../lib/sync/upsertContext';
import { Turns } from '../../lib/sync/write/turns';
import type { DocumentType } from '../../lib/xero/documents';
import type { FieldValues } from '../../lib/xero/documents/definition';
import { readOrganisationSettings } from '../../lib/xero/readSettings';
import { definitionOf } from '../support/definitionOf';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';
import { DOCUMENT_CASES, draftOf } from './documentCases';

export type Port = (inner: HttpPort) => HttpPort;

export const itself: Port = (inner) => inner;

/** A worker whose turns Xero cannot hold against those of another. */
export const withoutKeys: Port = (inner) => async (request) => {
	const headers = without({ ...request.headers }, 'idempotency-key');
	return await inner({ ...request, headers });
};

export async function run(
	world: XeroInMemory,
	draft: Draft,
	port: Port,
	options: Partial<UpsertOptions> = {},
) {
	const client = world.anotherClient(port);
	const settings = await readOrganisationSettings(client);
	const { outcomes } = await upsertDocuments(
		{ client, settings, clock: world.clock, turns: new Turns() },
		definitionOf(draft.type),
		[draft],
		{ ...DEFAULT_OPTIONS, ...options },
	);
	const [outcome] = outcomes;
	if (!outcome) throw new Error('There is no outcome.');
	return outcome;
}

export interface Passing {
	/** What the other worker posts, where it is not the same. */
	readonly theirs?: Draft;
	readonly port?: Port;
	readonly options?: Partial<UpsertOptions>;
	/** Whether it is as early as to make the contact, too. */
	readonly isEarly?: boolean;
}

/** Two workers at one record: the other one posts it when this one has looked and is about to. */
export async function overtaken(
	world: XeroInMemory,
	draft: Draft,
	{ theirs = draft, port = itself, options, isEarly = draft.type === 'contact' }: Passing = {},
) {
	const isPosting = ({ method, url }: HttpRequest) =>
		method !== 'GET' && (isEarly || !url.includes('/Contacts'));
	let other: Promise<Awaited<ReturnType<typeof run>>> | undefined;
	const passing: Port = (inner) => async (request) => {
		if (other === undefined && isPosting(request)) {
			other = run(world, theirs, withoutKeys);
			await other;
			await world.clock.sleep(1_000);
		}
		return await inner(request);
	};
	const mine = await run(world, draft, (inner) => passing(port(withoutKeys(inner))), options);
	if (!other) throw new Error('Nobody has passed.');
	return { mine, other: await other };
}

/** A record of which Xero takes a second document: without a number of its own, but for a bill's. */
export function takenTwice(type: DocumentType, change: FieldValues = {}): Draft {
	const record = DOCUMENT_CASES[type];
	const hasNumber = record.lines !== undefined && type !== 'bill';
	const fields: FieldValues = hasNumber
		? {
				...without({ ...record.fields }, definitionOf(type).numberPath),
				reference: 'R-1',
				...change,
			}
		: { ...record.fields, ...change };
	return draftOf(type, { ...record, fields });
}

export async function having(type: DocumentType): Promise<XeroInMemory> {
	const world = await xeroInMemory();
	await DOCUMENT_CASES[type].before?.(world);
	return world;
}

/** What the port does to the request by which a document is deleted. */
export function atDeletion(
	answer: (request: HttpRequest, inner: HttpPort) => Promise<HttpOutcome>,
): Port {
	return (inner) => async (request) =>
		request.method === 'DELETE' || String(request.body).includes('"Status":"DELETED"')
			? await answer(request, inner)
			: await inner(request);
}

export const NO_ANSWER: HttpOutcome = { kind: 'noAnswer', code: 'ECONNRESET', reason: 'Reset.' };
export const REFUSED: HttpOutcome = {
	kind: 'answer',
	status: 400,
	headers: {},
	body: {
		ErrorNumber: 10,
		Type: 'ValidationException',
		Message: 'A validation exception occurred',
		Elements: [{ ValidationErrors: [{ Message: 'Not now.' }] }],
	},
};
