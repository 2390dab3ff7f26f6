import type { FieldKind } from '../../xero/documents/definition';
import { textOf, type PlacedValue } from './draftValues';
import type { Finding, LineContext, LineRule, Rule, RuleContext } from './rule';

/**
 * A rule that looks at filled-in values one by one: at all of them, or at those of some kinds. What
 * it finds is about the value's own field.
 */
export function valueRule(
	rule: Omit<Rule, 'find'> & { readonly kinds?: readonly FieldKind[] },
	find: (placed: PlacedValue, text: string, context: RuleContext) => Finding | undefined,
): Rule {
	const { kinds, ...facts } = rule;
	const look = (values: readonly PlacedValue[], context: RuleContext, findings: Finding[]) => {
		for (const placed of values) {
			const text = textOf(placed.value);
			const finding = text === undefined ? undefined : find(placed, text, context);
			if (finding) findings.push({ field: placed.path, ...finding });
		}
	};
	return {
		...facts,
		find(context) {
			const findings: Finding[] = [];
			if (!kinds) look(context.placed.all, context, findings);
			for (const kind of kinds ?? []) look(context.placed.ofKind(kind), context, findings);
			return findings;
		},
	};
}

/** A rule that looks at the lines one by one. */
export function lineRule(
	rule: Omit<Rule, 'find'>,
	find: (
		fields: Readonly<Record<string, string | boolean>>,
		index: number,
		context: LineContext,
	) => Finding | undefined,
): LineRule {
	return { ...rule, find: (context) => lineFindings(context, find) };
}

/** What is found in the lines, at most one finding a line. */
export function lineFindings(
	context: LineContext,
	find: (
		fields: Readonly<Record<string, string | boolean>>,
		index: number,
		context: LineContext,
	) => Finding | undefined,
): Finding[] {
	const findings: Finding[] = [];
	(context.draft.lines ?? []).forEach((line, index) => {
		const finding = find(line.fields, index, context);
		if (finding) findings.push(finding);
	});
	return findings;
}
