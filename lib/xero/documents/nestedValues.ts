import type { FieldValues } from './definition';

/** `contact.name` as `contact: { name }`, so that expressions read as the document does. */
export function nested(fields: FieldValues): Record<string, unknown> {
	const root = new Map<string, unknown>();
	for (const [path, value] of Object.entries(fields)) place(root, path.split('.'), value);
	return plain(root);
}

function place(into: Map<string, unknown>, [name = '', ...rest]: string[], value: unknown): void {
	if (rest.length === 0) {
		into.set(name, value);
		return;
	}
	const held = into.get(name);
	const inner = held instanceof Map ? held : new Map<string, unknown>();
	into.set(name, inner);
	place(inner, rest, value);
}

function plain(map: Map<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(
		[...map].map(([name, value]) => [name, value instanceof Map ? plain(value) : value]),
	);
}
