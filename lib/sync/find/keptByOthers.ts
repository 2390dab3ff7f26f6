import { faultOr } from '../../serviceFault';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { issueOf, type RuleSeverities } from '../check/check';
import type { Finding } from '../check/rule';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Row } from '../row';
import { documentLabel } from './documentIndex';
import { asMatched, isOwn } from './matching';

/** The Knack records that keep one of the ids, by id in lower case. Throws ServiceFaultError. */
export type LinkedRecords = (
	ids: readonly string[],
) => Promise<ReadonlyMap<string, readonly string[]>>;

/** Money or hours of a day, without lines that would tell two of them apart. */
export function isPlainAndDated({ fields, lineFields }: DocumentDefinition): boolean {
	const isDated = fields.some(({ kind, requiredToCreate }) => kind === 'date' && requiredToCreate);
	return lineFields === undefined && isDated;
}

/**
 * Holds records that keep no Xero ID and lead by their reference to what another record of Knack keeps:
 * two payments alike, of which the second would be taken for the first and never be recorded. Knack is
 * asked about these alone; where it cannot be asked, they wait.
 */
export async function holdKeptByOthers(
	definition: DocumentDefinition,
	rows: readonly Row[],
	linkedRecords: LinkedRecords | undefined,
	severities: RuleSeverities,
): Promise<void> {
	if (!linkedRecords || !isPlainAndDated(definition)) return;
	const found = rows.flatMap((row) => {
		const match = asMatched(row.match);
		const { knackRecordId } = row.draft.source;
		return match && !isOwn(match) && knackRecordId !== undefined
			? [{ row, document: match.document, knackRecordId }]
			: [];
	});
	if (found.length === 0) return;
	const linked = await faultOr(linkedRecords(found.map(({ document }) => document.id)));
	for (const { row, document, knackRecordId } of found) {
		const label = documentLabel(definition, document);
		const finding = linked.ok
			? keptByAnother(definition, label, knackRecordId, linked.value.get(document.id.toLowerCase()))
			: {
					message: `Whether ${label} in Xero is the ${definition.label.toLowerCase()} of another record could not be asked: ${linked.failure.message}`,
					fix: linked.failure.fix,
				};
		if (!finding) continue;
		const field = definition.keys[0]?.path;
		const candidates = [{ id: document.id, label }];
		const issues = issueOf(LATE_RULES.keyOfAnother, { field, ...finding }, severities, {
			candidates,
		});
		row.match = { kind: 'stopped', issues };
	}
}

function keptByAnother(
	{ label: type }: DocumentDefinition,
	label: string,
	knackRecordId: string,
	keepers: readonly string[] = [],
): Finding | undefined {
	const [other] = keepers;
	if (other === undefined || keepers.includes(knackRecordId)) return undefined;
	return {
		message: `${label} in Xero is the ${type.toLowerCase()} of another record of Knack, which keeps its ID (record ${other}).`,
		fix: 'If this one is another, give it a reference of its own in Knack; if it is the same, delete the record that is too many.',
	};
}
