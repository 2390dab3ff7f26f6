import { isSameText } from '../foldText';
import type { HttpOutcome } from '../http';
import type { ServiceFault } from '../serviceFault';
import { faultOr } from '../serviceFault';
import type { KnackRecord } from './app';
import type { KnackClient, KnackWriteAnswer } from './client';
import type { OwnWrites } from './ownWrites';
import { parseRecord } from './recordPages';
import { writeAnswer } from './writeAnswer';

interface WriterPorts {
	send(
		method: 'POST' | 'PUT',
		table: string,
		id: string | undefined,
		body: unknown,
		accepts?: (body: unknown) => boolean,
	): Promise<HttpOutcome>;
	fault(outcome: HttpOutcome): ServiceFault;
	find: KnackClient['record'];
	readonly ownWrites: OwnWrites;
}

/** Creates and updates, with what became of them told apart. */
export function createRecordWriter(ports: WriterPorts): Pick<KnackClient, 'create' | 'update'> {
	return {
		async create(table, fields) {
			const outcome = await ports.send('POST', table, undefined, fields);
			const answer = judge(outcome, ports, (record) => isOf(record, fields));
			if (answer.kind === 'accepted') {
				ports.ownWrites.rememberCreate(table, answer.record, fields);
			}
			return answer;
		},
		async update(table, id, fields) {
			// Before it is sent, so that a poll in between does not take it for a person's edit.
			ports.ownWrites.remember(table, id, fields);
			const isOwn = (record: KnackRecord) => isSameText(record.id, id);
			// Knack shows nothing for an update without fields.
			const isEmpty = Object.keys(fields).length === 0;
			const accepts = (body: unknown) => {
				const record = parseRecord(body);
				return record !== undefined && isOwn(record);
			};
			const outcome = await ports.send('PUT', table, id, fields, isEmpty ? undefined : accepts);
			const answer = await settleUpdate(judge(outcome, ports, isOwn), outcome, {
				find: async () => await ports.find(table, id),
				isEmpty,
			});
			// And as of now: where Knack took its time, polls have gone by since.
			if (answer.kind === 'accepted') ports.ownWrites.remember(table, id, fields);
			return answer;
		},
	};
}

/** Knack shows the whole record: one with none of the fields that were sent is not the one. */
function isOf(record: KnackRecord, fields: Readonly<Record<string, unknown>>): boolean {
	const sent = Object.keys(fields);
	return sent.length === 0 || sent.some((key) => key in record);
}

function judge(
	outcome: HttpOutcome,
	{ fault }: WriterPorts,
	isOwn: (record: KnackRecord) => boolean,
): KnackWriteAnswer {
	const answer = writeAnswer(outcome, fault);
	if (answer.kind !== 'answered') return answer;
	const record = parseRecord(answer.body);
	if (record && isOwn(record)) return { kind: 'accepted', record };
	return { kind: 'unknown', reason: 'Knack accepted the write but did not show the record.' };
}

/**
 * An update whose outcome is open is settled by reading: Knack answers a 500 for a record that is
 * not there, and nothing at all for an update without fields. Whether the record has the values by
 * then is for who knows its fields.
 */
async function settleUpdate(
	answer: KnackWriteAnswer,
	outcome: HttpOutcome,
	{ find, isEmpty }: { find(): Promise<KnackRecord | undefined>; readonly isEmpty: boolean },
): Promise<KnackWriteAnswer> {
	if (answer.kind !== 'unknown' || outcome.kind !== 'answer') return answer;
	const read = await faultOr(find());
	if (!read.ok) return answer;
	if (!read.value) {
		const message = 'There is no such record in Knack any more.';
		return { kind: 'refused', status: 404, errors: [{ message }] };
	}
	return outcome.status < 300 && isEmpty ? { kind: 'accepted', record: read.value } : answer;
}
