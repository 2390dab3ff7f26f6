import type { Clock } from '../../clock';
import { instantText } from '../../dates';
import { createGiveWay } from '../../giveWay';
import type { Issue } from '../../issue';
import { judged, type IssueCode } from '../../issueCodes';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { asDraft, canBeTried, goesFurther } from '../guard/firstOnes';
import type { Plan } from '../plan/plan';
import type { Row } from '../row';
import type { UpsertContext } from '../upsertContext';
import type { PlanApproval } from './approved';
import type { ApprovalRun } from './approvalRun';
import { differingParts, isOfRecord, planNumberOf } from './planNumber';
import { hasAnotherName } from './names';
import { readToken, type Approval } from './token';
import { recordOf, whatIsPlanned, type PlannedRun } from './whatIsPlanned';
import { planInWords, whatDiffers } from './words';

interface Holding extends PlannedRun {
	readonly rows: readonly Row[];
}

/**
 * Gives each row that a run would write its plan number; where approvals are required, a row stays
 * only if somebody has approved that very plan. Changes the plans of rows, and asks nothing of anybody.
 */
export async function holdUnapproved(
	{ clock, approval }: { readonly clock: Clock; readonly approval?: ApprovalRun },
	run: Holding,
): Promise<void> {
	if (!approval) return;
	const giveWay = createGiveWay(clock);
	for (const row of run.rows) {
		approveOrHold(approval, run, row, clock.now());
		await giveWay();
	}
}

/**
 * Whether a row may go over, as far as that is known before guards and open credit: one that nobody has
 * approved, or whose token is good for nothing, takes nothing of a guard's limits.
 */
export function isApprovable(
	{ clock, approval, guard }: Pick<UpsertContext, 'clock' | 'approval' | 'guard'>,
	run: PlannedRun,
	row: Row,
): boolean {
	if (!approval?.isRequired) return true;
	const given = judge(approval, row, undefined, clock.now());
	if (!('by' in given)) return false;
	const { plan, draft } = row;
	if (!plan) return true;
	if (!isOfRecord(approval.key, given.plan, recordOf(draft, plan))) return false;
	const { definition, options } = run;
	const isPaidFromCredit = options.openCredit !== undefined && definition.takesCredit !== undefined;
	const first = guard?.areFirstOnesDrafts ? firstOneOf(definition, plan) : undefined;
	return [plan, ...(first ? [first] : [])].some((each) => {
		const parts = whatIsPlanned(run, { ...row, plan: each });
		if (!parts) return true;
		return differingParts(given.plan, planNumberOf(approval.key, parts)).every(
			(part) => isPaidFromCredit && part === 'afterwards',
		);
	});
}

/** The plan as guards would have it, if it is one of the first of its table. */
function firstOneOf(definition: DocumentDefinition, plan: Plan): Plan | undefined {
	const isFirst =
		plan.action === 'create' && canBeTried(definition) && goesFurther(definition, plan);
	return isFirst ? asDraft(definition, plan) : undefined;
}

/** A plan that was made anew while the run was under way is another one than was approved. */
export function holdPlannedAgain(approval: ApprovalRun | undefined, rows: readonly Row[]): void {
	if (!approval?.isRequired) return;
	for (const row of rows) {
		const action = row.plan?.action;
		if (action !== 'create' && action !== 'update' && action !== 'correct') continue;
		hold(row, {
			code: 'SYNC_APPROVAL_OUTDATED',
			message: 'Somebody else wrote it while the run was under way, so that it is not as approved.',
			fix: 'Run the record again, and approve what is planned then.',
		});
	}
}

function approveOrHold(approval: ApprovalRun, run: Holding, row: Row, nowMs: number): void {
	const { plan } = row;
	const parts = whatIsPlanned(run, row);
	if (!plan || !parts) return;
	const planNumber = planNumberOf(approval.key, parts);
	const numbered: PlanApproval = { planNumber, what: planInWords(run, row) };
	row.plan = { ...plan, approval: numbered };
	if (!approval.isRequired) return;
	const found = judge(approval, row, planNumber, nowMs);
	if ('by' in found) row.plan = { ...plan, approval: approvedBy(found, numbered, approval) };
	else hold(row, { ...found, message: `${found.message} A run would do this: ${numbered.what}.` });
}

function approvedBy(
	given: Approval,
	numbered: PlanApproval,
	{ isUsedOnce }: ApprovalRun,
): PlanApproval {
	return {
		...numbered,
		approvedBy: given.by,
		approvedAt: given.at,
		expiresAt: given.until,
		use: isUsedOnce ? 'once' : 'untilItsStateHasGone',
	};
}

interface Finding {
	readonly code: IssueCode;
	readonly message: string;
	readonly fix: string;
}

/** The approval of a row's plan, or of whatever that will be, or why it has none. */
function judge(
	{ key, creatorMustDiffer }: ApprovalRun,
	{ draft }: Row,
	planNumber: string | undefined,
	nowMs: number,
): Approval | Finding {
	const { token, creator } = draft.source.approval ?? {};
	if (token === undefined) return NOT_APPROVED;
	const given = readToken(key, token);
	if (!given) return NOT_GENUINE;
	const differing = whatDiffers(given.plan, planNumber ?? given.plan);
	if (differing.isOfAnother) {
		const whose = given.record === undefined ? 'another record' : `${given.record}, another record`;
		return { ...OF_ANOTHER, message: `The approval is for ${whose}.` };
	}
	if (given.until <= instantText(nowMs)) {
		const message = `The approval by ${given.by} was good until ${given.until}.`;
		return { ...EXPIRED, message };
	}
	if (differing.inWords.length > 0) {
		const was = given.what === undefined ? '' : ` Approved was: ${sentence(given.what)}`;
		const message = `${given.by} approved it on ${given.at}, and it is another plan by now: ${differing.inWords.join('; ')}.${was}`;
		return { ...OUTDATED, message };
	}
	if (!creatorMustDiffer || (creator !== undefined && hasAnotherName(creator, given.by))) {
		return given;
	}
	return {
		...BY_CREATOR,
		message:
			creator === undefined
				? `It was approved by ${given.by}, and nothing says who made the record.`
				: `It was approved by ${given.by}, who does not surely differ from ${creator}, who made it.`,
	};
}

function sentence(words: string): string {
	return words.replace(/[.!?]?$/, '.');
}

const AGAIN = 'Have it approved as it is now.';

const NOT_APPROVED: Finding = {
	code: 'SYNC_NOT_APPROVED',
	message: 'Nobody has approved it.',
	fix: 'Let a person look at it, approve its plan number with the operation Approve, and run the record again.',
};
const NOT_GENUINE: Finding = {
	code: 'SYNC_APPROVAL_NOT_GENUINE',
	message: 'The approval token was altered, or made with another Xero credential or secret.',
	fix: 'Have it approved again, by a node with the same Xero credential, and take the whole token.',
};
const OF_ANOTHER = {
	code: 'SYNC_APPROVAL_OF_ANOTHER',
	fix: 'Have this record approved itself.',
} as const;
const EXPIRED = { code: 'SYNC_APPROVAL_EXPIRED', fix: AGAIN } as const;
const OUTDATED = {
	code: 'SYNC_APPROVAL_OUTDATED',
	fix: `${AGAIN} Or undo what was changed since.`,
} as const;
const BY_CREATOR = {
	code: 'SYNC_APPROVAL_BY_CREATOR',
	fix: 'Let somebody else approve it. Give creator and approver alike: both as names, or both as e-mail addresses.',
} as const;

/** What is held is not paid from credit either. */
function hold(row: Row, { code, message, fix }: Finding): void {
	const { plan } = row;
	if (!plan) return;
	const { draft, key, contentHash, approval } = plan;
	const issue: Issue = { code, severity: judged(code).severity, message, fix };
	row.plan = {
		action: 'stop',
		draft,
		key,
		contentHash,
		issues: [...plan.issues, issue],
		...(approval ? { approval } : {}),
	};
	row.credit = undefined;
	row.correction = undefined;
}
