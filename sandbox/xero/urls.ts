import type { Input } from './input';
import type { Problems } from './problems';

/** The link of a document to its source, which Xero wants to lead elsewhere. */
export function readUrl(
	input: Input,
	before: string | undefined,
	problems: Problems,
): string | undefined {
	if (!input.has('Url')) return before;
	const url = input.trimmed('Url');
	if (url !== undefined && /xero/i.test(url)) problems.add('The Url must not contain "xero".');
	return url;
}
