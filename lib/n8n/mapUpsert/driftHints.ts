import type { NodeExecutionHint } from 'n8n-workflow';
import type { IssueCode } from '../../issueCodes';
import { FIELD_GONE } from '../../sync/map/goneNames';
import { ATTENTION, type Outcome } from '../../sync/outcome';

/** Issues that come of a mapping that names what was renamed, archived or deleted since. */
const DRIFT: ReadonlySet<IssueCode> = new Set<IssueCode>([
	FIELD_GONE.code,
	'XERO_ACCOUNT_ARCHIVED',
	'XERO_ACCOUNT_UNKNOWN',
	'XERO_TAX_RATE_UNKNOWN',
	'XERO_TRACKING_UNKNOWN',
	'XERO_BRANDING_THEME_UNKNOWN',
]);

const MOST = 5;

/** A hint for each such thing, said once for all records that wait for it, with what to do. */
export function driftHints(outcomes: readonly Outcome[]): NodeExecutionHint[] {
	const found = new Map<string, { readonly fix: string; count: number }>();
	for (const { outcome, issues } of outcomes) {
		if (!ATTENTION.has(outcome)) continue;
		const own = issues.filter(({ code }) => DRIFT.has(code));
		const said = new Map(own.map(({ message, fix }) => [withoutLine(message), fix]));
		for (const [message, fix] of said) {
			const known = found.get(message);
			if (known) known.count += 1;
			else found.set(message, { fix, count: 1 });
		}
	}
	return [...found].slice(0, MOST).map(([message, { fix, count }]) => ({
		message: `${message} ${count === 1 ? '1 record waits' : `${count} records wait`} for it. ${fix}`,
		type: 'warning',
		location: 'outputPane',
	}));
}

/** Lines of a record, and of all records, are of one mapping. */
function withoutLine(message: string): string {
	return message.replace(/ ?\(line \d+\)/, '').replace(/, line \d+\)/, ')');
}
