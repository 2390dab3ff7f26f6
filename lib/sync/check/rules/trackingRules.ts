import { judged } from '../../../issueCodes';
import { isSameText } from '../../../foldText';
import { booksOf } from '../../../xero/books';
import type { FieldValues } from '../../../xero/documents/definition';
import type { OrganisationSettings } from '../../../xero/settings';
import { successorOfCategory, successorOfOption } from '../../settingSuccessors';
import { linePath, textOf } from '../draftValues';
import type { Finding, Rule, RuleContext } from '../rule';
import { lineFindings } from '../valueRule';

/** Tracking stands in a line under `tracking.<category id or name>`, with the option as value. */
const TRACKING = 'tracking.';

function trackingPaths(fields: FieldValues): string[] {
	return Object.keys(fields).filter((path) => path.startsWith(TRACKING));
}

function trackingFindings({ draft, settings }: RuleContext): Finding[] {
	const findings: Finding[] = [];
	for (const [index, line] of (draft.lines ?? []).entries()) {
		for (const path of trackingPaths(line.fields)) {
			const option = textOf(line.fields[path]);
			const finding = option === undefined ? undefined : found(settings, path, option, index);
			if (finding) findings.push(finding);
		}
	}
	return findings;
}

/** What is amiss with a line's option of a category. */
function found(
	settings: OrganisationSettings,
	path: string,
	option: string,
	index: number,
): Finding | undefined {
	const named = path.slice(TRACKING.length);
	const category = booksOf(settings).trackingCategory(named);
	if (!category || category.status !== 'ACTIVE') {
		const name = category?.name ?? named;
		const successor = successorOfCategory(settings, name);
		return {
			field: linePath(index, path),
			message: `The tracking category "${name}" is not active in Xero (line ${index + 1}).`,
			fix: successor
				? `Map "${successor.name}" in the node, which looks like its successor, or restore this one in Xero.`
				: 'Choose a tracking category of the organisation in the node.',
		};
	}
	const known = category.options.find(
		(each) => each.id === option || isSameText(each.name, option),
	);
	if (known?.status === 'ACTIVE') return undefined;
	const successor = successorOfOption(category, known?.name ?? option);
	return {
		field: linePath(index, path),
		message: known
			? `The option "${known.name}" of ${category.name} is archived in Xero (line ${index + 1}).`
			: `${category.name} has no option "${option}" (line ${index + 1}).`,
		fix: `${successor ? `Use "${successor.name}", which looks like its successor. Or add` : 'Add'} the option in Xero, or use one of: ${category.options
			.filter((each) => each.status === 'ACTIVE')
			.map((each) => each.name)
			.slice(0, 10)
			.join(', ')}.`,
	};
}

const trackingUnknown: Rule = {
	...judged('XERO_TRACKING_UNKNOWN'),
	find: trackingFindings,
};

const trackingTooMany: Rule = {
	...judged('XERO_TRACKING_TOO_MANY'),
	find(context) {
		return lineFindings(context, (fields, index) => {
			const used = trackingPaths(fields).filter((path) => textOf(fields[path]) !== undefined);
			if (used.length <= 2) return undefined;
			return {
				field: linePath(index, used[2] ?? 'tracking'),
				message: `Line ${index + 1} has ${used.length} tracking categories; Xero takes two.`,
				fix: 'Leave at most two of them mapped.',
			};
		});
	},
};

export const trackingRules: readonly Rule[] = [trackingUnknown, trackingTooMany];
