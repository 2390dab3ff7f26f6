import { Hono } from 'hono';
import type { Context } from 'hono';

import type { CodecContext } from './codecs/fieldCodec';
import { BadFilters } from './filters';
import { formatOf, listRecords } from './listRecords';
import { WriteRefused } from './readValues';
import type { KnackEnv, RouteOptions } from './requests';
import { authenticated, missing, plainAnswer, readBody } from './requests';
import { showRecord } from './showRecord';
import type { AppState, TableState } from './state';
import type { StoredRecord } from './values';

/** `/objects`: schema and records of tables, for callers with the real key. */
export function objectRoutes(options: RouteOptions): Hono<KnackEnv> {
	const routes = new Hono<KnackEnv>();
	const { state, store } = options;
	const flags = () => state().flags;

	routes.use('*', authenticated(options, false));

	routes.get('/', (context) =>
		context.json({
			objects: [...context.get('knackApp').tables.values()].map(({ schema }) => ({
				name: schema.name,
				key: schema.key,
			})),
		}),
	);

	routes.get('/:table', (context) => {
		const table = context.get('knackApp').tables.get(context.req.param('table'));
		return table ? context.json({ object: table.schema }) : context.json({});
	});

	routes.get('/:table/fields', (context) => {
		const table = context.get('knackApp').tables.get(context.req.param('table'));
		const fields = (table?.schema.fields ?? []).map((field) => ({
			label: field.name,
			key: field.key,
			type: field.type === 'number' ? 'float' : 'unicode',
			required: field.required,
			field_type: field.type,
		}));
		return context.json({ fields });
	});

	routes.get('/:table/records', (context) => {
		const app = context.get('knackApp');
		const table = app.tables.get(context.req.param('table'));
		if (!table) return missing(state());
		return answerList(context, app, table, options);
	});

	routes.post('/:table/records', async (context) => {
		const app = context.get('knackApp');
		const table = app.tables.get(context.req.param('table'));
		if (!table) return missing(state());
		const body = await readBody(context);
		if (body instanceof Response) return body;
		return answerWrite(table, store.context(app), options, () =>
			store.create(app, table, body ?? {}, 'api'),
		);
	});

	routes.get('/:table/records/:id', (context) => {
		const app = context.get('knackApp');
		const table = app.tables.get(context.req.param('table'));
		const record = table?.records.get(context.req.param('id'));
		if (!table || !record) return missing(state());
		const format = formatOf(context.req.query('format'));
		return context.json(showRecord(table, record, format, store.context(app), flags()));
	});

	routes.put('/:table/records/:id', async (context) => {
		const app = context.get('knackApp');
		const table = app.tables.get(context.req.param('table'));
		const record = table?.records.get(context.req.param('id'));
		if (!table || !record) return missing(state());
		const body = await readBody(context);
		if (body instanceof Response) return body;
		if (!body || Object.keys(body).length === 0) return context.body('', 200);
		return answerWrite(table, store.context(app), options, () =>
			store.update(app, table, record, body, 'api'),
		);
	});

	routes.delete('/:table/records/:id', (context) => {
		const app = context.get('knackApp');
		const table = app.tables.get(context.req.param('table'));
		const record = table?.records.get(context.req.param('id'));
		if (!table || !record) return missing(state());
		store.delete(app, table, record, 'api');
		return context.json({ delete: true });
	});

	return routes;
}

/** Answers a list call, or 400 for filters that cannot be read. */
export function answerList(
	context: Context<KnackEnv>,
	app: AppState,
	table: TableState,
	options: RouteOptions,
	only?: ReadonlySet<string>,
): Response {
	try {
		const page = listRecords(
			table,
			(name) => context.req.query(name),
			{
				codecs: options.store.context(app),
				flags: options.state().flags,
				nowMs: options.nowMs(),
				zone: app.timeZone.iana,
			},
			only,
		);
		return context.json(page);
	} catch (error) {
		if (error instanceof BadFilters) return plainAnswer(error.message, 400);
		throw error;
	}
}

/** Answers a write with the whole record, or with 400 and Knack's list of errors. */
export function answerWrite(
	table: TableState,
	codecs: CodecContext,
	options: RouteOptions,
	write: () => StoredRecord,
): Response {
	try {
		const record = write();
		return Response.json(showRecord(table, record, 'both', codecs, options.state().flags));
	} catch (error) {
		if (error instanceof WriteRefused)
			return Response.json({ errors: error.errors }, { status: 400 });
		throw error;
	}
}
