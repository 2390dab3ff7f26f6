import type { HttpMethod } from '../http';
import type { ServiceFault } from '../serviceFault';
import type { KnackApp, KnackRecord } from './app';
import type { OwnWrites } from './ownWrites';

export interface KnackFilterRule {
	readonly field: string;
	readonly operator: string;
	readonly value?: unknown;
	readonly range?: number;
	readonly type?: string;
}

export interface KnackFilters {
	readonly match: 'and' | 'or';
	readonly rules: readonly KnackFilterRule[];
}

export interface KnackQuery {
	readonly filters?: KnackFilters;
	readonly sortField?: string;
	readonly sortOrder?: 'asc' | 'desc';
	/** Stop after so many records; all of them unless told. */
	readonly limit?: number;
}

export type KnackWriteAnswer =
	| { readonly kind: 'accepted'; readonly record: KnackRecord }
	/** Validation or a record that is not there: nothing was written. */
	| {
			readonly kind: 'refused';
			readonly status: number;
			readonly errors: ReadonlyArray<{ field?: string; type?: string; message: string }>;
	  }
	/** No answer, or one that is not Knack's own, after the retries that are safe. */
	| { readonly kind: 'unknown'; readonly reason: string; readonly status?: number }
	| { readonly kind: 'stopped'; readonly fault: ServiceFault };

export type KnackRemovalAnswer =
	| { readonly kind: 'deleted' }
	| Exclude<KnackWriteAnswer, { readonly kind: 'accepted' }>;

export interface KnackAssetFile {
	readonly fileName: string;
	/** Such as `application/pdf`. */
	readonly mimeType: string;
	readonly bytes: Buffer;
}

type KnackUploadAnswer =
	/** The id is what a file or image field takes; one upload serves one field of one record. */
	| { readonly kind: 'uploaded'; readonly assetId: string }
	| Exclude<KnackWriteAnswer, { readonly kind: 'accepted' }>;

/** A call as a person writes it, below the API's root. */
export interface KnackCall {
	readonly method: HttpMethod;
	/** Encoded, with a slash in front. */
	readonly path: string;
	readonly query?: Readonly<Record<string, string>>;
	/** JSON, as it is sent and as it reads. */
	readonly body?: { readonly text: string; readonly value: unknown };
}

export type KnackCallAnswer =
	| { readonly kind: 'answered'; readonly body: unknown }
	| Exclude<KnackWriteAnswer, { readonly kind: 'accepted' }>;

/** One Knack app, paced to 10 requests a second, with Knack's errors by cause. */
export interface KnackClient {
	readonly applicationId: string;
	/** Of all clients of the app in this process; `create` and `update` remember by themselves. */
	readonly ownWrites: OwnWrites;
	/** Read once and kept for the life of the client, unless `fresh`. Throws ServiceFaultError. */
	app(options?: { readonly fresh?: boolean }): Promise<KnackApp>;
	/** One call that needs the key, to see whether Knack takes it. Throws ServiceFaultError. */
	verifyKey(): Promise<void>;
	/** All pages, each record once, in stable order. Throws ServiceFaultError. */
	records(table: string, query?: KnackQuery): Promise<KnackRecord[]>;
	/**
	 * Records from the newest or highest down, in pages of 1,000, for as long as the page before was
	 * wanted. Nothing is put in order here: `sortField` is Knack's to honour.
	 */
	pages(
		table: string,
		query: KnackQuery,
		wantsMore: (page: readonly KnackRecord[]) => boolean,
	): Promise<KnackRecord[]>;
	/**
	 * All records of the table when they fit into so many pages of 1,000, else undefined, after one
	 * call. Throws ServiceFaultError.
	 */
	wholeTable(table: string, mostPages: number): Promise<KnackRecord[] | undefined>;
	/** How many records the filters let through; one call. Throws ServiceFaultError. */
	count(table: string, filters?: KnackFilters): Promise<number>;
	/** Undefined when there is no such record. */
	record(table: string, id: string): Promise<KnackRecord | undefined>;
	/** Values by field key, already in write format. A create is never retried blindly. */
	create(table: string, fields: Readonly<Record<string, unknown>>): Promise<KnackWriteAnswer>;
	update(
		table: string,
		id: string,
		fields: Readonly<Record<string, unknown>>,
	): Promise<KnackWriteAnswer>;
	/** An answer that never came is settled by looking for the record. */
	remove(table: string, id: string): Promise<KnackRemovalAnswer>;
	/** Never sent again by itself: each upload makes a file. */
	upload(kind: 'file' | 'image', file: KnackAssetFile): Promise<KnackUploadAnswer>;
	/**
	 * Any call of the API. Reads and `PUT`, which do the same twice, are tried again; a `POST` or a
	 * `DELETE` never is once it may have arrived. A record that is written so counts as an own write.
	 */
	call(request: KnackCall): Promise<KnackCallAnswer>;
	/** Requests sent so far. */
	calls(): { readonly reads: number; readonly writes: number };
	/** What Knack's last answer said is left of the day's plan. */
	dayRemaining(): number | undefined;
	/** What Knack's last answer said the day's plan allows. */
	dayLimit(): number | undefined;
}
