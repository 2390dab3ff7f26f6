import { contentHash } from '../../hash';
import { inAddress, wellFormed } from '../../texts';
import { listIn } from '../../xero/answers';
import { readList } from '../../xero/pages';
import { addressOf, NOT_NEEDED, problem, settledStep, type LookedAt, type Written } from './step';

export interface AttachedFile {
	readonly name: string;
	/** `application/pdf`. */
	readonly mimeType: string;
	readonly bytes: Buffer;
}

const FILES = 'Attachments';
const MOST_FILES = 10;
/** The Attachments page says 10 MB, pages of some endpoints 25 MB: the smaller is safe. */
export const MOST_BYTES = 10 * 1024 * 1024;
const FORBIDDEN = /[<>:"/\\|?*+]/g;

/** The files that a document has, by name, with their sizes. Throws ServiceFaultError. */
export async function readFiles(written: Written): Promise<Map<string, number>> {
	if (written.isNew || !written.definition.can.takeFiles) return new Map();
	return await readPresent(written);
}

async function readPresent(written: Written): Promise<Map<string, number>> {
	const request = { path: `${addressOf(written)}/${FILES}` };
	const { elements } = await readList(written.client, request, FILES);
	return new Map(elements.map((file) => [String(file.FileName), Number(file.ContentLength)]));
}

/** The file's name without the characters that Xero refuses. */
export function nameInXero({ name }: Pick<AttachedFile, 'name'>): string {
	return wellFormed(name).replace(FORBIDDEN, '_').trim();
}

/**
 * A file to attach unless one of the same name and size is there; another of the name is replaced.
 * What is due counts as there for the files after it.
 */
export function fileStep(
	written: Written,
	file: AttachedFile,
	present: Map<string, number>,
	includeOnline: boolean,
): LookedAt {
	const { client, definition } = written;
	const name = nameInXero(file);
	if (!definition.can.takeFiles) return problem(`Xero takes no files for ${definition.plural}.`);
	if (name === '' || file.bytes.length === 0) return problem(`"${file.name}" is empty.`);
	if (file.bytes.length > MOST_BYTES) return problem(`"${name}" is larger than 10 MB.`);
	if (present.get(name) === file.bytes.length) return NOT_NEEDED;
	if (!present.has(name) && present.size >= MOST_FILES) {
		return problem(
			`"${name}" would be more than the ${MOST_FILES} files that a document can have.`,
		);
	}
	const isReplaced = present.has(name);
	present.set(name, file.bytes.length);
	return {
		operation: `${isReplaced ? 'Replace' : 'Attach'} the file "${name}"`,
		carryOut: async () =>
			await settledStep(
				await client.write({
					method: isReplaced ? 'POST' : 'PUT',
					path: `${addressOf(written)}/${FILES}/${inAddress(name)}`,
					...(includeOnline && definition.can.showFilesOnline
						? { query: { IncludeOnline: 'true' } }
						: {}),
					body: file.bytes,
					contentType: file.mimeType,
					idempotencyKey: `knack-xero-file-${contentHash({ id: written.id, name, bytes: file.bytes.toString('base64') })}`,
				}),
				(body) => listIn(body, FILES) !== undefined,
				async () => (await readPresent(written)).get(name) === file.bytes.length,
			),
	};
}
