import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { MOST_BYTES, type AttachedFile } from '../../sync/afterWrite/attachFile';

export interface InputFiles {
	readonly files: readonly AttachedFile[];
	/** Why a file is not among them, in sentences. */
	readonly problems: readonly string[];
}

/** Reads the files that an item carries in the named fields. Never rejects. */
export async function readInputFiles(
	context: IExecuteFunctions,
	input: readonly INodeExecutionData[],
	itemIndex: number,
	names: readonly string[],
): Promise<InputFiles> {
	const files: AttachedFile[] = [];
	const problems: string[] = [];
	for (const field of names) {
		const binary = input[itemIndex]?.binary?.[field];
		if (!binary) {
			problems.push(`The item has no file in "${field}".`);
			continue;
		}
		const name = binary.fileName ?? `${field}.${binary.fileExtension ?? 'bin'}`;
		// Known before it is read: a film of a gigabyte is not taken into memory to be refused.
		if (binary.bytes !== undefined && binary.bytes > MOST_BYTES) {
			problems.push(`"${name}" is larger than 10 MB.`);
			continue;
		}
		try {
			const bytes = await context.helpers.getBinaryDataBuffer(itemIndex, field);
			files.push({ name, mimeType: binary.mimeType, bytes });
		} catch (error) {
			const reason = error instanceof Error ? error.message : String(error);
			problems.push(`The file in "${field}" could not be read: ${reason}`);
		}
	}
	return { files, problems };
}
