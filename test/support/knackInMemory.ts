import type { HttpPort } from '../../lib/http';
import type { KnackClient } from '../../lib/knack/client';
import { createKnackClient } from '../../lib/knack/knackClient';
import { createPacer } from '../../lib/pace';
import { sandboxKnackApp, type Sandbox } from '../../sandbox/sandbox';
import { memoryPort, sandboxClock } from './xeroInMemory';

/** A client of the sandbox's Knack app that answers in memory; without pauses unless told. */
export function knackInMemory(
	sandbox: Sandbox,
	around: (inner: HttpPort) => HttpPort = (inner) => inner,
): KnackClient {
	const port = memoryPort(sandbox, () => '');
	const http: HttpPort = async (request) =>
		await port({
			...request,
			headers: {
				'x-knack-application-id': sandboxKnackApp.id,
				'x-knack-rest-api-key': sandboxKnackApp.apiKey,
				...request.headers,
			},
		});
	return createKnackClient({
		http: around(http),
		clock: sandboxClock(sandbox),
		applicationId: sandboxKnackApp.id,
		apiUrl: 'http://127.0.0.1:4010/knack/v1',
		pacer: createPacer({ inFlight: 5, windows: [{ starts: 10, milliseconds: 1_050 }] }),
	});
}
