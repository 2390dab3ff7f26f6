/**
 * Imported before n8n-core, which reads its settings while it is loaded: the engine's settings file
 * goes to a folder of its own, never to the developer's, and nothing is sent anywhere.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';

const worker = process.env.JEST_WORKER_ID ?? '1';
const folder = path.resolve(__dirname, '../../build/engine', worker);
mkdirSync(folder, { recursive: true });
process.env.N8N_USER_FOLDER = folder;
process.env.N8N_ENCRYPTION_KEY = 'only-for-engine-tests';
process.env.N8N_DIAGNOSTICS_ENABLED = 'false';
process.env.N8N_LOG_LEVEL = 'silent';
