import { createSandbox, sandboxKnackApp } from './sandbox';
import { SANDBOX_CUSTOM_CONNECTION, SANDBOX_WEB_APP } from './xero/world';

/**
 * Starts the sandbox: `PORT=4010` or `--port 4010`, `--seed empty` for an app without tables.
 * Prints the addresses and the values to paste into credentials; none of them is a secret.
 */
async function main(): Promise<void> {
	const port = Number(optionOf('--port') ?? process.env['PORT'] ?? 4010);
	const seed = optionOf('--seed') === 'empty' ? 'empty' : 'tradeBusiness';
	const sandbox = createSandbox({ seed });
	const { url, close } = await sandbox.listen(port);
	console.log(
		[
			`Sandbox: ${url}`,
			'',
			'Knack',
			`  Base URL        ${url}/knack/v1`,
			`  Application ID  ${sandboxKnackApp.id}`,
			`  API key         ${sandboxKnackApp.apiKey}`,
			'',
			'Xero',
			`  Base URL        ${url}/xero`,
			`  Web app         client id ${SANDBOX_WEB_APP.clientId}`,
			`                  client secret ${SANDBOX_WEB_APP.clientSecret}`,
			`  Custom connection  client id ${SANDBOX_CUSTOM_CONNECTION.clientId}`,
			`                  client secret ${SANDBOX_CUSTOM_CONNECTION.clientSecret}`,
			'',
			'Ctrl+C stops it.',
		].join('\n'),
	);
	const stop = (): void => {
		void close().then(() => process.exit(0));
	};
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
}

function optionOf(name: string): string | undefined {
	const index = process.argv.indexOf(name);
	return index < 0 ? undefined : process.argv[index + 1];
}

main().catch((error: unknown) => {
	const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
	console.error(
		inUse
			? 'Another program listens on that port. Choose another one: --port 4011'
			: `The sandbox could not start: ${String(error)}`,
	);
	process.exitCode = 1;
});
