import type { Clock } from '../clock';
import { dayInZone } from '../dates';
import type { XeroClient } from '../xero/client';
import type { DocumentDefinition } from '../xero/documents/definition';
import { readItems } from '../xero/readItems';
import type { OrganisationSettings } from '../xero/settings';
import { checkDraft, isStopping, type RuleSeverities } from './check/check';
import { headerText } from './check/draftValues';
import { planContact, shareContacts, type ContactPlan, type ContactPolicy } from './contacts';
import { STRATEGIES } from './documents';
import type { Completed } from './documents/strategy';
import type { Draft } from './draft';
import { findDuplicates } from './duplicates';
import { ContactIndex, matchContact } from './match/contactMatch';
import { DocumentIndex, matchDocument } from './match/documentMatch';
import { contactOfDraft, lookUpContacts, lookUpDocuments } from './match/lookUp';
import type { Match } from './match/matching';
import { resolveTwins } from './match/resolveTwins';
import { holdTakenNumbers } from './match/takenNumbers';
import { holdLookalikes } from './match/looksPosted';
import { planDraft, type Plan, type PlanOptions } from './plan/plan';
import { stopAtPlanLimit } from './plan/planLimit';
import type { Turns } from './write/turns';

export interface UpsertOptions {
	/** `matchOrCreate` leaves a contact that exists as it is. */
	readonly contactPolicy: ContactPolicy;
	/** Lines that only Xero has are removed only when this is true. */
	readonly removeOmittedLines: boolean;
	readonly writePolicy: PlanOptions['writePolicy'];
	/** Severity by rule code; `off` only where that is safe. */
	readonly ruleSeverities: RuleSeverities;
	/** Numbers are made by a template, so that one found in Xero may be another record's. */
	readonly isNumberedByTemplate?: boolean;
}

export const DEFAULT_OPTIONS: UpsertOptions = {
	contactPolicy: 'matchOrCreate',
	removeOmittedLines: false,
	writePolicy: 'createOrUpdate',
	ruleSeverities: {},
};

export interface UpsertContext {
	readonly client: XeroClient;
	readonly settings: OrganisationSettings;
	readonly clock: Clock;
	onProgress?(done: number, total: number): void;
	/** Turns among workers; those of this process unless told. */
	readonly turns?: Turns;
	/** When the run's look-ups began; set by the run itself. */
	readonly lookedUpAtMs?: number;
}

/** Everything that a run will do, made by reading alone. */
export interface Preparation {
	readonly definition: DocumentDefinition;
	readonly options: UpsertOptions;
	/** One per draft, in order. */
	readonly plans: readonly Plan[];
	readonly contacts: readonly ContactPlan[];
	readonly contactIndex: ContactIndex;
	/** Index into `contacts` for each draft with an inline contact. */
	readonly contactOf: ReadonlyMap<number, number>;
	readonly repeats: ReadonlyMap<number, number>;
	/** What records ask for beside their document; see `Completed.follow`. */
	readonly follow?: Completed['follow'];
}

/** Checks, matches and plans. Writes nothing; throws ServiceFaultError when Xero cannot be read. */
export async function prepare(
	context: UpsertContext,
	definition: DocumentDefinition,
	given: readonly Draft[],
	options: UpsertOptions,
): Promise<Preparation> {
	const { client, clock } = context;
	const completed = await STRATEGIES[definition.type]?.complete(
		context,
		given,
		options.ruleSeverities,
	);
	const settings = await withItems(context, definition, given);
	const today = dayInZone(clock.now(), settings.organisation.timeZone);
	const checked = (completed?.drafts ?? given).map((draft) =>
		draft.skipReason === undefined
			? checkDraft({ definition, draft, settings, today }, options.ruleSeverities)
			: draft,
	);
	const { drafts, repeats } = findDuplicates(definition, checked, options.ruleSeverities);
	const open = drafts.flatMap((draft, index) =>
		draft.skipReason === undefined && !draft.issues.some(isStopping) && !repeats.has(index)
			? [index]
			: [],
	);

	if (definition.type === 'contact') {
		const wanted = open.flatMap((index) => (drafts[index] ? [contactOfDraft(drafts[index])] : []));
		const contactIndex = new ContactIndex(await lookUpContacts(client, wanted));
		const isOpen = new Set(open);
		const plans = drafts.map((draft, index) =>
			planDraft(
				definition,
				draft,
				isOpen.has(index)
					? matchContact(contactIndex, contactOfDraft(draft), options.ruleSeverities, 'name')
					: undefined,
				undefined,
				settings,
				options,
			),
		);
		return {
			definition,
			options,
			plans,
			contacts: [],
			contactIndex,
			contactOf: new Map(),
			repeats,
		};
	}

	const shared = definition.hasContact ? shareContacts(drafts, open) : [];
	const contactIndex = new ContactIndex(
		await lookUpContacts(
			client,
			shared.map((contact) => contact.wanted),
		),
	);
	const contacts = shared.map((contact) =>
		planContact(contact, contactIndex, settings, options.contactPolicy, options.ruleSeverities),
	);
	const contactOf = new Map<number, number>();
	contacts.forEach((contact, position) =>
		contact.drafts.forEach((index) => contactOf.set(index, position)),
	);

	const toLookUp = open.flatMap((index) => {
		const contact = contacts[contactOf.get(index) ?? -1];
		const draft = drafts[index];
		const isAsked =
			contact?.plan.action !== 'stop' && !(draft && isSurelyNew(definition, draft, contact));
		return draft && isAsked ? [draft] : [];
	});
	const index = new DocumentIndex(definition, await lookUpDocuments(client, definition, toLookUp));
	const matches = new Map(
		open.flatMap((position): Array<[number, Match]> => {
			const draft = drafts[position];
			const contactId = contacts[contactOf.get(position) ?? -1]?.contactId;
			return draft
				? [[position, matchDocument(index, definition, draft, contactId, options.ruleSeverities)]]
				: [];
		}),
	);
	const resolved = await resolveTwins(client, definition, matches, options.ruleSeverities);
	const planned = drafts.map((draft, position) => {
		const contact = contacts[contactOf.get(position) ?? -1];
		return planDraft(
			definition,
			withIssuesOf(draft, contact),
			resolved.get(position),
			contact?.contactId,
			settings,
			options,
		);
	});
	const plans = options.isNumberedByTemplate
		? await holdTakenNumbers(client, definition, planned, options.ruleSeverities)
		: planned;
	const unique = await holdLookalikes(
		client,
		definition,
		plans,
		(position) => contacts[contactOf.get(position) ?? -1]?.contactId,
		today,
		options.ruleSeverities,
	);
	const limited = await stopAtPlanLimit(
		client,
		definition,
		unique,
		settings,
		options.ruleSeverities,
	);
	return {
		definition,
		options,
		plans: completed?.review ? limited.map(completed.review) : limited,
		contacts,
		contactIndex,
		contactOf,
		repeats,
		follow: completed?.follow,
	};
}

/**
 * A contact that is not in Xero has no documents there, so where all that recognises the record
 * counts within its contact, no call is spent on looking.
 */
function isSurelyNew(
	definition: DocumentDefinition,
	draft: Draft,
	contact: ContactPlan | undefined,
): boolean {
	if (draft.id !== undefined || contact?.plan.action !== 'create') return false;
	return definition.keys
		.filter((key) => headerText(draft, key.path) !== undefined)
		.every((key) => key.withinContact);
}

/** The settings, with the organisation's items when any of the records names one. */
export async function withItems(
	{ client, settings }: UpsertContext,
	definition: DocumentDefinition,
	drafts: readonly Draft[],
): Promise<OrganisationSettings> {
	const paths = (fields: DocumentDefinition['fields'] = []) =>
		fields.filter((field) => field.kind === 'item').map((field) => field.path);
	const [own, ofLines] = [paths(definition.fields), paths(definition.lineFields)];
	const namesItem = drafts.some(
		(draft) =>
			draft.skipReason === undefined &&
			(own.some((path) => draft.fields[path]) ||
				draft.lines?.some((line) => ofLines.some((path) => line.fields[path]))),
	);
	return namesItem ? { ...settings, items: await readItems(client) } : settings;
}

function withIssuesOf(draft: Draft, contact: ContactPlan | undefined): Draft {
	return contact && contact.plan.issues.length > 0
		? { ...draft, issues: [...draft.issues, ...contact.plan.issues] }
		: draft;
}

/** Plans one draft anew on what Xero has now, for one that lost a race. */
export async function planAgain(
	context: UpsertContext,
	definition: DocumentDefinition,
	draft: Draft,
	contactId: string | undefined,
	options: UpsertOptions,
): Promise<Plan> {
	if (definition.type === 'contact') {
		const index = new ContactIndex(await lookUpContacts(context.client, [contactOfDraft(draft)]));
		const match = matchContact(index, contactOfDraft(draft), options.ruleSeverities, 'name');
		return planDraft(definition, draft, match, undefined, context.settings, options);
	}
	const found = await lookUpDocuments(context.client, definition, [draft]);
	const index = new DocumentIndex(definition, found);
	const match = matchDocument(index, definition, draft, contactId, options.ruleSeverities);
	return planDraft(definition, draft, match, contactId, context.settings, options);
}
