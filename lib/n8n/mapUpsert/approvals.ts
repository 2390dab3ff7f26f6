import { canonicalJson, contentHash } from '../../hash';
import { decodeField } from '../../knack/fields/codecs';
import { shownText } from '../../knack/fields/shownValue';
import type { KnackClient } from '../../knack/client';
import { fieldLabel, findField, findTable } from '../../knack/tables';
import type { AfterWriting } from '../../sync/afterWrite/afterWrite';
import type { ApprovalAnswers } from '../../sync/approval/approved';
import type { Outcome } from '../../sync/outcome';
import { isBlank } from '../../sync/map/readFieldValue';
import { isRecord } from '../../sync/map/sampleShape';
import { shortened, visible } from '../../texts';
import type { ApprovalFields } from './approvalOptions';
import { shownLabel } from './fingerprints';
import type { ItemParameters } from './itemParameters';
import type { RunParameters } from './runParameters';
import type { RunPorts } from './runPorts';

/** What a person reads of a note before it is approved. */
const LONGEST_NOTE = 200;

/**
 * Items with what is said of their approval: the token, from where the node is set to take it, who made
 * the record, and what goes with its document. Throws ServiceFaultError when Knack cannot be read.
 */
export async function withApprovals(
	run: RunParameters,
	items: readonly ItemParameters[],
	ports: Pick<RunPorts, 'knack' | 'files'>,
): Promise<readonly ItemParameters[]> {
	const { approval } = run;
	if (!approval || (!approval.isRequired && !run.isPreview)) return items;
	const all: ItemParameters[] = [];
	for (const item of items) {
		const { createdBy } = item.approvalFields ?? {};
		const token = approval.isRequired ? await tokenOf(run, item, ports.knack) : undefined;
		const besides = await goingBesides(item, ports.files);
		const said = {
			...(isBlank(token) ? {} : { token: token?.trim() }),
			...(createdBy === undefined ? {} : { creator: createdBy }),
			...besides,
		};
		all.push({ ...item, source: { ...item.source, approval: said } });
	}
	return all;
}

/** The token of a record. What an agent calls the node with is not asked for one. */
async function tokenOf(
	{ isTool, approval }: RunParameters,
	item: ItemParameters,
	knack: RunPorts['knack'],
): Promise<string | undefined> {
	const { token }: ApprovalFields = item.approvalFields ?? {};
	const { tokenField } = approval ?? {};
	if (isTool) return tokenField && (await tokenInKnack(await knack(), item, tokenField));
	if (token !== undefined) return token;
	const { approval: ofItem } = item.json;
	const given = isRecord(ofItem) ? ofItem.token : undefined;
	if (typeof given === 'string' && !isBlank(given)) return given;
	if (tokenField === undefined) return undefined;
	const client = await knack();
	const shown = await shownToken(client, item, tokenField);
	return shown === undefined ? await tokenInKnack(client, item, tokenField) : shown;
}

/** What the item shows of the field; undefined where it does not show the field at all. */
async function shownToken(
	knack: KnackClient,
	{ json, knackTable }: ItemParameters,
	fieldName: string,
): Promise<string | undefined> {
	const app = await knack.app();
	const table = knackTable === undefined ? undefined : findTable(app, knackTable);
	const field = table && findField(table, fieldName);
	const label = shownLabel(json, table && field ? fieldLabel(table, field) : fieldName);
	if (!(label in json)) return undefined;
	const value = json[label];
	return typeof value === 'string' ? value : '';
}

/** The field of the record as Knack has it now. */
async function tokenInKnack(
	knack: KnackClient,
	{ source: { knackRecordId }, knackTable }: ItemParameters,
	fieldName: string,
): Promise<string | undefined> {
	const table = knackTable === undefined ? undefined : findTable(await knack.app(), knackTable);
	const field = table && findField(table, fieldName);
	if (!field || knackRecordId === undefined) return undefined;
	const record = await knack.record(table.key, knackRecordId);
	const value = record && shownText(decodeField(record, field));
	return typeof value === 'string' ? value : undefined;
}

/** What goes with a document, its files told by their content; nothing where nothing does. */
async function goingBesides(
	{ index, afterWriting }: ItemParameters,
	readFiles: RunPorts['files'],
): Promise<Pick<ApprovalAnswers, 'afterWriting' | 'afterInWords' | 'isEmailed'>> {
	if (!afterWriting) return {};
	const { note, email, includeOnline } = afterWriting.wish;
	const { files } = await readFiles(index, afterWriting.fileFields);
	if (files.length === 0 && note === undefined && email === undefined) return {};
	const told = files.map(({ name, mimeType, bytes }) => [
		name,
		mimeType,
		contentHash(bytes.toString('base64')),
	]);
	return {
		afterWriting: canonicalJson([note, email, told, files.length > 0 && includeOnline]),
		afterInWords: [
			...files.map(({ name }) => `Attach the file "${visible(name)}"`),
			...(note === undefined
				? []
				: [`Note in its history: "${shortened(visible(note), LONGEST_NOTE)}"`]),
		],
		...(email === undefined ? {} : { isEmailed: true }),
	};
}

/**
 * What is done beside the document of an outcome: with who has approved it. Where approvals are required,
 * nothing is done for a document that was not written with one.
 */
export function approvedWish(
	{ approval }: Pick<RunParameters, 'approval'>,
	outcome: Pick<Outcome, 'approval'>,
	wish: AfterWriting | undefined,
): AfterWriting | undefined {
	if (!approval?.isRequired) return wish;
	const { approvedBy, approvedAt } = outcome.approval ?? {};
	if (approvedBy === undefined) return undefined;
	return { ...wish, approvedBy: `Approved by ${approvedBy} on ${approvedAt ?? ''}` };
}
