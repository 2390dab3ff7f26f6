import { judged } from '../../../issueCodes';
import { headerText } from '../draftValues';
import type { Rule } from '../rule';

/** Documents without keys of their own (a payment, a project) are identified elsewhere. */
const identityMissing: Rule = {
	...judged('XERO_IDENTITY_MISSING'),
	find({ definition, draft }) {
		if (draft.id !== undefined || definition.keys.length === 0) return [];
		if (definition.keys.some((key) => headerText(draft, key.path) !== undefined)) return [];
		const labels = definition.keys.map(
			(key) => definition.fields.find((field) => field.path === key.path)?.label ?? key.path,
		);
		return [
			{
				field: definition.keys[0]?.path,
				message: `Nothing identifies this ${definition.label.toLowerCase()}, so running it again could post it twice.`,
				fix: `Map ${labels.join(' or ')} to a Knack field that is different for each record, and fill it in.`,
			},
		];
	},
};

const contactMissing: Rule = {
	...judged('XERO_CONTACT_MISSING'),
	find({ definition, draft }) {
		if (!definition.hasContact || draft.id !== undefined) return [];
		const given = ['contact.id', 'contact.contactNumber', 'contact.name', 'contact.emailAddress'];
		if (given.some((path) => headerText(draft, path) !== undefined)) return [];
		return [
			{
				field: 'contact.name',
				message: `This ${definition.label.toLowerCase()} has no contact.`,
				fix: 'Map Contact Name to the Knack field with the customer, and fill it in on the record.',
			},
		];
	},
};

export const identityRules: readonly Rule[] = [identityMissing, contactMissing];
