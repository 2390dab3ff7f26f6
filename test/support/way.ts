import type { Locator } from 'playwright-core';

interface Step {
	readonly name: string;
	clicks: number;
	/** Labels of what was typed or pasted. */
	readonly typed: string[];
}

/** A person's way through pages, counted: every click, and every value typed or pasted. */
export class Way {
	private readonly steps: Step[] = [];

	/** What is counted from now on belongs to this step. */
	step(name: string): void {
		this.steps.push({ name, clicks: 0, typed: [] });
	}

	async click(target: Locator): Promise<void> {
		await target.click();
		this.current().clicks += 1;
	}

	/** Opens a dropdown and chooses from it. */
	async choose(dropdown: Locator, ...options: readonly Locator[]): Promise<void> {
		await this.click(dropdown);
		for (const option of options) await this.click(option);
	}

	/** Goes into a field with a click, and pastes. */
	async paste(label: string, field: Locator, value: string): Promise<void> {
		await this.click(field);
		await field.fill(value);
		this.current().typed.push(label);
	}

	get clicks(): number {
		return this.steps.reduce((sum, { clicks }) => sum + clicks, 0);
	}

	/** Labels of what was typed in steps other than these. */
	typedOutside(...names: readonly string[]): string[] {
		return this.steps.filter(({ name }) => !names.includes(name)).flatMap(({ typed }) => typed);
	}

	/** The way for a person to read: a line for each step. */
	printed(): string {
		const width = Math.max(...this.steps.map(({ name }) => name.length));
		const typed = this.steps.reduce((sum, step) => sum + step.typed.length, 0);
		return [
			...this.steps.map((step) => {
				const values = step.typed.length > 0 ? `   pasted: ${step.typed.join(', ')}` : '';
				return `${step.name.padEnd(width)}  ${String(step.clicks).padStart(2)} clicks${values}`;
			}),
			`${'In all'.padEnd(width)}  ${String(this.clicks).padStart(2)} clicks, ${typed} pasted`,
		].join('\n');
	}

	private current(): Step {
		const step = this.steps.at(-1);
		if (!step) throw new Error('The way has no step yet');
		return step;
	}
}
