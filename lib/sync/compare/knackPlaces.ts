/** Knack fields by key or label, by the path of the value that stands in them. */
export type KnackPlaces = ReadonlyMap<string, string>;
