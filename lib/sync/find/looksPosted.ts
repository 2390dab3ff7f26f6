import { calendarDate, type CalendarDate } from '../../dates';
import { mapGivingWay, NEVER_GIVES_WAY, type GiveWay } from '../../giveWay';
import { grouped } from '../../grouped';
import { canonicalDecimal } from '../../money';
import type { XeroClient } from '../../xero/client';
import { findDocumentsOfContacts, type ContactsAndDays } from '../../xero/contactDocuments';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { findOwnIds } from '../../xero/lookups';
import { issueOf, isStopping, type RuleSeverities } from '../check/check';
import { headerText } from '../check/draftValues';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Plan } from '../plan/plan';
import { contactIdOf, planned, type Row } from '../row';
import { documentLabel } from './documentIndex';

const RULE = LATE_RULES.looksPosted;

interface LookalikeOptions {
	readonly today: CalendarDate;
	readonly severities: RuleSeverities;
	readonly giveWay?: GiveWay;
}

/** Documents of contacts and days, and what of them was read. */
export interface ReadAround {
	readonly wanted: ContactsAndDays;
	/** Undefined where they were not read. */
	readonly documents: readonly XeroDocument[] | undefined;
}

/** Of more records an address has no room beside their keys. */
const MOST_BESIDES = 20;

/**
 * The contacts and days of records that may turn out to be new, for whoever looks for these anyway.
 * Undefined when nothing of them is to be read, or they are many.
 */
export function aroundNew(
	definition: DocumentDefinition,
	rows: readonly Row[],
	options: LookalikeOptions,
): ContactsAndDays | undefined {
	if (!isAsked(definition, options) || rows.length > MOST_BESIDES) return undefined;
	return contactsAndDays(
		rows.flatMap((row) => {
			const contactId = contactIdOf(row);
			const date = calendarDate(headerText(row.draft, 'date') ?? '') ?? options.today;
			return contactId === undefined ? [] : [{ contactId, date }];
		}),
	);
}

/**
 * Invoices and bills of the contacts of new records, dated within the days of these, without their
 * lines. One call for about 40 contacts, and none when nothing is new, the rule is switched off, or
 * all of them have been read. Throws ServiceFaultError.
 */
export async function readAroundNew(
	client: XeroClient,
	definition: DocumentDefinition,
	rows: readonly Row[],
	options: LookalikeOptions,
	read?: ReadAround,
): Promise<readonly XeroDocument[]> {
	if (!isAsked(definition, options)) return [];
	const wanted = contactsAndDays((await signsOf(rows, options)).map(({ sign }) => sign));
	if (!wanted) return [];
	if (read?.documents && isWithin(wanted, read.wanted)) return read.documents;
	return await findDocumentsOfContacts(client, definition, wanted);
}

function isAsked({ lookup }: DocumentDefinition, { severities }: LookalikeOptions): boolean {
	return lookup.tellsOwn === true && severities[RULE.code] !== 'off';
}

function contactsAndDays(
	each: ReadonlyArray<Pick<Sign, 'contactId' | 'date'>>,
): ContactsAndDays | undefined {
	const days = each.map(({ date }) => date).sort();
	const [from] = days;
	if (from === undefined) return undefined;
	const to = days.at(-1) ?? from;
	return { contactIds: [...new Set(each.map(({ contactId }) => contactId))], from, to };
}

function isWithin(one: ContactsAndDays, other: ContactsAndDays): boolean {
	return (
		other.from <= one.from &&
		one.to <= other.to &&
		one.contactIds.every((id) => other.contactIds.includes(id))
	);
}

/**
 * Holds new invoices and bills that a person or another tool seems to have posted already: same
 * contact, day, currency and total, under a number of their own. What this connection has posted
 * itself does not count, since two orders of a customer may well be alike. Throws ServiceFaultError.
 * @param present what `readAroundNew` has read; it is read here unless given
 */
export async function holdLookalikes(
	client: XeroClient,
	definition: DocumentDefinition,
	rows: readonly Row[],
	options: LookalikeOptions,
	present?: readonly XeroDocument[],
): Promise<void> {
	const { severities, giveWay = NEVER_GIVES_WAY } = options;
	const documents = present ?? (await readAroundNew(client, definition, rows, options));
	const bySign = grouped(
		await mapGivingWay(documents, giveWay, (each) => [signOfDocument(each), each] as const),
	);
	const signs = await signsOf(rows, options);
	const alike = signs.flatMap(({ sign }) => bySign.get(sign.text) ?? []);
	const own = await findOwnIds(client, definition, [...new Set(alike.map(({ id }) => id))]);
	for (const { row, plan, sign } of signs) {
		const others = (bySign.get(sign.text) ?? []).filter(({ id }) => !own.has(id));
		if (others.length > 0) row.plan = held(definition, plan, others, severities);
	}
}

async function signsOf(
	rows: readonly Row[],
	{ today, giveWay = NEVER_GIVES_WAY }: LookalikeOptions,
): Promise<readonly Signed[]> {
	const signs: Signed[] = [];
	for (const { row, plan } of planned(rows, 'create')) {
		const sign = signOf(row, plan, today);
		if (sign) signs.push({ row, plan, sign });
		await giveWay();
	}
	return signs;
}

type Create = Extract<Plan, { action: 'create' }>;

/** A new document with what it is told by. */
interface Signed {
	readonly row: Row;
	readonly plan: Create;
	readonly sign: Sign;
}

interface Sign {
	readonly contactId: string;
	readonly date: CalendarDate;
	readonly text: string;
}

function signOf(row: Row, plan: Create, today: CalendarDate): Sign | undefined {
	const contactId = contactIdOf(row);
	if (contactId === undefined || !plan.amounts) return undefined;
	// The plan may have moved it out of a closed period.
	const due = plan.changes.find(({ field }) => field === 'date')?.after;
	const date = calendarDate(String(due ?? '')) ?? today;
	if (plan.amounts.total.eq(0)) return undefined;
	const { currency, total } = plan.amounts;
	return { contactId, date, text: signText(contactId, date, currency, canonicalDecimal(total)) };
}

function signOfDocument(document: XeroDocument): string {
	const { contactId = '', fields, amounts } = document;
	const total = amounts ? canonicalDecimal(amounts.total) : '';
	return signText(contactId, String(fields.date ?? ''), amounts?.currency ?? '', total);
}

function signText(contactId: string, date: string, currency: string, total: string): string {
	return [contactId, date, currency, total].join(' ');
}

function held(
	definition: DocumentDefinition,
	plan: Plan,
	others: readonly XeroDocument[],
	severities: RuleSeverities,
): Plan {
	const found = issueOf(
		RULE,
		{
			field: definition.numberPath,
			message: `Xero has ${others.map((each) => documentLabel(definition, each)).join('; ')} of the same contact, day and total, posted by somebody else.`,
			fix: 'If it is the same, keep its id or number in Knack; if not, set this rule to Warn in the node.',
		},
		severities,
		{ candidates: others.map((each) => ({ id: each.id, label: documentLabel(definition, each) })) },
	);
	const issues = [...plan.issues, ...found];
	if (!found.some(isStopping)) return { ...plan, issues };
	const { draft, key, contentHash } = plan;
	return { action: 'stop', draft, key, contentHash, issues };
}
