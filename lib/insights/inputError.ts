/** An operation was asked for something that is not there: a person has to choose otherwise. */
export class InsightInputError extends Error {
	/**
	 * @param message what was asked for
	 * @param fix what to choose instead
	 */
	constructor(
		message: string,
		readonly fix: string,
	) {
		super(message);
		this.name = 'InsightInputError';
	}
}
