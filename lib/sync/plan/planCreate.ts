import { merged } from '../../merged';
import type { FieldValue } from '../../xero/documents/definition';
import { EXPECTED_TOTAL } from '../check/draftValues';
import type { FieldChange } from '../outcome';
import { fingerprintOf, fingerprintText } from '../sourceLink/fingerprint';
import { buildElement } from './elements';
import { newLine, withoutBlanks, type PlannedLine } from './lines';
import { checkFoundAgain, type Found } from './planChecks';
import type { PlanInput } from './planInput';
import { predictAmounts } from './predictAmounts';
import { planSourceLink, SOURCE_LINK } from './sourceLink';

/** A document that is not there yet, with all that the record says of it. */
export function planCreate(input: PlanInput, found: Found) {
	const { definition, draft, contactId, settings, options, replaces } = input;
	const fields: Record<string, FieldValue> = merged(withoutBlanks(draft.fields));
	if (definition.lifecycle.initial !== undefined && fields.status === undefined) {
		fields.status = definition.lifecycle.initial;
	}
	const newLines = (): PlannedLine[] | undefined =>
		draft.lines?.map((line) =>
			newLine(definition.lineFields ?? [], line.fields, options.blankQuantity),
		);
	const lines = newLines() ?? [];
	const sent = replaces?.sent ?? fingerprintOf(definition, draft);
	const link = planSourceLink(
		{ definition, draft, options, sent, replaces: replaces?.document },
		found,
	);
	const valued = Object.entries(fields)
		.filter(([field]) => field !== EXPECTED_TOTAL)
		.map(([field, after]): FieldChange => ({ field, after }));
	checkFoundAgain(definition, draft, link, found);
	if (link !== undefined) fields.url = link;
	// A list that is added to gets room for sixteen more, which each record would keep.
	const changes = valued.concat(link === undefined ? [] : { field: SOURCE_LINK, after: link });
	return {
		action: 'create' as const,
		lines,
		// A run of thousands keeps no lines of its own for each.
		element: () => buildElement(definition, { fields, lines: newLines(), contactId }, settings),
		changes,
		amounts:
			definition.lineFields && !definition.amounts.isOfHours
				? predictAmounts(definition, fields, lines, settings)
				: undefined,
		fingerprint: fingerprintText(sent),
	};
}
