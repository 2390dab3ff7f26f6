import type { Call } from './call';
import { NOT_FOUND, Refusal, ValidationFailure, type Answer } from './failures';
import { readElement, type Input } from './input';
import type { JsonObject } from './json';
import type { TrackingCategoryRow, TrackingOptionRow } from './organisationModel';
import { refuse } from './problems';
import { refusedElement, validationException } from './refusals';
import type { Route } from './transport';

const WRITE = ['accounting.settings'];
const READ = ['accounting.settings.read'];
const MOST_ACTIVE = 2;
const LONGEST_NAME = 100;

/** Tracking categories and options: made with PUT, changed with POST by id, one at a time. */
export const trackingRoutes: readonly Route[] = [
	{
		method: 'GET',
		path: '/TrackingCategories',
		scopes: READ,
		handle: (call) => {
			const archivedToo = call.queryFlag('includeArchived');
			const rows = call.ledger.trackingCategories.filter(
				(category) => archivedToo || category.status === 'ACTIVE',
			);
			return answer(call, ...rows);
		},
	},
	{
		method: 'GET',
		path: '/TrackingCategories/:id',
		scopes: READ,
		handle: (call) => answer(call, category(call)),
	},
	{
		method: 'PUT',
		path: '/TrackingCategories',
		scopes: WRITE,
		handle: (call) => validated(call, 'TrackingCategories', (input) => createCategory(call, input)),
	},
	{
		method: 'POST',
		path: '/TrackingCategories/:id',
		scopes: WRITE,
		handle: (call) =>
			validated(call, 'TrackingCategories', (input) => {
				const held = category(call);
				const name = input.trimmed('Name') ?? held.name;
				if (name.toLowerCase() !== held.name.toLowerCase()) checkCategoryName(call, name);
				const status = readStatus(input) ?? held.status;
				return answer(call, store(call, { ...held, name, status }));
			}),
	},
	{
		method: 'DELETE',
		path: '/TrackingCategories/:id',
		scopes: WRITE,
		handle: (call) => {
			const held = category(call);
			const used = held.options.some((option) => isUsed(call, option.trackingOptionId));
			if (used) store(call, { ...held, status: 'ARCHIVED' });
			else call.ledger.trackingCategories.delete(held.trackingCategoryId);
			const shown = { ...renderCategory(held), Status: used ? 'ARCHIVED' : 'DELETED' };
			return call.envelope({ TrackingCategories: [shown] });
		},
	},
	{
		method: 'PUT',
		path: '/TrackingCategories/:id/Options',
		scopes: WRITE,
		handle: (call) => validated(call, 'Options', (input) => createOption(call, input)),
	},
	{
		method: 'POST',
		path: '/TrackingCategories/:id/Options/:optionId',
		scopes: WRITE,
		handle: (call) =>
			validated(call, 'Options', (input) => {
				const held = category(call);
				const option = findOption(call, held);
				const name = input.trimmed('Name') ?? option.name;
				if (name.toLowerCase() !== option.name.toLowerCase()) checkOptionName(held, name);
				const changed = { ...option, name, status: readStatus(input) ?? option.status };
				store(call, withOption(held, changed));
				return call.envelope({ Options: [renderOption(changed)] });
			}),
	},
	{
		method: 'DELETE',
		path: '/TrackingCategories/:id/Options/:optionId',
		scopes: WRITE,
		handle: (call) => {
			const held = category(call);
			const option = findOption(call, held);
			const used = isUsed(call, option.trackingOptionId);
			if (used) store(call, withOption(held, { ...option, status: 'ARCHIVED' }));
			else {
				const options = held.options.filter((one) => one !== option);
				store(call, { ...held, options });
			}
			const shown = { ...renderOption(option), Status: used ? 'ARCHIVED' : 'DELETED' };
			return call.envelope({ Options: [shown] });
		},
	},
];

function validated(call: Call, collection: string, act: (input: Input) => Answer): Answer {
	const input = readElement(call.body, collection);
	try {
		return act(input);
	} catch (error) {
		if (!(error instanceof ValidationFailure)) throw error;
		return validationException([refusedElement({ idName: 'TrackingCategoryID' }, input, error)]);
	}
}

function createCategory(call: Call, input: Input): Answer {
	const name = input.trimmed('Name') ?? refuse('Name is a mandatory field.');
	checkCategoryName(call, name);
	const active = call.ledger.trackingCategories.filter(({ status }) => status === 'ACTIVE');
	if (active.length >= MOST_ACTIVE) {
		refuse('You can only have a maximum of 2 active tracking categories.');
	}
	const row: TrackingCategoryRow = {
		trackingCategoryId: call.guid(),
		name,
		status: 'ACTIVE',
		options: [],
	};
	return answer(call, store(call, row));
}

function createOption(call: Call, input: Input): Answer {
	const held = category(call);
	const name = input.trimmed('Name') ?? refuse('Name is a mandatory field.');
	checkOptionName(held, name);
	const option: TrackingOptionRow = { trackingOptionId: call.guid(), name, status: 'ACTIVE' };
	store(call, { ...held, options: [...held.options, option] });
	return call.envelope({ Options: [renderOption(option)] });
}

function checkCategoryName(call: Call, name: string): void {
	const key = name.toLowerCase();
	if (name.length > LONGEST_NAME) refuse('Name must not exceed 100 characters.');
	if (call.ledger.trackingCategories.find((held) => held.name.toLowerCase() === key)) {
		refuse(`A tracking category with the name '${name}' already exists.`);
	}
}

function checkOptionName(held: TrackingCategoryRow, name: string): void {
	const key = name.toLowerCase();
	if (name.length > LONGEST_NAME) refuse('Name must not exceed 100 characters.');
	if (held.options.some((option) => option.name.toLowerCase() === key)) {
		refuse(`A tracking option with the name '${name}' already exists.`);
	}
}

function readStatus(input: Input): 'ACTIVE' | 'ARCHIVED' | undefined {
	const status = input.trimmed('Status')?.toUpperCase();
	if (status === undefined || status === 'ACTIVE' || status === 'ARCHIVED') return status;
	return refuse(`The status '${status}' is not valid.`);
}

function category(call: Call): TrackingCategoryRow {
	const held = call.ledger.trackingCategories.get(call.param('id').toLowerCase());
	if (!held) throw new Refusal(NOT_FOUND);
	return held;
}

function findOption(call: Call, held: TrackingCategoryRow): TrackingOptionRow {
	const id = call.param('optionId').toLowerCase();
	const option = held.options.find((one) => one.trackingOptionId === id);
	if (!option) throw new Refusal(NOT_FOUND);
	return option;
}

function withOption(held: TrackingCategoryRow, changed: TrackingOptionRow): TrackingCategoryRow {
	const options = held.options.map((one) =>
		one.trackingOptionId === changed.trackingOptionId ? changed : one,
	);
	return { ...held, options };
}

function store(call: Call, row: TrackingCategoryRow): TrackingCategoryRow {
	call.ledger.changed('trackingCategory', row.trackingCategoryId, 'updated');
	return call.ledger.trackingCategories.put(row.trackingCategoryId, row);
}

/** Options on a document's line cannot be deleted, only archived. */
function isUsed(call: Call, trackingOptionId: string): boolean {
	const { invoices, creditNotes, bankTransactions } = call.ledger;
	return [...invoices.all(), ...creditNotes.all(), ...bankTransactions.all()].some((row) =>
		row.lines.some((line) =>
			line.tracking.some((ref) => ref.trackingOptionId === trackingOptionId),
		),
	);
}

function answer(call: Call, ...rows: readonly TrackingCategoryRow[]): Answer {
	return call.envelope({ TrackingCategories: rows.map(renderCategory) });
}

function renderCategory(row: TrackingCategoryRow): JsonObject {
	return {
		Name: row.name,
		Status: row.status,
		TrackingCategoryID: row.trackingCategoryId,
		Options: row.options.map(renderOption),
	};
}

function renderOption(option: TrackingOptionRow): JsonObject {
	return {
		TrackingOptionID: option.trackingOptionId,
		Name: option.name,
		Status: option.status,
		HasValidationErrors: false,
		IsDeleted: false,
		IsArchived: option.status === 'ARCHIVED',
		IsActive: option.status === 'ACTIVE',
	};
}
