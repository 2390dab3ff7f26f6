import type { XeroClient } from '../../xero/client';
import { PROJECT } from '../../xero/documents/project';
import { PROJECT_TASK } from '../../xero/documents/projectTask';
import { findDocuments } from '../../xero/lookups';
import { projectPages } from '../../xero/pages';
import type { RuleSeverities } from '../check/check';
import { headerText } from '../check/draftValues';
import type { Draft } from '../draft';
import { ContactIndex, wantedContact } from '../find/contactIndex';
import { findContact } from '../find/findContact';
import { lookUpContacts } from '../find/lookUp';
import { namesIn, withId, withIssues, withValues, type Named } from './named';
import { isId, isOnItsWay, type DocumentStrategy } from './strategy';

/** A project's contact may be given by its name; it is never created by a project. */
export const PROJECT_STRATEGY: DocumentStrategy = {
	async complete({ client }, drafts, severities) {
		const wanted = namesIn(drafts.filter(isOnItsWay), 'contactId').map((name) =>
			wantedContact({ name }),
		);
		const index = new ContactIndex(await lookUpContacts(client, wanted));
		return {
			drafts: drafts.map((draft) => {
				const name = headerText(draft, 'contactId');
				if (name === undefined || !isOnItsWay(draft)) return draft;
				if (isId(name)) return withValues(draft, { contactId: name.toLowerCase() });
				const match = findContact(index, wantedContact({ name }), {
					field: 'contactId',
					overwrites: false,
					severities,
				});
				if (match.kind === 'matched') {
					return withIssues(withValues(draft, { contactId: match.document.id }), match.issues);
				}
				return match.kind === 'stopped'
					? withIssues(draft, match.issues)
					: withId(draft, { path: 'contactId', what: 'contact' }, [], severities);
			}),
		};
	},
};

/** A task's project may be given by its name, and its rate is in the organisation's currency. */
export const PROJECT_TASK_STRATEGY: DocumentStrategy = {
	async complete({ client, settings }, given, severities) {
		const drafts = await withProjects(client, given, severities);
		const currency = settings.organisation.baseCurrency;
		return {
			drafts: drafts.map((draft) =>
				headerText(draft, 'rate.value') !== undefined &&
				headerText(draft, 'rate.currency') === undefined
					? withValues(draft, { 'rate.currency': currency })
					: draft,
			),
		};
	},
};

/** A time entry's project, task and person may be given by name, the person by e-mail address. */
export const TIME_ENTRY_STRATEGY: DocumentStrategy = {
	async complete({ client }, given, severities) {
		let drafts = await withProjects(client, given, severities);
		const open = drafts.filter(isOnItsWay);
		const tasks = await tasksOf(client, open);
		const people = namesIn(open, 'userId').length === 0 ? [] : await peopleOf(client);
		drafts = drafts.map((draft) => {
			if (!isOnItsWay(draft)) return draft;
			const ofProject = tasks.get(headerText(draft, 'projectId') ?? '') ?? [];
			const withTask = withId(draft, { path: 'taskId', what: 'task' }, ofProject, severities);
			return withId(withTask, { path: 'userId', what: 'project user' }, people, severities);
		});
		return { drafts };
	},
};

async function withProjects(
	client: XeroClient,
	drafts: readonly Draft[],
	severities: RuleSeverities,
): Promise<readonly Draft[]> {
	const name = namesIn(drafts.filter(isOnItsWay), 'projectId');
	const found = name.length === 0 ? [] : await findDocuments(client, PROJECT, { values: { name } });
	const projects = found.map(({ id, number }) => ({ id, names: [number] }));
	return drafts.map((draft) =>
		isOnItsWay(draft)
			? withId(draft, { path: 'projectId', what: 'project' }, projects, severities)
			: draft,
	);
}

/** The tasks of the projects in which any is given by name, by the project's id. */
async function tasksOf(
	client: XeroClient,
	drafts: readonly Draft[],
): Promise<ReadonlyMap<string, readonly Named[]>> {
	const byName = drafts.filter((draft) => !isId(headerText(draft, 'taskId') ?? ''));
	const parentIds = byName.flatMap((draft) => headerText(draft, 'projectId') ?? []);
	const values = { name: namesIn(byName, 'taskId') };
	const tasks = new Map<string, Named[]>();
	if (values.name.length === 0) return tasks;
	for (const parentId of new Set(parentIds)) {
		const found = await findDocuments(client, PROJECT_TASK, {
			ids: [],
			values,
			parentIds: [parentId],
		});
		tasks.set(
			parentId,
			found.map(({ id, number }) => ({ id, names: [number] })),
		);
	}
	return tasks;
}

async function peopleOf(client: XeroClient): Promise<Named[]> {
	const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
	return (await projectPages(client, '/ProjectsUsers')).map(({ userId, name, email }) => ({
		id: (text(userId) ?? '').toLowerCase(),
		names: [text(name), text(email)],
	}));
}
