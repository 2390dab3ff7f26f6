import { oneText } from '../../texts';
import type { DraftSource } from '../draft';
import { DIGEST_LETTER, digestOf } from './digest';
import { readFingerprint, type Fingerprint } from './fingerprint';
import { bearsMarkOf, readSourceMark } from './sourceMark';

/*
 * What was last sent may be kept in two places: in the link, which goes with writes alone and which
 * Xero may not take on an update, and in a Knack field, whose writing may have failed. The field says
 * besides what the link said when it was written, so that it is known which of them is the newer.
 */

const LETTERS = 6;
const PARTING = '~';
const SHAPE = new RegExp(`^(.*)${PARTING}(${DIGEST_LETTER}{${LETTERS}})$`);

/** What the record's own link in Xero says was sent; undefined where there is none. */
function ofLink(url: string | undefined, source: DraftSource): string | undefined {
	if (bearsMarkOf(url, source) !== 'this') return undefined;
	return readSourceMark(url)?.fingerprint;
}

/** The text for the Knack field: what was sent, and which link the document has now. */
export function keptInKnack(sent: string, url: string | undefined, source: DraftSource): string {
	const linked = ofLink(url, source);
	return linked === undefined ? sent : oneText(sent, PARTING, digestOf(linked, LETTERS));
}

/** What was last sent of a record whose document has the given link. */
export function lastSentOf(url: string | undefined, source: DraftSource): Fingerprint | undefined {
	const linked = ofLink(url, source);
	const kept = source.fingerprint?.trim();
	const [, sent = kept, link] = SHAPE.exec(kept ?? '') ?? [];
	const isNewer = linked === undefined || link === digestOf(linked, LETTERS);
	return readFingerprint(isNewer ? (sent ?? linked) : linked);
}
