import type { Sandbox } from '../../sandbox/sandbox';

/** The trigger's options: what is not in Xero yet comes again, of what was made since yesterday. */
export function untilSyncedOptions(sandbox: Sandbox): Record<string, unknown> {
	const yesterday = new Date(sandbox.clock.now() - 86_400_000);
	return {
		untilSynced: {
			fields: {
				xeroIdField: sandbox.knack.fieldKey('Orders', 'Xero Invoice ID'),
				messageField: sandbox.knack.fieldKey('Orders', 'Sync Message'),
				lookBackTo: yesterday.toISOString().slice(0, 10),
			},
		},
	};
}
