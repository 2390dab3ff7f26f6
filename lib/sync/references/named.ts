import type { Issue } from '../../issue';
import type { FieldValues, Named, NamingField } from '../../xero/documents/definition';
import { issueOf, type RuleSeverities } from '../check/check';
import { headerText } from '../check/draftValues';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Draft } from '../draft';
import { foldText } from '../find/names';
import { quoted } from '../map/fieldReading';
import { isId } from './completed';

/** The names in a field that are to be looked up, since they are no ids. */
export function namesIn(drafts: readonly Draft[], path: string): string[] {
	const names = drafts.map((draft) => headerText(draft, path));
	return [...new Set(names.filter((name) => name !== undefined && !isId(name)))].filter(
		(name) => name !== undefined,
	);
}

/** What is looked for, and what helps a person where it is not one. */
export interface Sought extends Pick<NamingField, 'path' | 'what'> {
	readonly fixes?: { readonly none: string; readonly several: string };
}

/** Puts an id in the place of a name. One that is not there, or there twice, becomes an issue. */
export function withId(
	draft: Draft,
	{ path, what, fixes }: Sought,
	candidates: readonly Named[],
	severities: RuleSeverities,
): Draft {
	const name = headerText(draft, path)?.trim();
	if (name === undefined) return draft;
	if (isId(name)) return withValues(draft, { [path]: name.toLowerCase() });
	const found = candidates.filter(({ names }) =>
		names.some((each) => each !== undefined && foldText(each) === foldText(name)),
	);
	const [only] = found;
	if (only && found.length === 1) return withValues(draft, { [path]: only.id });
	const issues = only
		? issueOf(
				LATE_RULES.targetUnclear,
				{
					field: path,
					message: `${found.length} ${pluralOf(what)} in Xero are called ${quoted(name)}.`,
					fix:
						fixes?.several ??
						`Rename one of them in Xero, or map the ${what}’s id instead of its name.`,
				},
				severities,
				{ candidates: found.map(({ id, names }) => ({ id, label: names[0] ?? id })) },
			)
		: issueOf(
				LATE_RULES.targetMissing,
				{
					field: path,
					message: `There is no ${what} ${quoted(name)} in Xero.`,
					fix: fixes?.none ?? `Create the ${what} in Xero first, or correct its name in Knack.`,
				},
				severities,
			);
	return withIssues(draft, issues);
}

/** "invoices or bills", "tracking categories", "tracking options of payroll". */
function pluralOf(what: string): string {
	return what
		.split(' or ')
		.map((each) => each.replace(/(?= of |$)/, 's').replace(/ys\b/, 'ies'))
		.join(' or ');
}

export function withValues(draft: Draft, values: FieldValues): Draft {
	return { ...draft, fields: { ...draft.fields, ...values } };
}

export function withIssues(draft: Draft, issues: readonly Issue[]): Draft {
	return issues.length === 0 ? draft : { ...draft, issues: [...draft.issues, ...issues] };
}
