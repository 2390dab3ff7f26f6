/**
 * The port through which Knack's and Xero's clients reach the network. n8n's adapter signs,
 * refreshes tokens, honours proxies and cancels; tests answer from the sandbox in memory.
 */
export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface HttpRequest {
	readonly method: HttpMethod;
	/** Absolute, without a query string. */
	readonly url: string;
	readonly query?: Readonly<Record<string, string>>;
	readonly headers?: Readonly<Record<string, string>>;
	/** Sent as JSON unless it is bytes. */
	readonly body?: unknown;
	readonly timeoutMs?: number;
	/** Which try it is, counted from 1; the first unless told. */
	readonly attempt?: number;
}

export type HttpOutcome =
	/** The service answered, with whatever status. Header names are in lower case. */
	| {
			readonly kind: 'answer';
			readonly status: number;
			readonly headers: Readonly<Record<string, string>>;
			/** Parsed when it is JSON, else the text. */
			readonly body: unknown;
	  }
	/** No answer came: refused, reset, timed out. Whether a write took effect is unknown. */
	| { readonly kind: 'noAnswer'; readonly code: string; readonly reason: string }
	/** The request could not be signed: a revoked grant, a wrong client secret. Nothing was sent. */
	| { readonly kind: 'notSigned'; readonly reason: string };

export type HttpPort = (request: HttpRequest) => Promise<HttpOutcome>;
