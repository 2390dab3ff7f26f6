import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Issue } from '../../issue';
import { instantText } from '../../dates';
import { keepTokens, type TokenToKeep } from '../../sync/approval/keepTokens';
import { isPlanNumber } from '../../sync/approval/planNumber';
import { tokenOf, type Approval } from '../../sync/approval/token';
import { beginning, visible } from '../../texts';
import { without } from '../../without';
import { runsAsTool } from '../agentWriting';
import { createClock } from '../clock';
import { connectKnack } from '../knackConnection';
import { itemParameter, parameterReader } from '../parameters/reader';
import { expressionIssue, SettingError, unlessExpressionFails } from '../parameters/settingError';
import { attentionWords } from '../shownOutcome';
import { requireApprovalKey } from './approvalKey';
import {
	APPROVED_BY,
	APPROVED_RECORD,
	GOOD_FOR,
	KEEP_TOKEN,
	PLAN_NUMBER,
	TOKEN_FIELD,
	TOKEN_RECORD,
	TOKEN_TABLE,
	WHAT_IS_APPROVED,
} from './approveParameters';

/** So that a token fits into a field or the value of a button. */
const LONGEST = 200;
const HOUR_MS = 3_600_000;

interface Wish {
	readonly approval: Approval;
	/** Where the token is kept, where it is. */
	readonly place?: Omit<TokenToKeep, 'token'>;
}

type ReadItem = Wish | { readonly issues: readonly Issue[] };

/**
 * Makes a token for each item that somebody has approved: outputs Approved and Needs Attention. Asks
 * Xero nothing. An AI agent that could do this would need nobody: throws SettingError for one.
 */
export async function executeApprove(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	if (runsAsTool(context)) {
		throw new SettingError(
			'Approve is not for an AI agent: nothing was approved.',
			'Let a person approve in a branch of the workflow, or in another workflow, that the agent does not call.',
		);
	}
	const key = await requireApprovalKey(context);
	const nowMs = createClock(context).now();
	const read = context.getInputData().map((_item, index) =>
		unlessExpressionFails<ReadItem>(
			() => readItem(context, index, nowMs),
			(error) => ({ issues: [expressionIssue(error)] }),
		),
	);
	const made = read.map((item) =>
		'issues' in item ? item : { ...item, token: tokenOf(key, item.approval) },
	);
	const tokens = made.flatMap((item) =>
		'place' in item && item.place ? [{ ...item.place, token: item.token }] : [],
	);
	const field = parameterReader(itemParameter(context, 0), { parameters: SHOWN })(TOKEN_FIELD);
	const troubles =
		tokens.length > 0 && field !== undefined
			? await keepTokens(await connectKnack(context), tokens, field)
			: new Map<string, string>();
	const approved: INodeExecutionData[] = [];
	const attention: INodeExecutionData[] = [];
	made.forEach((item, index) => {
		const pairedItem = { item: index };
		if ('issues' in item)
			return attention.push({ json: refused('blocked', item.issues), pairedItem });
		const why = troubles.get(item.place?.recordId ?? '');
		if (why !== undefined)
			return attention.push({ json: refused('failed', [notKept(why)]), pairedItem });
		return approved.push({ json: approvedItem(item, item.token), pairedItem });
	});
	tell(context, approved.length, attention.length);
	return [approved, attention];
}

const SHOWN = { operation: 'approve' };

/** Reads what is approved. Throws SettingError. */
function readItem(context: IExecuteFunctions, index: number, nowMs: number): ReadItem {
	const get = itemParameter(context, index);
	const keepToken = parameterReader(get, { parameters: SHOWN })(KEEP_TOKEN);
	const read = parameterReader(get, { parameters: { ...SHOWN, keepToken } });
	const plan = read(PLAN_NUMBER);
	const by = read(APPROVED_BY);
	const [record, what] = [read(APPROVED_RECORD), read(WHAT_IS_APPROVED)];
	const hours = read(GOOD_FOR);
	const [table, recordId, field] = [read(TOKEN_TABLE), read(TOKEN_RECORD), read(TOKEN_FIELD)];
	if (plan === undefined || !isPlanNumber(plan)) return { issues: [noPlan(plan)] };
	if (by === undefined) return { issues: [nobody(record)] };
	// Cut off, it could be told from the same name of who made the record.
	if (by.length > LONGEST) return { issues: [TOO_LONG] };
	const approval: Approval = {
		plan,
		by: visible(by),
		at: instantText(nowMs),
		until: instantText(nowMs + hours * HOUR_MS),
		...(record === undefined ? {} : { record: beginning(visible(record), LONGEST) }),
		...(what === undefined ? {} : { what: beginning(visible(what), LONGEST) }),
	};
	if (!keepToken) return { approval };
	if (field === undefined) {
		throw new SettingError(
			'No field of Knack is chosen for the token.',
			'Choose one under Approval Token Field, or switch off Keep Token in Knack.',
		);
	}
	if (table === undefined || recordId === undefined) return { issues: [noRecord(record)] };
	return { approval, place: { table, recordId } };
}

function approvedItem({ approval, place }: Wish, token: string): IDataObject {
	const { plan, by, at, until, record, what } = approval;
	const about = what === undefined ? '' : `: ${what}`;
	const isOnce = place !== undefined;
	const use = isOnce
		? 'The token is kept in Knack, and emptied there once it was used'
		: 'The token is good until then, or until what it is for has changed';
	return {
		summary: `${by} approved ${record ?? 'the record'} until ${until}${about}. ${use}.`,
		record: record ?? '',
		outcome: 'approved',
		approval: {
			token,
			planNumber: plan,
			approvedBy: by,
			approvedAt: at,
			expiresAt: until,
			use: isOnce ? 'once' : 'untilItsStateHasGone',
			what: what ?? '',
		},
		source: place ? { knackRecordId: place.recordId, table: place.table } : {},
	};
}

function refused(outcome: 'blocked' | 'failed', issues: readonly Issue[]): IDataObject {
	const [{ message, fix } = { message: '', fix: '' }] = issues;
	return {
		summary: `Not approved: ${message} ${fix}`,
		outcome,
		issues: issues.map((issue): IDataObject => without(issue, 'candidates')),
	};
}

function notGiven(message: string, fix: string): Issue {
	return { code: 'SYNC_APPROVAL_NOT_GIVEN', severity: 'block', message, fix };
}

function noPlan(given: string | undefined): Issue {
	return notGiven(
		given === undefined ? 'The item has no plan number.' : 'What stands there is no plan number.',
		'Take it from an item of Preview that would be written, or from one that waits for approval.',
	);
}

function nobody(record = 'the record'): Issue {
	return notGiven(
		`Nobody is named who has approved ${record}.`,
		'Give a name or an e-mail address under Approved By.',
	);
}

const TOO_LONG = notGiven(
	`Approved By is longer than ${LONGEST} characters.`,
	'Give the name or the e-mail address of one person.',
);

function noRecord(record = 'the item'): Issue {
	return notGiven(
		`Nothing says in which Knack record the token of ${record} is to be kept.`,
		'Give Knack Table and Knack Record ID, or switch off Keep Token in Knack.',
	);
}

function notKept(why: string): Issue {
	return {
		code: 'KNACK_APPROVAL_NOT_KEPT',
		severity: 'block',
		message: `The token could not be kept in Knack. ${why}`,
		fix: 'Look at the record and the field in Knack, and approve it again.',
	};
}

function tell(context: IExecuteFunctions, approved: number, attention: number): void {
	const message = `${[`${approved} approved`, ...attentionWords(attention)].join(', ')}.`;
	const type = attention === 0 ? 'info' : 'warning';
	context.addExecutionHints({ message, type, location: 'outputPane' });
}
