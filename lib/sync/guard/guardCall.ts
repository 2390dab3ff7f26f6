import type { CalendarDate } from '../../dates';
import { foldText } from '../../foldText';
import type { Issue } from '../../issue';
import { decimal } from '../../money';
import type { XeroClient } from '../../xero/client';
import { isRecord } from '../map/sampleShape';
import type { Guarding } from './guarding';
import { GUARD_RULES } from './guardRules';
import { overFinding } from './guardWords';
import { chargeOfRecords } from './limits';
import { refusedIssue } from './refusal';

/** A call that writes, made by hand: nobody knows of it more than how many records it has. */
export interface GuardedCall {
	/** Its item. */
	readonly item: number;
	readonly path: string;
	/** As it is sent, where it has one. */
	readonly body: unknown;
	/** A person has let it go. */
	readonly isLetGo: boolean;
	/** Today by the organisation's own clock. */
	readonly today: CalendarDate;
}

/** Why a call is not made; undefined where it may be, and then it is counted. Throws ServiceFaultError. */
export async function guardCall(
	{ refusal, settings, tally }: Guarding,
	client: XeroClient,
	{ item, path, body, isLetGo, today }: GuardedCall,
): Promise<Issue | undefined> {
	const refused = await refusal(client);
	if (refused) return refusedIssue(refused);
	if (isLetGo) return undefined;
	const counting = { organisation: client.organisationId ?? '', today, item };
	const over = tally.admit(chargeOfRecords(decimal(recordsIn(path, body))), counting);
	if (!over) return undefined;
	const { code, severity } = GUARD_RULES[over.counted];
	const { message, fix } = overFinding(over, settings, '');
	return { code, severity, message, fix };
}

/**
 * How many records a call would write: those of a list, which stands alone, by itself under any name,
 * or beside others under that of its resource, as Xero reads it; else one. Whatever is sent counts as
 * one at least.
 */
function recordsIn(path: string, body: unknown): number {
	const resources = path.split('/').map(foldText);
	const entries = isRecord(body) ? Object.entries(body) : [['', body] as const];
	const counts = entries.map(([name, list]) => {
		const isOfRecords = entries.length === 1 || resources.includes(foldText(name));
		return isOfRecords && Array.isArray(list) ? list.length : 1;
	});
	return Math.max(1, ...counts);
}
