import { foldText } from '../../foldText';
import type { Issue } from '../../issue';
import { documentOfType } from '../../xero/documents';
import type { DocumentDefinition, FieldKind } from '../../xero/documents/definition';
import { ATTENTION, type FieldChange, type Outcome } from '../outcome';
import type { RecordContent } from './logEntry';
import type { PersonalValues } from './personalValues';

/** An outcome of either node that writes. */
export type LoggedOutcome = Omit<Outcome, 'subject'>;

/** Who had a hand in a record, and why, as far as the workflow tells. */
export interface Hands {
	readonly knackUser?: string;
	readonly approver?: string;
	readonly n8nUser?: string;
	readonly reason?: string;
}

/** Which outcomes get a row: what was written, held or failed, or all that were looked at. */
export type Logged = 'changes' | 'all';

export const WRITTEN: ReadonlySet<string> = new Set(['created', 'updated', 'linked', 'undone']);
const LOOKED_AT: ReadonlySet<string> = new Set(['unchanged', 'skipped']);

/** A preview has no attempts, so that none of its outcomes gets a row. */
export function isLogged({ outcome, after, match }: LoggedOutcome, logged: Logged): boolean {
	// Of what was sent without an answer, and found afterwards, this run may be who made it.
	if (WRITTEN.has(outcome) || ATTENTION.has(outcome) || match?.by === 'readBack') return true;
	const hasDone = after && (after.emailed || after.noteAdded || after.attached.length > 0);
	return LOOKED_AT.has(outcome) && (logged === 'all' || hasDone === true);
}

/** Of very long documents so many changes, findings and steps are told; the count tells of the rest. */
export const MOST_TOLD = 60;

/** What a row says of an outcome: what is no person's, and what is. */
export function recordContent(
	outcome: LoggedOutcome,
	hands: Hands,
): { readonly content: RecordContent; readonly personal: PersonalValues } {
	const { document, source, changes, issues, sync } = outcome;
	const definition = documentOfType(document.type);
	const isOfPerson = !definition || definition.isContact || definition.isPaidByPeriod !== undefined;
	const namesPerson = (text: string | undefined): text is string =>
		text !== undefined && (isOfPerson || holdsName(text, document.contactName));
	const told = firstOf(changes);
	const sides = told.map((change) => changeOf(definition, change));
	const own = definition?.isContact === true;
	// What a project is called by, or a quote numbered by hand, may be the customer's name.
	const numberIsPersonal = own || holdsName(document.number ?? '', document.contactName);
	const content: RecordContent = {
		kind: 'record',
		outcome: outcome.outcome,
		document: present({
			type: document.type,
			status: document.status,
			...amountsOf(document),
			...(own ? {} : { id: document.id, url: document.url }),
			...(numberIsPersonal ? {} : { number: document.number }),
		}),
		source: present({
			knackRecordId: source.knackRecordId,
			table: source.table,
			applicationId: source.applicationId,
		}),
		...(namesPerson(outcome.record) ? {} : present({ record: outcome.record })),
		...(namesPerson(sync.key) ? {} : { key: sync.key }),
		...present({
			requestKey: outcome.requestKey,
			matchedBy: outcome.match?.by,
			emailed: outcome.after?.emailed ? (true as const) : undefined,
		}),
		changes: sides.map(({ plain }) => plain),
		findings: firstOf(issues).map(({ code, severity, field }) => ({
			code,
			severity,
			...present({ field }),
		})),
		calls: sync.calls,
	};
	return {
		content,
		personal: {
			record: present({
				summary: outcome.summary,
				contactName: document.contactName,
				contactId: document.contactId,
				...(own ? { documentId: document.id, url: document.url } : {}),
				...(numberIsPersonal ? { number: document.number } : {}),
				...(namesPerson(outcome.record) ? { record: outcome.record } : {}),
				...(namesPerson(sync.key) ? { key: sync.key } : {}),
				fingerprint: sync.fingerprint,
				onlineLink: outcome.after?.onlineInvoiceUrl,
				...numbered('operations', firstOf(outcome.operations ?? [])),
				...numbered('findings', firstOf(issues).map(issueInWords)),
				...Object.assign({}, ...sides.map(({ personal }, index) => sidesOf(index, personal))),
			}),
			...handsOf(withApprover(hands, outcome)),
		},
	};
}

function amountsOf({ subTotal, totalTax, total, amountDue, currency }: Outcome['document']) {
	return { subTotal, totalTax, total, amountDue, currency };
}

function firstOf<Entry>(entries: readonly Entry[]): readonly Entry[] {
	return entries.slice(0, MOST_TOLD);
}

function issueInWords({ message, fix }: Issue): string {
	return `${message} ${fix}`;
}

function numbered(name: string, texts: readonly string[]): Record<string, string> {
	return Object.fromEntries(texts.map((text, index) => [`${name}.${index}`, text]));
}

function sidesOf(index: number, sides: Readonly<Record<string, string>>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(sides).map(([side, value]) => [`changes.${index}.${side}`, value]),
	);
}

/** Who has approved it by a token is known for sure, whatever the settings of the log say. */
function withApprover(hands: Hands, { approval }: LoggedOutcome): Hands {
	return approval?.approvedBy === undefined ? hands : { ...hands, approver: approval.approvedBy };
}

function handsOf({ knackUser, approver, n8nUser, reason }: Hands): PersonalValues {
	const named = (name: string | undefined) => (name === undefined ? undefined : { name });
	return present({
		knackUser: named(knackUser),
		approver: named(approver),
		n8nUser: named(n8nUser),
		reason: reason === undefined ? undefined : { reason },
	});
}

function holdsName(text: string, name: string | undefined): boolean {
	return name !== undefined && name !== '' && foldText(text).includes(foldText(name));
}

/** Kinds of fields whose values are amounts, days and choices. A text may hold anybody's name. */
const PLAIN: ReadonlySet<FieldKind> = new Set([
	'boolean',
	'date',
	'money',
	'unitPrice',
	'quantity',
	'percentage',
	'rate',
	'choice',
	'account',
	'paymentAccount',
	'taxType',
	'currency',
	'brandingTheme',
	'item',
	'tracking',
	'earningsRate',
]);

interface Sides {
	readonly plain: RecordContent['changes'][number];
	readonly personal: Readonly<Record<string, string>>;
}

function changeOf(
	definition: DocumentDefinition | undefined,
	{ field, before, after }: FieldChange,
): Sides {
	const isPlain = PLAIN.has(kindOf(definition, field) ?? 'text');
	const isText = (value: FieldChange['before']) => typeof value === 'string' && !isPlain;
	const texts = { ...(isText(before) ? { before } : {}), ...(isText(after) ? { after } : {}) };
	return {
		plain: {
			field,
			...(before === undefined || isText(before) ? {} : { before }),
			...(after === undefined || isText(after) ? {} : { after }),
		},
		personal: Object.fromEntries(Object.entries(texts).map(([side, text]) => [side, String(text)])),
	};
}

/** That of a field of the document or of one of its lines: `lineItems[0].accountCode`. */
function kindOf(definition: DocumentDefinition | undefined, path: string): FieldKind | undefined {
	const [, inLine] = /^lineItems\[\d+\]\.(.+)$/.exec(path) ?? [];
	const fields = inLine === undefined ? definition?.fields : definition?.lineFields;
	return fields?.find((field) => field.path === (inLine ?? path))?.kind;
}

type Present<Values> = { [Name in keyof Values]: Exclude<Values[Name], undefined> };

function present<Values extends object>(values: Values): Present<Values> {
	return Object(
		Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)),
	);
}
