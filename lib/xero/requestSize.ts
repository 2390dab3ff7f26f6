/** Xero advises about 50 elements and at most 3.5 MB in one request. */
export const MOST_ELEMENTS = 50;
export const MOST_BYTES = 3_400_000;
