import { foldText } from '../../foldText';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { headerText } from '../check/draftValues';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Draft } from '../draft';
import type { Stopped } from '../find/matching';
import type { Row } from '../row';
import { statusName } from '../status/statusName';
import { STATUS_IN_KNACK, type Comparing } from './comparing';
import type { Finding } from './difference';
import type { DifferenceKind } from './kinds';

/** Which kind of difference it is that a person has to look first. */
const KIND_OF_STOP: ReadonlyMap<string, DifferenceKind> = new Map<string, DifferenceKind>([
	[LATE_RULES.documentGone.code, 'voided'],
	[LATE_RULES.documentAmbiguous.code, 'twice'],
	[LATE_RULES.postedTwice.code, 'twice'],
	[LATE_RULES.numberOfOtherContact.code, 'contact'],
	[LATE_RULES.contactRenamed.code, 'contact'],
]);

/** What a row and Xero differ in where a person has to look; undefined where that is not known. */
export function compareStopped(
	comparing: Comparing,
	row: Row,
	{ issues }: Stopped,
	byId: (id: string) => XeroDocument | undefined,
): { readonly findings: readonly Finding[]; readonly document?: XeroDocument } | undefined {
	const issue = issues.find(({ code }) => KIND_OF_STOP.has(code));
	const kind = issue && KIND_OF_STOP.get(issue.code);
	if (!issue || !kind) return undefined;
	const { candidates = [] } = issue;
	const [first] = candidates;
	const document = first && byId(first.id);
	if (kind === 'voided' && isSaidGone(comparing, row.draft, document)) {
		return { findings: [], document };
	}
	return { findings: [stopped(comparing, row, kind, candidates, document)], document };
}

function stopped(
	{ definition }: Comparing,
	{ draft }: Row,
	kind: DifferenceKind,
	candidates: ReadonlyArray<{ readonly id: string; readonly label: string }>,
	document: XeroDocument | undefined,
): Finding {
	const theirs = candidates.map(({ label }) => label).join('; ');
	const name = headerText(draft, 'contact.name') ?? '';
	switch (kind) {
		case 'contact':
			return {
				kind,
				ours: name,
				theirs: document?.contactName ?? theirs,
				paths: ['contact'],
				...contactToTake(document),
			};
		case 'voided': {
			const status = statusOfGone(definition, document);
			const values = { [STATUS_IN_KNACK]: status };
			return { kind, ours: name || 'a record', theirs: theirs || status, paths: [], values };
		}
		default:
			return { kind, ours: 'one record', theirs, paths: [] };
	}
}

function statusOfGone(definition: DocumentDefinition, document: XeroDocument | undefined): string {
	return statusName(definition, document?.status ?? 'VOIDED');
}

/** Whether the record says itself that its document is voided or deleted, as once it took that over. */
function isSaidGone(
	{ definition, saidOf }: Comparing,
	draft: Draft,
	document: XeroDocument | undefined,
): boolean {
	const { status } = saidOf(draft);
	return foldText(status ?? '') === foldText(statusOfGone(definition, document));
}

/** By its name, as a record would have it. */
export function contactToTake(document: XeroDocument | undefined): Pick<Finding, 'values'> {
	const name = document?.contactName;
	return name === undefined ? {} : { values: { 'contact.name': name } };
}
