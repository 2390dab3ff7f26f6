import type { Ledger } from './ledger';
import type { Problems } from './problems';
import { shortDate } from './xeroDates';

/** A locked period takes no posting, and gives none up: the days are those of what would change. */
export function checkLockDates(ledger: Ledger, dates: readonly string[], problems: Problems): void {
	const { periodLockDate, endOfYearLockDate } = ledger.info.value;
	const locked = (lock: string | undefined): lock is string =>
		lock !== undefined && dates.some((one) => one <= lock);
	if (locked(endOfYearLockDate)) {
		problems.add(
			`The document date cannot be before the end of year lock date, currently set at ${shortDate(endOfYearLockDate)}`,
		);
	} else if (locked(periodLockDate)) {
		problems.add(
			`The document date cannot be before the period lock date, currently set at ${shortDate(periodLockDate)}`,
		);
	}
}
