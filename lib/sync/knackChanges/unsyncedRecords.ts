import type { KnackField, KnackRecord } from '../../knack/app';
import { decodeField } from '../../knack/fields/codecs';
import { shownText } from '../../knack/fields/shownValue';
import { createdSeconds } from '../../knack/recordView';
import type { RecordChange, UntilSynced } from './changeSettings';
import type { ChangeState } from './changeState';
import type { CompactId } from './compactIds';
import { compactId, packIds, unpackIds } from './compactIds';
import { isMadeToMatch, type PollContext } from './pollContext';

/** Records that come again in one poll, so that they do not stand in the way of new ones. */
const MOST_A_POLL = 100;

/** How often a record is handed on; after that its message says so. */
export const MOST_TIMES = 9;

/** Records of which is remembered when they were handed on. */
const MOST_REMEMBERED = 5_000;

const MINUTE_MS = 60_000;
/** The first execution should have ended by then: n8n calls one lost after some two minutes. */
const FIRST_WAIT_MINUTES = 30;
const LONGEST_WAIT_MINUTES = 24 * 60;

function waitMinutes(times: number): number {
	return Math.min(FIRST_WAIT_MINUTES * 2 ** (times - 1), LONGEST_WAIT_MINUTES);
}

type Unsynced = NonNullable<ChangeState['unsynced']>;

/**
 * Records that match and have neither a Xero ID nor a message: whatever became of the execution
 * that they were handed to, they are not in Xero. That is read from Knack, not remembered, so a
 * worker that died, a lost memory and a restored backup heal alike. What is remembered (when a
 * record was handed on) only spares repeats.
 */
export class UnsyncedRecords {
	/** Found by `due`: they came often enough. */
	readonly givenUp: KnackRecord[] = [];

	/** Epoch minute of the last time, and how often. */
	private readonly handedOn: Map<CompactId, [number, number]>;

	private readonly old: Set<CompactId>;

	private constructor(
		private readonly context: PollContext,
		private readonly until: UntilSynced,
		private readonly fields: readonly KnackField[],
		private readonly before: Unsynced | undefined,
	) {
		this.handedOn = new Map(Object.entries(before?.handedOn ?? {}));
		this.old = unpackIds(before?.old ?? '');
	}

	/** Undefined where nobody wants it. */
	static open(context: PollContext): UnsyncedRecords | undefined {
		const { table, settings, previous } = context;
		const { untilSynced: until } = settings;
		if (!until || settings.triggerOn === 'updated') return undefined;
		const keys = [until.xeroIdField, until.messageField];
		const fields = table.fields.filter(({ key }) => keys.includes(key));
		return new UnsyncedRecords(context, until, fields, previous?.unsynced);
	}

	/** Polls since Knack was last asked for them; undefined before the first. */
	get pollsSince(): number | undefined {
		return this.before?.polls;
	}

	/** Of all that match, those to be handed on again beside `given`; longest ago first. */
	due(given: readonly RecordChange[], matching: readonly KnackRecord[]): RecordChange[] {
		const { settings, nowMs } = this.context;
		const isGiven = new Set(given.map(({ record }) => record.id));
		const bare = matching.filter((record) => !isGiven.has(record.id) && this.isBare(record));
		if (!this.before && settings.triggerOn === 'startsToMatch') {
			for (const { id } of bare) this.old.add(compactId(id));
		}
		const waited = bare.filter((record) => {
			const [minute, times] = this.handedOn.get(compactId(record.id)) ?? [];
			if (minute === undefined || times === undefined) {
				return !this.isOld(record) && !isMadeToMatch(this.context, record);
			}
			const waitedMinutes = nowMs / MINUTE_MS - minute;
			// A clock that was ahead then, and was put right, must not hold the record back.
			return waitedMinutes >= waitMinutes(times) || waitedMinutes < -FIRST_WAIT_MINUTES;
		});
		const last = ({ id }: KnackRecord) => this.handedOn.get(compactId(id))?.[0] ?? 0;
		waited.sort((a, b) => last(a) - last(b) || (a.id < b.id ? -1 : 1));
		const isGivenUp = ({ id }: KnackRecord) =>
			(this.handedOn.get(compactId(id))?.[1] ?? 0) >= MOST_TIMES;
		this.givenUp.push(...waited.filter(isGivenUp).slice(0, MOST_A_POLL));
		const room = Math.min(MOST_A_POLL, settings.mostChanges - given.length);
		return waited
			.filter((record) => !isGivenUp(record))
			.slice(0, Math.max(0, room))
			.map((record) => ({ record, event: 'notSynced' }));
	}

	/** Without `matching`, of records that were not read now, what was known of them stays. */
	remember(
		handedOn: readonly KnackRecord[],
		matching: readonly KnackRecord[] | undefined,
	): Pick<ChangeState, 'unsynced'> {
		const { nowMs, hinted } = this.context;
		// What is there already is known only once all were read.
		if (!this.before && hinted) return {};
		if (matching) {
			const bare = new Set(
				matching.filter((record) => this.isBare(record)).map(({ id }) => compactId(id)),
			);
			for (const id of this.old) if (!bare.has(id)) this.old.delete(id);
			for (const id of this.handedOn.keys()) if (!bare.has(id)) this.handedOn.delete(id);
		}
		for (const record of handedOn.filter((one) => this.isBare(one))) {
			const id = compactId(record.id);
			const times = (this.handedOn.get(id)?.[1] ?? 0) + 1;
			this.old.delete(id);
			this.handedOn.delete(id);
			this.handedOn.set(id, [Math.floor(nowMs / MINUTE_MS), times]);
		}
		return {
			unsynced: {
				since: this.since(),
				old: packIds(this.old),
				polls: matching ? 0 : (this.before?.polls ?? 0) + 1,
				handedOn: Object.fromEntries([...this.handedOn].slice(-MOST_REMEMBERED)),
			},
		};
	}

	/** Made before the trigger began to look, or there by then, and not asked for. */
	private isOld(record: KnackRecord): boolean {
		const made = createdSeconds(record.id);
		const { sinceSeconds } = this.until;
		if (sinceSeconds !== undefined && made >= sinceSeconds) return false;
		return made < this.since() || this.old.has(compactId(record.id));
	}

	/**
	 * A record that starts to match may have been made long before, so there those are old that
	 * matched at the beginning, whenever they were made.
	 */
	private since(): number {
		if (this.before) return this.before.since;
		const { settings, nowMs } = this.context;
		const { startFrom, triggerOn } = settings;
		if (triggerOn === 'startsToMatch' || startFrom.kind === 'all') return 0;
		return startFrom.kind === 'since' ? startFrom.seconds : Math.floor(nowMs / 1_000);
	}

	private isBare(record: KnackRecord): boolean {
		return this.fields.every((field) => {
			const shown = shownText(decodeField(record, field));
			return shown === undefined || String(shown).trim() === '';
		});
	}
}
