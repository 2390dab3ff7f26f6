/** Writes the decision table of lib/sync/find into docs/never-twice.md. */
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { bundleForNode } from './bundleForNode.mjs';
import { projectRoot } from './toolchain.mjs';

const page = path.join(projectRoot, 'docs/never-twice.md');
const { withDecisionTable } = createRequire(import.meta.url)(
	await bundleForNode('scripts/decisionTablePage.ts'),
);
await writeFile(page, withDecisionTable(await readFile(page, 'utf8')));
console.log('Wrote the decision table into docs/never-twice.md.');
