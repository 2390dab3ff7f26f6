import { chosenProof, flag, number, proof, text, WrongCommand, type Proof } from '../prove/command';
import { PROOFS } from '../prove/proofs';

const told = (values: object) => Promise.resolve({ passed: true, lines: [JSON.stringify(values)] });

const SOME: readonly Proof[] = [
	proof({
		shows: 'What is run when nothing is chosen.',
		options: { runs: number(10_000, 'runs'), only: text('kinds whose name contains it') },
		run: told,
	}),
	proof({
		name: 'first-load',
		shows: 'The first load.',
		options: { records: number(500, 'records'), kills: number(20, 'kills', 0) },
		run: told,
	}),
	proof({
		name: 'totals',
		shows: 'Totals.',
		options: { totals: number(100, 'documents'), explain: flag('in words') },
		run: told,
	}),
];

async function lineOf(...parameters: string[]): Promise<string> {
	const run = chosenProof(SOME, parameters).asTold(parameters);
	const { lines } = await run(() => undefined);
	return lines.join('\n');
}

describe('the command line of npm run prove', () => {
	it('chooses a proof by its name, with what was said and what nobody said', async () => {
		expect(await lineOf()).toBe('{"runs":10000,"only":""}');
		expect(await lineOf('--runs', '5', '--only=bill')).toBe('{"runs":5,"only":"bill"}');
		expect(await lineOf('--first-load')).toBe('{"records":500,"kills":20}');
		expect(await lineOf('--kills', '0', '--first-load')).toBe('{"records":500,"kills":0}');
	});

	it('takes the number of a proof after its name', async () => {
		expect(await lineOf('--totals', '7')).toBe('{"totals":7,"explain":false}');
		expect(await lineOf('--explain', '--totals=7')).toBe('{"totals":7,"explain":true}');
		expect(await lineOf('--totals', '--explain')).toBe('{"totals":100,"explain":true}');
		expect(await lineOf('--totals')).toBe('{"totals":100,"explain":false}');
	});

	it.each([
		[['--magic'], "Unknown option '--magic'. This proof takes --runs, --only."],
		[['--first-load', '--only', 'bill'], "Unknown option '--only'. --first-load takes --records"],
		[['--first-load', '5'], "Unexpected argument '5'"],
		[['--runs', 'many'], '--runs: give a whole number from 1'],
		[['--runs', '0'], '--runs: give a whole number from 1'],
		[['--totals', '1.5'], '--totals: give a whole number from 1'],
		[['--first-load', '--totals', '5'], '--first-load and --totals are two proofs: ask for one.'],
	])('refuses %j', (parameters, why) => {
		const told = () => chosenProof(SOME, parameters).asTold(parameters);
		expect(told).toThrow(WrongCommand);
		expect(told).toThrow(why);
	});

	it('says how each proof is called, and what it can be told', () => {
		expect(SOME.map(({ help }) => help)).toEqual([
			[
				'npm run prove -- [--runs 10000] [--only text]',
				'    What is run when nothing is chosen.',
				'      --runs  runs',
				'      --only  kinds whose name contains it',
			],
			[
				'npm run prove -- --first-load [--records 500] [--kills 20]',
				'    The first load.',
				'      --records  records',
				'      --kills    kills',
			],
			[
				'npm run prove -- --totals 100 [--explain]',
				'    Totals.',
				'      --totals   documents',
				'      --explain  in words',
			],
		]);
	});

	it('has each proof once, each repeatable by a seed', () => {
		const names = PROOFS.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		for (const { help } of PROOFS) expect(help.join('\n')).toContain('[--seed 1]');
	});
});
