import type { Clock } from '../clock';
import type { HttpPort } from '../http';
import { createPacer } from '../pace';
import { ServiceFaultError } from '../serviceFault';
import { z } from '../vendor/zod';
import { readRefusal } from './answers';
import { xeroFault } from './faults';
import { send } from './sending';
import type { XeroUrls } from './urls';

/** An organisation that a credential is connected to. */
export interface Connection {
	/** Tenant id, sent with every call. */
	readonly organisationId: string;
	readonly name: string;
	/** ORGANISATION, or PRACTICE for accountants' own. */
	readonly kind: string;
}

const connectionList = z.array(
	z.object({
		tenantId: z.string(),
		tenantName: z.string().nullish(),
		tenantType: z.string().nullish(),
	}),
);

/** Answers quickly: a person waits for the list. */
const PATIENCE_MS = 20_000;

/**
 * The organisations that the credential is connected to, in Xero's order.
 * Throws ServiceFaultError.
 */
export async function readConnections(
	http: HttpPort,
	clock: Clock,
	urls: XeroUrls,
): Promise<Connection[]> {
	const sent = await send(
		{
			http,
			clock,
			pace: createPacer({ inFlight: 1 }),
			patienceMs: PATIENCE_MS,
			onSent: () => undefined,
			onHeaders: () => undefined,
		},
		{ method: 'GET', url: urls.connections, headers: { accept: 'application/json' } },
		{ path: '/connections', api: 'accounting' },
	);
	if (sent.kind !== 'answer') throw new ServiceFaultError(sent.fault);
	const list = connectionList.safeParse(sent.body);
	if (sent.status >= 300 || !list.success) {
		const vendorMessage = readRefusal(sent.body).messages[0];
		throw new ServiceFaultError(
			xeroFault({ kind: 'notXero', path: urls.connections, vendorMessage }),
		);
	}
	return list.data.map((connection) => ({
		organisationId: connection.tenantId,
		name: connection.tenantName ?? connection.tenantId,
		kind: connection.tenantType ?? 'ORGANISATION',
	}));
}
