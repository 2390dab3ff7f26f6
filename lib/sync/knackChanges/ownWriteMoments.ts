import type { OwnWriteMoment } from '../../knack/ownWrites';
import type { ChangeState } from './changeState';
import { compactId } from './compactIds';

/** Records whose own moments are kept; the others' are those of the last complete poll. */
const MOST_TOLD = 2_000;

type Moments = Pick<ChangeState, 'ownWrites' | 'toldWrites'>;

/**
 * After which moment an own write to a record may still show up as a change: the last look but one
 * at that record, since a write is remembered before it is sent and may be read one look later. What
 * was written earlier was seen; if it is there again, a person brought it back, and that is an edit.
 */
export function ownWritesSince(
	previous: ChangeState | undefined,
	recordId: string,
): OwnWriteMoment | undefined {
	const general = previous?.ownWrites.before;
	const told = previous?.toldWrites;
	const own = told?.records[compactId(recordId)];
	if (!general || !told || !own) return general;
	const number =
		told.process === general.process ? Math.max(general.number, own.before) : own.before;
	return { process: told.process, number };
}

/** After a complete poll that began at `now`. */
export function momentsAfterPoll(previous: ChangeState | undefined, now: OwnWriteMoment): Moments {
	const before = previous?.ownWrites.last ?? now;
	const told = previous?.toldWrites;
	if (!told || told.process !== before.process) return { ownWrites: { last: now, before } };
	const later = Object.entries(told.records).filter(([, own]) => own.before > before.number);
	return {
		ownWrites: { last: now, before },
		...(later.length > 0 && {
			toldWrites: { process: told.process, records: Object.fromEntries(later) },
		}),
	};
}

/** After a look at named records that began at `now`; the others may still show older writes. */
export function momentsAfterTold(
	previous: ChangeState,
	recordIds: readonly string[],
	now: OwnWriteMoment,
): Moments {
	const { ownWrites, toldWrites } = previous;
	const known = toldWrites?.process === now.process ? toldWrites.records : {};
	const general = ownWrites.last.process === now.process ? ownWrites.last.number : 0;
	const ids = new Set(recordIds.map(compactId));
	const kept = Object.entries(known).filter(([id]) => !ids.has(id));
	const told = [...ids].map((id): [string, { last: number; before: number }] => [
		id,
		{ last: now.number, before: known[id]?.last ?? general },
	]);
	const records = Object.fromEntries([...kept, ...told].slice(-MOST_TOLD));
	return { ownWrites, toldWrites: { process: now.process, records } };
}
