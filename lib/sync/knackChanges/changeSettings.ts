import type { KnackRecord } from '../../knack/app';
import type { KnackFilters } from '../../knack/client';

type TriggerOn = 'created' | 'updated' | 'createdOrUpdated' | 'startsToMatch';

/** What to look for in one table. */
export interface ChangeSettings {
	/** Table key. */
	readonly table: string;
	readonly triggerOn: TriggerOn;
	readonly filters?: KnackFilters;
	/** Key of the date field that says when a record was last edited; snapshots without it. */
	readonly modifiedField?: string;
	/** Keys of the fields whose change counts; all when empty. */
	readonly watchedFields?: readonly string[];
	/** Keys of the fields that the sync writes; told by their names when undefined. */
	readonly syncFields?: readonly string[];
	/**
	 * With `startsToMatch`: key of the field into which the workflow writes what is wrong. A record
	 * in which it is not blank is told again once a person has edited it.
	 */
	readonly retryField?: string;
	/** Connections from other tables to this one; with `retryField`, their edits count as well. */
	readonly lines?: ReadonlyArray<{ readonly table: string; readonly field: string }>;
	/** Keys of this table's connections; with `retryField`, edits of what they point to count as well. */
	readonly linkedBy?: readonly string[];
	/** With all but `updated`: records that are not in Xero, and do not say why, come again. */
	readonly untilSynced?: UntilSynced;
	/** What the first poll gives; nothing old unless told. */
	readonly startFrom: StartFrom;
	/** Changes handed on in one poll at most; the others come with the next. */
	readonly mostChanges: number;
}

/** By what a record tells whether it is in Xero, or why not. The workflow must write both fields. */
export interface UntilSynced {
	/** Key of the field that holds the record's Xero ID. */
	readonly xeroIdField: string;
	/** Key of the field into which the workflow writes what keeps the record from Xero. */
	readonly messageField: string;
	/**
	 * Records made since then (epoch seconds) come, though they were there when the trigger began to
	 * look; undefined for none that were.
	 */
	readonly sinceSeconds?: number;
}

export type StartFrom =
	| { readonly kind: 'now' }
	| { readonly kind: 'all' }
	/** Records made since then (epoch seconds). */
	| { readonly kind: 'since'; readonly seconds: number };

export type ChangeEvent =
	| 'created'
	| 'updated'
	| 'startedToMatch'
	/** It matches still, was in trouble, and was edited since. */
	| 'retried'
	/** It was handed on, or should have been, and has neither a Xero ID nor a message yet. */
	| 'notSynced';

export interface RecordChange {
	readonly record: KnackRecord;
	readonly event: ChangeEvent;
	/** Keys of the fields that differ from the last reading, where that is known. */
	readonly changedFields?: readonly string[];
}

/** The settings do not fit the app: a field that is gone, a table too large to compare. */
export class ChangeSettingsError extends Error {
	constructor(
		message: string,
		readonly fix: string,
	) {
		super(message);
		this.name = 'ChangeSettingsError';
	}
}
