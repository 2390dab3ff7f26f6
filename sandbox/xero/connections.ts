import type { Hono } from 'hono';

import { NOT_FOUND, Refusal } from './failures';
import type { JsonObject } from './json';
import type { Transport } from './transport';
import type { ConnectionRow, World } from './world';

/** `GET /connections` and `DELETE /connections/{id}`: a bearer is enough, no organisation is named. */
export function connectionRoutes(world: World, transport: Transport, routes: Hono): void {
	routes.get('/connections', (c) => {
		try {
			const { app } = transport.bearer(c);
			const latest = c.req.query('authEventId');
			const held = world.connections.filter(
				(connection) =>
					connection.clientId === app.clientId &&
					(latest === undefined || connection.authEventId === latest),
			);
			return c.json(held.map((connection) => render(world, connection)));
		} catch (error) {
			if (error instanceof Refusal) return transport.send(c, error.answer);
			throw error;
		}
	});

	routes.delete('/connections/:id', (c) => {
		try {
			const { app } = transport.bearer(c);
			const held = world.connections.get(c.req.param('id'));
			if (!held || held.clientId !== app.clientId) return transport.send(c, NOT_FOUND);
			world.connections.delete(held.connectionId);
			return transport.send(c, { status: 204 });
		} catch (error) {
			if (error instanceof Refusal) return transport.send(c, error.answer);
			throw error;
		}
	});
}

function render(world: World, connection: ConnectionRow): JsonObject {
	return {
		id: connection.connectionId,
		authEventId: connection.authEventId,
		tenantId: connection.tenantId,
		tenantType: 'ORGANISATION',
		tenantName: world.ledger(connection.tenantId)?.info.value.name ?? '',
		createdDateUtc: zoneless(connection.createdMs),
		updatedDateUtc: zoneless(connection.updatedMs),
	};
}

/** `2026-10-01T02:11:09.1230000`: UTC, without saying so. */
function zoneless(epochMs: number): string {
	return `${new Date(epochMs).toISOString().slice(0, -1)}0000`;
}
