import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const REPORT_EVERY_MS = 15_000;
const REDRAW_EVERY_MS = 250;

/**
 * Steps that wait for one another and otherwise run at the same time, with a display that says what
 * is happening and how long is left. How long a step takes is learnt from earlier runs.
 */
export class Plan {
	#steps = new Map();
	#durations;
	#durationsFile;
	#out;
	#live;
	#timer;
	#drawnLines = 0;

	/**
	 * @param {{ durationsFile: string, out?: NodeJS.WriteStream, live?: boolean }} options
	 *   `live` redraws one line for each running step; otherwise plain lines are written.
	 */
	constructor({ durationsFile, out = process.stdout, live = Boolean(out.isTTY) }) {
		this.#durationsFile = durationsFile;
		this.#durations = readDurations(durationsFile);
		this.#out = out;
		this.#live = live;
	}

	/**
	 * @param {string} id name under which the duration is remembered
	 * @param {{ title: string, seconds: number, after?: string[],
	 *   run: (say: (detail: string) => void) => Promise<'ready' | void> }} step
	 *   `seconds` is the guess until the step has been seen once. `run` answers 'ready' when there was
	 *   nothing to do.
	 */
	step(id, { title, seconds, after = [], run }) {
		this.#steps.set(id, {
			id,
			title,
			after,
			run,
			guessMs: (this.#durations[id] ?? seconds) * 1000,
			state: 'waiting',
			detail: '',
		});
	}

	/** Runs every step; throws the first failure once what was running has ended. */
	async run() {
		this.#timer = setInterval(() => this.#draw(), this.#live ? REDRAW_EVERY_MS : REPORT_EVERY_MS);
		this.#timer.unref();
		const promises = new Map();
		const start = (step) => {
			if (!promises.has(step.id)) {
				const before = step.after.map((id) => start(this.#steps.get(id)));
				promises.set(
					step.id,
					Promise.all(before).then(() => this.#runStep(step)),
				);
			}
			return promises.get(step.id);
		};
		const results = await Promise.allSettled([...this.#steps.values()].map(start));
		clearInterval(this.#timer);
		this.#draw();
		const failed = [...this.#steps.values()].find((step) => step.state === 'failed');
		if (failed) throw failed.error;
		const rejected = results.find(({ status }) => status === 'rejected');
		if (rejected) throw rejected.reason;
	}

	async #runStep(step) {
		step.state = 'running';
		step.startedMs = Date.now();
		try {
			const answer = await step.run((detail) => {
				step.detail = detail.trim();
			});
			step.state = 'done';
			const seconds = (Date.now() - step.startedMs) / 1000;
			if (answer === 'ready') this.#say(`✓ ${step.title}: ready`);
			else {
				this.#say(`✓ ${step.title} (${duration(seconds * 1000)})`);
				this.#remember(step.id, seconds);
			}
		} catch (error) {
			step.state = 'failed';
			step.error = error;
			this.#say(`✗ ${step.title} failed after ${duration(Date.now() - step.startedMs)}`);
			throw error;
		}
	}

	#say(line) {
		this.#erase();
		this.#out.write(`${line}\n`);
		this.#draw();
	}

	#draw() {
		const running = [...this.#steps.values()].filter((step) => step.state === 'running');
		if (running.length === 0) return this.#erase();
		const left = `about ${duration(this.#leftMs())} left`;
		const lines = running.map((step) => {
			const elapsed = Date.now() - step.startedMs;
			const detail = step.detail && this.#live ? ` · ${step.detail}` : '';
			return `  ${step.title}: ${duration(elapsed)} of about ${duration(step.guessMs)}${detail}`;
		});
		if (!this.#live) {
			const waited = running.some((step) => Date.now() - step.startedMs >= REPORT_EVERY_MS - 500);
			if (waited)
				this.#out.write(`… ${lines.map((line) => line.trim()).join('; ')}; ${left} in all\n`);
			return;
		}
		this.#erase();
		const width = this.#out.columns ?? 100;
		const shown = [...lines, `  ${left}`].map((line) => line.slice(0, width - 1));
		this.#out.write(`${shown.join('\n')}\n`);
		this.#drawnLines = shown.length;
	}

	#erase() {
		if (this.#drawnLines === 0) return;
		this.#out.write(`\u001b[${this.#drawnLines}A\u001b[0J`);
		this.#drawnLines = 0;
	}

	/** Milliseconds until the last step is done, along the longest chain of steps. */
	#leftMs() {
		const memo = new Map();
		const left = (step) => {
			if (memo.has(step.id)) return memo.get(step.id);
			memo.set(step.id, 0);
			const elapsed = step.startedMs ? Date.now() - step.startedMs : 0;
			const own =
				step.state === 'running'
					? // Once it takes longer than it ever did, a quarter of the time it took may be left.
						Math.max(step.guessMs - elapsed, elapsed > step.guessMs ? elapsed / 4 : 1000)
					: step.state === 'waiting'
						? step.guessMs
						: 0;
			const before = Math.max(0, ...step.after.map((id) => left(this.#steps.get(id))));
			memo.set(step.id, own + before);
			return own + before;
		};
		return Math.max(0, ...[...this.#steps.values()].map(left));
	}

	#remember(id, seconds) {
		this.#durations[id] = Math.round(seconds * 10) / 10;
		mkdirSync(path.dirname(this.#durationsFile), { recursive: true });
		// Read again: another run may have learnt something meanwhile.
		const all = { ...readDurations(this.#durationsFile), [id]: this.#durations[id] };
		writeFileSync(this.#durationsFile, `${JSON.stringify(all, null, '\t')}\n`);
	}
}

/** "8 s", "1:12". */
export function duration(ms) {
	const seconds = Math.round(ms / 1000);
	if (seconds < 60) return `${seconds} s`;
	return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

function readDurations(file) {
	try {
		const read = JSON.parse(readFileSync(file, 'utf8'));
		return Object.fromEntries(Object.entries(read).filter(([, value]) => value > 0));
	} catch {
		return {};
	}
}
