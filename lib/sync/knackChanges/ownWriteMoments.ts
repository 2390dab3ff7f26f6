import type { OwnWriteMoment } from '../../knack/ownWrites';
import type { ChangeState } from './changeState';
import { compactId } from './compactIds';

/** Records whose own moments are kept; the others' are those of the last complete poll. */
const MOST_HINTED = 2_000;

type Moments = Pick<ChangeState, 'ownWrites' | 'toldWrites'>;

/**
 * After which moment an own write to a record may still show up as a change: the last poll but one
 * of that record, since a write is remembered before it is sent and may be read one poll later. What
 * was written earlier was seen; if it is there again, a person brought it back, and that is an edit.
 */
export function ownWritesSince(
	previous: ChangeState | undefined,
	recordId: string,
): OwnWriteMoment | undefined {
	const general = previous?.ownWrites.before;
	const hinted = previous?.toldWrites;
	const own = hinted?.records[compactId(recordId)];
	if (!general || !hinted || !own) return general;
	const number =
		hinted.process === general.process ? Math.max(general.number, own.before) : own.before;
	return { process: hinted.process, number };
}

/** After a complete poll that began at `now`. */
export function momentsAfterPoll(previous: ChangeState | undefined, now: OwnWriteMoment): Moments {
	const before = previous?.ownWrites.last ?? now;
	const hinted = previous?.toldWrites;
	if (!hinted || hinted.process !== before.process) return { ownWrites: { last: now, before } };
	const later = Object.entries(hinted.records).filter(([, own]) => own.before > before.number);
	return {
		ownWrites: { last: now, before },
		...(later.length > 0 && {
			toldWrites: { process: hinted.process, records: Object.fromEntries(later) },
		}),
	};
}

/** After a poll of hinted records that began at `now`; the others may still show older writes. */
export function momentsAfterHint(
	previous: ChangeState,
	recordIds: readonly string[],
	now: OwnWriteMoment,
): Moments {
	const { ownWrites, toldWrites } = previous;
	const known = toldWrites?.process === now.process ? toldWrites.records : {};
	const general = ownWrites.last.process === now.process ? ownWrites.last.number : 0;
	const ids = new Set(recordIds.map(compactId));
	const kept = Object.entries(known).filter(([id]) => !ids.has(id));
	const hinted = [...ids].map((id): [string, { last: number; before: number }] => [
		id,
		{ last: now.number, before: known[id]?.last ?? general },
	]);
	const records = Object.fromEntries([...kept, ...hinted].slice(-MOST_HINTED));
	return { ownWrites, toldWrites: { process: now.process, records } };
}
