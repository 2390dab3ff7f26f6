/** Paths of what makes the hours of a person those of a pay period. */
export interface PaidByPeriod {
	readonly employeePath: string;
	readonly calendarPath: string;
	/** Any day of the period in a record, and its first day in Xero. */
	readonly startPath: string;
	readonly endPath: string;
	/** Of a line: the day, the hours and the rate by which they are paid. */
	readonly dayPath: string;
	readonly unitsPath: string;
	readonly ratePath: string;
	/** The option by which the hours are tracked. */
	readonly trackingPath: string;
}
