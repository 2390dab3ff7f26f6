import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { browserPath } from '../support/editorPage';
import { Camera } from './camera';
import { costs } from './screens/costs';
import { credentialForms } from './screens/credentials';
import { examplesAfterARun } from './screens/examples';
import { figures } from './screens/figures';
import { mapUpsert } from './screens/mapUpsert';
import { bills, claims } from './screens/jobMoney';
import { knackNode, menus, paymentStatus } from './screens/otherNodes';
import { sandboxPage } from './screens/sandboxPage';
import { knackTrigger, xeroTrigger } from './screens/triggers';
import { drawSketch } from './sketches/drawSketch';
import { sketchOf } from './sketches/sketches';
import { openStage, type Stage, type StageOptions } from './stage';

interface Job extends StageOptions {
	/** Names of scenes, all of them when there are none; `sketches` needs no n8n. */
	readonly only: readonly string[];
}

/** In this order: what the examples write, the sandbox's page shows. */
const scenes: Readonly<Record<string, (stage: Stage, camera: Camera) => Promise<void>>> = {
	credentialForms,
	menus,
	knackTrigger,
	xeroTrigger,
	mapUpsert,
	paymentStatus,
	knackNode,
	costs,
	examples: examplesAfterARun,
	figures,
	claims,
	bills,
	sandboxPage,
};

/** Runs in a process of its own: makes the pictures and says which could not be made. */
async function main(): Promise<void> {
	const job: Job = JSON.parse(process.argv[2] ?? '{}');
	const folder = path.join(job.root, 'docs/images');
	await mkdir(folder, { recursive: true });
	const wanted = (name: string): boolean => job.only.length === 0 || job.only.includes(name);
	if (wanted('sketches')) {
		for (const [file, sketch] of Object.entries(sketchOf)) {
			await writeFile(path.join(folder, file), drawSketch(sketch));
		}
		console.log('✓ sketches');
	}
	const chosen = Object.entries(scenes).filter(([name]) => wanted(name));
	if (chosen.length === 0) return;
	if (!browserPath) throw new Error('There is no Chromium on this machine; CHROMIUM may name one.');
	const stage = await openStage(job);
	try {
		const camera = new Camera(stage.editor.page, folder);
		for (const [name, scene] of chosen) {
			try {
				await scene(stage, camera);
				console.log(`✓ ${name}`);
			} catch (error) {
				// The others may be right all the same.
				const seen = path.join(job.root, 'build', `pictures-${name}.png`);
				await stage.editor.page.screenshot({ path: seen }).catch(() => undefined);
				const why = error instanceof Error ? error.message : String(error);
				console.error(`✗ ${name}: ${why}\n  What was on the screen: ${seen}`);
				process.exitCode = 1;
			}
		}
	} finally {
		await stage.close();
	}
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
