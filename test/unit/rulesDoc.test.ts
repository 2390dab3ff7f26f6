import { readFileSync } from 'node:fs';
import path from 'node:path';

import { RULES } from '../../lib/sync/check/check';
import { LATE_RULES } from '../../lib/sync/check/rules/lateRules';
import { rulesPage } from '../../scripts/rulesPage';

const page = path.join(__dirname, '../../docs/rules.md');

describe('docs/rules.md', () => {
	it('is what the rules say now (write it again with: node scripts/rulesDoc.mjs)', () => {
		expect(readFileSync(page, 'utf8')).toBe(rulesPage());
	});

	it('gives every rule a row of its own', () => {
		const codes = [...RULES, ...Object.values(LATE_RULES)].map((rule) => rule.code);
		const rows = [...rulesPage().matchAll(/^\| `([A-Z_]+)` \|/gm)].map((match) => match[1]);
		expect(new Set(codes).size).toBe(codes.length);
		expect(rows.sort()).toEqual([...codes].sort());
	});
});
