import type { XeroClient } from '../../xero/client';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { findContacts } from '../../xero/lookups';
import { issueOf, isStopping, type RuleSeverities } from '../check/check';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Plan } from '../plan/plan';
import { contactIdOf, planned, type Row } from '../row';
import { contactLabel, isActive, nameOfWanted } from './contactIndex';
import { documentLabel } from './documentIndex';

interface Changing {
	readonly row: Row;
	readonly plan: Extract<Plan, { action: 'update' | 'correct' }>;
}

/**
 * Holds changes to documents that stay with another contact than the record's, such as one that a
 * person chose in Xero, where that one is archived: Xero would refuse them. One call, and only where
 * there is such a document. Throws ServiceFaultError.
 */
export async function holdWithArchivedContacts(
	client: XeroClient,
	definition: DocumentDefinition,
	rows: readonly Row[],
	severities: RuleSeverities,
): Promise<void> {
	const left = planned(rows, 'update', 'correct').filter(staysElsewhere);
	const ids = left.flatMap(({ plan }) => plan.document.contactId ?? []);
	const contacts = await findContacts(client, { ids });
	const archived = new Map(
		contacts.filter((each) => !isActive(each)).map((each) => [each.id, each] as const),
	);
	for (const { row, plan } of left) {
		const contact = archived.get(plan.document.contactId ?? '');
		if (!contact) continue;
		const found = issueOf(
			LATE_RULES.contactArchived,
			{
				field: 'contact.name',
				message: `The ${definition.label.toLowerCase()} ${documentLabel(definition, plan.document)} is of ${contactLabel(contact)} in Xero, not of ${nameOfWanted(row.contact?.wanted ?? {}) ?? 'the record’s contact'}, and stays there, so it cannot be changed.`,
				fix: 'Restore the contact in Xero (Contacts, Archived), or choose the record’s contact on the document there.',
			},
			severities,
			{ candidates: [{ id: contact.id, label: contactLabel(contact) }] },
		);
		const issues = [...plan.issues, ...found];
		const { draft, key, contentHash } = plan;
		row.plan = found.some(isStopping)
			? { action: 'stop', draft, key, contentHash, issues }
			: { ...plan, issues };
	}
}

function staysElsewhere({ row, plan }: Changing): boolean {
	const contactId = contactIdOf(row);
	return (
		contactId !== undefined &&
		plan.document.contactId !== contactId &&
		!plan.changes.some(({ field }) => field === 'contact')
	);
}
