import type { INodeProperties } from 'n8n-workflow';
import { SettingError, shownValue } from './settingError';

/** What the reading of a parameter depends on besides its value. */
export interface Place {
	/**
	 * The node's other parameters, worked out, by name, as far as they tell what is shown. One that
	 * is not among them hides nothing.
	 */
	readonly parameters: Readonly<Record<string, unknown>>;
	/** IANA zone of the workflow, for dates. */
	readonly timeZone?: string;
	/** Where a nested parameter stands, such as "rule 2 under Rules". */
	readonly within?: string;
}

/**
 * A parameter of a node, declared once: what the panel shows, how a value is read, and what holds
 * where none is set.
 */
export interface Parameter<Value = unknown, Name extends string = string> {
	readonly name: Name;
	readonly property: INodeProperties;
	/** What holds where it is not set; the panel's default may be another (an entry that is added). */
	readonly unset: Value;
	/** Throws SettingError for what cannot be read. */
	read(given: unknown, place: Place): Value;
}

/** The values of a list of parameters, by their names. */
export type ValuesOf<Entries extends readonly Parameter[]> = {
	readonly [Entry in Entries[number] as Entry['name']]: Entry['unset'];
};

/** Makes a parameter of a property; `readSet` is asked only for what is set and shown. */
export function parameter<const Name extends string, Unset, Read>(
	property: INodeProperties & { readonly name: Name },
	unset: Unset,
	readSet: (given: unknown, place: Place) => Read,
): Parameter<Unset | Read, Name> {
	return {
		name: property.name,
		property,
		unset,
		read: (given, place) =>
			isUnset(given) || !isShown(property, place) ? unset : readSet(given, place),
	};
}

/** An entry that was never added, one that an expression gives nothing for, or an emptied one. */
export function isUnset(given: unknown): given is undefined | null | '' {
	return (
		given === undefined || given === null || (typeof given === 'string' && given.trim() === '')
	);
}

/** Whether a value as it is saved is set and the same for every item, rather than an expression. */
export function isFixed(stored: unknown): boolean {
	return !isUnset(stored) && !(typeof stored === 'string' && stored.startsWith('='));
}

/**
 * Whether the panel shows a parameter. n8n leaves hidden values out itself, unless an expression
 * decides what is shown: then those of another document or operation arrive as well (n8n 2.41,
 * displayParameter of n8n-workflow).
 */
function isShown({ displayOptions }: INodeProperties, { parameters }: Place): boolean {
	const meets = ([name, wanted]: readonly [string, unknown]): boolean | undefined => {
		const key = name.replace(/^\//, '');
		if (!Array.isArray(wanted) || !(key in parameters)) return undefined;
		return wanted.includes(parameters[key]);
	};
	const show = Object.entries(displayOptions?.show ?? {}).map(meets);
	const hide = Object.entries(displayOptions?.hide ?? {}).map(meets);
	return !show.includes(false) && !hide.includes(true);
}

/** Refuses a value by the parameter's label; `why` ends "… is set to "x", which is". */
export function refuse(
	label: string,
	given: unknown,
	why: string,
	fix: string,
	{ within }: Pick<Place, 'within'>,
): never {
	const where = within === undefined ? '' : ` It stands in ${within}.`;
	throw new SettingError(`${label} is set to ${shownValue(given)}, which is ${why}.${where}`, fix);
}
