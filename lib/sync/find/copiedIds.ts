import { faultOr } from '../../serviceFault';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { issueOf, type RuleSeverities } from '../check/check';
import { textOf } from '../check/draftValues';
import type { Finding } from '../check/rule';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Row } from '../row';
import { bearsMarkOf } from '../sourceLink/sourceMark';
import { contactLabel } from './contactIndex';
import { keyName } from './decidingKey';
import { documentLabel } from './documentIndex';
import type { LinkedRecords } from './keptByOthers';

/** An update of what a record keeps by its ID, which would give it another key. */
interface Renaming {
	readonly row: Row;
	readonly document: XeroDocument;
	readonly knackRecordId: string;
	readonly field: string;
}

/**
 * Holds records that would give another number, reference, code or name to the document of their Xero
 * ID, where a second record keeps that ID too: one that was copied in Knack has the ID of the one it was
 * copied from. Where the document bears the record's link, that tells whose it is. Knack is asked about
 * these alone; where it cannot be asked, they wait. Gives the rows that are held.
 */
export async function holdCopiedIds(
	definition: DocumentDefinition,
	rows: readonly Row[],
	linkedRecords: LinkedRecords | undefined,
	severities: RuleSeverities,
): Promise<Row[]> {
	const due = linkedRecords ? rows.flatMap((row) => renamingOf(definition, row) ?? []) : [];
	if (!linkedRecords || due.length === 0) return [];
	const linked = await faultOr(linkedRecords(due.map(({ document }) => document.id)));
	return due.flatMap((each) => {
		const { row, document, field } = each;
		const label = definition.isContact
			? contactLabel(document)
			: documentLabel(definition, document);
		const finding = linked.ok
			? copied(definition, each, label, linked.value.get(document.id.toLowerCase()))
			: {
					message: `Whether another record keeps the Xero ID of ${label} too could not be asked: ${linked.failure.message}`,
					fix: linked.failure.fix,
				};
		if (!finding) return [];
		const candidates = [{ id: document.id, label }];
		const more = { candidates };
		const issues = issueOf(LATE_RULES.keyOfAnother, { field, ...finding }, severities, more);
		row.match = { kind: 'stopped', issues };
		return [row];
	});
}

function renamingOf({ keys }: DocumentDefinition, row: Row): Renaming | undefined {
	const { plan, draft } = row;
	const { knackRecordId } = draft.source;
	if (plan?.action !== 'update' || plan.by !== 'id' || knackRecordId === undefined)
		return undefined;
	const { document, changes } = plan;
	if (bearsMarkOf(textOf(document.fields.url), draft.source) === 'this') return undefined;
	const isKey = (field: string) => keys.some(({ path, needsLink }) => !needsLink && path === field);
	const change = changes.find(({ field, before }) => isKey(field) && textOf(before) !== undefined);
	return change && { row, document, knackRecordId, field: change.field };
}

function copied(
	definition: DocumentDefinition,
	{ knackRecordId, field }: Renaming,
	label: string,
	keepers: readonly string[] = [],
): Finding | undefined {
	const other = keepers.find((each) => each !== knackRecordId);
	if (other === undefined) return undefined;
	const name = keyName(definition, field);
	return {
		message: `Two records of Knack keep the Xero ID of ${label}, this one and record ${other}, and this one has another ${name}.`,
		fix: 'Clear the id on the record that it does not belong to, such as a copy.',
	};
}
