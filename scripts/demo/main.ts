/**
 * The demo, once everything is installed: starts the sandbox and n8n, lets an order become an
 * invoice and its payment come back, and tells what happened. Started by `scripts/demo.mjs`.
 */
import path from 'node:path';
import { credentialLines } from '../../sandbox/credentialValues';
import { listenFrom } from '../../sandbox/listenFrom';
import { createSandbox } from '../../sandbox/sandbox';
import { startConnectedN8n } from '../realN8n/connectedN8n';
import { readWorkflows } from '../realN8n/exampleWorkflows';
import { freePort } from '../realN8n/freePort';
import { OWNER } from '../realN8n/n8nServer';
import { startNeighbours } from '../realN8n/neighbours';
import { activateExamples } from './activateExamples';
import { proveOneOrder } from './proveOneOrder';
import { Story } from './story';

interface DemoOptions {
	root: string;
	runtime: { node: string; n8n: string };
	tarball: string;
	/** End after the proof instead of staying up. */
	once: boolean;
}

const SANDBOX_PORT = 4010;
const EDITOR_PORT = 5678;

async function demo({ root, runtime, tarball, once }: DemoOptions): Promise<void> {
	const story = new Story();
	const sandbox = createSandbox();
	const listening = await listenFrom(sandbox, SANDBOX_PORT, (line) => story.say(line));
	const neighbours = await startNeighbours();
	const closing: Array<() => Promise<void>> = [neighbours.stop, listening.close];
	const stop = async (): Promise<void> => {
		for (const close of closing.splice(0)) await close();
	};
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void stop().finally(() => process.exit(0)));
	}
	try {
		story.say('Starting n8n with the package installed, and both services connected …');
		const { n8n, connections } = await startConnectedN8n({
			runtime,
			tarball,
			sandboxUrl: listening.url,
			port: await editorPort(story),
			env: neighbours.env,
		});
		closing.unshift(() => n8n.stop());
		const workflows = await activateExamples({
			sandbox,
			n8n,
			connections,
			workflows: readWorkflows(path.join(root, 'workflows-examples')),
		});
		sandbox.editor = {
			url: `${n8n.url}/home/workflows`,
			signIn: { email: OWNER.email, password: OWNER.password },
			workflows,
		};
		story.heading('What happens in n8n now');
		await proveOneOrder({ sandbox, neighbours, story });
		story.heading('See for yourself');
		story.say(`The sandbox's page: ${listening.url}`);
		story.say('');
		story.say('The workflows in n8n, numbered as in the documentation:');
		for (const { name, url, isActive } of workflows) {
			story.say(`  ${url}  ${name}${isActive ? ', running' : ''}`);
		}
		story.say(`n8n asks you to sign in: e-mail ${OWNER.email}, password ${OWNER.password}`);
		story.say('');
		story.say(
			'Complete an order on the left of the page, and the invoice appears on the right within seconds.',
		);
		story.say('Record its payment on the right, and the order on the left shows it as soon.');
		story.say('');
		story.say(
			'Both credentials are there already. For some of your own (none of this is a secret):',
		);
		for (const line of credentialLines(listening.url)) story.say(line);
		story.say('');
		if (once) return;
		story.say('Knack and Xero call n8n, and n8n looks by itself too. Ctrl-C ends the demo.');
		await new Promise(() => undefined);
	} finally {
		await stop();
	}
}

/** n8n's usual port, or the next one; then a person hears why the address is another one today. */
async function editorPort(story: Story): Promise<number> {
	const port = await freePort(EDITOR_PORT);
	if (port !== EDITOR_PORT) {
		story.say(`Another program listens on port ${EDITOR_PORT}, so n8n takes ${port}.`);
	}
	return port;
}

const options: DemoOptions = JSON.parse(process.env.KNACK_XERO_DEMO ?? '{}');
demo(options).then(
	() => process.exit(0),
	(error: unknown) => {
		console.error(
			`\nThe demo did not get to its end. ${error instanceof Error ? error.message : ''}`,
		);
		process.exit(1);
	},
);
