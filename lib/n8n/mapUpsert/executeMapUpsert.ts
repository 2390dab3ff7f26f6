import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { createGiveWay, mapGivingWay } from '../../giveWay';
import { createClock } from '../clock';
import { faultOnEachItem } from '../faultOnEachItem';
import { connectKnack, knackAccess, knackApplication, KNACK_CREDENTIAL } from '../knackConnection';
import { connectXero } from '../xeroConnection';
import type { ApprovalRun } from '../../sync/approval/approvalRun';
import { approvalKeyOf, requireApprovalKey } from './approvalKey';
import { withApprovals } from './approvals';
import { withFingerprints } from './fingerprints';
import { processState } from '../processState';
import { upsertSums } from '../runSums';
import { readInputFiles } from './inputFiles';
import { readItemParameters } from './itemParameters';
import { STOP_NEEDS_KNACK } from './requireKnackForStop';
import { outcomeHints, outcomeItems, toldHints } from './outcomeItems';
import { readOperation, readRunParameters, type RunParameters } from './runParameters';
import { createHistoryShelf, createSettingsReader } from './runSettings';
import { createRunGuard } from '../../sync/guard/runGuard';
import type { RunLog } from '../../sync/log/runLog';
import { loggedRun, logHints } from '../syncLog/loggedRun';
import { triggerKey } from '../trigger/triggerKey';
import type { ChosenLog } from '../syncLog/logParameters';
import { LOG } from './logParameters';
import type { RunPorts } from './runPorts';
import { once, runUpsert } from './runUpsert';

/** Calls of Xero's day that bulk work leaves for payments, which are worth most and cost few. */
const KEPT_FOR_PAYMENTS = 20;

/**
 * Runs Map & Upsert to Xero over all items: outputs Synced and Needs Attention. Throws n8n's errors
 * for what makes every record impossible, or hands it to each item when the node may go on.
 */
export async function executeMapUpsert(
	context: IExecuteFunctions,
): Promise<INodeExecutionData[][]> {
	const input = context.getInputData();
	if (input.length === 0) return [[], []];
	const reach = async (organisation: string | undefined) =>
		await connectXero(context, organisation, { dayReserve: KEPT_FOR_PAYMENTS });
	try {
		const operation = readOperation(context);
		if (operation === 'apiCall') {
			const { executeXeroCalls } = await import('./executeXeroCalls');
			return await executeXeroCalls(context, reach);
		}
		if (operation === 'approve') {
			const { executeApprove } = await import('./executeApprove');
			return await executeApprove(context);
		}
		if (operation === 'undo') {
			const { executeUndo } = await import('./undo/executeUndo');
			return await executeUndo(context, reach);
		}
		const run = readRunParameters(context, operation);
		await requireKnack(context, run);
		const settings = await createSettingsReader(context);
		const applicationId =
			run.upsert.sourceLink !== false ? await knackApplication(context) : undefined;
		const clock = createClock(context);
		const giveWay = createGiveWay(clock);
		// n8n works out the expressions of one item in milliseconds, and of thousands in many seconds.
		const read = await mapGivingWay(input, giveWay, (item, index) =>
			readItemParameters(context, item, index, run, applicationId),
		);
		const knack = once(async () => await connectKnack(context));
		const files: RunPorts['files'] = async (index, names) =>
			await readInputFiles(context, input, index, names);
		const known = await withFingerprints(read, run.fingerprintField, knack);
		const items = await withApprovals(run, known, { knack, files });
		const approval = await approvalRun(context, run);
		const told = new Set<string>();
		const log = run.log && (await openLog(context, run, run.log, { knack, clock, told }));
		const ports: RunPorts = {
			clock,
			...(log ? { log } : {}),
			...(approval ? { approval } : {}),
			turns: processState.turns,
			history: await createHistoryShelf(context),
			guard: createRunGuard(run.guards, {
				knack,
				memory: processState.guards,
				place: triggerKey(context),
				isPreview: run.isPreview,
				...(log ? { log } : {}),
				tell: (sentence) => told.add(sentence),
			}),
			timeZone: context.getTimezone(),
			xero: reach,
			settings,
			knack,
			files,
			tell: (sentence) => told.add(sentence),
			onProgress: (done, total) => context.logger.debug(`${done} of ${total} records done`),
		};
		if (operation === 'compare') {
			const { executeCompare } = await import('./compare/executeCompare');
			const written = await loggedRun(
				log,
				async () => await executeCompare(context, run, items, ports),
			);
			context.addExecutionHints(...toldHints(told), ...logHints(written.log, written.outcomes));
			return written.outputs;
		}
		if (operation === 'shadow') {
			const { executeShadow } = await import('./shadow/executeShadow');
			const outputs = await executeShadow(context, run, items, ports);
			context.addExecutionHints(...toldHints(told));
			return outputs;
		}
		const result = await loggedRun(log, async () => await runUpsert(run, items, ports));
		const hints = [...outcomeHints(run, result, told), ...logHints(result.log, result.outcomes)];
		context.addExecutionHints(...hints);
		context.logger.info(`Map & Upsert to Xero: ${hints[0]?.message ?? ''}`, upsertSums(result));
		const outputs = await outcomeItems(run, result.outcomes, input, giveWay);
		if (!run.hasReport) return outputs;
		const { reportItem } = await import('./reportItem');
		const at = { ms: clock.now(), zone: context.getTimezone() };
		const sentences = hints.map(({ message }) => message);
		return [...outputs, [await reportItem(context, { run, result, sentences, at })]];
	} catch (error) {
		return [[], faultOnEachItem(context, error)];
	}
}

/** What approvals of the run are judged by. A preview does without where the credential has no secret. */
async function approvalRun(
	context: IExecuteFunctions,
	{ approval, isPreview }: RunParameters,
): Promise<ApprovalRun | undefined> {
	if (!approval) return undefined;
	if (approval.isRequired) return { ...approval, key: await requireApprovalKey(context) };
	const key = isPreview ? await approvalKeyOf(context) : undefined;
	return key && { ...approval, key };
}

/** The log of a run, told apart by the first item of each record. */
async function openLog(
	context: IExecuteFunctions,
	{ definition, operation }: RunParameters,
	chosen: ChosenLog,
	{ told, ...ports }: Pick<RunPorts, 'clock' | 'knack'> & { readonly told: Set<string> },
): Promise<RunLog> {
	const { openRunLog } = await import('../syncLog/openRunLog');
	return openRunLog(context, chosen, LOG, {
		...ports,
		about: `Map & Upsert to Xero, ${OPERATION_WORDS[operation]}: ${definition.plural}`,
		operation,
		// Compare writes to both sides of a record.
		identityOf: ({ itemIndexes: [first = -1], summary }) =>
			operation === 'compare' ? `${first} ${summary}` : String(first),
		tell: (sentence) => told.add(sentence),
	});
}

const OPERATION_WORDS = {
	adopt: 'Adopt',
	changeStatus: 'Change Status',
	compare: 'Compare',
	preview: 'Preview',
	shadow: 'Shadow',
	upsert: 'Create or Update',
} as const satisfies Record<RunParameters['operation'], string>;

/** Said before Xero is touched: what is written there should also be told to Knack. */
async function requireKnack(context: IExecuteFunctions, run: RunParameters): Promise<void> {
	const isNeeded =
		run.lineSource === 'knackTable' ||
		// A preview writes nothing there; without Knack it says that the run would not either.
		(run.writeBackFields !== undefined && !run.isPreview) ||
		run.fingerprintField !== undefined ||
		run.guards.stop !== undefined ||
		(run.approval?.isRequired === true && run.approval.tokenField !== undefined) ||
		run.log !== undefined;
	if (!isNeeded) return;
	if (context.getNode().credentials?.[KNACK_CREDENTIAL]) {
		knackAccess(await context.getCredentials(KNACK_CREDENTIAL));
		return;
	}
	throw new NodeOperationError(context.getNode(), 'No Knack API credential is chosen', {
		description:
			run.lineSource === 'knackTable'
				? 'Choose one under Credential for Knack: the lines are read from Knack.'
				: run.guards.stop
					? STOP_NEEDS_KNACK
					: run.writeBackFields === undefined && run.log
						? 'Choose one under Credential for Knack, or switch off Write to Log Table.'
						: run.writeBackFields === undefined
							? 'Choose one under Credential for Knack, or take the Approval Token Field away.'
							: 'Choose one under Credential for Knack, or switch off Write Back to Knack.',
	});
}
