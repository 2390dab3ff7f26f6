import type { Call } from './call';
import { NOT_FOUND, Refusal, ValidationFailure, type Answer } from './failures';
import { readElement, readElements, type Input } from './input';
import type { Json, JsonObject } from './json';
import { listPage, type Listable } from './listing';
import { pdfStub } from './pdf';
import type { Route } from './transport';

const ZERO_GUID = '00000000-0000-0000-0000-000000000000';

/** How much of a row is shown. */
export interface Detail {
	/** Line items and the like, which unpaged lists leave out. */
	readonly lines: boolean;
	/** The row was asked for by id: payments in full, balances and so on. */
	readonly single: boolean;
	readonly summary: boolean;
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
	/** One element a request, as Xero has it for accounts and currencies. */
	readonly hasPdf?: boolean;
	readonly understandsSummary?: boolean;
	/** Quotes show this in their envelope. */
	readonly showsSummarizeErrors?: boolean;
}

const SINGLE: Detail = { lines: true, single: true, summary: false };

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
	const inputs = readElements(call.body, resource.path);
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
	try {
		const saved = call.world.atomically(call.ledger, () => {
			const rows: Row[] = [];
			for (const input of inputs) {
				try {
					rows.push(resource.save(call, input, mode));
				} catch (error) {
					if (!(error instanceof ValidationFailure)) throw error;
					failed.push(failedElement(resource, input, error));
				}
			}
			if (failed.length > 0) throw new Refusal(validationException(failed));
			return rows;
		});
		return call.envelope({
			...(resource.showsSummarizeErrors ? { SummarizeErrors: true } : {}),
			[resource.path]: saved.map((row) =>
				resource.render(call, fresh(call, resource, row), SINGLE),
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
	const elements = call.world.atomically(call.ledger, () =>
		inputs.map((input): JsonObject => {
			try {
				const row = resource.save(call, input, mode);
				return savedElement(call, resource, row);
			} catch (error) {
				if (!(error instanceof ValidationFailure)) throw error;
				return failedElement(resource, input, error);
			}
		}),
	);
	return call.envelope({
		...(resource.showsSummarizeErrors ? { SummarizeErrors: false } : {}),
		[resource.path]: elements,
	});
}

function saveOne<Row>(call: Call, resource: Saving<Row>): Answer {
	const row = findOrRefuse(call, resource);
	const input = readElement(call.body, resource.path);
	try {
		const saved = call.world.atomically(call.ledger, () =>
			resource.save(call, input, 'createOrUpdate', resource.idOf(row)),
		);
		return call.envelope({ [resource.path]: [resource.render(call, saved, SINGLE)] });
	} catch (error) {
		if (!(error instanceof ValidationFailure)) throw error;
		const failed = failedElement(resource, input, error);
		return validationException([{ ...failed, [resource.idName]: resource.idOf(row) }]);
	}
}

/** The row as it is now: a later element of the same request may have changed it. */
function fresh<Row>(call: Call, resource: Resource<Row>, row: Row): Row {
	return resource.find(call, resource.idOf(row)) ?? row;
}

function savedElement<Row>(call: Call, resource: Resource<Row>, row: Row): JsonObject {
	const warnings = call.warnings.get(resource.idOf(row)) ?? [];
	return {
		...resource.render(call, row, SINGLE),
		StatusAttributeString: warnings.length > 0 ? 'WARNING' : 'OK',
		HasErrors: false,
		HasValidationErrors: false,
		...(warnings.length > 0 ? { Warnings: messages(warnings) } : {}),
	};
}

/** The element as it was sent, with what is wrong; one without an id gets the all-zero GUID. */
export function failedElement<Row>(
	resource: Pick<Resource<Row>, 'idName'>,
	input: Input,
	failure: ValidationFailure,
): JsonObject {
	const { submitted } = input;
	const lines = input.list('LineItems');
	const lineItems: Json = lines?.map((line, index) => {
		const errors = failure.lineErrors.get(index);
		return errors ? { ...line.submitted, ValidationErrors: messages(errors) } : line.submitted;
	});
	return {
		...submitted,
		...(lineItems === undefined ? {} : { LineItems: lineItems }),
		[resource.idName]: input.trimmed(resource.idName) ?? ZERO_GUID,
		StatusAttributeString: 'ERROR',
		HasErrors: true,
		HasValidationErrors: true,
		ValidationErrors: messages(failure.errors),
	};
}

export function validationException(elements: readonly JsonObject[]): Answer {
	return {
		status: 400,
		json: {
			ErrorNumber: 10,
			Type: 'ValidationException',
			Message: 'A validation exception occurred',
			Elements: [...elements],
		},
	};
}

export function messages(texts: readonly string[]): JsonObject[] {
	return texts.map((Message) => ({ Message }));
}
