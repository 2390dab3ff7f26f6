import type { DocumentDefinition, Named, NamingField } from '../../xero/documents/definition';
import { findDocuments } from '../../xero/lookups';
import { takePages } from '../../xero/pages';
import type { RuleSeverities } from '../check/check';
import { headerText, linePath } from '../check/draftValues';
import type { Draft, DraftLine } from '../draft';
import { ContactIndex, wantedContact } from '../find/contactIndex';
import { findContact } from '../find/findContact';
import { lookUpContacts } from '../find/lookUp';
import type { UpsertContext } from '../upsertContext';
import { isId, isOnItsWay } from './completed';
import { namesIn, withId, withIssues, withValues } from './named';

type Context = Pick<UpsertContext, 'client' | 'settings'>;

/**
 * Puts ids in the place of names. What a document lives below comes first: without it nothing else
 * can be looked for. Throws ServiceFaultError.
 */
export async function withIds(
	context: Context,
	definition: DocumentDefinition,
	given: readonly Draft[],
	severities: RuleSeverities,
): Promise<readonly Draft[]> {
	const isParent = ({ path }: NamingField) => path === definition.wire.parentPath;
	const parents = definition.names.filter(isParent);
	const others = definition.names.filter((field) => !isParent(field));
	let drafts = given;
	for (const fields of [parents, others]) {
		if (fields.length === 0) continue;
		const open = drafts.filter(isOnItsWay);
		const naming = new Map<NamingField, Naming>();
		for (const field of fields) {
			naming.set(field, await namingOf(context, definition, field, open, severities));
		}
		drafts = drafts.map((draft) =>
			isOnItsWay(draft)
				? fields.reduce((named, field) => naming.get(field)?.(named) ?? named, draft)
				: draft,
		);
	}
	return await withLineIds(context, definition, drafts, severities);
}

/** Lines name things as headers do: each is looked at like a record of its own. */
async function withLineIds(
	context: Context,
	definition: DocumentDefinition,
	drafts: readonly Draft[],
	severities: RuleSeverities,
): Promise<readonly Draft[]> {
	const { lineNames = [] } = definition;
	if (lineNames.length === 0) return drafts;
	const asDraft = (draft: Draft, { fields }: DraftLine): Draft => ({
		...draft,
		fields,
		issues: [],
	});
	const open = drafts
		.filter(isOnItsWay)
		.flatMap((draft) => (draft.lines ?? []).map((line) => asDraft(draft, line)));
	const namings: Naming[] = [];
	for (const field of lineNames) {
		namings.push(await namingOf(context, definition, field, open, severities));
	}
	return drafts.map((draft) => {
		if (!isOnItsWay(draft) || !draft.lines) return draft;
		const named = draft.lines.map((line) =>
			namings.reduce((each, naming) => naming(each), asDraft(draft, line)),
		);
		const issues = named.flatMap((line, index) =>
			line.issues.map((issue) => ({ ...issue, field: linePath(index, issue.field ?? '') })),
		);
		const lines = draft.lines.map((line, index) => ({
			...line,
			fields: named[index]?.fields ?? line.fields,
		}));
		return withIssues({ ...draft, lines }, issues);
	});
}

type Naming = (draft: Draft) => Draft;

async function namingOf(
	context: Context,
	definition: DocumentDefinition,
	field: NamingField,
	open: readonly Draft[],
	severities: RuleSeverities,
): Promise<Naming> {
	if (field.among.in === 'contacts') return await contactNaming(context, field, open, severities);
	const candidatesOf = await candidates(context, definition, field, open);
	return (draft) => withId(draft, field, candidatesOf(draft), severities);
}

/** What each draft may mean by the name in a field, read for all of them. */
async function candidates(
	{ client, settings }: Context,
	{ wire }: DocumentDefinition,
	{ path, among }: NamingField,
	open: readonly Draft[],
): Promise<(draft: Draft) => readonly Named[]> {
	if (among.in === 'settings') {
		const all = among.read(settings);
		return () => all;
	}
	const names = namesIn(open, path);
	if (names.length === 0 || among.in === 'contacts') return () => [];
	if (among.in === 'list') {
		const { path: address, listName, pageSize, read } = among;
		const all: Named[] = [];
		const request = { path: address, api: wire.api, listName, pageSize, takesPageSize: true };
		await takePages(client, request, (page) => {
			all.push(...page.map(read));
		});
		return () => all;
	}
	const { numberPath } = among.of;
	const { parentPath } = among.of.wire;
	const find = async (parentIds?: readonly string[]) =>
		(
			await findDocuments(client, among.of, {
				ids: [],
				values: { [numberPath]: names },
				...(parentIds ? { parentIds } : {}),
			})
		).map(({ id, number }): Named => ({ id, names: [number] }));
	if (parentPath === undefined) {
		const all = await find();
		return () => all;
	}
	const below = new Map<string, readonly Named[]>();
	for (const draft of open) {
		const parentId = headerText(draft, parentPath);
		if (parentId === undefined || isId(headerText(draft, path) ?? '')) continue;
		if (!below.has(parentId)) below.set(parentId, await find([parentId]));
	}
	return (draft) => below.get(headerText(draft, parentPath) ?? '') ?? [];
}

/** A contact may be given by its name; none is ever created for it. */
async function contactNaming(
	{ client }: Context,
	field: NamingField,
	open: readonly Draft[],
	severities: RuleSeverities,
): Promise<Naming> {
	const { path } = field;
	const wanted = namesIn(open, path).map((name) => wantedContact({ name }));
	const index = new ContactIndex(await lookUpContacts(client, wanted));
	return (draft) => {
		const name = headerText(draft, path);
		if (name === undefined || isId(name)) return withId(draft, field, [], severities);
		const match = findContact(index, wantedContact({ name }), {
			field: path,
			overwrites: false,
			severities,
		});
		if (match.kind === 'matched') {
			return withIssues(withValues(draft, { [path]: match.document.id }), match.issues);
		}
		return match.kind === 'stopped'
			? withIssues(draft, match.issues)
			: withId(draft, field, [], severities);
	};
}
