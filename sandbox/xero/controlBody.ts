import type { Context } from 'hono';

import { isJsonObject, type JsonObject } from './json';

/** What a control request says. */
export async function body(c: Context): Promise<JsonObject> {
	const sent = await c.req.text();
	if (sent === '') return {};
	const parsed: unknown = JSON.parse(sent);
	if (!isJsonObject(parsed)) throw new Error('Send one JSON object.');
	return parsed;
}

export function text(sent: JsonObject, name: string): string | undefined {
	const value = sent[name];
	return typeof value === 'string' && value !== '' ? value : undefined;
}

export function needed(sent: JsonObject, name: string): string {
	const value = text(sent, name);
	if (value === undefined) throw new Error(`"${name}" is needed.`);
	return value;
}
