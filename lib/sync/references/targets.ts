import { decimal, moneyText, parseDecimal, type Decimal } from '../../money';
import type { XeroClient } from '../../xero/client';
import type {
	DocumentDefinition,
	Settling,
	Target,
	XeroDocument,
} from '../../xero/documents/definition';
import { findDocuments } from '../../xero/lookups';
import { issueOf, isStopping, type RuleSeverities } from '../check/check';
import { isOpenForMoney } from '../check/approval';
import { headerText } from '../check/draftValues';
import type { Finding, LateRule } from '../check/rule';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Draft } from '../draft';
import { documentLabel } from '../find/documentIndex';
import { foldText, isSameText } from '../../foldText';
import { liveOnes } from '../find/twins';
import { quoted } from '../map/fieldReading';
import { without } from '../../without';
import type { Plan } from '../plan/plan';
import { statusName } from '../status/statusName';
import { isOnItsWay, paidInOf, type Completed } from './completed';
import { withIssues, withValues } from './named';

interface Known {
	readonly definition: DocumentDefinition;
	readonly document: XeroDocument;
}

type KnownTargets = ReadonlyMap<string, readonly Known[]>;

/** What such documents are for, and are held against. */
interface SettlingOf extends Settling {
	readonly definition: DocumentDefinition;
	readonly known: KnownTargets;
	readonly severities: RuleSeverities;
	/** What documents of the run that were reviewed before are to take of each, by id. */
	readonly taken: Map<string, Decimal>;
}

/** One of them is for exactly one document, by id or number; which one is settled before matching. */
export async function readTargets(
	client: XeroClient,
	definition: DocumentDefinition,
	settling: Settling,
	drafts: readonly Draft[],
	severities: RuleSeverities,
): Promise<Completed> {
	const open = drafts.filter(isOnItsWay);
	const known = new Map<string, readonly Known[]>();
	for (const target of settling.targets) {
		known.set(target.path, await documentsOf(client, target, open));
	}
	const all: SettlingOf = { ...settling, definition, known, severities, taken: new Map() };
	return {
		drafts: drafts.map((draft) => (isOnItsWay(draft) ? completed(draft, all) : draft)),
		review: (planned) => planned.map(({ plan }) => reviewed(plan, all)),
		paidIn: (draft) => paidInOf(targetOf(draft, all)),
	};
}

async function documentsOf(
	client: XeroClient,
	{ path, among }: Target,
	drafts: readonly Draft[],
): Promise<Known[]> {
	const given = (part: 'id' | 'number') => [
		...new Set(drafts.flatMap((draft) => headerText(draft, `${path}.${part}`) ?? [])),
	];
	const ids = given('id');
	const numbers = given('number');
	if (ids.length === 0 && numbers.length === 0) return [];
	const known: Known[] = [];
	for (const definition of among) {
		const values = { [definition.numberPath]: numbers };
		const found = await findDocuments(client, definition, { ids, values });
		known.push(...found.map((document) => ({ definition, document })));
	}
	return known;
}

function completed(draft: Draft, settling: SettlingOf): Draft {
	const { definition, targets, words, known, severities } = settling;
	const problem = (rule: LateRule, finding: Finding, found: readonly Known[] = []) =>
		withIssues(
			draft,
			issueOf(rule, finding, severities, {
				...(found.length === 0
					? {}
					: {
							candidates: found.map(({ definition, document }) => ({
								id: document.id,
								label: documentLabel(definition, document),
							})),
						}),
			}),
		);
	const named = targets.filter(({ path }) =>
		['id', 'number'].some((part) => headerText(draft, `${path}.${part}`) !== undefined),
	);
	const [target] = named;
	const name = definition.label.toLowerCase();
	if (!target || named.length > 1) {
		// One that is known by its own id needs none of them.
		if (!target && draft.id !== undefined) return draft;
		return problem(LATE_RULES.targetUnclear, {
			field: `${targets[0]?.path}.number`,
			message: target
				? `The ${name} names ${named.map(({ what }) => what).join(' and ')}; it can be for one document only.`
				: `The ${name} does not say which ${words.which} it is for.`,
			fix: words.fix,
		});
	}
	const field = `${target.path}.number`;
	const id = headerText(draft, `${target.path}.id`)?.toLowerCase();
	const number = headerText(draft, field) ?? '';
	const all = known.get(target.path) ?? [];
	const live = all.filter(
		({ definition, document }) =>
			foldText(document.number ?? '') === foldText(number) &&
			liveOnes(definition, [document]).length > 0,
	);
	const [only] = live;
	if (id !== undefined) {
		const own = all.find(({ document }) => document.id === id);
		const isOther = number !== '' && only && !live.some(({ document }) => document.id === id);
		if (!isOther) return withIdAlone(draft, target, id, own);
		const byId = own ? documentLabel(own.definition, own.document) : 'another';
		const message = `The ${name} names ${quoted(number)} by its number, and ${byId} by its ID.`;
		const fix = 'Correct the number or the ID in Knack, or map one of the two only.';
		return problem(LATE_RULES.targetUnclear, { field, message, fix }, own ? [own, ...live] : live);
	}
	if (only && live.length === 1) return withIdAlone(draft, target, only.document.id, only);
	if (only) {
		return problem(
			LATE_RULES.targetUnclear,
			{
				field,
				message: `${live.length} documents in Xero have the number ${quoted(number)}.`,
				fix: `Map the id of the right ${target.what} instead of its number.`,
			},
			live,
		);
	}
	const gone = all.find(({ document }) => isSameText(document.number ?? '', number));
	if (gone) {
		const status = statusName(gone.definition, gone.document.status ?? '').toLowerCase();
		return problem(
			LATE_RULES.targetNotOpen,
			{
				field,
				message: `${documentLabel(gone.definition, gone.document)} is ${status} in Xero, and takes no ${definition.plural}.`,
				fix: `Give the number of the ${target.what} that took its place; if it was ${status} by mistake, enter it anew in Xero first.`,
			},
			[gone],
		);
	}
	return problem(LATE_RULES.targetMissing, {
		field,
		message: `There is no ${target.what} ${quoted(number)} in Xero to put the ${name} on.`,
		fix: 'Post it to Xero first, or correct the number in Knack.',
	});
}

/** A number other than the document bears in Xero (by now) would say that the answer is another's. */
function withIdAlone(draft: Draft, { path }: Target, id: string, own: Known | undefined): Draft {
	const number = headerText(draft, `${path}.number`);
	const borne = own?.document.number;
	const isBorne = number !== undefined && borne !== undefined && isSameText(borne, number);
	const fields = isBorne ? draft.fields : without(draft.fields, `${path}.number`);
	const named = isBorne ? { [`${path}.number`]: borne } : {};
	return withValues({ ...draft, fields }, { ...named, [`${path}.id`]: id });
}

function targetOf(draft: Draft, { targets, known }: SettlingOf): XeroDocument | undefined {
	const found = targets.map(({ path }) => {
		const id = headerText(draft, `${path}.id`);
		return known.get(path)?.find(({ document }) => document.id === id)?.document;
	});
	return found.find((document) => document !== undefined);
}

/** Holds a new one against what is open. One that is there already has been counted. */
function reviewed(plan: Plan, settling: SettlingOf): Plan {
	const { definition: own, targets, amountPath, known, severities, taken } = settling;
	if (plan.action !== 'create') return plan;
	const { draft } = plan;
	const name = own.label.toLowerCase();
	const amount = parseDecimal(headerText(draft, amountPath) ?? '');
	for (const { path } of targets) {
		const id = headerText(draft, `${path}.id`);
		const target = known.get(path)?.find(({ document }) => document.id === id);
		if (!target) continue;
		const { definition, document } = target;
		const ofOthers = taken.get(document.id) ?? decimal(0);
		const due = document.amounts?.amountDue?.minus(ofOthers);
		const isOpen = isOpenForMoney(definition, document);
		if (isOpen && !(due && amount?.gt(due))) {
			if (amount) taken.set(document.id, ofOthers.plus(amount));
			continue;
		}
		const label = documentLabel(definition, document);
		const money = (value?: Decimal) => value && moneyText(value, document.amounts?.currency ?? '');
		const besides = ofOthers.gt(0)
			? ` beside ${money(ofOthers)} that other records of this run take`
			: '';
		const issues = issueOf(
			LATE_RULES.targetNotOpen,
			{
				field: isOpen ? amountPath : `${path}.id`,
				message: isOpen
					? `${label} has ${money(due)} open${besides}, less than this ${name} of ${money(amount)}.`
					: `${label} takes no ${own.plural}.`,
				fix: isOpen
					? `Check the amount in Knack, and whether the ${name} was recorded in Xero by hand.`
					: `Approve it in Xero first; one that is paid or voided needs no ${name}.`,
			},
			severities,
		);
		if (issues.some(isStopping)) {
			const { key, contentHash } = plan;
			return { action: 'stop', draft, key, contentHash, issues: [...plan.issues, ...issues] };
		}
	}
	return plan;
}
