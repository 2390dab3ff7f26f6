import { Hono } from 'hono';
import type { Context } from 'hono';
import { z } from 'zod';

import { WriteRefused } from './readValues';
import { fieldTypes } from './schema';
import type { KnackTwin } from './twin';

/** The control API of the Knack twin: `/control/knack/...`, JSON in and out. */

const values = z.record(z.unknown());
const origins = z.enum(['liveApp', 'builder', 'api', 'batch', 'import', 'task']);
const fieldFormat = z.record(z.unknown());

const fieldDefinition = z.object({
	name: z.string(),
	type: z.enum(fieldTypes),
	required: z.boolean().optional(),
	unique: z.boolean().optional(),
	default: z.union([z.string(), z.boolean()]).optional(),
	format: fieldFormat.optional(),
	connectsTo: z
		.object({
			table: z.string(),
			has: z.enum(['one', 'many']).optional(),
			belongsTo: z.enum(['one', 'many']).optional(),
		})
		.optional(),
});

const tableDefinition = z.object({
	name: z.string(),
	singular: z.string().optional(),
	fields: z.array(fieldDefinition),
	identifier: z.string().optional(),
	sort: z.object({ field: z.string(), order: z.enum(['asc', 'desc']) }).optional(),
	users: z.boolean().optional(),
	modifiedField: z.string().optional(),
});

const scene = z.object({
	key: z.string(),
	name: z.string(),
	slug: z.string(),
	views: z.array(
		z.object({
			key: z.string(),
			name: z.string(),
			type: z.enum(['table', 'form', 'details']),
			object: z.string(),
			fields: z.array(z.string()),
		}),
	),
});

const flags = z
	.object({
		missingRecord: z.union([z.literal(500), z.literal(404)]),
		enforceRequired: z.boolean(),
		enforceUnique: z.boolean(),
		rejectInvalidValues: z.boolean(),
		unknownChoices: z.enum(['store', 'drop', 'reject']),
		unknownOperators: z.enum(['ignore', 'reject']),
		blankRaw: z.enum(['absent', 'empty']),
		rawFormatKeys: z.enum(['plain', 'suffixed']),
		filterDateOrder: z.enum(['field', 'us']),
		filterDatePrecision: z.enum(['minute', 'day']),
		filterDatesInclusive: z.boolean(),
		sortById: z.boolean(),
		repeatRowAcrossPages: z.boolean(),
		omitLimitHeaders: z.boolean(),
		planExhausted: z.boolean(),
		flowDelivery: z.enum(['once', 'twice', 'never', 'held']),
	})
	.partial()
	.strict();

/** The application a call is for: `?app=` an id, or the first one. */
function appOf(context: Context): string | undefined {
	return context.req.query('app');
}

export function knackControl(twin: KnackTwin): Hono {
	const control = new Hono();

	control.onError((error, context) => {
		if (error instanceof WriteRefused) return context.json({ errors: error.errors }, 400);
		return context.json({ error: error.message }, 400);
	});

	control.get('/', (context) =>
		context.json({
			apps: twin.apps.map((app) => ({
				id: app.id,
				name: app.name,
				timeZone: app.timeZone.label,
				tables: [...app.tables.values()].map(({ schema, records }) => ({
					key: schema.key,
					name: schema.name,
					records: records.size,
					fields: schema.fields,
				})),
				flows: app.flows.map(({ headers: _secret, ...flow }) => flow),
				...twin.planUse(app.id),
			})),
			flags: twin.flags,
		}),
	);

	control.get('/tables/:table/records', (context) => {
		const table = context.req.param('table');
		const app = appOf(context);
		const { key, name, fields } = twin.schema(table, app);
		const records = twin.recordIds(table, app).map((id) => twin.record(table, id, 'both', app));
		return context.json({ key, name, fields, records });
	});

	control.post('/apps', async (context) => {
		const definition = z
			.object({
				id: z.string().regex(/^[0-9a-f]{24}$/),
				name: z.string(),
				apiKey: z.string(),
				account: z.string().optional(),
				timeZone: z.string().optional(),
			})
			.parse(await context.req.json());
		return context.json({ id: twin.addApp(definition).id });
	});

	control.post('/tables', async (context) =>
		context.json(twin.addTable(tableDefinition.parse(await context.req.json()), appOf(context))),
	);

	control.post('/userStamps', (context) => {
		twin.addUserStamps(appOf(context));
		return context.json({ done: true });
	});

	control.post('/tables/:table/fields', async (context) =>
		context.json({
			key: twin.addField(
				context.req.param('table'),
				fieldDefinition.parse(await context.req.json()),
				appOf(context),
			),
		}),
	);

	control.put('/tables/:table/fields/:field', async (context) => {
		const change = z
			.object({
				name: z.string().optional(),
				type: z.enum(fieldTypes).optional(),
				required: z.boolean().optional(),
				unique: z.boolean().optional(),
				format: fieldFormat.optional(),
			})
			.parse(await context.req.json());
		twin.changeField(
			context.req.param('table'),
			context.req.param('field'),
			change,
			appOf(context),
		);
		return context.json({ done: true });
	});

	control.delete('/tables/:table/fields/:field', (context) => {
		twin.deleteField(context.req.param('table'), context.req.param('field'), appOf(context));
		return context.json({ done: true });
	});

	control.post('/tables/:table/fields/:field/options', async (context) => {
		const change = z
			.object({
				add: z.array(z.string()).optional(),
				remove: z.array(z.string()).optional(),
				rename: z.record(z.string()).optional(),
			})
			.parse(await context.req.json());
		twin.changeOptions(
			context.req.param('table'),
			context.req.param('field'),
			change,
			appOf(context),
		);
		return context.json({ done: true });
	});

	control.post('/tables/:table/seed', async (context) => {
		const records = z.array(values).parse(await context.req.json());
		return context.json({
			ids: twin.seedRecords(context.req.param('table'), records, { appId: appOf(context) }),
		});
	});

	control.post('/tables/:table/import', async (context) => {
		const records = z.array(values).parse(await context.req.json());
		return context.json({
			ids: twin.importRecords(context.req.param('table'), records, appOf(context)),
		});
	});

	control.post('/tables/:table/batchUpdate', async (context) => {
		const { ids, values: changes } = z
			.object({ ids: z.array(z.string()).optional(), values })
			.parse(await context.req.json());
		return context.json({
			updated: twin.batchUpdate(context.req.param('table'), changes, ids, appOf(context)),
		});
	});

	control.post('/tables/:table/move', async (context) => {
		const { ids, to } = z
			.object({ ids: z.array(z.string()), to: z.string() })
			.parse(await context.req.json());
		return context.json({
			ids: twin.moveRecords(context.req.param('table'), to, ids, appOf(context)),
		});
	});

	control.post('/tables/:table/records', async (context) => {
		const body = z.object({ values, origin: origins.optional() }).parse(await context.req.json());
		const id = twin.createRecord(
			context.req.param('table'),
			body.values,
			body.origin,
			appOf(context),
		);
		return context.json({ id });
	});

	control.put('/tables/:table/records/:id', async (context) => {
		const body = z.object({ values, origin: origins.optional() }).parse(await context.req.json());
		const { table, id } = context.req.param();
		twin.updateRecord(table, id, body.values, body.origin, appOf(context));
		return context.json({ done: true });
	});

	control.delete('/tables/:table/records/:id', (context) => {
		const { table, id } = context.req.param();
		const origin = origins.optional().parse(context.req.query('origin'));
		twin.deleteRecord(table, id, origin, appOf(context));
		return context.json({ done: true });
	});

	control.post('/scenes', async (context) => {
		twin.addScene(scene.parse(await context.req.json()), appOf(context));
		return context.json({ done: true });
	});

	control.put('/roles', async (context) => {
		twin.setRoles(z.record(z.string()).parse(await context.req.json()), appOf(context));
		return context.json({ done: true });
	});

	control.get('/flows', (context) =>
		context.json(twin.appState(appOf(context)).flows.map(({ headers: _secret, ...flow }) => flow)),
	);

	control.post('/flows', async (context) => {
		const flow = z
			.object({
				table: z.string(),
				event: z.enum(['created', 'updated', 'deleted']),
				url: z.string().url(),
				headers: z.record(z.string()).optional(),
				bodyTemplate: z.unknown().optional(),
			})
			.parse(await context.req.json());
		return context.json({ id: twin.addFlow({ ...flow, appId: appOf(context) }).id });
	});

	control.delete('/flows/:id', (context) => {
		twin.removeFlow(context.req.param('id'), appOf(context));
		return context.json({ done: true });
	});

	control.post('/flows/release', async (context) => {
		const order = z.enum(['asHappened', 'reversed']).optional();
		twin.flows.release(order.parse(context.req.query('order')));
		await twin.flows.settled();
		return context.json({ done: true });
	});

	control.put('/flags', async (context) => {
		twin.setFlags(flags.parse(await context.req.json()));
		return context.json(twin.flags);
	});

	control.put('/limits', async (context) => {
		const limits = z
			.object({
				perSecond: z.number().int().positive().nullable().optional(),
				planLimit: z.number().int().nonnegative().optional(),
				planUsed: z.number().int().nonnegative().optional(),
			})
			.strict()
			.parse(await context.req.json());
		twin.setLimits(limits, appOf(context));
		return context.json(twin.planUse(appOf(context)));
	});

	return control;
}
