import type { Limits } from './limits';

/** The Yes/No field of a record in Knack that stops all writing; keys or names. */
export interface StopPlace {
	readonly table: string;
	readonly record: string;
	readonly field: string;
}

/** What is set under Guards. */
export interface GuardSettings {
	readonly isForDemoCompanies: boolean;
	readonly areFirstOnesDrafts: boolean;
	readonly limits: Limits;
	/** Which e-mails go out all the same. */
	readonly emails: {
		readonly isOldPaidOrZeroSent: boolean;
		readonly isFirstLoadSent: boolean;
	};
	readonly stop?: StopPlace;
	/** Whether a value of the record is chosen by which a person lets it go. */
	readonly hasLetGo: boolean;
}

/** What a record says for the guards beside its document. */
export interface GuardAnswers {
	/** A person has let it go. */
	readonly isLetGo?: boolean;
	/** Whether the document is to be e-mailed, and when; see `afterWrite/emailInvoice.ts`. */
	readonly email?: 'once' | 'onEveryChange';
	readonly isEmailedWhenUnchanged?: boolean;
}

/**
 * Where nothing is set: only e-mails are looked at.
 * @internal
 */
export const NO_GUARDS: GuardSettings = {
	isForDemoCompanies: false,
	areFirstOnesDrafts: false,
	limits: { run: {}, day: {} },
	emails: { isOldPaidOrZeroSent: false, isFirstLoadSent: false },
	hasLetGo: false,
};
