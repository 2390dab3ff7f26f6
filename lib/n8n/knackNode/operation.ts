import type { IExecuteFunctions } from 'n8n-workflow';
import type { KnackClient } from '../../knack/client';
import type { Place } from '../parameters/parameter';
import type { ItemResults } from './itemResults';

/** What an operation does once its settings are read. */
export interface PreparedRun {
	/** IANA name, where the app's own setting is not to be used. */
	readonly timeZone?: string;
	run(client: KnackClient): Promise<void>;
}

/** Reads the settings of every item, before Knack is called for the first time. */
export type Operation = (
	context: IExecuteFunctions,
	results: ItemResults,
	place: Place,
) => PreparedRun;
