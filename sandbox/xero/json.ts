/** What a JSON body can hold. `undefined` members are left out when written. */
export type Json = null | boolean | number | string | Json[] | JsonObject | undefined;

export interface JsonObject {
	[key: string]: Json;
}

export function isJsonObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
