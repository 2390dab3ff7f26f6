import type { Issue } from '../../issue';
import { moneyText, sum, type Decimal } from '../../money';
import type { XeroDocument } from '../../xero/documents/definition';
import { issueOf, type RuleSeverities } from '../check/check';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Settled } from '../outcomes';
import { isPassing } from '../words/notSent';
import { faultIssue } from '../words/faultIssue';
import { issuesOfXero } from '../words/xeroWords';
import type { CreditPlan, PlannedUse, UseResult } from './creditUse';
import { creditName, useAsChange, usedInWords, useInWords, type UsedPart } from './creditWords';

interface TriedUse {
	readonly use: PlannedUse;
	readonly result: UseResult;
}

/** An outcome, with what was used of credit and why something was not. */
export function settledWith(
	settled: Settled,
	tried: readonly TriedUse[],
	document: XeroDocument | undefined,
	severities: RuleSeverities,
): Settled {
	const used = tried.flatMap(({ use, result }): UsedPart[] =>
		result.kind === 'done'
			? [{ credit: use.credit, amount: result.amount, ...(use.on ? { on: use.on } : {}) }]
			: [],
	);
	const now = document ?? withLessDue(settled.document, used);
	const left = tried.flatMap(({ use, result }) => notUsed(use, result, settled, severities));
	const stopping = left.map(({ outcome }) => outcome).find((each) => each !== undefined);
	const isNew = settled.outcome === 'created';
	const due = now?.amounts?.amountDue;
	const running = runningDue(settled, used);
	return {
		...settled,
		document: now,
		outcome:
			stopping ??
			(used.length > 0 && settled.outcome === 'unchanged' ? 'updated' : settled.outcome),
		changes: isNew ? settled.changes : [...(settled.changes ?? []), ...used.map(useAsChange)],
		operations: [...(settled.operations ?? []), ...running.map(useInWords)],
		issues: [...settled.issues, ...left.flatMap(({ issues }) => issues)],
		credit: usedInWords(used, due),
	};
}

/** A preview, with what would be used of credit. */
export function foreseenWith(settled: Settled, { uses }: CreditPlan): Settled {
	if (uses.length === 0) return settled;
	const isNew = settled.outcome === 'wouldCreate';
	const dueAfter = uses.at(-1)?.dueAfter;
	return {
		...settled,
		document: withLessDue(settled.document, uses),
		outcome: settled.outcome === 'unchanged' ? 'wouldUpdate' : settled.outcome,
		changes: isNew ? settled.changes : [...(settled.changes ?? []), ...uses.map(useAsChange)],
		operations: [...(settled.operations ?? []), ...uses.map(useInWords)],
		credit: usedInWords(uses, dueAfter, true),
	};
}

/** The parts in their order, each with what was left to pay after it. */
function runningDue({ document }: Settled, used: readonly UsedPart[]): UsedPart[] {
	let due = document?.amounts?.amountDue;
	return used.map((part) => {
		due = due?.minus(part.amount);
		return { ...part, dueAfter: due };
	});
}

function withLessDue(
	document: XeroDocument | undefined,
	used: readonly UsedPart[],
): XeroDocument | undefined {
	const { amounts } = document ?? {};
	if (!document || !amounts?.amountDue || used.length === 0) return document;
	const credited = sum(used.map(({ amount }) => amount));
	return { ...document, amounts: { ...amounts, amountDue: amounts.amountDue.minus(credited) } };
}

interface NotUsed {
	readonly outcome?: 'held' | 'failed';
	readonly issues: readonly Issue[];
}

function notUsed(
	{ credit, amount }: PlannedUse,
	result: UseResult,
	{ document }: Settled,
	severities: RuleSeverities,
): NotUsed[] {
	const money = (value: Decimal) => moneyText(value, credit.currency);
	const number = document?.number ?? 'The document';
	const what = `${money(amount)} of ${creditName(credit)}`;
	switch (result.kind) {
		case 'done': {
			if (result.amount.gte(amount)) return [];
			const message = `${money(result.amount)} of ${creditName(credit)} was used, and not ${money(amount)}: the rest was used or paid elsewhere meanwhile.`;
			return [{ issues: issueOf(LATE_RULES.creditNotUsed, { message, fix: LOOK }, severities) }];
		}
		case 'gone': {
			const message = `${what} was not used: ${money(result.remaining)} of it was left, and ${number} is approved as it is.`;
			return [{ issues: issueOf(LATE_RULES.creditNotUsed, { message, fix: LOOK }, severities) }];
		}
		case 'refused': {
			const issues = issuesOfXero(result.messages, 'warn').map((issue) => ({
				...issue,
				message: `${number} is approved, and ${what} could not be used. ${issue.message}`,
			}));
			return [{ issues }];
		}
		case 'stopped': {
			const { fault } = result;
			const message = `${number} is in Xero, and ${what} is not used yet. ${fault.message}`;
			if (isPassing(fault)) {
				return [{ outcome: 'held', issues: [{ ...faultIssue(fault), severity: 'hold', message }] }];
			}
			const finding = { message, fix: fault.fix };
			return [{ outcome: 'failed', issues: issueOf(LATE_RULES.notReached, finding, severities) }];
		}
		case 'unknown': {
			const message = `${number} is in Xero, but it is not known whether ${what} was used. ${result.reason}`;
			const fix = 'Run the record again: what was used already is not used twice.';
			const issues = issueOf(LATE_RULES.noAnswer, { message, fix }, severities);
			return [{ outcome: 'failed', issues }];
		}
	}
}

const LOOK =
	'Look at the credit of the contact in Xero. What is open there is used by the next run.';
