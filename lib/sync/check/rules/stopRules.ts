import { judged } from '../../../issueCodes';
import { ON_STOP } from '../../../xero/documents/onStop';
import { headerText } from '../draftValues';
import type { Rule } from '../rule';

/** What a record names by its id is there already, and goes on. */
const customerOnStop: Rule = {
	...judged('XERO_CUSTOMER_ON_STOP'),
	find({ definition, draft }) {
		if (draft.fields[ON_STOP.path] !== true || draft.id !== undefined) return [];
		const isTakenOut = definition.lifecycle.gone.includes(headerText(draft, 'status') ?? '');
		if (isTakenOut) return [];
		const customer = headerText(draft, 'contact.name') ?? 'The customer';
		return [
			{
				field: ON_STOP.path,
				message: `${customer} is on stop by the record, so that no new ${definition.label.toLowerCase()} is made.`,
				fix: 'Take the customer off stop in Knack once it is settled or somebody has agreed, and run the record again.',
			},
		];
	},
};

export const stopRules: readonly Rule[] = [customerOnStop];
