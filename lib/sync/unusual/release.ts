import { canonicalJson } from '../../hash';
import type { Posting } from './posting';
import { digestOf } from '../sourceLink/digest';
import type { Release } from './answers';
import type { Unusual } from './look';

/** Letters that stand for one finding: a person copies them. */
const LETTERS = 7;

/**
 * What stands for a finding of a record: the rule, the record's own values that it named, and whose
 * document it is. What others had posted by then is not in it, so that a release does not end
 * because more is posted.
 */
function tokenOf({ rule, released }: Unusual, key: string, posting: Posting): string {
	const named = [rule.code, key, posting.contactId ?? posting.contactName, ...released];
	return digestOf(canonicalJson(named), LETTERS).replaceAll('_', 'z');
}

/** What a person enters to release findings: one code for all of them. */
export function releaseCode(found: readonly Unusual[], key: string, posting: Posting): string {
	return [...new Set(found.map((each) => tokenOf(each, key, posting)))].sort().join('-');
}

/** What is missing of a release in words; nothing where it is whole. */
export function missingOf({ by, on, reason }: Release): string[] {
	return [...(by ? [] : ['who released it']), ...(on ? [] : ['when']), ...(reason ? [] : ['why'])];
}

/** Whether a release is for a finding: another number has another token, and asks again. */
export function releases(
	{ code }: Release,
	found: Unusual,
	key: string,
	posting: Posting,
): boolean {
	return code
		.toLowerCase()
		.split(/[^0-9a-z]+/)
		.includes(tokenOf(found, key, posting));
}

/** "Released by Ida Berg on 2026-11-28: asked the customer." */
export function releaseText({ by = '', on = '', reason = '' }: Partial<Release> = {}): string {
	return `Released by ${by} on ${on}: ${reason.replace(/[.!?]?$/, '.')}`;
}
