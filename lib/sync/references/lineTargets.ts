import { AMOUNT_PLACES, decimal, moneyText } from '../../money';
import { booksOf } from '../../xero/books';
import type {
	DocumentDefinition,
	SettlingEach,
	XeroDocument,
} from '../../xero/documents/definition';
import { findDocuments } from '../../xero/lookups';
import type { OrganisationSettings } from '../../xero/settings';
import { isOpenForMoney } from '../check/approval';
import { issueOf, isStopping, type RuleSeverities } from '../check/check';
import { decimalOf, headerText, linePath, textOf } from '../check/draftValues';
import type { Finding } from '../check/rule';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Draft, DraftLine } from '../draft';
import { liveOnes } from '../find/twins';
import type { Plan } from '../plan/plan';
import type { UpsertContext } from '../upsertContext';
import { isOnItsWay, paidInOf, type Completed } from './completed';
import { withId, withIssues } from './named';

interface Known {
	readonly definition: DocumentDefinition;
	readonly document: XeroDocument;
}

/** What the lines of such documents pay, and are held against. */
interface SettlingLines extends SettlingEach {
	readonly definition: DocumentDefinition;
	readonly known: readonly Known[];
	readonly settings: OrganisationSettings;
	readonly severities: RuleSeverities;
	/** What documents of the run that were reviewed before are to settle, by id. */
	readonly taken: Set<string>;
}

/** With a character more it is another id, or none. */
const ID_IN_LINK = /(?<![0-9a-z-])[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-z-])/i;

/** A line names what it pays by id, by number, or by the link to its page, which bears the id. */
function namedBy(text: string): { readonly id: string } | { readonly number: string } {
	const id = ID_IN_LINK.exec(text)?.[0].toLowerCase();
	return id === undefined ? { number: text } : { id };
}

/**
 * Puts ids in the place of what lines name, and holds a new document whole where one of its lines
 * cannot be settled as the record says. Reads only; throws ServiceFaultError.
 */
export async function readLineTargets(
	{ client, settings }: Pick<UpsertContext, 'client' | 'settings'>,
	definition: DocumentDefinition,
	settling: SettlingEach,
	drafts: readonly Draft[],
	severities: RuleSeverities,
): Promise<Completed> {
	const named = drafts
		.filter(isOnItsWay)
		.flatMap(({ lines = [] }) => lines)
		.flatMap(({ fields }) => textOf(fields[settling.path]) ?? [])
		.map(namedBy);
	const ids = [...new Set(named.flatMap((each) => ('id' in each ? each.id : [])))];
	const numbers = [...new Set(named.flatMap((each) => ('number' in each ? each.number : [])))];
	const known: Known[] = [];
	if (named.length > 0) {
		for (const each of settling.among) {
			const values = { [each.numberPath]: numbers };
			const found = await findDocuments(client, each, { ids, values });
			known.push(...found.map((document) => ({ definition: each, document })));
		}
	}
	const taken = new Set<string>();
	const all: SettlingLines = { ...settling, definition, known, settings, severities, taken };
	return {
		drafts: drafts.map((draft) => (isOnItsWay(draft) ? completed(draft, all) : draft)),
		review: (planned) => planned.map(({ plan }) => reviewed(plan, all)),
		paidIn: (_draft, line) =>
			paidInOf(known.find(({ document }) => document.id === line?.fields[settling.path])?.document),
	};
}

function completed(draft: Draft, settling: SettlingLines): Draft {
	const { path, what, known, severities } = settling;
	const candidates = known
		.filter(({ definition, document }) => liveOnes(definition, [document]).length > 0)
		.map(({ document }) => ({ id: document.id, names: [document.number] }));
	const named = draft.lines?.map((line) => {
		const given = textOf(line.fields[path]);
		if (given === undefined) return { ...draft, fields: line.fields, issues: [] };
		const by = namedBy(given);
		const fields = { ...line.fields, [path]: 'id' in by ? by.id : by.number };
		return withId({ ...draft, fields, issues: [] }, { path, what }, candidates, severities);
	});
	if (!named) return draft;
	const lines = draft.lines?.map(
		(line, index): DraftLine => ({ ...line, fields: named[index]?.fields ?? line.fields }),
	);
	const issues = named.flatMap(({ issues: ofLine }, index) =>
		ofLine.map((issue) => ({ ...issue, field: linePath(index, issue.field ?? path) })),
	);
	return withIssues({ ...draft, lines }, issues);
}

/** Holds a new one against what is open. One that is there already has been counted. */
function reviewed(plan: Plan, settling: SettlingLines): Plan {
	if (plan.action !== 'create') return plan;
	const { draft, key, contentHash } = plan;
	const lines = draft.lines ?? [];
	const seen = new Set<string>();
	const findings = lines.flatMap(({ fields }, index): Finding[] => {
		const id = textOf(fields[settling.path]);
		const isAgain = id !== undefined && seen.has(id);
		if (id !== undefined) seen.add(id);
		const finding = isAgain ? paidTwice(settling, index) : findingOf(settling, draft, index);
		return finding ? [finding] : [];
	});
	const ofBoth = ofSeveralTypes(settling, lines);
	if (ofBoth) findings.push(ofBoth);
	const issues = findings.flatMap((finding) =>
		issueOf(LATE_RULES.targetNotOpen, finding, settling.severities),
	);
	if (issues.some(isStopping)) {
		return { action: 'stop', draft, key, contentHash, issues: [...plan.issues, ...issues] };
	}
	seen.forEach((id) => settling.taken.add(id));
	return plan;
}

function paidTwice({ path, what }: SettlingLines, index: number): Finding {
	return {
		field: linePath(index, path),
		message: `Line ${index + 1} pays an ${what} that another line pays already.`,
		fix: `Give each ${what} one line, with all that is paid of it.`,
	};
}

/** Why a line cannot be settled as the record says. */
function findingOf(settling: SettlingLines, draft: Draft, index: number): Finding | undefined {
	const { definition: own, path, amountPath, accountPath, what, known, settings, taken } = settling;
	const name = own.label.toLowerCase();
	const at = (field: string, message: string, fix: string): Finding => ({
		field: linePath(index, field),
		message,
		fix,
	});
	const fields = draft.lines?.[index]?.fields ?? {};
	const id = textOf(fields[path]);
	if (id === undefined) {
		return at(
			path,
			`Line ${index + 1} does not say which ${what} it pays.`,
			'Fill in its number, its link or its Xero ID in Knack.',
		);
	}
	const amount = decimalOf(fields[amountPath]);
	if (!amount?.gt(0) || !amount.eq(amount.round(AMOUNT_PLACES))) {
		return at(
			amountPath,
			`Line ${index + 1} pays ${amount?.toFixed() ?? 'no amount'}; Xero takes an amount above zero with ${AMOUNT_PLACES} decimals.`,
			'Fill in what is paid of it in Knack.',
		);
	}
	const target = known.find(({ document }) => document.id === id);
	if (!target) {
		return at(
			path,
			`There is no ${what} with the ID of line ${index + 1} in Xero.`,
			'Give its number, or the ID that Xero has for it.',
		);
	}
	const { definition, document } = target;
	const label = `${definition.label} ${document.number ?? document.id}`;
	if (!isOpenForMoney(definition, document)) {
		return at(
			path,
			`${label} takes no payments, so the whole ${name} is held.`,
			`Approve it in Xero first; take one that is paid or voided out of the ${name}.`,
		);
	}
	const { amounts } = document;
	if (!amounts) return undefined;
	const account = booksOf(settings).account(headerText(draft, accountPath) ?? '');
	const currency = account?.currencyCode ?? settings.organisation.baseCurrency;
	if (amounts.currency !== currency) {
		return at(
			path,
			`${label} is in ${amounts.currency} and the bank account in ${currency}; all that a ${name} pays is in one currency.`,
			`Pay it from an account in ${amounts.currency}, in a ${name} of its own.`,
		);
	}
	const due = amounts.amountDue ?? decimal(0);
	if (amounts.amountPaid?.gt(0)) {
		return at(
			path,
			`${label} is partly paid already: ${moneyText(due, currency)} are open. The whole ${name} is held.`,
			`Check whether it was paid by hand. Pay the rest as a payment of its own, or take the line out of the ${name}.`,
		);
	}
	if (taken.has(id)) {
		return at(
			path,
			`${label} is paid by another ${name} of this run. The whole ${name} is held.`,
			'Check which of the two pays it, and take the line out of the other.',
		);
	}
	if (!amount.gt(due)) return undefined;
	return at(
		amountPath,
		`${label} has ${moneyText(due, currency)} open, less than the ${moneyText(amount, currency)} of line ${index + 1}.`,
		'Check the amount in Knack, and whether a credit was put against it in Xero.',
	);
}

/** Money comes in or goes out, never both (BatchPayments endpoint: Type). */
function ofSeveralTypes(
	{ definition, path, known }: SettlingLines,
	lines: readonly DraftLine[],
): Finding | undefined {
	const types = lines.flatMap(({ fields }) => {
		const target = known.find(({ document }) => document.id === fields[path]);
		return target ? [target.definition.plural] : [];
	});
	const several = [...new Set(types)];
	if (several.length < 2) return undefined;
	const name = definition.label.toLowerCase();
	return {
		field: 'lineItems',
		message: `The ${name} pays ${several.join(' and ')}; it can pay one of them only.`,
		fix: `Make a ${name} for each of them.`,
	};
}
