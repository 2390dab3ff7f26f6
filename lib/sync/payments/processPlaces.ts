import type { ChangesState } from './changesState';

/** Organisations, document types, tables and nodes of which a process knows the place. */
const MOST_SCOPES = 100;

/**
 * How far the runs of this n8n process came, where no table of Knack keeps it. Each process has places
 * of its own, and a new one has none: it looks back.
 */
export interface ProcessPlaces {
	read(scope: string): ChangesState | undefined;
	write(scope: string, state: ChangesState): void;
}

export function createProcessPlaces(): ProcessPlaces {
	const places = new Map<string, ChangesState>();
	return {
		read: (scope) => places.get(scope),
		write(scope, state) {
			places.delete(scope);
			places.set(scope, state);
			for (const oldest of places.keys()) {
				if (places.size <= MOST_SCOPES) break;
				places.delete(oldest);
			}
		},
	};
}
