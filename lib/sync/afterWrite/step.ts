import type { XeroClient, XeroWriteAnswer } from '../../xero/client';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { findWord } from '../words/word';
import { XERO_WORDS } from '../words/xeroWords';

/** The document that something is done for. */
export interface Written {
	readonly client: XeroClient;
	readonly definition: DocumentDefinition;
	readonly id: string;
	readonly status?: string;
	/** Of what the record wanted, for the keys of requests. */
	readonly contentHash: string;
	/** Made by this very run, so that nothing can be beside it yet. */
	readonly isNew: boolean;
}

export interface StepResult {
	readonly done: boolean;
	/** Why it was not done, for a person. */
	readonly problem?: string;
	/** What to do about it, where that is known. */
	readonly fix?: string;
}

export const DONE: StepResult = { done: true };
export const NOT_NEEDED: StepResult = { done: false };

export function problem(text: string): StepResult {
	return { done: false, problem: text };
}

/** What an answer means for a step that is never sent twice. */
export function stepResult(answer: XeroWriteAnswer): StepResult {
	switch (answer.kind) {
		case 'accepted':
			return DONE;
		case 'refused':
			return {
				...problem(`Xero: ${answer.messages.join(' ') || 'it gave no reason.'}`),
				fix: findWord(XERO_WORDS, answer.messages[0] ?? '')?.fix,
			};
		case 'unknown':
			return problem(
				`Xero did not answer, so it is not known whether it arrived. ${answer.reason}`,
			);
		case 'stopped':
			return { ...problem(answer.fault.message), fix: answer.fault.fix };
	}
}

export function addressOf({ definition, id }: Written): string {
	return `/${definition.resource}/${id}`;
}
