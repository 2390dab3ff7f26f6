import { inAddress } from '../texts';

/** Where the parts of Xero's API are: live, or a twin of it on this machine. */
export interface XeroUrls {
	readonly accounting: string;
	readonly projects: string;
	/** Of the United Kingdom and New Zealand, and of Australia by its second version: timesheets alone. */
	readonly payroll: string;
	/** Of Australia: people, pay calendars and pay items. */
	readonly payrollOfAustralia: string;
	readonly assets: string;
	readonly files: string;
	readonly connections: string;
}

/** The parts of the API, each below an address of its own. */
export type XeroApi = Exclude<keyof XeroUrls, 'connections'>;

export const LIVE_XERO: XeroUrls = {
	accounting: 'https://api.xero.com/api.xro/2.0',
	projects: 'https://api.xero.com/projects.xro/2.0',
	payroll: 'https://api.xero.com/payroll.xro/2.0',
	payrollOfAustralia: 'https://api.xero.com/payroll.xro/1.0',
	assets: 'https://api.xero.com/assets.xro/1.0',
	files: 'https://api.xero.com/files.xro/1.0',
	connections: 'https://api.xero.com/connections',
};

/** The addresses below a sandbox's root, such as `http://127.0.0.1:4010/xero`. */
export function sandboxXero(root: string): XeroUrls {
	const base = root.replace(/\/+$/, '');
	return {
		accounting: `${base}/api.xro/2.0`,
		projects: `${base}/projects.xro/2.0`,
		payroll: `${base}/payroll.xro/2.0`,
		payrollOfAustralia: `${base}/payroll.xro/1.0`,
		assets: `${base}/assets.xro/1.0`,
		files: `${base}/files.xro/1.0`,
		connections: `${base}/connections`,
	};
}

/**
 * Addresses beyond about 2,048 characters are answered by a 404 that says nothing of the cause
 * (github.com/XeroAPI/Xero-OpenAPI/issues/534), so requests stay well below.
 */
export const LONGEST_URL = 1900;

/**
 * Splits values into groups whose joined text keeps the query within `room` characters once it is
 * encoded, and within `most` values. A value too long by itself gets a group of its own.
 */
export function chunkByLength(
	values: readonly string[],
	separator: string,
	room: number,
	most: number,
): string[][] {
	const chunks: string[][] = [];
	let chunk: string[] = [];
	let length = 0;
	const parting = inAddress(separator).length;
	for (const value of values) {
		const cost = inAddress(value).length + parting;
		if (chunk.length > 0 && (length + cost > room || chunk.length >= most)) {
			chunks.push(chunk);
			chunk = [];
			length = 0;
		}
		chunk.push(value);
		length += cost;
	}
	if (chunk.length > 0) chunks.push(chunk);
	return chunks;
}
