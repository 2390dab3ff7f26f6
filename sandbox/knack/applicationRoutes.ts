import { Hono } from 'hono';

import { assetUrl } from './codecs/assetCodecs';
import type { RouteOptions } from './requests';
import { findApp, missing, plainAnswer } from './requests';
import type { AppState } from './state';
import type { PartsValue } from './values';

/** `/applications/{id}`: the whole schema, for anybody; and files. */
export function applicationRoutes(options: RouteOptions): Hono {
	const routes = new Hono();
	const { state, store } = options;

	routes.get('/:app', (context) => {
		const app = findApp(state(), context.req.param('app'));
		return app instanceof Response ? app : context.json({ application: applicationJson(app) });
	});

	routes.post('/:app/assets/:kind{file|image}/upload', async (context) => {
		const app = findApp(state(), context.req.param('app'));
		if (app instanceof Response) return app;
		const key = context.req.header('x-knack-rest-api-key');
		if (key !== app.apiKey && key !== 'knack') return plainAnswer('Invalid API key', 401);
		const form = await context.req.formData();
		const file = form.get('files');
		if (!(file instanceof File)) return plainAnswer('Bad Request', 400);
		const asset: PartsValue = {
			id: options.objectId(),
			type: context.req.param('kind'),
			filename: file.name.replace(/[^\w.-]+/g, '').toLowerCase(),
			size: file.size,
		};
		app.assets.set(String(asset['id']), {
			asset,
			bytes: new Uint8Array(await file.arrayBuffer()),
			contentType: file.type || 'application/octet-stream',
		});
		options.changed('asset', String(asset['id']));
		const url = assetUrl(asset, store.context(app));
		return context.json({
			id: asset['id'],
			type: asset['type'],
			filename: asset['filename'],
			public_url: url,
			thumb_url: asset['type'] === 'image' ? url : '',
			size: asset['size'],
		});
	});

	routes.get('/:app/download/asset/:asset/:filename', (context) => {
		const app = findApp(state(), context.req.param('app'));
		if (app instanceof Response) return app;
		const stored = app.assets.get(context.req.param('asset'));
		if (!stored) return missing(state());
		return new Response(stored.bytes.slice(), {
			headers: { 'content-type': stored.contentType },
		});
	});

	return routes;
}

function applicationJson(app: AppState): unknown {
	const tables = [...app.tables.values()];
	const counts: Record<string, number> = {};
	for (const table of tables) counts[table.schema.key] = table.records.size;
	const total = tables.reduce((sum, table) => sum + table.records.size, 0);
	const size = [...app.assets.values()].reduce((sum, asset) => sum + asset.bytes.length, 0);
	return {
		id: app.id,
		name: app.name,
		slug: app.slug,
		description: '',
		status: 'active',
		account: { slug: app.account, name: app.account },
		counts: { ...counts, total_entries: total, asset_size: size },
		objects: tables.map(({ schema }) => ({
			...schema,
			connections: connectionsOf(app, schema.key),
		})),
		scenes: app.scenes.map((scene) => ({
			key: scene.key,
			name: scene.name,
			slug: scene.slug,
			parent: null,
			authenticated: false,
			views: scene.views.map((view) => ({
				key: view.key,
				name: view.name,
				type: view.type,
				source: {
					object: view.object,
					criteria: { match: 'any', rules: [], groups: [] },
					sort: [],
				},
				columns: view.fields.map((key) => ({ type: 'field', field: { key } })),
			})),
		})),
		settings: {
			cluster: 'sandbox',
			timezone: app.timeZone.label,
			timezone_offset: app.timeZone.offset,
			timezone_dst: app.timeZone.dst,
		},
		subdomain: 'api',
	};
}

/** Both ends of a table's connections, as the application schema lists them. */
function connectionsOf(app: AppState, tableKey: string): unknown {
	const inbound: unknown[] = [];
	const outbound: unknown[] = [];
	for (const { schema } of app.tables.values()) {
		for (const field of schema.fields) {
			if (!field.relationship) continue;
			const { object, has, belongs_to } = field.relationship;
			const end = {
				key: field.key,
				name: field.name,
				field: { name: field.name },
				has,
				belongs_to,
			};
			if (schema.key === tableKey) outbound.push({ object, ...end });
			if (object === tableKey) inbound.push({ object: schema.key, ...end });
		}
	}
	return { inbound, outbound };
}
