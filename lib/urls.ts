import { inAddress } from './texts';

/**
 * Whether keys and tokens may travel to an address: over https, or to this machine itself.
 */
export function isSafeUrl(url: string): boolean {
	return /^(https:\/\/[^/\s]|http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/|$))/i.test(
		url.trim(),
	);
}

/** The address as it will be sent, every value encoded. */
export function fullUrl(url: string, query: Readonly<Record<string, string>> = {}): string {
	const pairs = Object.entries(query).map(
		([name, value]) => `${inAddress(name)}=${inAddress(value)}`,
	);
	return pairs.length === 0 ? url : `${url}?${pairs.join('&')}`;
}
