import { filterParameters } from '../knackFilterParameters';
import { readFilters, type FiltersFor } from '../knackFilterSettings';
import { parameter, type Parameter } from '../parameters/parameter';
import type { ParameterReader } from '../parameters/reader';

/** Which records of the table count, for some operations. */
interface KnackFilter {
	readonly parameters: readonly Parameter[];
	/** Throws SettingError. */
	read(read: ParameterReader): FiltersFor;
}

export function knackFilter(...operations: readonly string[]): KnackFilter {
	const parameters = filterParameters.map((property) => {
		const show = { ...property.displayOptions?.show, operation: [...operations] };
		const shown = { ...property, displayOptions: { ...property.displayOptions, show } };
		return parameter(shown, undefined, (given) => given);
	});
	return {
		parameters,
		read: (read) => {
			const given = new Map(parameters.map((one) => [one.name, read(one)]));
			return readFilters((name) => given.get(name) ?? null);
		},
	};
}
