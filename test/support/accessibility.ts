import type { Page } from 'playwright-core';
import { z } from 'zod';

const axeResult = z.object({
	violations: z.array(
		z.object({
			id: z.string(),
			impact: z.string().nullable(),
			nodes: z.array(z.object({ html: z.string() })),
		}),
	),
});

type Violation = z.infer<typeof axeResult>['violations'][number];

/** What axe finds on a page as it is shown now. */
export async function axeViolations(page: Page): Promise<readonly Violation[]> {
	await page.addScriptTag({ path: require.resolve('axe-core/axe.min.js') });
	return axeResult.parse(await page.evaluate('axe.run(document)')).violations;
}
