import type { IExecuteFunctions } from 'n8n-workflow';
import type { Parameter, Place } from './parameter';

/** Reads parameters of a node, each strictly. Throws SettingError for what cannot be read. */
export type ParameterReader = <Value>(parameter: Parameter<Value>) => Value;

/** n8n's own way of reading a parameter; gives null for one that is hidden. */
export type GetParameter = (name: string) => unknown;

/** n8n's way for an item of a run. */
export function itemParameter(context: IExecuteFunctions, index: number): GetParameter {
	return (name) => context.getNodeParameter(name, index, null);
}

interface TriggerFunctions {
	getNodeParameter(name: string, fallback?: unknown): unknown;
}

/** n8n's way in a trigger, which has no items. */
export function triggerParameter(context: TriggerFunctions): GetParameter {
	return (name) => context.getNodeParameter(name, null);
}

export function parameterReader(get: GetParameter, place: Place): ParameterReader {
	return ({ name, read }) => read(get(name), place);
}
