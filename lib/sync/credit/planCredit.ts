import type { DocumentDefinition, FieldValues } from '../../xero/documents/definition';
import { optionsOf } from '../../xero/documents/tracking';
import { calendarDate, type CalendarDate } from '../../dates';
import type { Decimal } from '../../money';
import { readOpenCredits } from '../../xero/openCredits';
import { isOpenForMoney } from '../check/approval';
import { isStopping } from '../check/check';
import { textOf } from '../check/draftValues';
import type { Draft } from '../draft';
import { closedPeriods } from '../plan/closedPeriods';
import type { Plan } from '../plan/plan';
import { contactIdOf, type Row } from '../row';
import { todayOf, type UpsertContext, type UpsertOptions } from '../upsertContext';
import { assignCredit, dueOf, type CreditPlan, type Payable } from './creditUse';
import { unusableCredit } from './creditWords';

/**
 * Plans which open credit each document that is, or will be, approved is paid from. Nothing is read
 * unless that is chosen and a document takes credit. Throws ServiceFaultError.
 */
export async function creditFor<Key>(
	context: UpsertContext,
	{ takesCredit }: DocumentDefinition,
	payables: ReadonlyMap<Key, Payable>,
	{ openCredit: scope, booksClosedUntil }: UpsertOptions,
): Promise<ReadonlyMap<Key, CreditPlan>> {
	if (scope === undefined || !takesCredit || payables.size === 0) return new Map();
	const { client, settings, clock } = context;
	const readAtMs = clock.now();
	const contacts = [...payables.values()].map(({ contactId }) => contactId);
	const credits = await readOpenCredits(client, takesCredit, contacts);
	const periods = closedPeriods(settings, booksClosedUntil);
	const today = todayOf(context);
	const assigned = assignCredit([...payables.values()], credits, {
		scope,
		today,
		periods,
		readAtMs,
	});
	return new Map(
		[...payables].flatMap(([key, payable]): Array<[Key, CreditPlan]> => {
			const plan = assigned.get(payable);
			const isOfUse =
				plan && [plan.uses, plan.locked, plan.unreadable].some(({ length }) => length);
			return isOfUse ? [[key, plan]] : [];
		}),
	);
}

/** Plans the credit of a run's rows. Throws ServiceFaultError. */
export async function planCredit(
	context: UpsertContext,
	definition: DocumentDefinition,
	rows: readonly Row[],
	options: UpsertOptions,
): Promise<void> {
	if (options.openCredit === undefined || !definition.takesCredit) return;
	const payables = new Map(
		rows.flatMap((row): Array<[Row, Payable]> => {
			const payable = payableOf(definition, row);
			return payable ? [[row, payable]] : [];
		}),
	);
	for (const [row, credit] of await creditFor(context, definition, payables, options)) {
		const { plan } = row;
		if (!plan) continue;
		const issues = unusableCredit(credit, options.ruleSeverities);
		if (issues.some(isStopping)) {
			const { draft, key, contentHash } = plan;
			row.plan = { action: 'stop', draft, key, contentHash, issues: [...plan.issues, ...issues] };
			continue;
		}
		row.plan = { ...plan, issues: [...plan.issues, ...issues] };
		row.credit = credit;
	}
}

/** The document of a row that will be approved and not paid; undefined for any other. */
function payableOf(definition: DocumentDefinition, row: Row): Payable | undefined {
	const { plan } = row;
	if (row.repeats || !plan || plan.issues.some(isStopping)) return undefined;
	// What takes the place of a corrected document is a document like others.
	const own = row.correction?.successor ?? row;
	const standing = own.plan && standingOf(definition, own.plan);
	if (!standing || !isOpenForMoney(definition, { status: standing.status })) return undefined;
	const contactId = contactIdOf(own) ?? standing.contactId;
	if (contactId === undefined || standing.due?.lte(0)) return undefined;
	const { draft } = own;
	const { currency, date, due, fields, lines } = standing;
	return {
		contactId,
		date,
		currency,
		due,
		reference: textOf(draft.fields.reference) ?? textOf(fields.reference),
		tracked: optionsOf(linesOf(draft) ?? lines),
	};
}

/** How a document stands once its plan is carried out. */
interface Standing {
	readonly status: string | undefined;
	readonly contactId?: string;
	readonly date: CalendarDate | undefined;
	readonly currency: string;
	readonly due: Decimal | undefined;
	readonly fields: FieldValues;
	readonly lines: readonly FieldValues[];
}

function standingOf(
	{ statusPath, lifecycle }: DocumentDefinition,
	plan: Plan,
): Standing | undefined {
	if (plan.action !== 'create' && plan.action !== 'update' && plan.action !== 'keep') {
		return undefined;
	}
	const present = plan.action === 'create' ? undefined : plan.document;
	const changes = plan.action === 'keep' ? [] : plan.changes;
	const ofRecord = (path?: string) => changes.find(({ field }) => field === path)?.after;
	const moved = ofRecord(statusPath);
	const status = typeof moved === 'string' ? moved : (present?.status ?? lifecycle.initial);
	const amounts = plan.action === 'keep' ? present?.amounts : (plan.amounts ?? present?.amounts);
	const currency = amounts?.currency ?? textOf(present?.fields.currencyCode);
	return {
		status,
		contactId: present?.contactId,
		date: calendarDate(textOf(ofRecord('date') ?? present?.fields.date) ?? ''),
		currency: currency ?? textOf(plan.draft.fields.currencyCode) ?? '',
		due: amounts && dueOf(amounts, present?.amounts),
		fields: present?.fields ?? {},
		lines: (present?.lines ?? []).map(({ fields }) => fields),
	};
}

/** The record's own lines, where they say what they are tracked by. */
function linesOf({ lines }: Draft): readonly FieldValues[] | undefined {
	const fields = lines?.map((line) => line.fields);
	return fields && optionsOf(fields).size > 0 ? fields : undefined;
}
