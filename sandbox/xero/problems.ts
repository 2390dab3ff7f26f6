import { ValidationFailure } from './failures';

/** Gathers everything that is wrong with one element, so that all of it is reported at once. */
export class Problems {
	private readonly errors: string[] = [];
	private readonly lineErrors = new Map<number, string[]>();

	add(message: string): void {
		this.errors.push(message);
	}

	addToLine(index: number, message: string): void {
		const said = this.lineErrors.get(index);
		if (said) said.push(message);
		else this.lineErrors.set(index, [message]);
	}

	refuseIfAny(): void {
		if (this.errors.length > 0 || this.lineErrors.size > 0) {
			throw new ValidationFailure(this.errors, this.lineErrors);
		}
	}
}

export function refuse(message: string): never {
	throw new ValidationFailure([message]);
}
