import type { CodecContext } from './codecs/fieldCodec';
import type { KnackFlags } from './state';

/** One condition of a `filters` parameter, as it was sent. */
export interface FilterRule {
	field: string;
	operator: string;
	value?: unknown;
	range?: unknown;
	type?: unknown;
}

/** What a condition is judged by, beside the record. */
export interface FilterContext {
	codecs: CodecContext;
	flags: KnackFlags;
	/** Now, in epoch milliseconds, and the application's zone. */
	nowMs: number;
	zone: string;
}
