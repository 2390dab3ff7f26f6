import { faultOr } from '../../serviceFault';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { issueOf, type RuleSeverities } from '../check/check';
import type { Finding } from '../check/rule';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Row } from '../row';
import { contactLabel } from './contactIndex';
import { keyName } from './decidingKey';
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
 * Holds records that keep no Xero ID and lead by a key to what another record of Knack keeps, where no
 * lines tell the two apart: of two payments alike the second would be taken for the first and never be
 * recorded, and two customers of one code would write over each other in turn. Knack is asked about
 * these alone; where it cannot be asked, they wait.
 */
export async function holdKeptByOthers(
	definition: DocumentDefinition,
	rows: readonly Row[],
	linkedRecords: LinkedRecords | undefined,
	severities: RuleSeverities,
): Promise<void> {
	if (!linkedRecords || definition.lineFields !== undefined) return;
	const found = rows.flatMap((row) => {
		const match = asMatched(row.match);
		const { knackRecordId } = row.draft.source;
		return match && !isOwn(match) && knackRecordId !== undefined
			? [{ row, document: match.document, by: match.by, knackRecordId }]
			: [];
	});
	if (found.length === 0) return;
	const linked = await faultOr(linkedRecords(found.map(({ document }) => document.id)));
	for (const { row, document, by, knackRecordId } of found) {
		const label = definition.isContact
			? contactLabel(document)
			: documentLabel(definition, document);
		const key = definition.keys.find(({ path }) => path === by) ?? definition.keys[0];
		const field = key?.path;
		const own = field === undefined ? 'key' : keyName(definition, field);
		const keepers = linked.ok ? linked.value.get(document.id.toLowerCase()) : undefined;
		const finding = linked.ok
			? keptByAnother(`${label} in Xero`, { definition, own }, knackRecordId, keepers)
			: {
					message: `Whether ${label} in Xero is the ${definition.label.toLowerCase()} of another record could not be asked: ${linked.failure.message}`,
					fix: linked.failure.fix,
				};
		if (!finding) continue;
		const candidates = [{ id: document.id, label }];
		const issues = issueOf(LATE_RULES.keyOfAnother, { field, ...finding }, severities, {
			candidates,
		});
		row.match = { kind: 'stopped', issues };
	}
}

function keptByAnother(
	what: string,
	{ definition, own }: { readonly definition: DocumentDefinition; readonly own: string },
	knackRecordId: string,
	keepers: readonly string[] = [],
): Finding | undefined {
	const [other] = keepers;
	if (other === undefined || keepers.includes(knackRecordId)) return undefined;
	return {
		message: `${what} is the ${definition.label.toLowerCase()} of another record of Knack, which keeps its ID (record ${other}).`,
		fix: `If this one is another, give it its own ${own} in Knack; if it is the same, delete the record that is too many.`,
	};
}
