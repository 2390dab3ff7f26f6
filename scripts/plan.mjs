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
	#ending = new AbortController();

	/**
	 * @param {{ durationsFile: string, out?: NodeJS.WriteStream, live?: boolean, signal?: AbortSignal }} options
	 *   `live` redraws one line for each running step; otherwise plain lines are written. `signal`
	 *   ends it from outside.
	 */
	constructor({ durationsFile, out = process.stdout, live = Boolean(out.isTTY), signal }) {
		signal?.addEventListener('abort', () => this.#ending.abort(signal.reason), { once: true });
		this.#durationsFile = durationsFile;
		this.#durations = readDurations(durationsFile);
		this.#out = out;
		this.#live = live;
	}

	/**
	 * @param {string} id name under which the duration is remembered
	 * @param {{ title: string, seconds: number, after?: string[],
	 *   run: (tell: StepTells) => Promise<'ready' | void> }} step
	 *   `seconds` is the guess until the step has been seen once. `run` answers 'ready' when there was
	 *   nothing to do.
	 *
	 * @typedef {{ detail: (text: string) => void, note: (text: string) => void, signal: AbortSignal }} StepTells
	 *   `detail` is what it does right now, `note` a line that stays; `signal` is given when another
	 *   step has failed.
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

	/** Runs every step. The first failure ends the others and is thrown when they are gone. */
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
		await Promise.allSettled([...this.#steps.values()].map(start));
		clearInterval(this.#timer);
		this.#draw();
		if (this.#ending.signal.aborted) throw this.#ending.signal.reason;
	}

	async #runStep(step) {
		const { signal } = this.#ending;
		signal.throwIfAborted();
		step.state = 'running';
		step.startedMs = Date.now();
		try {
			const answer = await step.run({
				detail: (text) => {
					step.detail = text.trim();
				},
				note: (text) => this.#say(`- ${step.title}: ${text}`),
				signal,
			});
			// What was ended half-way may look like an answer.
			signal.throwIfAborted();
			step.state = 'done';
			const seconds = (Date.now() - step.startedMs) / 1000;
			if (answer === 'ready') this.#say(`✓ ${step.title}: ready`);
			else {
				this.#say(`✓ ${step.title} (${duration(seconds * 1000)})`);
				this.#remember(step.id, seconds);
			}
		} catch (error) {
			const after = duration(Date.now() - step.startedMs);
			step.state = 'failed';
			if (signal.aborted) this.#say(`- ${step.title} was stopped after ${after}`);
			else {
				this.#say(`✗ ${step.title} failed after ${after}`);
				this.#ending.abort(error);
			}
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
		// Read again: another run may have learnt something meanwhile.
		const all = { ...readDurations(this.#durationsFile), [id]: this.#durations[id] };
		try {
			mkdirSync(path.dirname(this.#durationsFile), { recursive: true });
			writeFileSync(this.#durationsFile, `${JSON.stringify(all, null, '\t')}\n`);
		} catch {
			// It only helps to say how long things take: what was done is done.
		}
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
