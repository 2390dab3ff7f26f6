import type { Issue } from '../../issue';
import type { KnackTable } from '../../knack/app';
import type { KnackAssetFile, KnackClient } from '../../knack/client';
import { fieldLabel, findField } from '../../knack/tables';
import { noAnswerIssue } from '../words/knackWriteIssues';
import { recordIdIssue } from './preparedWrites';
import type { NotWritten, Written } from './writeRecord';
import { refusedBy, stoppedBy, updateOne } from './writeRecord';

/**
 * Uploads a file and puts it into a file or image field of a record, in place of what was there.
 * The record is looked for first, so that no file is uploaded for nothing. Throws ServiceFaultError.
 */
export async function addFile(
	client: KnackClient,
	table: KnackTable,
	recordId: string,
	fieldName: string,
	file: KnackAssetFile,
): Promise<Written | NotWritten> {
	if (!/^[0-9a-f]{24}$/i.test(recordId)) return failedBy(recordIdIssue(recordId, table));
	const field = findField(table, fieldName);
	const kind = field?.type === 'image' ? 'image' : 'file';
	if (!field || !['file', 'image'].includes(field.type) || field.format['source'] === 'url') {
		return failedBy({
			code: 'KNACK_FIELD_TAKES_NO_FILE',
			severity: 'block',
			field: field ? fieldLabel(table, field) : fieldName,
			message: field
				? `${field.name} takes no uploaded file.`
				: `The table ${table.name} has no field "${fieldName}".`,
			fix: 'Choose a file field, or an image field that is set to uploads.',
		});
	}
	if (!(await client.record(table.key, recordId))) {
		return refusedBy(table, { kind: 'refused', status: 404, errors: [] });
	}
	const answer = await client.upload(kind, file);
	switch (answer.kind) {
		case 'uploaded':
			return await updateOne(client, table, recordId, { [field.key]: answer.assetId });
		case 'stopped':
			return stoppedBy(answer.fault);
		case 'unknown':
			return failedBy(
				noAnswerIssue(answer.reason, {
					field: fieldLabel(table, field),
					message: `Knack did not answer to the upload of ${file.fileName}; the record was not changed.`,
					fix: 'Run it again.',
				}),
			);
		case 'refused': {
			const reason = answer.errors.map(({ message }) => message).join(' ');
			return failedBy({
				code: 'KNACK_FILE_REFUSED',
				severity: 'block',
				field: fieldLabel(table, field),
				message: `Knack did not take the file ${file.fileName}: ${reason}`,
				fix: 'Look at the kind and the size of the file; Knack limits both by plan.',
				vendorMessage: reason,
			});
		}
	}
}

function failedBy(issue: Issue): NotWritten {
	return { kind: 'failed', issues: [issue] };
}
