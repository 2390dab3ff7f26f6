import { createGiveWay } from '../../giveWay';
import type { Issue } from '../../issue';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { isStopping, issueOf } from '../check/check';
import type { Finding } from '../check/rule';
import { carriesContact } from '../plan/operations';
import type { Plan } from '../plan/plan';
import type { Row } from '../row';
import { todayOf, type GuardedRun, type UpsertContext, type UpsertOptions } from '../upsertContext';
import { chargeOf, type Writing } from './charges';
import { addresseeOf, isEmailDue, whyNotEmailed, type EmailRun } from './emails';
import {
	asDraft,
	canBeTried,
	FIRST_ONES,
	goesFurther,
	readFirstOnes,
	tableOf,
	type FirstOnes,
} from './firstOnes';
import type { Guarding, Refused } from './guarding';
import { GUARD_RULES } from './guardRules';
import { guardSentence, notEmailedSentence, howToLetGo, overFinding } from './guardWords';

/** What the rows of one document are guarded by. */
interface Guarded {
	readonly guarding: Guarding;
	readonly context: UpsertContext;
	readonly definition: DocumentDefinition;
	readonly options: UpsertOptions;
	readonly paidIn: GuardedRun['paidIn'];
	readonly emailRun: EmailRun;
	readonly refused: Refused;
	readonly tables: Map<string, { left: number; readonly isTried: boolean }>;
	readonly held: Map<Guard, number>;
	notEmailed: number;
}

type Guard = keyof typeof GUARD_RULES;

/**
 * Holds the rows that guards do not let through, in input order and each as a whole, and makes the
 * first ones of a table drafts. Throws ServiceFaultError.
 */
export async function guardRows(
	guarding: Guarding,
	context: UpsertContext,
	definition: DocumentDefinition,
	{ rows, paidIn }: GuardedRun,
	options: UpsertOptions,
): Promise<void> {
	const due = rows.filter((row) => !row.repeats && writingOf(row) !== undefined);
	const isAnyDue = due.some((row) => isDue(definition, row));
	const guarded: Guarded = {
		guarding,
		context,
		definition,
		options,
		paidIn,
		emailRun: {
			today: options.today ?? todayOf(context),
			creates: createsSoFar(guarding, context, definition, due),
			inWords: `${definition.plural} for ${context.settings.organisation.name}`,
			emails: guarding.settings.emails,
		},
		refused: isAnyDue ? await guarding.refusal(context.client) : undefined,
		tables: new Map(),
		held: new Map(),
		notEmailed: 0,
	};
	if (!guarded.refused) await openDay(guarded, due);
	const giveWay = createGiveWay(context.clock);
	for (const row of due) {
		if (isDue(definition, row)) await guardRow(guarded, row);
		await giveWay();
	}
	for (const row of rows) shareEmail(guarding, row);
	if (guarded.held.size > 0) context.tell?.(guardSentence(guarded.held));
	if (guarded.notEmailed > 0) context.tell?.(notEmailedSentence(guarded.notEmailed));
}

/** A first load is one of an organisation and a kind of document, though it may come in parts. */
function createsSoFar(
	{ creates }: Guarding,
	{ settings: { organisation } }: UpsertContext,
	{ type }: DocumentDefinition,
	due: readonly Row[],
): number {
	const key = `${organisation.id} ${type}`;
	const own = due.filter(({ plan }) => plan?.action === 'create').length;
	const all = (creates.get(key) ?? 0) + own;
	creates.set(key, all);
	return all;
}

/** Takes of the limits of the day what the rows would need, before any of them is let through. */
async function openDay(guarded: Guarded, rows: readonly Row[]): Promise<void> {
	const { definition, context, emailRun, guarding, paidIn } = guarded;
	const { settings } = context;
	const charges = rows.flatMap((row) => {
		const plan = writingOf(row);
		if (!plan || row.draft.source.guard?.isLetGo || !isDue(definition, row)) return [];
		const isEmailed = isEmailDue(definition, plan, changesContact(row));
		return [chargeOf(definition, plan, settings, isEmailed, paidIn)];
	});
	const { id } = settings.organisation;
	await guarding.tally.open(charges, { organisation: id, today: emailRun.today });
}

function writingOf({ plan }: Row): Writing | undefined {
	return plan && plan.action !== 'skip' && plan.action !== 'stop' ? plan : undefined;
}

function changesContact(row: Row): boolean {
	return row.contact?.plan?.action === 'update' && carriesContact(row);
}

/** Whether anything is written, or goes out, for the row. */
function isDue(definition: DocumentDefinition, row: Row): boolean {
	const plan = writingOf(row);
	if (!plan) return false;
	const isContactChanged = changesContact(row);
	return (
		plan.action !== 'keep' ||
		plan.surplus.length > 0 ||
		isContactChanged ||
		isEmailDue(definition, plan, isContactChanged)
	);
}

async function guardRow(guarded: Guarded, row: Row): Promise<void> {
	const { guarding, definition, context, refused, emailRun, paidIn } = guarded;
	const { settings } = guarding;
	const { isLetGo } = row.draft.source.guard ?? {};
	if (refused) return say(guarded, row, refused.by, refused.fault);
	if (settings.areFirstOnesDrafts && !isLetGo) await tryFirst(guarded, row);
	const plan = writingOf(row);
	if (!plan) return;
	const isEmailed = decideEmail(guarded, row, plan);
	const item = itemOf(row);
	// A record that is held for its e-mail takes nobody's place.
	if (isLetGo || item === undefined || writingOf(row) === undefined) return;
	const { organisation } = context.settings;
	const charge = chargeOf(definition, plan, context.settings, isEmailed, paidIn);
	const over = guarding.tally.admit(charge, {
		organisation: organisation.id,
		today: emailRun.today,
		item,
	});
	if (over) say(guarded, row, over.counted, overFinding(over, settings, organisation.baseCurrency));
}

/** A record that came again to the letter is e-mailed no more than the first. */
function shareEmail({ emails }: Guarding, { draft, repeats }: Row): void {
	const first = repeats && emails.get(repeats.draft.itemIndexes[0] ?? -1);
	const [item] = draft.itemIndexes;
	if (first && item !== undefined) emails.set(item, first);
}

function itemOf({ draft }: Row): number | undefined {
	return draft.itemIndexes[0];
}

/** Whether an e-mail goes out with the row. */
function decideEmail(guarded: Guarded, row: Row, plan: Writing): boolean {
	const { definition, guarding, emailRun } = guarded;
	const item = itemOf(row);
	if (plan.draft.source.guard?.email === undefined || item === undefined) return false;
	const isEmailed = isEmailDue(definition, plan, changesContact(row));
	const why = isEmailed ? whyNotEmailed(plan, emailRun) : undefined;
	if (why) {
		say(guarded, row, 'noEmail', why);
		guarded.notEmailed += 1;
	}
	const { contact } = row;
	const isDraft = plan.issues.some(({ code }) => code === GUARD_RULES.draft.code);
	guarding.emails.set(item, {
		isSent: why === undefined && !isDraft,
		addressee: () => addresseeOf({ contact }),
	});
	return isEmailed && why === undefined;
}

/** Makes one of the first documents of a table a draft, and holds what comes after them. */
async function tryFirst(guarded: Guarded, row: Row): Promise<void> {
	const { definition, options } = guarded;
	const plan = writingOf(row);
	if (!plan || !canBeTried(definition)) return;
	const isNew = plan.action === 'create';
	if (!isNew && !goesFurther(definition, plan)) return;
	const mark = tableOf(row.draft, options);
	if (!mark) {
		return say(guarded, row, 'firstOnes', {
			message: `The first ${FIRST_ONES} ${definition.plural} of a table are to be drafts, and nothing in Xero would tell of which table this one is.`,
			fix: `Switch on Link Back to the Record in Xero under Options, and take the items from a node of Knack; or, if it is right, ${howToLetGo(guarded.guarding.settings)}.`,
		});
	}
	const first = await firstOnesOf(guarded, mark);
	if (first.isTried) return;
	if (!isNew || first.left === 0) {
		return say(guarded, row, 'firstOnes', {
			message: `The first ${FIRST_ONES} ${definition.plural} of a table go over as drafts, and the rest waits until a person has looked at them.`,
			fix: `Look at the drafts in Xero. If they are right, ${howToLetGo(guarded.guarding.settings)}.`,
		});
	}
	first.left -= 1;
	if (!goesFurther(definition, plan)) return;
	row.plan = asDraft(definition, plan);
	// Where another worker is faster, the row is planned anew by its draft, and is to stay one.
	const { statusPath = 'status', lifecycle } = definition;
	const { initial = '' } = lifecycle;
	row.draft = { ...row.draft, fields: { ...row.draft.fields, [statusPath]: initial } };
	say(guarded, row, 'draft', {
		message: `It goes over as a draft, as one of the first ${FIRST_ONES} ${definition.plural} of its table.`,
		fix: `Look at it in Xero. If it is right, approve it there; or ${howToLetGo(guarded.guarding.settings)}.`,
	});
}

async function firstOnesOf(
	{ guarding, context, definition, tables }: Guarded,
	mark: NonNullable<ReturnType<typeof tableOf>>,
): Promise<{ left: number; readonly isTried: boolean }> {
	const { client, settings } = context;
	const { organisation } = settings;
	const { applicationId = '', table } = mark;
	const key = `${organisation.id} ${definition.type} ${applicationId} ${table}`;
	const known = tables.get(key);
	if (known) return known;
	const isKnownTried = guarding.memory.tried.has(key);
	const read: FirstOnes = isKnownTried
		? { left: 0, isTried: true }
		: await readFirstOnes(client, definition, mark);
	if (read.isTried) guarding.memory.tried.add(key);
	const first = { ...read };
	tables.set(key, first);
	return first;
}

/** Says what a guard found with the plan; where that stops the record, nothing at all is done for it. */
function say({ options, held }: Guarded, row: Row, guard: Guard, { message, fix }: Finding): void {
	const { plan } = row;
	if (!plan) return;
	const found = issueOf(GUARD_RULES[guard], { message, fix }, options.ruleSeverities);
	const issues: readonly Issue[] = [...plan.issues, ...found];
	if (!found.some(isStopping)) {
		row.plan = { ...plan, issues };
		return;
	}
	row.plan = stoppedPlan(plan, issues);
	row.correction = undefined;
	held.set(guard, (held.get(guard) ?? 0) + 1);
}

export function stoppedPlan(
	{ draft, key, contentHash }: Plan,
	issues: readonly Issue[],
): Extract<Plan, { action: 'stop' }> {
	return { action: 'stop', draft, key, contentHash, issues };
}
