import type { WireElement } from './definition';

/** Where a value stands in an element: read it there, or put it there, making room on the way. */
export interface WireSlot {
	get(element: WireElement): unknown;
	put(element: WireElement, value: unknown): void;
}

export function isElement(value: unknown): value is WireElement {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The elements of a list in an answer; an empty list when there is none. */
export function elementsOf(value: unknown): WireElement[] {
	return Array.isArray(value) ? value.filter(isElement) : [];
}

export function property(name: string): WireSlot {
	return {
		get: (element) => element[name],
		put: (element, value) => {
			element[name] = value;
		},
	};
}

/** A slot in a nested element, such as `ContactID` inside `Contact`. */
export function inside(name: string, slot: WireSlot): WireSlot {
	return {
		get: (element) => {
			const nested = element[name];
			return isElement(nested) ? slot.get(nested) : undefined;
		},
		put: (element, value) => {
			const present = element[name];
			const nested: WireElement = isElement(present) ? present : {};
			element[name] = nested;
			slot.put(nested, value);
		},
	};
}

/** A slot in the entry of a list that carries a mark, such as the address with type STREET. */
export function inMarkedEntry(
	list: string,
	markName: string,
	mark: string,
	slot: WireSlot,
): WireSlot {
	const find = (element: WireElement) =>
		elementsOf(element[list]).find((entry) => entry[markName] === mark);
	return {
		get: (element) => {
			const entry = find(element);
			return entry && slot.get(entry);
		},
		put: (element, value) => {
			let entry = find(element);
			if (!entry) {
				entry = { [markName]: mark };
				element[list] = [...elementsOf(element[list]), entry];
			}
			slot.put(entry, value);
		},
	};
}

/** A slot in the entry of a list at a position that counts from 0. */
export function atPosition(list: string, position: number, slot: WireSlot): WireSlot {
	return {
		get: (element) => {
			const entry = elementsOf(element[list])[position];
			return entry && slot.get(entry);
		},
		put: (element, value) => {
			const entries = elementsOf(element[list]);
			while (entries.length <= position) entries.push({});
			element[list] = entries;
			const entry = entries[position];
			if (entry) slot.put(entry, value);
		},
	};
}

/** A copy of an element without some of its members, such as those that stand in the address. */
export function withoutMembers(element: WireElement, ...names: readonly string[]): WireElement {
	return Object.fromEntries(Object.entries(element).filter(([name]) => !names.includes(name)));
}
