import { booksOf } from '../../xero/books';
import type { DocumentDefinition } from '../../xero/documents/definition';
import type { OrganisationSettings, TaxRate } from '../../xero/settings';
import { issueOf, type RuleSeverities } from '../check/check';
import { headerText, textOf } from '../check/draftValues';
import { LATE_RULES } from '../check/rules/lateRules';
import { contactFound } from '../find/matching';
import type { Row } from '../row';

/** Domestic reverse charge (UK): `DRCHARGESUPPLY20` and its like, and what a firm calls so itself. */
function isReverseCharge({ taxType, name }: TaxRate): boolean {
	return taxType.startsWith('DRCHARGE') || /\breverse charge\b/i.test(name);
}

/**
 * A sale under the reverse charge is to a business that accounts for the tax itself, so its tax
 * number is asked for (HMRC, "VAT domestic reverse charge for building and construction services").
 */
export function checkReverseCharge(
	{ amounts }: DocumentDefinition,
	row: Row,
	settings: OrganisationSettings,
	severities: RuleSeverities,
): void {
	const { plan, draft } = row;
	if (plan?.action !== 'create' && plan?.action !== 'update') return;
	if (amounts.sideOf(draft.fields) !== 'sale') return;
	const books = booksOf(settings);
	const rate = draft.lines
		?.map(({ fields }) => books.taxRate(textOf(fields.taxType) ?? ''))
		.find((each) => each && isReverseCharge(each));
	if (!rate) return;
	const known = contactFound(row.contact?.match);
	const number = headerText(draft, 'contact.taxNumber') ?? textOf(known?.fields.taxNumber);
	if (number !== undefined) return;
	const issues = issueOf(
		LATE_RULES.reverseCharge,
		{
			field: 'contact.taxNumber',
			message: `"${rate.name}" is for customers who account for the tax themselves, and no tax number of ${headerText(draft, 'contact.name') ?? 'this customer'} is known.`,
			fix: 'Enter the VAT number with the contact in Xero, or choose the tax rate that you charge.',
		},
		severities,
	);
	row.plan = { ...plan, issues: [...plan.issues, ...issues] };
}
