import type { Issue } from '../../issue';

/** A setting of a node that cannot be read: nothing is done until a person has mended it. */
export class SettingError extends Error {
	/**
	 * @param message names the setting, as the panel shows it, and its value
	 * @param fix says what is allowed
	 */
	constructor(
		message: string,
		readonly fix: string,
	) {
		super(message);
		this.name = 'SettingError';
	}
}

/**
 * What is made of one item's settings, or what stands for it where an expression fails for the item.
 * A setting that cannot be read is thrown on: it is wrong for every item.
 */
export function unlessExpressionFails<Value>(
	make: () => Value,
	otherwise: (error: unknown) => Value,
): Value {
	let refused: SettingError;
	try {
		return make();
	} catch (error) {
		if (!(error instanceof SettingError)) return otherwise(error);
		refused = error;
	}
	throw refused;
}

export function expressionIssue(error: unknown): Issue {
	const message = error instanceof Error ? error.message : String(error);
	return {
		code: 'MAPPING_EXPRESSION_FAILED',
		severity: 'block',
		message: `An expression of the node cannot be worked out for this item: ${message}`,
		fix: 'Open the node with this item as input and look for the field marked red.',
	};
}

const MOST_CHARACTERS = 60;

/** A value as a sentence can hold it. */
export function shownValue(given: unknown): string {
	const text = typeof given === 'string' ? given : (JSON.stringify(given) ?? typeof given);
	return `"${text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text}"`;
}
