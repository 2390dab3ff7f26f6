import type { KnackCall, KnackClient } from '../../knack/client';
import { PAGE_SIZE, parsePage, readAllPages, type RecordPage } from '../../knack/recordPages';
import { ServiceFaultError } from '../../serviceFault';
import { isRecord } from '../map/sampleShape';
import { issueOfKnack } from '../words/knackWords';
import { noAnswerIssue } from '../words/knackWriteIssues';
import { answered, MOST_RECORDS, tooMany, type CallResult } from './callResult';

/** How the answer is to be given. */
interface Wanted {
	/** Page after page, to the end. */
	readonly isWhole: boolean;
	/** Whether the records of an answer are parted. */
	readonly isSplit: boolean;
}

/** Makes a call of Knack's API. Throws ServiceFaultError for what a read cannot be served with. */
export async function callKnack(
	client: KnackClient,
	call: KnackCall,
	{ isWhole, isSplit }: Wanted,
): Promise<CallResult> {
	if (isWhole) return await readWhole(client, call);
	const answer = await client.call(call);
	const said = `${call.method} ${call.path}`;
	switch (answer.kind) {
		case 'answered':
			return answered(isSplit ? recordsIn(answer.body) : [answer.body]);
		case 'refused':
			return { kind: 'failed', issues: answer.errors.map((error) => issueOfKnack(error)) };
		case 'stopped':
			throw new ServiceFaultError(answer.fault);
		case 'unknown': {
			const wasDenied = answer.status !== undefined && answer.status < 500;
			const issue = noAnswerIssue(answer.reason, {
				message: wasDenied
					? `${said} was not answered as Knack answers what it has carried out. Most likely nothing was written.`
					: `It is not known whether Knack carried out ${said}, and it is not sent again.`,
				fix: `${wasDenied ? 'Check Path, Method and Body, and look' : 'Look'} in Knack whether it is done before you send it again: Knack takes the same request twice.`,
			});
			return { kind: 'failed', issues: [issue] };
		}
	}
}

async function readWhole(client: KnackClient, call: KnackCall): Promise<CallResult> {
	const read = async (page: number) => {
		const query = { rows_per_page: String(PAGE_SIZE), ...call.query, page: String(page) };
		const answer = await client.call({ ...call, query });
		return answer.kind === 'answered' ? answer.body : undefined;
	};
	const body = await read(1);
	let first = parsePage(body, 1);
	if (!first) return answered(recordsIn(body));
	if ((first.totalRecords ?? 0) > MOST_RECORDS) {
		return tooMany('Narrow it by filters under Query Parameters, or read page by page.');
	}
	const records = await readAllPages(async (page): Promise<RecordPage> => {
		const known = page === 1 ? first : undefined;
		first = undefined;
		const next = known ?? parsePage(await read(page), page);
		if (next) return next;
		throw new ServiceFaultError({
			service: 'knack',
			cause: 'unavailable',
			message: `Page ${page} of the answer is no list of records.`,
			fix: 'Run it again in some minutes.',
		});
	});
	return answered(records);
}

/** The records of a list, else the answer as one. A list stands alone or under `records`. */
function recordsIn(body: unknown): readonly unknown[] {
	if (Array.isArray(body)) return body;
	if (!isRecord(body)) return [body];
	const { records } = body;
	if (Array.isArray(records)) return records;
	const [only, ...others] = Object.values(body);
	return Array.isArray(only) && others.length === 0 ? only : [body];
}
