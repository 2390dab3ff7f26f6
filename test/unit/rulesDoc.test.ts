import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CODES_BY_STAGE, judged, type IssueCode } from '../../lib/issueCodes';
import type { FaultCause, ServiceFault } from '../../lib/serviceFault';
import { RULES } from '../../lib/sync/check/check';
import { LATE_RULES } from '../../lib/sync/check/rules/lateRules';
import { KNACK_WORDS } from '../../lib/sync/words/knackWords';
import { XERO_WORDS } from '../../lib/sync/words/xeroWords';
import { faultIssue } from '../../lib/sync/words/faultIssue';
import { rulesPage } from '../../scripts/rulesPage';

const root = path.join(__dirname, '../..');
const CODES = Object.values(CODES_BY_STAGE).flatMap((codes) => Object.keys(codes) as IssueCode[]);

/** Codes that are named before what finds them is there. None stays here once it is found. */
const RESERVED: ReadonlySet<IssueCode> = new Set<IssueCode>();

const CAUSES: Readonly<Record<FaultCause, true>> = {
	credentialRefused: true,
	scopeMissing: true,
	organisationMissing: true,
	notFound: true,
	requestRefused: true,
	rateLimited: true,
	daySpent: true,
	unavailable: true,
	unreachable: true,
	stopped: true,
};

/** The codes of faults of a whole service, which are put together from both names. */
const FAULTS = (['xero', 'knack'] as const).flatMap((service) =>
	(Object.keys(CAUSES) as FaultCause[]).map((cause) => {
		const fault: ServiceFault = { service, cause, message: 'It is down.', fix: 'Wait.' };
		return faultIssue(fault).code;
	}),
);

/** The shipped sources, but for the registry's own lines. */
const SOURCES = ['lib', 'nodes'].flatMap((folder) =>
	readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts') && !file.startsWith('issueCodes'))
		.map((file) => readFileSync(path.join(root, folder, file), 'utf8')),
);

/** Everything in the sources that looks like a code. */
function namedInSources(): Set<string> {
	const named = new Set<string>();
	for (const source of SOURCES) {
		for (const [, code = ''] of source.matchAll(/'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)'/g)) {
			named.add(code);
		}
	}
	return named;
}

describe('docs/rules.md', () => {
	it('is what the registry says now (write it again with: node scripts/rulesDoc.mjs)', () => {
		expect(readFileSync(path.join(root, 'docs/rules.md'), 'utf8')).toBe(rulesPage());
	});

	it('gives every code a row of its own', () => {
		const rows = [...rulesPage().matchAll(/^\| `([A-Z_]+)` \|/gm)].map((match) => match[1]);
		expect(new Set(CODES).size).toBe(CODES.length);
		expect(rows.sort()).toEqual([...CODES].sort());
	});
});

describe('the registry of codes', () => {
	it('has no code that nothing can find, but for those that are reserved', () => {
		const named = namedInSources();
		const found = new Set<string>([...named, ...FAULTS]);
		expect(named.size).toBeGreaterThan(150);
		expect(CODES.filter((code) => !found.has(code) && !RESERVED.has(code))).toEqual([]);
		expect([...RESERVED].filter((code) => found.has(code))).toEqual([]);
	});

	it('has no late rule that no step finds', () => {
		const all = SOURCES.join('\n');
		const idle = Object.keys(LATE_RULES).filter((key) => !new RegExp(`\\.${key}\\b`).test(all));
		expect(idle).toEqual([]);
	});

	it('has every code that a source names', () => {
		const known = new Set<string>(CODES);
		const strange = [...namedInSources()].filter(
			(name) => /^(XERO|KNACK|MAPPING|PAYMENT_HISTORY|ITEM|SYNC)_/.test(name) && !known.has(name),
		);
		expect(strange).toEqual([]);
	});

	it('says what must hold in a sentence, and how severe it is, once for all', () => {
		for (const code of CODES) {
			expect(judged(code).title).toMatch(/^[A-Z].{8,}[^.]$/);
		}
		const rules = [...RULES, ...Object.values(LATE_RULES)];
		for (const { code, severity, title, canBeLowered } of rules) {
			expect(judged(code)).toEqual({ code, severity, title, canBeLowered });
		}
	});

	it('is where the words of the services have their codes', () => {
		const known = new Set<string>(CODES);
		const words = [...XERO_WORDS, ...KNACK_WORDS].map(({ code }) => code);
		expect(words.filter((code) => !known.has(code))).toEqual([]);
	});
});
