import { Hono } from 'hono';

import { formatOf } from './listRecords';
import { answerList, answerWrite } from './objectRoutes';
import type { KnackEnv, RouteOptions } from './requests';
import { authenticated, missing, plainAnswer, readBody } from './requests';
import { showRecord } from './showRecord';
import type { AppState, TableState, View } from './state';

/**
 * `/pages/{scene}/views/{view}/records`: only the view's fields are read, only a form's inputs are
 * written; unlike object-based calls, forms enforce their rules and run record rules.
 */
export function viewRoutes(options: RouteOptions): Hono<KnackEnv> {
	const routes = new Hono<KnackEnv>();
	const { state, store } = options;

	routes.use('*', authenticated(options, true));

	routes.get('/:scene/views/:view/records', (context) => {
		const app = context.get('knackApp');
		const found = findView(app, context.req.param('scene'), context.req.param('view'));
		if (!found) return missing(state());
		return answerList(context, app, found.table, options, new Set(found.view.fields));
	});

	routes.get('/:scene/views/:view/records/:id', (context) => {
		const app = context.get('knackApp');
		const found = findView(app, context.req.param('scene'), context.req.param('view'));
		const record = found?.table.records.get(context.req.param('id'));
		if (!found || !record) return missing(state());
		return context.json(
			showRecord(
				found.table,
				record,
				formatOf(context.req.query('format')),
				store.context(app),
				state().flags,
				new Set(found.view.fields),
			),
		);
	});

	routes.post('/:scene/views/:view/records', async (context) => {
		const app = context.get('knackApp');
		const found = findView(app, context.req.param('scene'), context.req.param('view'));
		if (!found) return missing(state());
		if (found.view.type !== 'form') return plainAnswer('Bad Request', 400);
		const body = await readBody(context);
		if (body instanceof Response) return body;
		return answerWrite(found.table, store.context(app), options, () =>
			store.create(app, found.table, inputsOnly(found.view, body ?? {}), 'liveApp', true),
		);
	});

	routes.put('/:scene/views/:view/records/:id', async (context) => {
		const app = context.get('knackApp');
		const found = findView(app, context.req.param('scene'), context.req.param('view'));
		const record = found?.table.records.get(context.req.param('id'));
		if (!found || !record) return missing(state());
		if (found.view.type !== 'form') return plainAnswer('Bad Request', 400);
		const body = await readBody(context);
		if (body instanceof Response) return body;
		return answerWrite(found.table, store.context(app), options, () =>
			store.update(app, found.table, record, inputsOnly(found.view, body ?? {}), 'liveApp', true),
		);
	});

	return routes;
}

function findView(
	app: AppState,
	sceneKey: string,
	viewKey: string,
): { view: View; table: TableState } | undefined {
	const view = app.scenes
		.find(({ key }) => key === sceneKey)
		?.views.find(({ key }) => key === viewKey);
	const table = view && app.tables.get(view.object);
	return view && table ? { view, table } : undefined;
}

function inputsOnly(view: View, body: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(Object.entries(body).filter(([key]) => view.fields.includes(key)));
}
