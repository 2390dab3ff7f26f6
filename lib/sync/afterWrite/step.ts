import { faultOr } from '../../serviceFault';
import type { XeroClient, XeroWriteAnswer } from '../../xero/client';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { findWord } from '../words/word';
import { XERO_WORDS } from '../words/xeroWords';

/** The document that something is done for. */
export interface Written {
	readonly client: XeroClient;
	readonly definition: DocumentDefinition;
	/** Absent where a preview looks at what is not there yet. */
	readonly id?: string;
	/** The one that it has after the run. */
	readonly status?: string;
	/** Of what the record wanted, for the keys of requests. */
	readonly contentHash: string;
	/** Made by this very run, and so lately that nothing need be looked for beside it. */
	readonly isNew: boolean;
}

export interface StepResult {
	readonly done: boolean;
	/** Why it was not done, for a person. */
	readonly problem?: string;
	/** What to do about it, where that is known. */
	readonly fix?: string;
}

/** A step that is due. What it does is said in words, by a preview too, and then done. */
export interface DueStep {
	readonly operation: string;
	/** Throws ServiceFaultError. */
	carryOut(): Promise<StepResult>;
}

/** What looking at a step gives: that it is due, or why not. Looking writes nothing. */
export type LookedAt = DueStep | StepResult;

export function isDueStep(step: LookedAt): step is DueStep {
	return 'carryOut' in step;
}

export const DONE: StepResult = { done: true };
export const NOT_NEEDED: StepResult = { done: false };

export function problem(text: string): StepResult {
	return { done: false, problem: text };
}

/** What an answer means for a step that is never sent twice: what is open is looked for in Xero. */
export async function settledStep(
	answer: XeroWriteAnswer,
	isOwn: (body: unknown) => boolean,
	isThere: () => Promise<boolean>,
): Promise<StepResult> {
	if (answer.kind === 'accepted' && isOwn(answer.body)) return DONE;
	if (answer.kind === 'accepted' || answer.kind === 'unknown') {
		const looked = await faultOr(isThere());
		if (looked.ok && looked.value) return DONE;
	}
	return stepResult(answer);
}

function stepResult(answer: XeroWriteAnswer): StepResult {
	switch (answer.kind) {
		case 'accepted':
			return stepResult({ kind: 'unknown', reason: 'The answer was none of Xero’s.' });
		case 'refused':
			return {
				...problem(`Xero: ${answer.messages.join(' ') || 'it gave no reason.'}`),
				fix: findWord(XERO_WORDS, answer.messages[0] ?? '')?.fix,
			};
		case 'unknown':
			return problem(
				`Xero did not answer, so it is not known whether it arrived. ${answer.reason}`,
			);
		case 'late':
			return problem('It was too late to send it.');
		case 'stopped':
			return { ...problem(answer.fault.message), fix: answer.fault.fix };
	}
}

export function addressOf({ definition, id }: Written): string {
	if (id === undefined) throw new Error('A document that is not there yet has no address.');
	return `/${definition.wire.resource}/${id}`;
}
