import { isSameText } from '../../foldText';
import { issueOf } from '../check/check';
import { textOf } from '../check/draftValues';
import { LATE_RULES } from '../check/rules/lateRules';
import { contactLabel } from './contactIndex';
import { differs, numberOf, type Looking } from './lookingForContact';
import type { Match, Matched } from './matching';

/** A contact found without its e-mail address, held against that of the record. */
export function withItsEmail({ index, wanted, lens, stop }: Looking, match: Matched): Match {
	const { severities, field, overwrites, takesSimilarNames = true } = lens;
	// To archive somebody takes no less than to write over them.
	const isToBeSure = overwrites || !takesSimilarNames;
	const { document } = match;
	if (!differs(wanted.emailAddress, document.fields.emailAddress)) return match;
	// The address may be that of another record of the run.
	const given = `the e-mail address that Knack has with this name is ${wanted.emailAddress ?? ''}. Is it the same contact?`;
	const sign = match.by === 'contactNumber' ? `The ${numberOf(wanted)}` : `"${wanted.name ?? ''}"`;
	const message = match.isThroughMerge
		? `${sign} leads by a merge to ${contactLabel(document)} in Xero; ${given}`
		: `Xero has ${contactLabel(document)}; ${given}`;
	// One that is archived, or was merged into it, may be the record's own.
	const isOneOfSeveral = index.find('name', wanted.name).some((each) => each !== document);
	// One that was merged into it and had this address is the record's own.
	const isOwnMerged = index
		.bearersOf('name', wanted.name)
		.some(({ fields }) => isSameText(wanted.emailAddress ?? '', textOf(fields.emailAddress) ?? ''));
	if (isToBeSure || isOneOfSeveral || (match.isThroughMerge && !isOwnMerged)) {
		return stop(
			LATE_RULES.contactContradicted,
			message,
			'If it is, keep its Contact ID or Contact Code in Knack, or change the e-mail address in Xero. If not, write the name so that the two differ.',
			[document],
		);
	}
	const issues = issueOf(
		LATE_RULES.contactOtherEmail,
		{
			field,
			message,
			fix: 'If it is not, write the name in Knack so that the two differ. The contact is left as it is.',
		},
		severities,
	);
	return { ...match, issues };
}
