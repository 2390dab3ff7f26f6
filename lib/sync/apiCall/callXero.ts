import type { HttpMethod } from '../../http';
import type { Issue } from '../../issue';
import { ServiceFaultError } from '../../serviceFault';
import { recordsIn } from '../../xero/answers';
import type { XeroClient, XeroRead } from '../../xero/client';
import { isElement } from '../../xero/documents/wireSlots';
import { without } from '../../without';
import { everyRecord } from '../../xero/everyRecord';
import { isRefusedElement, validationMessages } from '../../xero/validationMessages';
import { LATE_RULES } from '../check/rules/lateRules';
import { issuesOfXero } from '../words/xeroWords';
import { answered, MOST_RECORDS, tooMany, type CallResult } from './callResult';

export interface XeroCall extends XeroRead {
	readonly method: HttpMethod;
	/** JSON, as it is sent. */
	readonly body?: string;
	/** Under one key Xero carries a write out once within six minutes. */
	readonly idempotencyKey: string;
	/** Page after page, to the end. */
	readonly isWhole: boolean;
	/** Whether the records of an answer are parted. */
	readonly isSplit: boolean;
}

/**
 * Makes a call of Xero's API. A write whose answer is uncertain after the repeats that its key makes
 * safe is said to be so. Throws ServiceFaultError for what a service cannot serve.
 */
export async function callXero(client: XeroClient, call: XeroCall): Promise<CallResult> {
	const { method, isWhole, isSplit, idempotencyKey, body, ...target } = call;
	if (method === 'GET') {
		if (!isWhole) return answered(parted(await client.read(target), isSplit));
		const records = await everyRecord(client, target, MOST_RECORDS);
		if (records) return answered(records);
		return tooMany('Narrow it by Query Parameters or If Modified Since, or read page by page.');
	}
	const said = `${method} ${target.path}`;
	const answer = await client.write({
		...without(target, 'modifiedSinceMs'),
		method,
		idempotencyKey,
		...(body === undefined ? {} : { body: Buffer.from(body), contentType: 'application/json' }),
	});
	switch (answer.kind) {
		case 'accepted': {
			const records = parted(answer.body, isSplit);
			const taken = records.filter((record) => !isRefused(record));
			const refused = records.filter(isRefused).map((record) => ({
				record,
				issues: issuesOfXero(validationMessages(record)).map(withPlainFix),
			}));
			return { kind: 'answered', records: taken, refused };
		}
		case 'refused':
			return { kind: 'failed', issues: issuesOfXero(answer.messages).map(withPlainFix) };
		case 'stopped':
			throw new ServiceFaultError(answer.fault);
		case 'late':
			throw new Error('A call without a time limit was too late.');
		case 'unknown':
			return { kind: 'failed', issues: [uncertain(said, answer)] };
	}
}

function parted(body: unknown, isSplit: boolean): readonly unknown[] {
	// No answer, as of a deletion, or nothing that changed.
	if (body === undefined || body === null || body === '') return [];
	return (isSplit ? recordsIn(body) : undefined) ?? [body];
}

function isRefused(record: unknown): boolean {
	return isElement(record) && isRefusedElement(record, '');
}

/** What is sent so need not be a record of Knack. */
function withPlainFix(issue: Issue): Issue {
	return issue.code === LATE_RULES.refusedByXero.code
		? { ...issue, fix: 'Correct what Xero names in the Body or the Query Parameters.' }
		: issue;
}

function uncertain(
	said: string,
	{ reason, status }: { readonly reason: string; readonly status?: number },
): Issue {
	const message =
		status === undefined
			? `It is not known whether Xero carried out ${said}, and it is not sent again.`
			: `${said} was not answered as Xero answers what it has carried out. Most likely nothing was written.`;
	return {
		code: LATE_RULES.noAnswer.code,
		severity: 'block',
		message,
		fix:
			status === undefined
				? 'Look in Xero whether it is done before you send it again.'
				: 'Check Path and Method against the documentation of Xero’s API, and look in Xero before you send it again.',
		vendorMessage: reason,
	};
}
