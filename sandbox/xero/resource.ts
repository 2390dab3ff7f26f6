import type { Call } from './call';
import { NOT_FOUND, Refusal, UnknownId, ValidationFailure, type Answer } from './failures';
import { readElement, readElements, type Input } from './input';
import type { JsonObject } from './json';
import { listPage, type Listable } from './listing';
import { pdfStub } from './pdf';
import {
	failedElement,
	messages,
	refusedElement,
	validationException,
	ZERO_GUID,
} from './refusals';
import type { Route } from './transport';

/** How much of a row is shown. */
export interface Detail {
	/** Line items and the like, which unpaged lists leave out. */
	readonly lines: boolean;
	/** The row was asked for by id: payments in full, balances and so on. */
	readonly single: boolean;
	readonly summary: boolean;
	/** The answer to a write. */
	readonly written?: boolean;
}

export type SaveMode = 'create' | 'createOrUpdate';

/**
 * One kind of document or record of the Accounting API. The routes, the envelope, paging, PUT and
 * POST, and the two ways of reporting errors are the same for all; what differs is in here.
 */
export interface Resource<Row> extends Listable<Row> {
	/** Path and envelope name: `Invoices`. */
	readonly path: string;
	/** `InvoiceID` */
	readonly idName: string;
	/** Scopes of which any one allows writing; with `.read` appended, reading. */
	readonly scopes: readonly string[];
	readonly rows: (call: Call) => readonly Row[];
	/** By id, or by whatever else the address takes. */
	readonly find: (call: Call, named: string) => Row | undefined;
	/** Narrows a list by the parameters that are this resource's own. */
	readonly narrow?: (call: Call, rows: readonly Row[]) => readonly Row[];
	readonly forcesPaging?: (call: Call) => boolean;
	readonly render: (call: Call, row: Row, detail: Detail) => JsonObject;
	/**
	 * Makes or changes one row.
	 * @throws ValidationFailure when Xero would not take the element
	 */
	readonly save?: (call: Call, input: Input, mode: SaveMode, id?: string) => Row;
	readonly hasPdf?: boolean;
	readonly understandsSummary?: boolean;
	/** Whether only the first element of a request is read. */
	readonly takesOne?: boolean;
	/** Quotes show this in their envelope. */
	readonly showsSummarizeErrors?: boolean;
	/** Whether what a 400 refuses has an id of its own all the same. */
	readonly refusalsHaveIds?: boolean;
}

const SINGLE: Detail = { lines: true, single: true, summary: false };
const WRITTEN: Detail = { ...SINGLE, written: true };

export function resourceRoutes<Row>(resource: Resource<Row>): Route[] {
	const { path, scopes, save } = resource;
	const readScopes = scopes.map((scope) => `${scope}.read`);
	const routes: Route[] = [
		{ method: 'GET', path: `/${path}`, scopes: readScopes, handle: (call) => list(call, resource) },
		{
			method: 'GET',
			path: `/${path}/:id`,
			scopes: readScopes,
			handle: (call) => one(call, resource, call.wantsPdf),
		},
	];
	if (resource.hasPdf) {
		routes.push({
			method: 'GET',
			path: `/${path}/:id/pdf`,
			scopes: readScopes,
			handle: (call) => one(call, resource, true),
		});
	}
	if (save) {
		const saving = { ...resource, save };
		routes.push(
			{
				method: 'PUT',
				path: `/${path}`,
				scopes,
				handle: (call) => saveMany(call, saving, 'create'),
			},
			{
				method: 'POST',
				path: `/${path}`,
				scopes,
				handle: (call) => saveMany(call, saving, 'createOrUpdate'),
			},
			{ method: 'POST', path: `/${path}/:id`, scopes, handle: (call) => saveOne(call, saving) },
		);
	}
	return routes;
}

export function findOrRefuse<Row>(call: Call, resource: Resource<Row>): Row {
	const row = resource.find(call, call.param('id'));
	if (row === undefined) throw new Refusal(NOT_FOUND);
	return row;
}

function list<Row>(call: Call, resource: Resource<Row>): Answer {
	const summary = resource.understandsSummary === true && call.queryFlag('summaryOnly');
	const rows = resource.narrow?.(call, resource.rows(call)) ?? resource.rows(call);
	const forced = summary || (resource.forcesPaging?.(call) ?? false);
	const page = listPage(call, resource, rows, forced);
	if (page.notModified && call.settings.notModifiedAnswers304) return { status: 304 };
	const detail: Detail = { lines: page.paged && !summary, single: false, summary };
	return call.envelope({
		...(page.pagination ? { pagination: page.pagination } : {}),
		...(resource.showsSummarizeErrors ? { SummarizeErrors: true } : {}),
		[resource.path]: page.rows.map((row) => resource.render(call, row, detail)),
	});
}

function one<Row>(call: Call, resource: Resource<Row>, asPdf: boolean): Answer {
	const row = findOrRefuse(call, resource);
	if (asPdf && resource.hasPdf) {
		return {
			status: 200,
			bytes: pdfStub(`${resource.path} ${resource.idOf(row)}`),
			contentType: 'application/pdf',
		};
	}
	return call.envelope({ [resource.path]: [resource.render(call, row, SINGLE)] });
}

type Saving<Row> = Resource<Row> & { readonly save: NonNullable<Resource<Row>['save']> };

function saveMany<Row>(call: Call, resource: Saving<Row>, mode: SaveMode): Answer {
	const sent = readElements(call.body, resource.path, call.reading);
	const inputs = resource.takesOne ? sent.slice(0, 1) : sent;
	const asked = call.query('summarizeErrors');
	const summarize = asked === undefined ? call.settings.summarizeErrorsDefault : asked !== 'false';
	return summarize
		? saveAllOrNone(call, resource, inputs, mode)
		: saveEach(call, resource, inputs, mode);
}

/** One bad element fails the request and nothing is written. */
function saveAllOrNone<Row>(
	call: Call,
	resource: Saving<Row>,
	inputs: readonly Input[],
	mode: SaveMode,
): Answer {
	const failed: JsonObject[] = [];
	let unknown = 0;
	try {
		const saved = call.world.atomically(call.ledger, () => {
			const rows: Row[] = [];
			for (const input of inputs) {
				try {
					rows.push(resource.save(call, input, mode));
				} catch (error) {
					if (!(error instanceof ValidationFailure)) throw error;
					if (error instanceof UnknownId) unknown += 1;
					failed.push(refusedElement(resource, input, error, idOfRefused(call, resource)));
				}
			}
			// One unknown id ends the request with a 404; of several, each has its error (recorded).
			if (unknown === 1) throw new Refusal(NOT_FOUND);
			if (failed.length > 0) throw new Refusal(validationException(failed));
			return rows;
		});
		return call.envelope({
			...(resource.showsSummarizeErrors ? { SummarizeErrors: true } : {}),
			[resource.path]: saved.map((row) =>
				writtenElement(call, resource, fresh(call, resource, row)),
			),
		});
	} catch (error) {
		if (error instanceof Refusal) return error.answer;
		throw error;
	}
}

/** 200 whatever happens: every element, in the order sent, says how it fared. */
function saveEach<Row>(
	call: Call,
	resource: Saving<Row>,
	inputs: readonly Input[],
	mode: SaveMode,
): Answer {
	// An id that does not exist ends the whole request, before anything is written.
	const unknown: JsonObject[] = [];
	const elements = call.world.atomically(call.ledger, () => {
		const answers = inputs.map((input): JsonObject => {
			try {
				const row = resource.save(call, input, mode);
				return savedElement(call, resource, row);
			} catch (error) {
				if (!(error instanceof ValidationFailure)) throw error;
				if (error instanceof UnknownId) {
					unknown.push(refusedElement(resource, input, error));
				}
				return failedElement(resource, input, error);
			}
		});
		if (unknown.length === 1) throw new Refusal(NOT_FOUND);
		if (unknown.length > 1) throw new Refusal(validationException(unknown));
		return answers;
	});
	return call.envelope({
		...(resource.showsSummarizeErrors ? { SummarizeErrors: false } : {}),
		[resource.path]: elements,
	});
}

function saveOne<Row>(call: Call, resource: Saving<Row>): Answer {
	const row = findOrRefuse(call, resource);
	const input = readElement(call.body, resource.path, call.reading);
	try {
		const saved = call.world.atomically(call.ledger, () =>
			resource.save(call, input, 'createOrUpdate', resource.idOf(row)),
		);
		return call.envelope({ [resource.path]: [writtenElement(call, resource, saved)] });
	} catch (error) {
		if (!(error instanceof ValidationFailure)) throw error;
		const failed = refusedElement(resource, input, error);
		return validationException([{ ...failed, [resource.idName]: resource.idOf(row) }]);
	}
}

/** Recorded: what is refused of an invoice has an id all the same, of the others zeros. */
function idOfRefused<Row>(call: Call, resource: Resource<Row>): string {
	return resource.refusalsHaveIds ? call.guid() : ZERO_GUID;
}

/** The row as it is now: a later element of the same request may have changed it. */
function fresh<Row>(call: Call, resource: Resource<Row>, row: Row): Row {
	return resource.find(call, resource.idOf(row)) ?? row;
}

function writtenElement<Row>(call: Call, resource: Resource<Row>, row: Row): JsonObject {
	const warnings = call.warnings.get(resource.idOf(row)) ?? [];
	return {
		...resource.render(call, row, WRITTEN),
		...(warnings.length > 0 ? { Warnings: messages(warnings) } : {}),
	};
}

function savedElement<Row>(call: Call, resource: Resource<Row>, row: Row): JsonObject {
	const written = writtenElement(call, resource, row);
	return {
		...written,
		StatusAttributeString: written['Warnings'] === undefined ? 'OK' : 'WARNING',
		HasErrors: false,
		HasValidationErrors: false,
	};
}
