import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { readCalendarDate, readInstant, type CalendarDate } from '../../dates';
import { parseDecimal } from '../../money';
import { isUnset, parameter, refuse, type Parameter, type Place } from './parameter';
import { SettingError } from './settingError';

/** A property without what its kind says. */
export type Described<Name extends string> = Omit<
	INodeProperties,
	'name' | 'type' | 'options' | 'default'
> & { readonly name: Name };

interface Choice<Value extends string | number> extends Omit<INodePropertyOptions, 'value'> {
	readonly value: Value;
}

/** n8n adds it to every `operation` and `resource` of a node with a credential that signs. */
const CUSTOM_API_CALL = '__CUSTOM_API_CALL__';

interface DeclaredChoice<Name extends string, Value extends string | number>
	extends Described<Name> {
	readonly options: ReadonlyArray<Choice<Value>>;
	readonly default: NoInfer<Value>;
}

/** One of several choices; `unset` is what holds where none is set, if not the panel's default. */
export function choice<const Name extends string, const Value extends string | number, const Unset>(
	declared: DeclaredChoice<Name, Value> & { readonly unset: Unset },
): Parameter<Value | Unset, Name>;
export function choice<const Name extends string, const Value extends string | number>(
	declared: DeclaredChoice<Name, Value>,
): Parameter<Value, Name>;
export function choice(
	declared: DeclaredChoice<string, string | number> & { readonly unset?: unknown },
): Parameter {
	const { unset, ...property } = declared;
	const options = declared.options.map((option) => ({ ...option }));
	return parameter(
		{ ...property, type: 'options', options },
		'unset' in declared ? unset : declared.default,
		(given, place) => readChoice(property.displayName, declared.options, given, place),
	);
}

/** One of the choices, by its value. */
export function readChoice<Value extends string | number>(
	label: string,
	choices: ReadonlyArray<Choice<Value>>,
	given: unknown,
	place: Place,
): Value {
	const text = textOf(given);
	const found = choices.find(({ value }) => String(value) === text);
	if (found) return found.value;
	const names = choices.map(({ name, value }) => `${name} (${value})`).join(', ');
	if (text === CUSTOM_API_CALL) {
		throw new SettingError(
			`${label} is set to Custom API Call (${CUSTOM_API_CALL}), which this node does not make: use an HTTP Request node for it.`,
			`There choose the same credential under Predefined Credential Type. Here choose one of: ${names}.`,
		);
	}
	refuse(label, given, 'none of its choices', `Choose one of: ${names}.`, place);
}

/** Yes or no. */
export function toggle<const Name extends string>(
	declared: Described<Name> & { readonly default: boolean; readonly unset?: boolean },
): Parameter<boolean, Name> {
	const { unset = declared.default, ...property } = declared;
	return parameter({ ...property, type: 'boolean' }, unset, (given, place) => {
		const text = typeof given === 'boolean' ? String(given) : textOf(given)?.toLowerCase();
		if (text === 'true' || text === 'false') return text === 'true';
		const fix = 'Switch it on or off; an expression must give true or false.';
		refuse(property.displayName, given, 'neither true nor false', fix, place);
	});
}

/** A number within limits. */
export function number<const Name extends string>(
	declared: Described<Name> & {
		readonly default: number;
		readonly least: number;
		readonly most?: number;
	},
): Parameter<number, Name> {
	const { least, most, ...property } = declared;
	const typeOptions = {
		...property.typeOptions,
		minValue: least,
		...(most === undefined ? {} : { maxValue: most }),
	};
	return parameter({ ...property, type: 'number', typeOptions }, declared.default, (given, place) =>
		readNumber(property.displayName, { least, most }, given, place),
	);
}

/** A number, also as text. */
export function readNumber(
	label: string,
	{ least, most }: { readonly least: number; readonly most?: number },
	given: unknown,
	place: Place,
): number {
	const range = most === undefined ? `${least} or more` : `from ${least} to ${most}`;
	const fix = `Give a number, ${range}.`;
	const value = parseDecimal(given)?.toNumber();
	if (value === undefined) refuse(label, given, 'not a number', fix, place);
	if (value < least || (most !== undefined && value > most)) {
		refuse(label, given, `not ${range}`, fix, place);
	}
	return value;
}

/** A whole number within limits. */
export function wholeNumber<const Name extends string>(
	declared: Described<Name> & {
		readonly default: number;
		readonly least: number;
		readonly most?: number;
	},
): Parameter<number, Name> {
	const plain = number(declared);
	return parameter({ ...plain.property, name: declared.name }, plain.unset, (given, place) => {
		const value = plain.read(given, place);
		if (Number.isInteger(value)) return value;
		const fix = `Give a whole number, ${declared.least} or more.`;
		refuse(declared.displayName, given, 'not a whole number', fix, place);
	});
}

/** Text, trimmed unless told; undefined where it is not set. Numbers count as text. */
export function text<const Name extends string>(
	declared: Described<Name> & {
		readonly type?: 'string' | 'options' | 'json' | 'hidden';
		readonly options?: INodeProperties['options'];
		readonly default: string;
		readonly keepsSpaces?: boolean;
	},
): Parameter<string | undefined, Name> {
	const { keepsSpaces = false, type = 'string', ...property } = declared;
	return parameter({ ...property, type }, undefined, (given, place) => {
		const read = readText(property.displayName, given, place);
		return keepsSpaces ? read : read.trim();
	});
}

/** Text or a number as it stands. */
export function readText(label: string, given: unknown, place: Pick<Place, 'within'>): string {
	if (typeof given === 'string') return given;
	if (typeof given === 'number' && Number.isFinite(given)) return String(given);
	refuse(label, given, 'not a text', 'Give one text, not a list or a group of values.', place);
}

/** A day on the calendar; undefined where it is not set. */
export function date<const Name extends string>(
	declared: Described<Name>,
): Parameter<CalendarDate | undefined, Name> {
	return parameter({ ...declared, type: 'dateTime', default: '' }, undefined, (given, place) => {
		const day = readCalendarDate(given, place.timeZone);
		if (day) return day;
		const fix = 'Give the day as year-month-day, such as 2026-11-30.';
		refuse(declared.displayName, given, 'not a date', fix, place);
	});
}

/** A moment, epoch milliseconds; undefined where it is not set. */
export function instant<const Name extends string>(
	declared: Described<Name>,
): Parameter<number | undefined, Name> {
	return parameter({ ...declared, type: 'dateTime', default: '' }, undefined, (given, place) => {
		const moment = readInstant(given, place.timeZone);
		if (moment !== undefined) return moment;
		const fix = 'Give the moment as 2026-11-30T14:00:00, or with a zone behind it.';
		refuse(declared.displayName, given, 'not a moment', fix, place);
	});
}

/** Several names or keys; undefined where it is not set. An empty list is one. */
export function textList<const Name extends string>(
	declared: Described<Name> & {
		readonly options?: INodePropertyOptions[];
		readonly default: string[];
	},
): Parameter<readonly string[] | undefined, Name> {
	const property = { ...declared, type: 'multiOptions' as const };
	return parameter(property, undefined, (given, place) => {
		const { displayName, options } = declared;
		if (!Array.isArray(given)) {
			refuse(displayName, given, 'not a list', 'Choose from the list, or give an array.', place);
		}
		const entries = given.filter((entry) => !isUnset(entry));
		return entries.map((entry) =>
			options
				? String(readChoice(displayName, options.map(withTextValue), entry, place))
				: readText(displayName, entry, place).trim(),
		);
	});
}

function withTextValue(option: INodePropertyOptions): Choice<string> {
	return { ...option, value: String(option.value) };
}

/** What is chosen from a list or typed in; undefined where nothing is. */
export function locator<const Name extends string>(
	declared: Described<Name> & Pick<INodeProperties, 'default' | 'modes'>,
): Parameter<string | undefined, Name> {
	return parameter({ ...declared, type: 'resourceLocator' }, undefined, (given, place) => {
		const value: unknown = isLocatorValue(given) ? given.value : given;
		if (value === undefined || value === null) return undefined;
		return readText(declared.displayName, value, place).trim() || undefined;
	});
}

function isLocatorValue(given: unknown): given is { readonly value: unknown } {
	return typeof given === 'object' && given !== null && 'value' in given;
}

/** A choice is told by its text, whether an expression gives text or a number. */
function textOf(given: unknown): string | undefined {
	return typeof given === 'string' || typeof given === 'number' ? String(given).trim() : undefined;
}
