import type {
	DocumentDefinition,
	DocumentKey,
	FieldValues,
	XeroDocument,
} from '../../xero/documents/definition';
import { issueOf, type RuleSeverities } from '../check/check';
import { headerText, textOf } from '../check/draftValues';
import type { LateRule } from '../check/rule';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Draft } from '../draft';
import type { Match } from './matching';
import { foldText } from './names';
import { areTwins, liveOnes } from './twins';
import { agreesWithin } from './within';

/** The documents that a run knows, found again by id and by each of their keys. */
export class DocumentIndex {
	private readonly byId = new Map<string, XeroDocument>();
	private readonly byKey = new Map<string, Set<string>>();

	constructor(
		private readonly definition: DocumentDefinition,
		documents: readonly XeroDocument[] = [],
	) {
		for (const document of documents) this.add(document);
	}

	/** Adds a document, or puts its newer state in the place of the older. */
	add(document: XeroDocument): void {
		this.byId.set(document.id, document);
		for (const key of this.definition.keys) {
			const value = textOf(document.fields[key.path]);
			if (value === undefined) continue;
			const slot = `${key.path} ${foldText(value)}`;
			const ids = this.byKey.get(slot) ?? new Set<string>();
			ids.add(document.id);
			this.byKey.set(slot, ids);
		}
	}

	get(id: string): XeroDocument | undefined {
		return this.byId.get(id);
	}

	find(path: string, value: string): XeroDocument[] {
		const ids = this.byKey.get(`${path} ${foldText(value)}`) ?? new Set<string>();
		return [...ids].flatMap((id) => this.byId.get(id) ?? []);
	}
}

export function documentLabel(definition: DocumentDefinition, document: XeroDocument): string {
	return [
		document.number ?? document.id,
		document.contactName,
		document.amounts
			? `${document.amounts.currency} ${document.amounts.total.toFixed(2)}`
			: undefined,
		document.status?.toLowerCase(),
	]
		.filter((part) => part !== undefined && part !== '')
		.join(', ');
}

/**
 * Finds the one document that a record means: by the id kept in Knack, then by the document's keys
 * in their order. `contactId` is the record's contact in Xero, once known; without one the contact
 * is new, and so nothing of it can exist yet.
 */
export function matchDocument(
	index: DocumentIndex,
	definition: DocumentDefinition,
	draft: Draft,
	contactId: string | undefined,
	severities: RuleSeverities,
): Match {
	const name = definition.label.toLowerCase();
	const stop = (
		rule: LateRule,
		field: string | undefined,
		message: string,
		fix: string,
		found: readonly XeroDocument[],
	): Match => ({
		kind: 'stopped',
		issues: issueOf(rule, { field, message, fix }, severities, {
			candidates: found.map((each) => ({ id: each.id, label: documentLabel(definition, each) })),
		}),
	});
	const isGone = (document: XeroDocument) =>
		definition.goneStatuses.includes(document.status ?? '');
	const gone = (document: XeroDocument, field?: string): Match =>
		stop(
			LATE_RULES.documentGone,
			field,
			`The ${name} ${documentLabel(definition, document)} was ${document.status === 'VOIDED' ? 'voided' : 'deleted'} in Xero. It is not posted again by itself.`,
			'To post it again, give the record a new number or reference and clear the id kept in Knack.',
			[document],
		);

	if (draft.id !== undefined) {
		const kept = index.get(draft.id);
		if (kept)
			return isGone(kept) ? gone(kept) : { kind: 'matched', document: kept, by: 'id', issues: [] };
		return stop(
			LATE_RULES.idUnknown,
			undefined,
			`The ${definition.label} ID kept in Knack (${draft.id}) is not in this organisation.`,
			'Clear the id on the Knack record, or check that the right organisation is chosen.',
			[],
		);
	}

	for (const [rank, key] of definition.keys.entries()) {
		const value = headerText(draft, key.path);
		if (value === undefined) continue;
		const surer = definition.keys.slice(0, rank);
		const found = index
			.find(key.path, value)
			.filter((document) => !key.withinContact || document.contactId === contactId)
			.filter((document) => agreesWithin(key, draft.fields, document.fields))
			.filter((document) => !contradicts(surer, draft.fields, document.fields));
		const live = liveOnes(definition, found);
		const [only] = live;
		if (live.length > 1) {
			const ambiguous = stop(
				LATE_RULES.documentAmbiguous,
				key.path,
				`${live.length} ${definition.plural} in Xero have "${value}": ${live.map((each) => documentLabel(definition, each)).join('; ')}.`,
				'Keep the right one’s id or number in Knack, or void the surplus one in Xero.',
				live,
			);
			return areTwins(live)
				? { ...ambiguous, kind: 'stopped', twins: { documents: live, by: key.path } }
				: ambiguous;
		}
		if (only) {
			if (definition.hasContact && !key.withinContact && only.contactId !== contactId) {
				return stop(
					LATE_RULES.numberOfOtherContact,
					key.path,
					`"${value}" is already the ${name} ${documentLabel(definition, only)}, of another contact.`,
					'Give the record another number in Knack, or correct its customer.',
					[only],
				);
			}
			return { kind: 'matched', document: only, by: key.path, issues: [] };
		}
		if (found[0]) return gone(found[0], key.path);
	}
	return { kind: 'missing', issues: [] };
}

/** Whether a surer key, given on both sides, says that it is another document. */
function contradicts(
	surer: readonly DocumentKey[],
	draft: FieldValues,
	xero: FieldValues,
): boolean {
	return surer.some((key) => {
		const ours = textOf(draft[key.path]);
		const theirs = textOf(xero[key.path]);
		return ours !== undefined && theirs !== undefined && foldText(ours) !== foldText(theirs);
	});
}
