import { xeroInMemory } from '../../support/xeroInMemory';
import { fuzzDeliveries, STORM, XERO_WAITS_MS, type DeliveryFindings } from './deliveries';
import type { Findings } from './findings';
import { fuzzRecords } from './records';
import { fuzzSecrets, kindsOfPages, type SecretFindings } from './secrets';
import { measureTimes, type TimeOptions, type TimeResult } from './times';

export interface FuzzOptions {
	/** Odd values in records, each in one field. */
	readonly values: number;
	/** Bodies to the triggers' addresses. */
	readonly bodies: number;
	readonly firstSeed: number;
	readonly times: Omit<TimeOptions, 'firstSeed'>;
}

/** What is measured of each parser, beside the length of the long texts. */
export const TIMES = { shapes: 20, short: 10_000, measured: 3 };

/** How much longer a character may take in the long text than in the short one. */
const MOST_RATIO = 3;

export interface FuzzResult {
	readonly records: Findings;
	readonly deliveries: DeliveryFindings;
	readonly secrets: SecretFindings;
	readonly times: TimeResult;
}

export async function fuzz({ values, bodies, firstSeed, times }: FuzzOptions): Promise<FuzzResult> {
	const { settings } = await xeroInMemory();
	const pages = Array.from({ length: await kindsOfPages() }, (_, kind) => kind);
	return {
		// First, while nothing else is kept in memory.
		times: measureTimes(settings, { ...times, firstSeed }),
		records: await fuzzRecords(values, firstSeed),
		deliveries: await fuzzDeliveries(bodies, firstSeed),
		secrets: await fuzzSecrets(pages),
	};
}

function broken({
	records,
	deliveries,
	secrets,
	times,
}: FuzzResult): ReadonlyArray<readonly [what: string, lines: readonly string[]]> {
	return [
		['runs ended by one record', records.ended],
		['other records touched', records.touched],
		['doubles', records.doubled],
		['records written again though nothing changed', records.restless],
		['records held without a reason or a fix', records.unexplained],
		['deliveries answered wrongly', deliveries.wrongAnswers],
		['forged deliveries that started something', deliveries.started],
		['addresses that heard nothing afterwards', deliveries.deaf],
		['secrets found', secrets.found],
		['parsers that threw', times.thrown],
	];
}

export function isFuzzProven(result: FuzzResult): boolean {
	return (
		broken(result).every(([, lines]) => lines.length === 0) && result.times.worstRatio <= MOST_RATIO
	);
}

export function fuzzTable(result: FuzzResult): string[] {
	const { records, deliveries, secrets, times } = result;
	return [
		`${records.values} odd values over all fields of all documents`,
		`${deliveries.bodies} bodies over both addresses, ${deliveries.trusted} of them signed or with the secret; the slowest answer took ${Math.round(deliveries.slowestMs)} ms`,
		`${STORM.deliveries} sound deliveries at ${STORM.perSecond} a second: the slowest answer took ${Math.round(deliveries.stormMs)} ms, of the ${XERO_WAITS_MS} that Xero waits`,
		`${secrets.runs} runs through a proxy that repeats what it is sent, ${secrets.shown} pages, ${secrets.characters} characters left behind`,
		`${times.shapes} texts for ${times.parsers} parsers; the longest reading took ${Math.round(times.longestMs)} ms (${times.longestInWords})`,
		`${times.worstRatio.toFixed(2)} times as long for a character of a long text, at worst (${times.worstInWords})`,
		...broken(result).flatMap(([what, lines]) => [
			`${lines.length} ${what}`,
			...lines.slice(0, 20).map((line) => `  WRONG ${line}`),
		]),
	];
}
