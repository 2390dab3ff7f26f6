import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type CompletedRequest, generateCACertificate, getLocal } from 'mockttp';

/** As mockttp takes it. */
interface Answer {
	readonly statusCode: number;
	readonly headers?: Readonly<Record<string, string>>;
	readonly json?: unknown;
	readonly body?: Buffer;
}

export interface InterceptingProxy {
	/** Environment for n8n: the proxy, and the authority that signed its certificates. */
	readonly env: Readonly<Record<string, string>>;
	stop(): Promise<void>;
}

/**
 * A proxy that answers for services of the world outside, so that what runs behind it keeps their
 * production addresses, and nothing leaves the machine.
 * @param answer what a service says; undefined where nobody here answers for it
 */
export async function startInterceptingProxy(
	answer: (request: CompletedRequest) => Promise<Answer | undefined>,
): Promise<InterceptingProxy> {
	const { key, cert } = await generateCACertificate({
		subject: { commonName: 'Answers for services outside, on this machine only' },
	});
	const folder = mkdtempSync(path.join(tmpdir(), 'knack-xero-proxy-'));
	const certificate = path.join(folder, 'authority.pem');
	writeFileSync(certificate, cert);
	const proxy = getLocal({ https: { key, cert }, http2: false });
	await proxy.start();
	await proxy.forAnyRequest().thenCallback(async (request) => {
		const nobody = { statusCode: 502, body: 'Nobody answers for this address on this machine' };
		return (await answer(request)) ?? nobody;
	});
	return {
		env: {
			HTTP_PROXY: proxy.url,
			HTTPS_PROXY: proxy.url,
			NO_PROXY: '127.0.0.1,localhost',
			NODE_EXTRA_CA_CERTS: certificate,
		},
		stop: async () => {
			await proxy.stop();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}
