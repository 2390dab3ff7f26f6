import type { Issue } from '../../issue';
import { moneyText } from '../../money';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { issueOf, isStopping, type RuleSeverities } from '../check/check';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Plan } from '../plan/plan';

type CarriedOut = Extract<Plan, { action: 'create' | 'update' | 'correct' }>;

/** What Xero has answered to a plan that was carried out. */
export interface Answered {
	readonly definition: DocumentDefinition;
	readonly plan: CarriedOut;
	/** The contact that the record names, as far as it is in Xero. */
	readonly contactId: string | undefined;
	readonly document: XeroDocument;
}

/**
 * What is to be said once Xero has answered: what the plan says, but for a total that is sure by
 * now, and every difference between plan and answer with both values.
 */
export function compareAnswer(answered: Answered, severities: RuleSeverities): Issue[] {
	const { definition, plan, document } = answered;
	const isTotalKnown = document.amounts !== undefined;
	const said = plan.issues.filter(
		({ code }) => !(isTotalKnown && code === LATE_RULES.totalUnsure.code),
	);
	const differing = differencesOf(answered).flatMap(({ field, planned, given }) =>
		issueOf(
			LATE_RULES.answerDiffers,
			{
				field,
				message: `${document.number ?? `The ${definition.label.toLowerCase()}`} has ${field} ${given} in Xero; planned was ${planned}.`,
				fix: 'Look at the document in Xero before it is sent to anybody.',
			},
			severities,
		),
	);
	return [...said, ...differing];
}

interface Difference {
	readonly field: string;
	readonly planned: string;
	readonly given: string;
}

function differencesOf(answered: Answered): Difference[] {
	const { plan, document } = answered;
	// What is held stays a draft, and is said to.
	const isHeld = plan.issues.some(isStopping);
	const status = isHeld ? undefined : plan.changes.find(({ field }) => field === 'status')?.after;
	return [
		...differingAmounts(plan, document),
		...differing('contact', contactOf(answered), document.contactId, document.contactName),
		...differing('number of lines', lineCountOf(answered), document.lines?.length),
		...(typeof status === 'string'
			? differing('status', status.toLowerCase(), document.status?.toLowerCase())
			: []),
	];
}

/** A difference where both sides are known. */
function differing(
	field: string,
	planned: string | number | undefined,
	given: string | number | undefined,
	shown = given,
): Difference[] {
	if (planned === undefined || given === undefined || planned === given) return [];
	return [{ field, planned: String(planned), given: String(shown) }];
}

function differingAmounts({ amounts }: CarriedOut, { amounts: given }: XeroDocument): Difference[] {
	if (!amounts || !given) return [];
	const money = ({ total, totalTax, currency }: typeof given) => ({
		total: moneyText(total, currency),
		tax: moneyText(totalTax, currency),
	});
	// A batch payment does not tell its currency.
	if (given.currency !== '' && amounts.currency !== given.currency) {
		return differing('currency', amounts.currency, given.currency);
	}
	const [ours, theirs] = [money(amounts), money(given)];
	if (!amounts.total.eq(given.total)) return differing('total', ours.total, theirs.total);
	return amounts.totalTax.eq(given.totalTax) ? [] : differing('tax', ours.tax, theirs.tax);
}

/** The id of the contact that the document is to bear. */
function contactOf({ plan, contactId }: Answered): string | undefined {
	const isNamed = plan.action === 'create' || plan.changes.some(({ field }) => field === 'contact');
	return isNamed ? contactId : plan.document.contactId;
}

/** How many lines the document is to have; undefined where none are sent. */
function lineCountOf({ definition, plan }: Answered): number | undefined {
	if (plan.action === 'correct') return plan.wanted.lines.length;
	const { lines: member } = definition.wire;
	const lines = member && plan.element()[member.name];
	return Array.isArray(lines) ? lines.length : undefined;
}
