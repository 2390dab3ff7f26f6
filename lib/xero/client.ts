import type { ServiceFault } from '../serviceFault';
import type { WireElement } from './documents/definition';
import type { XeroApi } from './urls';

export interface XeroWrite {
	readonly method: 'PUT' | 'POST' | 'PATCH' | 'DELETE';
	/** Below the API's root, such as `/Invoices`. */
	readonly path: string;
	readonly query?: Readonly<Record<string, string>>;
	/** Sent as JSON; a Buffer as it is. */
	readonly body?: unknown;
	/** What a Buffer contains, such as `application/pdf`. */
	readonly contentType?: string;
	/** At most 128 characters, derived from content. */
	readonly idempotencyKey: string;
	/**
	 * Of the execution that sends it. Under one key Xero answers the same request of two executions
	 * alike, so that both would take the document for theirs; with marks of their own the second one
	 * is refused. The mark changes nothing of what is asked for.
	 */
	readonly mark?: string;
	/** Not sent after this moment (epoch milliseconds), since what it rests on is too old by then. */
	readonly notAfterMs?: number;
	/** Which API the path belongs to; accounting unless told. */
	readonly api?: XeroApi;
}

/** What became of a write, after the retries that are safe with the same Idempotency-Key. */
export type XeroWriteAnswer =
	/** 2xx. With `summarizeErrors=false` single elements may still carry errors. */
	| { readonly kind: 'accepted'; readonly body: unknown }
	/** Xero's own refusal of the whole request: nothing was written. */
	| {
			readonly kind: 'refused';
			readonly status: number;
			/** Xero's words, deduplicated, in order of appearance. */
			readonly messages: readonly string[];
			/** Elements of a validation answer, where it had them. */
			readonly elements: readonly WireElement[];
	  }
	/**
	 * No answer of Xero's own, whatever its status: it may or may not have been written, and must be
	 * read back. `status` where something between here and Xero refused with a 4xx.
	 */
	| { readonly kind: 'unknown'; readonly reason: string; readonly status?: number }
	/** Not sent, since it was too late for it; see `notAfterMs`. */
	| { readonly kind: 'late' }
	/** Not sent, and nothing of this run can be sent: credential, organisation, day spent. */
	| { readonly kind: 'stopped'; readonly fault: ServiceFault };

export interface XeroRead {
	readonly path: string;
	readonly query?: Readonly<Record<string, string>>;
	/** Sent as `If-Modified-Since`, epoch milliseconds. */
	readonly modifiedSinceMs?: number;
	readonly api?: XeroApi;
}

interface XeroCalls {
	readonly reads: number;
	readonly writes: number;
}

/** One Xero organisation, paced, retried where it is safe, and with Xero's errors by cause. */
export interface XeroClient {
	/** Tenant id, or undefined for a custom connection (which has one organisation). */
	readonly organisationId: string | undefined;
	/**
	 * The parsed answer; undefined when nothing changed since `modifiedSinceMs`. Throws
	 * ServiceFaultError; a 404 is a fault with cause `notFound`.
	 */
	read(request: XeroRead): Promise<unknown>;
	/** Never throws for what a service answers. */
	write(request: XeroWrite): Promise<XeroWriteAnswer>;
	/** Requests sent so far through this client, retries included. */
	calls(): XeroCalls;
	/** What Xero's last answer said is left today; undefined before the first. */
	dayRemaining(): number | undefined;
}
