import { contentHash } from '../hash';
import type { HttpOutcome } from '../http';
import type { ServiceFault } from '../serviceFault';
import { z } from '../vendor/zod';
import type { KnackAssetFile, KnackClient } from './client';
import { isStopping, vendorWords } from './knackFaults';

interface UploadPorts {
	send(
		kind: 'file' | 'image',
		headers: Readonly<Record<string, string>>,
		body: Buffer,
	): Promise<HttpOutcome>;
	fault(outcome: HttpOutcome): ServiceFault;
}

const uploaded = z.object({ id: z.string().min(1) });

/** Uploads a file. It belongs to no record until its id is written into a field of one. */
export function createAssetUpload(ports: UploadPorts): KnackClient['upload'] {
	return async (kind, file) => {
		const boundary = boundaryFor(file);
		const outcome = await ports.send(
			kind,
			{ 'content-type': `multipart/form-data; boundary=${boundary}` },
			multipart(file, boundary),
		);
		if (outcome.kind === 'answer') {
			const parsed = outcome.status < 300 ? uploaded.safeParse(outcome.body) : undefined;
			if (parsed?.success) return { kind: 'uploaded', assetId: parsed.data.id };
			if (outcome.status < 300 || outcome.status >= 500) {
				return {
					kind: 'unknown',
					reason: vendorWords(outcome.body) ?? `status ${outcome.status}`,
				};
			}
		}
		const fault = ports.fault(outcome);
		if (outcome.kind !== 'answer' || isStopping(fault)) return { kind: 'stopped', fault };
		const message = fault.vendorMessage ?? fault.message;
		return { kind: 'refused', status: outcome.status, errors: [{ message }] };
	};
}

/** The same for the same file, and in no file but by intent: its bytes are part of the hash. */
function boundaryFor({ fileName, bytes }: KnackAssetFile): string {
	return `knack-${contentHash([fileName, bytes.toString('base64')]).slice(0, 40)}`;
}

/** One part named `files`, as Knack asks for it (docs.knack.com, "File and Image Uploads"). */
function multipart({ fileName, mimeType, bytes }: KnackAssetFile, boundary: string): Buffer {
	// As browsers send it (WHATWG HTML, "Multipart form data"): a quote or a line end in the name
	// would end the header.
	const name = fileName.replace(/"/g, '%22').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
	const type = /^[\w.+-]+\/[\w.+-]+$/.test(mimeType) ? mimeType : 'application/octet-stream';
	return Buffer.concat([
		Buffer.from(
			`--${boundary}\r\nContent-Disposition: form-data; name="files"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`,
		),
		bytes,
		Buffer.from(`\r\n--${boundary}--\r\n`),
	]);
}
