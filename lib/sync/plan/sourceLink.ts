import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { fieldsByPath, textOf } from '../check/draftValues';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Draft } from '../draft';
import { correctionToken } from '../sourceLink/correctionToken';
import { fingerprintText, type Fingerprint } from '../sourceLink/fingerprint';
import {
	bearsMarkOf,
	markOf,
	readSourceMark,
	roomForFingerprint,
	sourceAddress,
	type UnsentAddress,
} from '../sourceLink/sourceMark';
import type { PlanOptions } from './planInput';
import type { Found } from './planChecks';

/** How the link shows among the changes: it is no field of the record. */
export const SOURCE_LINK = 'sourceLink';

/** Whether documents of the type have a link to their source (`Url`). */
export function hasSourceLink({ fields }: DocumentDefinition): boolean {
	return fieldsByPath(fields).has('url');
}

/** Whether a new document of the record would bear a link to it. */
export function canBearLink(
	definition: DocumentDefinition,
	draft: Draft,
	options: PlanOptions,
): boolean {
	const noted: Found = () => undefined;
	const sent: Fingerprint = { header: new Map() };
	return planSourceLink({ definition, draft, options, sent }, noted) !== undefined;
}

export interface LinkInput {
	readonly definition: DocumentDefinition;
	readonly draft: Draft;
	readonly options: PlanOptions;
	/** What counts as sent with it. */
	readonly sent: Fingerprint;
	/** The document as it is in Xero; absent for a new one. */
	readonly document?: XeroDocument;
	/** The document that a new one takes the place of. */
	readonly replaces?: XeroDocument;
}

/**
 * The link that goes with a create, or with an update that is due anyway. Undefined where none is
 * to be sent: the user maps the address, has switched the link off, the item does not tell its
 * record, or the document bears an address of somebody else's.
 */
export function planSourceLink(
	{ definition, draft, options, sent, document, replaces }: LinkInput,
	found: Found,
): string | undefined {
	if (options.sourceLink === false || !hasSourceLink(definition)) return undefined;
	if (draft.fields.url !== undefined) return undefined;
	const own = markOf(draft.source);
	if (!own) return undefined;
	const present = textOf(document?.fields.url);
	if (present !== undefined && bearsMarkOf(present, draft.source) !== 'this') return undefined;
	const corrects = replaces ? correctionToken(replaces) : readSourceMark(present)?.corrects;
	const mark = corrects === undefined ? own : { ...own, corrects };
	const page = draft.source.recordPage;
	const fingerprint = fingerprintText(sent, roomForFingerprint(page, mark));
	const address = sourceAddress(page, { fingerprint, ...mark });
	if ('unsent' in address) {
		found(LATE_RULES.sourceLinkNotSent, {
			field: 'url',
			message: `The link back to the record is not sent: ${WHY[address.unsent]}.`,
			fix: 'Correct "Address in the Live App" under Options, or leave it empty.',
		});
		return undefined;
	}
	return address.url === present ? undefined : address.url;
}

const WHY: Readonly<Record<UnsentAddress, string>> = {
	tooLong: 'with its mark it has more than the 255 characters that Xero keeps',
	namesXero: 'it contains "xero", which Xero refuses in an address',
	notAnAddress: 'it does not begin with https:// or contains a space',
};
