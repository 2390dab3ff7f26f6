/** Xero advises about 50 elements and at most 3.5 MB in one request. */
export const MOST_ELEMENTS = 50;
export const MOST_BYTES = 3_400_000;

/**
 * Moves of a status in one request: an id and a word each, of which no limit is known. Where Xero
 * does not take so many at once, they go in requests of the usual size.
 */
export const MOST_STATUS_MOVES = 200;
