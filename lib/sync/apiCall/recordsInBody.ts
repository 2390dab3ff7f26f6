import { isRecord } from '../map/sampleShape';

/**
 * How many records a call would write, by its body: those of a list, which stands alone or by itself
 * under the name of its resource; else one. Whatever is sent counts as one at least.
 */
export function recordsInBody(body: unknown): number {
	const [only, ...others] = isRecord(body) ? Object.values(body) : [body];
	return Array.isArray(only) && others.length === 0 ? Math.max(1, only.length) : 1;
}
