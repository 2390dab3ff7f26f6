import fc from 'fast-check';
import { createPacer, createPacers } from '../../lib/pace';
import { VirtualClock } from '../support/virtualClock';

describe('A pacer', () => {
	it('never starts more than allowed within any window, nor keeps more under way', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 1, max: 5 }),
				fc.integer({ min: 1, max: 4 }),
				fc.array(fc.nat(900), { minLength: 1, maxLength: 40 }),
				async (starts, inFlight, durations) => {
					const clock = new VirtualClock(0);
					const pacer = createPacer({ inFlight, windows: [{ starts, milliseconds: 1_000 }] });
					const begun: number[] = [];
					let underWay = 0;
					const work = durations.map((duration) =>
						pacer.run(clock, async () => {
							begun.push(clock.now());
							underWay += 1;
							expect(underWay).toBeLessThanOrEqual(inFlight);
							await clock.sleep(duration);
							underWay -= 1;
						}),
					);
					await clock.run(Promise.all(work));
					expect(begun).toHaveLength(durations.length);
					for (const start of begun) {
						const within = begun.filter((time) => time >= start && time < start + 1_000);
						expect(within.length).toBeLessThanOrEqual(starts);
					}
				},
			),
			{ numRuns: 60 },
		);
	});

	it('keeps the order in which it was asked', async () => {
		const clock = new VirtualClock(0);
		const pacer = createPacer({ inFlight: 2, windows: [{ starts: 1, milliseconds: 100 }] });
		const order: number[] = [];
		const work = [1, 2, 3, 4, 5].map((number) =>
			pacer.run(clock, async () => {
				order.push(number);
			}),
		);
		await clock.run(Promise.all(work));
		expect(order).toEqual([1, 2, 3, 4, 5]);
		expect(clock.now()).toBe(400);
	});

	it('lets lines take turns, each in its own order', async () => {
		const clock = new VirtualClock(0);
		const pacer = createPacer({ windows: [{ starts: 1, milliseconds: 100 }] });
		const order: string[] = [];
		const ask = async (name: string, line: string): Promise<void> => {
			await pacer.run(clock, async () => void order.push(name), line);
		};
		const writes = [1, 2, 3, 4, 5, 6].map(async (number) => await ask(`write ${number}`, 'writes'));
		const reads = [1, 2].map(async (number) => await ask(`read ${number}`, 'reads'));
		await clock.run(Promise.all([...writes, ...reads]));
		expect(order).toEqual([
			'write 1',
			'write 2',
			'read 1',
			'write 3',
			'read 2',
			'write 4',
			'write 5',
			'write 6',
		]);
	});

	it('starts nothing before a moment that the service named, also for those who wait already', async () => {
		const clock = new VirtualClock(0);
		const pacer = createPacer({ windows: [{ starts: 1, milliseconds: 1_000 }] });
		const begun: number[] = [];
		const start = async (): Promise<void> => {
			await pacer.run(clock, async () => {
				begun.push(clock.now());
				if (begun.length === 1) pacer.notBefore(5_000);
			});
		};
		await clock.run(Promise.all([start(), start()]));
		expect(begun).toEqual([0, 5_000]);
		expect(pacer.earliestStart(5_000)).toBe(6_000);
	});

	it('does not stand still when the clock is set back', async () => {
		let setBackMs = 0;
		const real = new VirtualClock(1_000_000);
		const clock = {
			now: () => real.now() - setBackMs,
			sleep: async (milliseconds: number) => await real.sleep(milliseconds),
		};
		const pacer = createPacer({ windows: [{ starts: 2, milliseconds: 1_000 }] });
		const start = async (): Promise<void> => await pacer.run(clock, async () => undefined);
		await real.run(Promise.all([start(), start()]));
		pacer.notBefore(clock.now() + 60_000);
		setBackMs = 700_000;
		await real.run(Promise.all([start(), start(), start()]));
		expect(real.now() - 1_000_000).toBeLessThanOrEqual(2_000);
	});

	it('gives its place back when the wait is cancelled or the work fails', async () => {
		const clock = new VirtualClock(0);
		const pacer = createPacer({ inFlight: 1, windows: [{ starts: 1, milliseconds: 1_000 }] });
		const stopped = {
			now: () => clock.now(),
			sleep: async () => await Promise.reject(new Error('stop')),
		};
		await pacer.run(clock, async () => undefined);
		await expect(pacer.run(stopped, async () => 'never')).rejects.toThrow('stop');
		const failing = pacer.run(clock, async () => await Promise.reject(new Error('bad')));
		await expect(clock.run(failing)).rejects.toThrow('bad');
		await expect(clock.run(pacer.run(clock, async () => 'done'))).resolves.toBe('done');
	});

	it('lets a cancelled run go that waits behind others, and sends nothing for it', async () => {
		const clock = new VirtualClock(0);
		const pacer = createPacer({ inFlight: 1, windows: [{ starts: 1, milliseconds: 60_000 }] });
		const run = new AbortController();
		const cancelled = {
			now: () => clock.now(),
			sleep: async (milliseconds: number) => await clock.sleep(milliseconds),
			stop: run.signal,
		};
		const done: string[] = [];
		const others = ['first', 'second', 'fourth'].map(
			async (name) => await pacer.run(clock, async () => void done.push(name)),
		);
		const third = pacer.run(cancelled, async () => void done.push('third'));
		const late = clock.sleep(1_000).then(() => run.abort());
		await expect(clock.run(Promise.all([third, late]))).rejects.toThrow('stopped');
		expect(clock.now()).toBe(1_000);
		await clock.run(Promise.all(others));
		expect(done).toEqual(['first', 'second', 'fourth']);
		await expect(pacer.run(cancelled, async () => undefined)).rejects.toThrow('stopped');
		await expect(clock.run(pacer.run(clock, async () => 'free'))).resolves.toBe('free');
	});

	it('is one for all that name it', () => {
		const pacers = createPacers();
		expect(pacers.of('one', {})).toBe(pacers.of('one', { inFlight: 1 }));
		expect(pacers.of('one', {})).not.toBe(pacers.of('two', {}));
	});
});
