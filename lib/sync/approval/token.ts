import { isSecret } from '../../constantTime';
import { canonicalJson } from '../../hash';
import { z } from '../../vendor/zod';
import type { ApprovalKey } from './approvalKey';
import { isPlanNumber } from './planNumber';

const approval = z
	.object({
		plan: z.string().refine(isPlanNumber),
		/** Who has approved it: a name or an e-mail address. */
		by: z.string().min(1),
		/** When, and until when it is good: ISO 8601 UTC. */
		at: z.string().datetime(),
		until: z.string().datetime(),
		/** The record as it calls itself, and the sentence of what was approved. */
		record: z.string().optional(),
		what: z.string().optional(),
	})
	.strict();

/** What somebody has approved, as a token says it. */
export type Approval = z.infer<typeof approval>;

/** Tells a token from anything else that may stand in a field, and its form from a later one. */
const PREFIX = 'ka1';

/** A token: what was approved, readable by all, and a signature that only the key can make. */
export function tokenOf(key: ApprovalKey, given: Approval): string {
	const text = `${PREFIX}.${Buffer.from(canonicalJson(given)).toString('base64url')}`;
	return `${text}.${key.tokenSignature(text)}`;
}

/** What a token says; undefined of one that was altered, or made with another key. */
export function readToken(key: ApprovalKey, token: string): Approval | undefined {
	const end = token.lastIndexOf('.');
	const [text, signature] = [token.slice(0, end), token.slice(end + 1)];
	// The text is signed as it stands: of no byte is there a second way to write it.
	if (!isSecret(signature, key.tokenSignature(text))) return undefined;
	const [prefix, encoded = ''] = text.split('.');
	if (prefix !== PREFIX) return undefined;
	const read = approval.safeParse(parsed(Buffer.from(encoded, 'base64url').toString()));
	return read.success ? read.data : undefined;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
