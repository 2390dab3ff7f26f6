import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { issueOf, type RuleSeverities } from '../check/check';
import { headerText } from '../check/draftValues';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Row } from '../row';
import { nameOfWanted } from './contactIndex';
import { documentLabel } from './documentIndex';
import { asStopped } from './matching';

/**
 * Holds new documents of a contact that Xero does not have, where a document of another record of the
 * run makes one think that it was renamed: a contact made for them would part the customer's ledger.
 */
export function holdNewOfRenamed(
	definition: DocumentDefinition,
	rows: readonly Row[],
	severities: RuleSeverities,
): void {
	const renamed = new Map<Row['contact'], XeroDocument>();
	for (const { contact, match } of rows) {
		const document = asStopped(match)?.underOtherName;
		if (document) renamed.set(contact, document);
	}
	for (const row of rows) {
		const { contact, match } = row;
		const document = renamed.get(contact);
		if (!contact || !document || match?.kind !== 'missing') continue;
		const name = headerText(row.draft, 'contact.name') ?? nameOfWanted(contact.wanted) ?? '';
		const label = documentLabel(definition, document);
		const issues = issueOf(
			LATE_RULES.contactRenamed,
			{
				field: 'contact.name',
				message: `The record names the contact "${name}", which Xero does not have, and so does the record of the ${definition.label.toLowerCase()} ${label} in this run: the same customer under another name?`,
				fix: `If the customer was renamed in Xero, write "${document.contactName ?? ''}" in Knack, or keep its Contact ID there. If it is another customer, add it in Xero first.`,
			},
			severities,
			{ candidates: [{ id: document.id, label }] },
		);
		row.match = { kind: 'stopped', issues: [...match.issues, ...issues] };
	}
}
