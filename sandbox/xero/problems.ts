import { ValidationFailure } from './failures';
import type { JsonObject } from './json';

/** Gathers everything that is wrong with one element, so that all of it is reported at once. */
export class Problems {
	private readonly errors: string[] = [];
	private readonly lineErrors = new Map<number, string[]>();
	private whole: JsonObject = {};

	add(message: string): void {
		this.errors.push(message);
	}

	addToLine(index: number, message: string): void {
		const said = this.lineErrors.get(index);
		if (said) said.push(message);
		else this.lineErrors.set(index, [message]);
	}

	/** What a refusal shows of the document. */
	isAbout(whole: JsonObject): void {
		this.whole = { ...this.whole, ...whole };
	}

	refuseIfAny(): void {
		if (this.errors.length > 0 || this.lineErrors.size > 0) {
			throw new ValidationFailure(this.errors, this.lineErrors, this.whole);
		}
	}
}

export function refuse(message: string): never {
	throw new ValidationFailure([message]);
}
