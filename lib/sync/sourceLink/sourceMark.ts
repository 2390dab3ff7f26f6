import { remember } from '../../remember';
import { inAddress } from '../../texts';
import type { DraftSource } from '../draft';

/** Which Knack record a document in Xero was made from, as its `Url` says. */
export interface SourceMark {
	/** Absent where the item did not tell which app it is of. */
	readonly applicationId?: string;
	readonly table: string;
	readonly recordId: string;
	/** The document that this one took the place of when it was credited; see `correctionToken`. */
	readonly corrects?: string;
	/** What was last sent; see `fingerprint.ts`. */
	readonly fingerprint?: string;
}

/** Shown in Xero as the link back to the source where nobody gives a page of the live app. */
const BUILDER_PAGE = 'https://builder.knack.com/';

/** Xero keeps no more of an address. */
const MOST_CHARACTERS = 255;

const MARK = 'knack';
const CORRECTS = 'corrects';
const SENT = 'sent';
const NO_APPLICATION = '-';

/** The address without what follows `#`, and that part. */
function split(page: string): readonly [address: string, anchor: string] {
	const at = page.indexOf('#');
	return at === -1 ? [page, ''] : [page.slice(0, at), page.slice(at)];
}

/** The mark that an address bears; undefined for anybody else's address. */
export function readSourceMark(url: string | undefined): SourceMark | undefined {
	return url === undefined ? undefined : markIn(url);
}

/** Each link is asked for several times in a row, and then never again. */
const FEW = 20;

const markIn = remember((url): SourceMark | undefined => {
	const [address] = split(url);
	const at = address.indexOf('?');
	if (at === -1) return undefined;
	const query = new URLSearchParams(address.slice(at + 1));
	const parts = query.get(MARK)?.split('.') ?? [];
	const [applicationId, table, recordId] = parts;
	if (parts.length !== 3 || !applicationId || !table || !recordId) return undefined;
	const fingerprint = query.get(SENT);
	const corrects = query.get(CORRECTS);
	return {
		table,
		recordId,
		...(applicationId === NO_APPLICATION ? {} : { applicationId }),
		...(corrects ? { corrects } : {}),
		...(fingerprint ? { fingerprint } : {}),
	};
}, FEW);

/** The mark of a record; undefined for an item that does not say which record it is of. */
export function markOf(source: DraftSource): SourceMark | undefined {
	const { applicationId, table, knackRecordId } = source;
	if (table === undefined || knackRecordId === undefined) return undefined;
	// A dot parts the members of the mark.
	if ([applicationId, table, knackRecordId].some((each) => each?.includes('.'))) return undefined;
	return {
		table,
		recordId: knackRecordId,
		...(applicationId === undefined ? {} : { applicationId }),
	};
}

/** Characters that are left for the fingerprint in the address of a mark; none when negative. */
export function roomForFingerprint(
	page: string | undefined,
	mark: Omit<SourceMark, 'fingerprint'>,
): number {
	const bare = addressOf(page, mark);
	return MOST_CHARACTERS - bare.length - `&${SENT}=`.length;
}

function addressOf(page: string | undefined, mark: SourceMark): string {
	const [address, anchor] = split(page ?? BUILDER_PAGE);
	const value = [mark.applicationId ?? NO_APPLICATION, mark.table, mark.recordId]
		.map(inAddress)
		.join('.');
	const corrects = mark.corrects === undefined ? '' : `&${CORRECTS}=${mark.corrects}`;
	const sent = mark.fingerprint === undefined ? '' : `&${SENT}=${mark.fingerprint}`;
	return `${address}${address.includes('?') ? '&' : '?'}${MARK}=${value}${corrects}${sent}${anchor}`;
}

/** Why an address is not sent: Xero would refuse it, and the whole document with it. */
export type UnsentAddress = 'tooLong' | 'namesXero' | 'notAnAddress';

/** The address that bears the mark, or why none can be sent. */
export function sourceAddress(
	page: string | undefined,
	mark: SourceMark,
): { readonly url: string } | { readonly unsent: UnsentAddress } {
	const url = addressOf(page, mark);
	if (!/^https?:\/\/[^\s]+$/i.test(url)) return { unsent: 'notAnAddress' };
	// "The Url must not contain xero" (developer.xero.com, Invoices).
	if (/xero/i.test(url)) return { unsent: 'namesXero' };
	return url.length > MOST_CHARACTERS ? { unsent: 'tooLong' } : { url };
}

/** Whose document it is by its mark; undefined where either side does not tell. */
export function bearsMarkOf(
	url: string | undefined,
	source: DraftSource,
): 'this' | 'another' | undefined {
	const theirs = readSourceMark(url);
	const ours = markOf(source);
	if (!theirs || !ours) return undefined;
	const isSameApp =
		theirs.applicationId === undefined ||
		ours.applicationId === undefined ||
		theirs.applicationId === ours.applicationId;
	const isSame = isSameApp && theirs.table === ours.table && theirs.recordId === ours.recordId;
	if (isSame) return 'this';
	// The mark of an order says nothing against one of its lines, which are of a table of their own.
	return source.isOfLine && isSameApp && theirs.table !== ours.table ? undefined : 'another';
}
