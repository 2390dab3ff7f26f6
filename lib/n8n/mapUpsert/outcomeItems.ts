import { mapGivingWay, type GiveWay } from '../../giveWay';
import type { IDataObject, INodeExecutionData, NodeExecutionHint } from 'n8n-workflow';
import { LATE_RULES } from '../../sync/check/rules/lateRules';
import { headerFields, lineFields } from '../../sync/map/mappableFields';
import { ATTENTION, type Outcome } from '../../sync/outcome';
import { COUNTED } from '../../sync/outcomes';
import { countOf } from '../../texts';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { attentionWords, outputsOf, shownOutcome } from '../shownOutcome';
import { driftHints } from './driftHints';
import { fingerprintHints } from './fingerprintHints';
import { adoptHints } from './adoptHints';
import { dayHints, stoppedHints } from './limitHints';
import type { RunParameters } from './runParameters';
import type { RunResult } from './runUpsert';

/** Items for the outputs Synced and Needs Attention, each paired with what it came from. */
export async function outcomeItems(
	run: RunParameters,
	outcomes: readonly Outcome[],
	input: readonly INodeExecutionData[],
	giveWay: GiveWay,
): Promise<[INodeExecutionData[], INodeExecutionData[]]> {
	const { kinds } = run.documentRules;
	const names = new Map([...kinds, run.definition].flatMap((each) => [...fieldNames(each)]));
	const shown = await mapGivingWay(outcomes, giveWay, (outcome) =>
		run.isTool ? compact(run, outcome) : shownOutcome(outcome, (path) => names.get(path)),
	);
	return outputsOf(outcomes, shown, { input: run.includeInput ? input : [], isTool: run.isTool });
}

/** What fields of a document and of its lines are called, by their paths in an outcome. */
function fieldNames(definition: DocumentDefinition): ReadonlyMap<string, string> {
	return new Map([
		...headerFields(definition).map(({ path, label }) => [path, label] as const),
		...lineFields(definition).map(({ path, label }) => [`lineItems.${path}`, label] as const),
	]);
}

/** What an agent needs, without the rest. */
function compact({ isPreviewForTool }: RunParameters, outcome: Outcome): IDataObject {
	const { id, number, total, currency, url } = outcome.document;
	return {
		summary: outcome.summary,
		outcome: outcome.outcome,
		id,
		number,
		total,
		currency,
		url,
		...(outcome.approval ? { planNumber: outcome.approval.planNumber } : {}),
		...(outcome.after ? { after: outcome.after } : {}),
		issues: outcome.issues.map(({ message, fix }) => `${message} ${fix}`),
		...(isPreviewForTool
			? {
					note: 'This is a preview; nothing was written. Writing must be allowed in the options of the node.',
				}
			: {}),
	};
}

/** "12 created, 3 unchanged, 1 needs attention, 9 Xero calls", and what else a person should know. */
export function outcomeHints(
	run: RunParameters,
	result: RunResult,
	told: Iterable<string>,
): NodeExecutionHint[] {
	const { outcomes, calls } = result;
	const count = (fits: (outcome: Outcome) => boolean) => outcomes.filter(fits).length;
	const attention = count(({ outcome }) => ATTENTION.has(outcome));
	const missing = count(({ reason }) => reason === 'notInXero');
	const total = calls.reads + calls.writes;
	const parts = [
		...COUNTED.flatMap(([kind, words]) => {
			const number = count(({ outcome, reason }) => outcome === kind && reason === undefined);
			return number === 0 ? [] : [`${number} ${words}`];
		}),
		...(missing === 0 ? [] : [`${missing} not in Xero yet`]),
		...attentionWords(attention),
		countOf(total, 'Xero call'),
	];
	const hints: NodeExecutionHint[] = [
		hint(`${parts.join(', ')}.`, attention === 0 ? 'info' : 'warning'),
	];
	hints.push(...run.warnings.map((text) => hint(text, 'warning')));
	hints.push(...driftHints(outcomes));
	hints.push(...fingerprintHints(run, outcomes).map((text) => hint(text, 'warning')));
	if (run.adopt) hints.push(...adoptHints(run, outcomes).map((text) => hint(text, 'info')));
	else if (run.isPreview) {
		const { expectedCalls } = result;
		hints.push(
			hint(
				`Preview: nothing was written. Writing it takes ${countOf(expectedCalls, 'more Xero call')}.`,
				'info',
			),
		);
	}
	if (
		run.numbering.by === 'xero' &&
		outcomes.some(({ outcome }) => outcome === 'created') &&
		!run.writeBackFields?.number
	) {
		hints.push(
			hint(
				'Xero gave the new documents their numbers. To keep them in Knack, choose a field for Number under Write Back to Knack.',
				'info',
			),
		);
	}
	if (result.notWrittenBack > 0 && !run.isPreview) {
		hints.push(
			hint(
				`${result.notWrittenBack} of the Knack records could not be told; see the issues of their items. The next run tells them.`,
				'warning',
			),
		);
	}
	const incomplete = count(({ issues }) =>
		issues.some(({ code }) => code === LATE_RULES.afterWrite.code),
	);
	if (incomplete > 0 && !run.isPreview) {
		hints.push(
			hint(
				`A file, note, e-mail or link did not work for ${incomplete} of the documents; see the issues of their items. The documents themselves are in Xero.`,
				'warning',
			),
		);
	}
	hints.push(...stoppedHints(result).map((text) => hint(text, 'warning')));
	hints.push(...dayHints(result, run.isPreview).map((text) => hint(text, 'info')));
	hints.push(...toldHints(told));
	return hints;
}

/** What is said once for the run. */
export function toldHints(told: Iterable<string>): NodeExecutionHint[] {
	return [...told].map((text) => hint(text, 'info'));
}

function hint(message: string, type: NodeExecutionHint['type']): NodeExecutionHint {
	return { message, type, location: 'outputPane' };
}
