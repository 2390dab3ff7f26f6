import type { Ids } from '../core/ids';
import { addField, addTable } from './appBuilder';
import type { RecordStore } from './recordStore';
import type { AppState } from './state';
import { findTable } from './state';

/**
 * New Knack apps connect every table to the accounts by *Created By*, *Updated By* and *Owned By*;
 * what the API and the Builder write is stamped with system users
 * (docs.knack.com/docs/system-users). Older apps have none of it, so it is not there at first.
 */
export function addUserStamps(app: AppState, store: RecordStore, ids: Ids, nowMs: number): void {
	const accounts =
		findTable(app, 'Accounts') ??
		addTable(app, { name: 'Accounts', singular: 'Account', users: true, fields: [] }, ids);
	const writers = ['liveApp', 'builder', 'api'] as const;
	const names = ['Public (Not Logged In)', 'Builder', 'API'];
	const nameKey = accounts.schema.fields[0]?.key ?? '';
	const users = store.seed(
		app,
		accounts,
		names.map((first) => ({ [nameKey]: { first } })),
		() => nowMs,
	);
	app.systemUsers = Object.fromEntries(
		writers.map((origin, index) => [origin, users[index] ?? '']),
	);
	for (const table of app.tables.values()) {
		if (table === accounts || table.userStamps) continue;
		const [createdBy, updatedBy] = ['Created By', 'Updated By', 'Owned By'].map(
			(name) =>
				addField(app, table, { name, type: 'connection', connectsTo: { table: 'Accounts' } }, ids)
					.key,
		);
		table.userStamps = { createdBy: createdBy ?? '', updatedBy: updatedBy ?? '' };
	}
}
