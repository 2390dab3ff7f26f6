import type { Call } from './call';
import { badRequest, NOT_FOUND, Refusal, type Answer } from './failures';
import { readElements } from './input';
import type { JsonObject } from './json';
import type { AttachmentRow } from './organisationModel';
import { findOrRefuse, type Resource } from './resource';
import { enteredAt } from './settingsRoutes';
import type { Route } from './transport';

const MOST_FILES = 10;
const LARGEST_FILE = 10 * 1024 * 1024;
const FORBIDDEN_IN_NAMES = /[<>:"/\\|?*+]/;
const LONGEST_NOTE = 2_500;

/** Files of one kind of document: raw bytes in and out; PUT adds, POST replaces the same name. */
export function attachmentRoutes<Row>(resource: Resource<Row>): Route[] {
	const base = `/${resource.path}/:id/Attachments`;
	const write = ['accounting.attachments'];
	const read = ['accounting.attachments.read'];
	const idOf = (call: Call): string => resource.idOf(findOrRefuse(call, resource));
	const save = (call: Call): Answer => {
		const id = idOf(call);
		const row = storeAttachment(call, resource.path, id);
		return call.envelope({ Attachments: [render(row)] });
	};
	return [
		{
			method: 'GET',
			path: base,
			scopes: read,
			handle: (call) => call.envelope({ Attachments: held(call, idOf(call)).map(render) }),
		},
		{
			method: 'GET',
			path: `${base}/:file`,
			scopes: read,
			handle: (call) => {
				const named = call.param('file');
				const found = held(call, idOf(call)).find(
					(one) => one.attachmentId === named.toLowerCase() || one.fileName === named,
				);
				if (!found) throw new Refusal(NOT_FOUND);
				return { status: 200, bytes: found.bytes, contentType: found.mimeType };
			},
		},
		{ method: 'PUT', path: `${base}/:file`, scopes: write, handle: save },
		{ method: 'POST', path: `${base}/:file`, scopes: write, handle: save },
	];
}

function held(call: Call, id: string): readonly AttachmentRow[] {
	return call.ledger.attachments.get(id) ?? [];
}

function storeAttachment(call: Call, endpoint: string, parentId: string): AttachmentRow {
	const fileName = call.param('file');
	const { bytes } = call.request;
	const refused = (message: string): Refusal => badRequest(10, 'ValidationException', message);
	if (FORBIDDEN_IN_NAMES.test(fileName))
		throw refused('The file name contains invalid characters.');
	// Reported in XeroAPI/Xero-Java issue 142: a name without an ending, sent as octet-stream.
	if (!/\.[a-z0-9]+$/i.test(fileName) && /octet-stream/.test(call.request.contentType)) {
		throw refused("The file couldn't be uploaded because it isn't a supported file type.");
	}
	if (bytes.byteLength === 0) throw refused('The attachment is empty.');
	if (bytes.byteLength > LARGEST_FILE) throw refused('The attachment is too large.');
	const files = held(call, parentId);
	const same = files.find((one) => one.fileName === fileName);
	if (!same && files.length >= MOST_FILES) {
		throw refused('A maximum of 10 attachments can be added.');
	}
	const row: AttachmentRow = {
		attachmentId: same?.attachmentId ?? call.guid(),
		parentId,
		endpoint,
		fileName,
		mimeType: call.request.contentType || 'application/octet-stream',
		includeOnline: call.queryFlag('IncludeOnline'),
		bytes,
	};
	call.ledger.attachments.put(
		parentId,
		same ? files.map((one) => (one === same ? row : one)) : [...files, row],
	);
	return row;
}

function render(row: AttachmentRow): JsonObject {
	return {
		AttachmentID: row.attachmentId,
		FileName: row.fileName,
		Url: `https://api.xero.com/api.xro/2.0/${row.endpoint}/${row.parentId}/Attachments/${encodeURIComponent(row.fileName)}`,
		MimeType: row.mimeType,
		ContentLength: row.bytes.byteLength,
		IncludeOnline: row.includeOnline,
	};
}

/** The notes kept beside a document. */
export function historyRoutes<Row>(resource: Resource<Row>): Route[] {
	const path = `/${resource.path}/:id/History`;
	const answer = (call: Call, id: string): Answer =>
		call.envelope({
			HistoryRecords: (call.ledger.history.get(id) ?? []).map((record) => ({
				Changes: record.changes,
				...enteredAt(record.atMs),
				User: record.user,
				Details: record.details,
			})),
		});
	return [
		{
			method: 'GET',
			path,
			scopes: resource.scopes.map((scope) => `${scope}.read`),
			handle: (call) => answer(call, resource.idOf(findOrRefuse(call, resource))),
		},
		{
			method: 'PUT',
			path,
			scopes: resource.scopes,
			handle: (call) => {
				const id = resource.idOf(findOrRefuse(call, resource));
				for (const input of readElements(call.body, 'HistoryRecords')) {
					const details = input.text('Details') ?? '';
					if (details === '' || details.length > LONGEST_NOTE) {
						throw badRequest(10, 'ValidationException', 'Details must be 1 to 2500 characters.');
					}
					addHistory(call, id, 'Note', details);
				}
				return answer(call, id);
			},
		},
	];
}

export function addHistory(call: Call, id: string, changes: string, details: string): void {
	const records = call.ledger.history.get(id) ?? [];
	call.ledger.history.put(id, [
		...records,
		{ parentId: id, changes, details, user: call.app.name, atMs: call.now() },
	]);
}
