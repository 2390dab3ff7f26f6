/**
 * The setting of Knack Trigger that lets it hand on again what is not in Xero yet. Missing for as long
 * as there is none: then what a killed worker lost is delivered again by the test, and counted.
 */
export const UNTIL_SYNCED: Readonly<Record<string, unknown>> | undefined = undefined;
