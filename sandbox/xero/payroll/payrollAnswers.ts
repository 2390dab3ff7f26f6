import type { Call } from '../call';
import { Refusal, type Answer } from '../failures';
import { readElement, type Input } from '../input';
import type { Json, JsonObject } from '../json';

const PAGE = 100;

/** The envelope of Payroll 2.0, in camelCase. */
export function payrollAnswer(call: Call, payload: JsonObject): Answer {
	return { status: 200, json: { ...head(call, 'OK'), problem: null, ...payload } };
}

/** A list, a hundred to a page. */
export function payrollPage(call: Call, name: string, rows: readonly JsonObject[]): Answer {
	const page = Math.max(1, Number.parseInt(call.query('page') ?? '1', 10) || 1);
	return payrollAnswer(call, {
		pagination: {
			page,
			pageSize: PAGE,
			pageCount: Math.ceil(rows.length / PAGE),
			itemCount: rows.length,
		},
		[name]: rows.slice((page - 1) * PAGE, page * PAGE),
	});
}

/** What an app sent wrong, by the names of its fields. */
export function payrollProblem(
	call: Call,
	detail: string,
	invalidFields: readonly { readonly name: string; readonly reason: string }[] = [],
): Refusal {
	const fields: Json = invalidFields.map((field) => ({ ...field }));
	return new Refusal({
		status: 400,
		json: {
			...head(call, 'BadRequest'),
			pagination: null,
			problem: {
				type: 'about:blank',
				title: 'BadRequest',
				status: '400',
				detail,
				instance: null,
				invalidFields: fields,
			},
		},
	});
}

/** The body: one object. */
export function readPayrollInput(call: Call): Input {
	return readElement(call.body, 'timesheets', call.reading);
}

function head(call: Call, httpStatusCode: string): JsonObject {
	return {
		id: call.guid(),
		providerName: call.app.name,
		dateTimeUTC: new Date(call.now()).toISOString(),
		httpStatusCode,
	};
}

/** `2026-11-22T10:00:00`: UTC, without saying so. */
export function payrollInstant(epochMs: number): string {
	return new Date(epochMs).toISOString().slice(0, 19);
}

/** `2026-11-22T00:00:00`, as payroll writes days. */
export function payrollDay(day: string): string {
	return `${day}T00:00:00`;
}
