import type { DocumentDefinition } from '../../xero/documents/definition';
import type { Completed } from '../references/completed';
import type { Row } from '../row';
import type { UpsertContext, UpsertOptions } from '../upsertContext';

/** What writing needs of its run. */
export interface Writing {
	readonly context: UpsertContext;
	readonly definition: DocumentDefinition;
	readonly options: UpsertOptions;
	/** What documents use up of others; see `Completed.reserve`. */
	readonly reserve?: Completed['reserve'];
	/** Told of rows that were sent, batch by batch. What follows may still change what became of them. */
	onSent?(rows: readonly Row[]): void;
}
