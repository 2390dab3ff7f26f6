/** Tells what happens, with the time since the beginning of each step. */
export class Story {
	private lastMs = Date.now();

	say(line: string): void {
		process.stdout.write(`${line}\n`);
		this.lastMs = Date.now();
	}

	heading(line: string): void {
		this.say(`\n${line}\n${'-'.repeat(line.length)}`);
	}

	/** A step that happened, with the seconds that it took. */
	happened(line: string): void {
		const seconds = ((Date.now() - this.lastMs) / 1000).toFixed(1);
		this.say(`✓ ${line} (${seconds} s)`);
	}
}
