import { findField, findTable } from '../../knack/tables';
import type { KnackClient } from '../../knack/client';
import { decodeField } from '../../knack/fields/codecs';
import { isServiceFaultError, type ServiceFault } from '../../serviceFault';
import type { StopPlace } from './guardSettings';

/** Why nothing is written; undefined where it may be. */
export type Refusal = ServiceFault | undefined;

/**
 * Reads whether a person has stopped all writing, anew each time: one Knack call. What cannot be read
 * stops as well. Never rejects.
 */
export async function readStop(
	knack: () => Promise<KnackClient>,
	place: StopPlace,
): Promise<Refusal> {
	try {
		return await stopOf(await knack(), place);
	} catch (error) {
		const { message, fix } = isServiceFaultError(error)
			? error.fault
			: { message: error instanceof Error ? error.message : String(error), fix: '' };
		return stopped(
			`The Stop field in Knack cannot be read, so nothing is written. ${message}`,
			`${fix} What is held goes over with a later run, once it can be read.`.trim(),
		);
	}
}

async function stopOf(knack: KnackClient, place: StopPlace): Promise<Refusal> {
	const table = findTable(await knack.app(), place.table);
	const field = table && findField(table, place.field);
	if (!table || field?.type !== 'boolean') return isGone();
	const record = await knack.record(table.key, place.record);
	if (!record) {
		return stopped(
			`The record of Stop is not in ${table.name} any more, so nothing is written.`,
			'Choose the record again under Guards → Stop Record.',
		);
	}
	// The app may have been read before the field was deleted; Knack shows each field that it has.
	if (!(field.key in record) && !(`${field.key}_raw` in record)) return isGone();
	const value = decodeField(record, field);
	// A field that was never set has nothing in it.
	if (value.kind === 'blank' || (value.kind === 'flag' && !value.value)) return undefined;
	return stopped(
		`${field.name} is set in ${table.name} of Knack, which stops all writing.`,
		`Set ${field.name} to No there. What is held goes over with a later run.`,
	);
}

function isGone(): ServiceFault {
	return stopped(
		'The table or the Yes/No field of Stop is not in Knack any more, so nothing is written.',
		'Choose table, record and field of Stop again under Guards.',
	);
}

function stopped(message: string, fix: string): ServiceFault {
	return { service: 'knack', cause: 'stopped', message, fix };
}
