import { canonicalJson } from '../../hash';
import type { ApprovalKey } from './approvalKey';

/** What a plan number stands for, part by part, so that two of them tell what differs. */
const PARTS = [
	'record',
	'settings',
	'contact',
	'document',
	'lines',
	'state',
	'afterwards',
] as const;

export type PlanPart = (typeof PARTS)[number];

/** What is planned for a record, by parts; each a value that JSON can hold. */
export type PlannedParts = Readonly<Record<PlanPart, unknown>>;

/**
 * Sixty bits of each part. Who wants another plan with the number of this one has to have some
 * thousand million previews made: without the key nobody can try.
 */
const DIGITS = 15;

const PLAN_NUMBER = new RegExp(`^[0-9a-f]{${DIGITS}}(-[0-9a-f]{${DIGITS}}){${PARTS.length - 1}}$`);

export function planNumberOf(key: ApprovalKey, parts: PlannedParts): string {
	return PARTS.map((part) => digitsOf(key, part, parts[part])).join('-');
}

function digitsOf(key: ApprovalKey, part: PlanPart, value: unknown): string {
	return key.planDigest(canonicalJson([part, value])).slice(0, DIGITS);
}

/** Whether a plan number is of a record, whatever is planned for it. */
export function isOfRecord(key: ApprovalKey, planNumber: string, record: unknown): boolean {
	return planNumber.startsWith(`${digitsOf(key, 'record', record)}-`);
}

export function isPlanNumber(text: string): boolean {
	return PLAN_NUMBER.test(text);
}

/** The parts in which two plans differ; none where they are the same plan. */
export function differingParts(one: string, other: string): PlanPart[] {
	const [ofOne, ofOther] = [one.split('-'), other.split('-')];
	return PARTS.filter((_part, index) => ofOne[index] !== ofOther[index]);
}
