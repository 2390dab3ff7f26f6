import { PROMISES, type Promised } from './findings';
import type { IdentityResult, Share } from './identity';

/** At most so many of a hundred ordinary records may be held. */
const MOST_HELD_PERCENT = 1;

/** Whether everything that was promised was kept. */
export function isProven({ broken, edits, news, sharedNews, same }: IdentityResult): boolean {
	return (
		Object.values(broken).every((seeds) => seeds.length === 0) &&
		[edits, news, sharedNews, same].every(isSeldomHeld)
	);
}

function isSeldomHeld({ count, held }: Share): boolean {
	return held * 100 <= count * MOST_HELD_PERCENT;
}

/** The counts as one table, with seeds to look at. */
export function identityTable(result: IdentityResult): string[] {
	const { worlds, runs, byFamily, broken, edits, news, sharedNews, same, unclear } = result;
	const promised = Object.keys(PROMISES) as Promised[];
	return [
		`${worlds} worlds, ${runs} runs: ${Object.entries(byFamily)
			.map(([name, count]) => `${count} × ${name}`)
			.join(', ')}`,
		'',
		row('worlds with it broken', 'promise', 'seeds'),
		...promised.map((what) =>
			row(String(broken[what].length), `${what}: ${PROMISES[what]}`, firstSeeds(broken[what])),
		),
		'',
		row('held of', 'records', 'seeds'),
		...[
			['ordinary edits', edits] as const,
			['ordinary new records', news] as const,
			['… whose number or reference others use too', sharedNews] as const,
			['unchanged records', same] as const,
			['records that are for a person to decide', unclear] as const,
		].map(([name, share]) =>
			row(
				`${share.held} of ${share.count}`,
				name,
				name.startsWith('records') ? '' : firstSeeds(share.seeds),
			),
		),
	];
}

function row(figure: string, name: string, seeds: string): string {
	return `${figure.padStart(22)}  ${name.padEnd(76)}  ${seeds}`.trimEnd();
}

function firstSeeds(seeds: readonly number[]): string {
	return seeds.slice(0, 6).join(' ') + (seeds.length > 6 ? ' …' : '');
}
