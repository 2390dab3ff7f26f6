import { calendarDate } from '../../dates';
import { foldText } from '../../foldText';
import { amountText, moneyText, parseDecimal, sum } from '../../money';
import type {
	DocumentDefinition,
	FieldDefinition,
	XeroDocument,
} from '../../xero/documents/definition';
import { fieldsByPath, headerText, textOf, wantedStatus } from '../check/draftValues';
import type { Draft } from '../draft';
import type { FieldChange } from '../outcome';
import {
	closedPeriods,
	isPosted,
	periodOf,
	postingOfDraft,
	type ClosedPeriod,
} from '../plan/closedPeriods';
import { isRateOfOwnCurrency } from '../plan/currencyRate';
import { headerChanges } from '../plan/header';
import { contactIdOf, type Row } from '../row';
import { readSourceMark } from '../sourceLink/sourceMark';
import { shortened } from '../../texts';
import { statusName } from '../status/statusName';
import { compareLines } from './compareLines';
import { PAID_IN_KNACK, STATUS_IN_KNACK, type Comparing, type SaidOfDocument } from './comparing';
import type { Finding } from './difference';
import type { DifferenceKind } from './kinds';
import { compareStopped, contactToTake } from './stoppedRow';

/**
 * What a planned row and Xero differ in; undefined where it is not known which document is the
 * record's, so that nothing can be held against it.
 */
export function compareRow(
	comparing: Comparing,
	row: Row,
	byId: (id: string) => XeroDocument | undefined,
): { readonly findings: readonly Finding[]; readonly document?: XeroDocument } | undefined {
	const { match } = row;
	if (!match) return undefined;
	if (match.kind === 'missing') {
		return row.plan?.action === 'create' ? { findings: [missing(comparing, row)] } : undefined;
	}
	if (match.kind === 'stopped') return compareStopped(comparing, row, match, byId);
	const { document, surplus = [] } = match;
	if (match.credited) return undefined;
	const draft = row.plan?.draft ?? row.draft;
	const lines = compareLines(comparing.definition, draft, document, comparing.settings);
	// With another currency its rate is told.
	const isRateTold = lines.some(({ paths }) => paths.includes('currencyRate'));
	const changes = changedHeader(comparing, draft, document, match.by).filter(
		({ field }) => !(isRateTold && field === 'currencyRate'),
	);
	const twin: Finding[] =
		surplus.length > 0
			? [{ kind: 'twice', ours: 'one record', theirs: labels([document, ...surplus]), paths: [] }]
			: [];
	return {
		document,
		findings: [
			...twin,
			...contact(comparing, row, document),
			...lines,
			...header(comparing, document, changes),
			...standing(comparing, draft, document),
			...credit(row),
		],
	};
}

function labels(documents: readonly XeroDocument[]): string {
	return documents.map(({ number, id }) => number ?? id).join(', ');
}

function missing({ definition, settings, options }: Comparing, { draft, plan }: Row): Finding {
	const posting = postingOfDraft(definition, draft, undefined, undefined, options.today);
	const period = isPosted(definition, wantedStatus(definition, draft))
		? periodOf(posting.day, closedPeriods(settings, options.booksClosedUntil))
		: undefined;
	const amounts = plan?.action === 'create' ? plan.amounts : undefined;
	const total = amounts ? `, ${moneyText(amounts.total, amounts.currency)}` : '';
	return {
		kind: period ? 'closedPeriod' : 'missing',
		ours: `${posting.day ?? 'no date'}${total}${period ? `, in books closed until ${period.until}` : ''}`,
		theirs: '',
		paths: [],
	};
}

function contact({ definition }: Comparing, row: Row, document: XeroDocument): Finding[] {
	const id = contactIdOf(row);
	if (!definition.hasContact || id === undefined || id === document.contactId) return [];
	return [
		{
			kind: 'contact',
			ours: headerText(row.draft, 'contact.name') ?? id,
			theirs: document.contactName ?? document.contactId ?? '',
			paths: ['contact'],
			...contactToTake(document),
		},
	];
}

/** What a document in the place of a credited one has of its own, whatever the record says. */
const OF_SUCCESSORS: readonly string[] = ['date', 'dueDate'];

/** What of the header differs, as far as the record has a say in it. */
export function changedHeader(
	{ definition, settings }: Comparing,
	draft: Draft,
	document: XeroDocument,
	by: string,
): FieldChange[] {
	const { baseCurrency } = settings.organisation;
	const isSuccessor = readSourceMark(textOf(document.fields.url))?.corrects !== undefined;
	return headerChanges(definition, draft, document, by).filter(
		({ field }) =>
			!(isSuccessor && OF_SUCCESSORS.includes(field)) &&
			!isRateOfOwnCurrency(field, draft, document, baseCurrency),
	);
}

function header(
	{ definition, settings, options }: Comparing,
	document: XeroDocument,
	changes: readonly FieldChange[],
): Finding[] {
	const known = fieldsByPath(definition.fields);
	const dates = changes.filter(({ field }) => known.get(field)?.kind === 'date');
	const rate = changes.filter(({ field }) => field === 'currencyRate');
	const sent = changes.filter(({ field }) => field === 'sentToContact');
	const periods = closedPeriods(settings, options.booksClosedUntil);
	const kind = crossesClosing(definition, document, dates, periods) ? 'closedPeriod' : 'dates';
	return [
		...ofHeader(kind, dates, known),
		...ofHeader('currencyRate', rate, known),
		...ofHeader('sent', sent, known),
	];
}

function ofHeader(
	kind: DifferenceKind,
	changes: readonly FieldChange[],
	known: ReadonlyMap<string, FieldDefinition>,
): Finding[] {
	if (changes.length === 0) return [];
	const words = (side: 'before' | 'after') =>
		changes
			.map(({ field, ...values }) => `${known.get(field)?.label ?? field} ${inWords(values[side])}`)
			.join(', ');
	const values = Object.fromEntries(
		changes.flatMap(({ field, before }) =>
			before === undefined ? [] : [[field, before] as const],
		),
	);
	const paths = changes.map(({ field }) => field);
	return [{ kind, ours: words('after'), theirs: words('before'), paths, values }];
}

function inWords(value: string | boolean | undefined): string {
	if (typeof value === 'boolean') return value ? 'yes' : 'no';
	return value === undefined || value === '' ? 'none' : value;
}

/** Whether a document would be moved over the end of closed books, so that a closed month changes. */
function crossesClosing(
	definition: DocumentDefinition,
	document: XeroDocument,
	dates: readonly FieldChange[],
	periods: readonly ClosedPeriod[],
): boolean {
	const date = dates.find(({ field }) => field === 'date');
	if (!date || !isPosted(definition, document.status)) return false;
	const [before, after] = [date.before, date.after].map((day) =>
		periodOf(calendarDate(String(day ?? '')), periods),
	);
	return (before ?? after) !== undefined;
}

/** Status and payment, as far as the record says something of them. */
function standing(comparing: Comparing, draft: Draft, document: XeroDocument): Finding[] {
	const said = comparing.saidOf(draft);
	return [...status(comparing, draft, document, said), ...paid(document, said)];
}

function status(
	{ definition }: Comparing,
	draft: Draft,
	document: XeroDocument,
	said: SaidOfDocument,
): Finding[] {
	const current = document.status;
	if (current === undefined || definition.statusPath === undefined) return [];
	const theirs = statusName(definition, current);
	const stageOf = (name: string) => {
		const [approval] = definition.lifecycle.approved;
		const isPaid = definition.lifecycle.approved.some(
			(each) => foldText(statusName(definition, each)) === foldText(name),
		);
		// Whether it is paid is another difference.
		return isPaid && approval !== undefined ? statusName(definition, approval) : name;
	};
	if (said.status !== undefined && said.status !== '') {
		const isSame = foldText(stageOf(said.status)) === foldText(stageOf(theirs));
		const values = { [STATUS_IN_KNACK]: theirs };
		return isSame ? [] : [{ kind: 'status', ours: said.status, theirs, paths: ['status'], values }];
	}
	const wanted = headerText(draft, 'status');
	const stages = Object.keys(definition.lifecycle.moves);
	const isBehind = wanted !== undefined && stages.indexOf(current) < stages.indexOf(wanted);
	if (!isBehind || definition.lifecycle.gone.includes(wanted)) return [];
	return [{ kind: 'status', ours: statusName(definition, wanted), theirs, paths: ['status'] }];
}

function paid({ amounts }: XeroDocument, { amountPaid }: SaidOfDocument): Finding[] {
	if (amountPaid === undefined || !amounts?.amountPaid) return [];
	const ours = parseDecimal(amountPaid);
	if (ours?.eq(amounts.amountPaid)) return [];
	const { currency } = amounts;
	return [
		{
			kind: 'paid',
			ours: ours ? moneyText(ours, currency) : `"${shortened(amountPaid, 60)}", which is no number`,
			theirs: moneyText(amounts.amountPaid, currency),
			paths: [],
			values: { [PAID_IN_KNACK]: amountText(amounts.amountPaid, currency) },
		},
	];
}

function credit({ credit: plan }: Row): Finding[] {
	const uses = (plan?.uses ?? []).filter(({ on }) => on === undefined);
	const [first] = uses;
	if (!first) return [];
	const open = sum(uses.map(({ amount }) => amount));
	return [
		{
			kind: 'unallocatedCredit',
			ours: '',
			theirs: `${moneyText(open, first.credit.currency)} of ${uses.length === 1 ? 'a credit' : `${uses.length} credits`} lies open beside it`,
			paths: [],
		},
	];
}
