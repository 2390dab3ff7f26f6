import { duration } from './plan.mjs';
import { isProgress } from './proofPage.mjs';

const TELL_EVERY_MS = 60_000;

/** Says which proofs are under way and how far they have come, each minute. */
export class ProofProgress {
	#underWay = new Map();
	#done = 0;
	#count;
	#startedMs = Date.now();
	#timer = setInterval(() => this.#tell(), TELL_EVERY_MS);

	constructor(count) {
		this.#count = count;
	}

	begin(name) {
		this.#underWay.set(name, 'under way');
		console.log(`… ${name} begins`);
	}

	line(name, line) {
		if (isProgress(line)) this.#underWay.set(name, line.trim());
	}

	end(name) {
		this.#underWay.delete(name);
		this.#done += 1;
		this.#tell();
	}

	stop() {
		clearInterval(this.#timer);
	}

	#tell() {
		const far = [...this.#underWay].map(([name, line]) => `; ${name}: ${line}`).join('');
		const after = duration(Date.now() - this.#startedMs);
		console.log(`… ${this.#done} of ${this.#count} done after ${after}${far}`);
	}
}
