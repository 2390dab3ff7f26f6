import { credentialLines } from './credentialValues';
import { listenFrom } from './listenFrom';
import { createSandbox } from './sandbox';

/**
 * Starts the sandbox: `PORT=4010` or `--port 4010`, the next free port where that is taken;
 * `--seed empty` for an app without tables. Prints the addresses and the values to paste into
 * credentials; none of them is a secret.
 */
async function main(): Promise<void> {
	const port = Number(optionOf('--port') ?? process.env['PORT'] ?? 4010);
	const seed = optionOf('--seed') === 'empty' ? 'empty' : 'tradeBusiness';
	const sandbox = createSandbox({ seed });
	const { url, close } = await listenFrom(sandbox, port, console.log);
	console.log(
		[
			`Sandbox: ${url}`,
			'',
			'For the credentials in n8n (none of this is a secret):',
			...credentialLines(url),
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
	console.error(`The sandbox could not start: ${String(error)}`);
	process.exitCode = 1;
});
