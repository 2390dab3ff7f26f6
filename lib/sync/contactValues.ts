import { CONTACT } from '../xero/documents';
import { sameValue } from '../xero/documents/comparedValues';
import type { FieldValue } from '../xero/documents/definition';
import { issueOf, type RuleSeverities } from './check/check';
import { fieldsByPath } from './check/draftValues';
import { LATE_RULES } from './check/rules/lateRules';
import { CONTACT_PREFIX, inlineFields, TELLING } from './contacts';
import { quoted } from './map/fieldReading';
import { isBankDetail } from './plan/bankDetails';
import type { ContactRow, Row } from './row';
import type { ContactPolicy } from './upsertContext';

/** Warns each record that has another value for its contact than the one that goes over. */
export function tellOtherValues(
	contacts: readonly ContactRow[],
	policy: ContactPolicy,
	severities: RuleSeverities,
): void {
	for (const contact of contacts) {
		const action = contact.plan?.action;
		const goes = action === 'create' || policy === 'matchCreateOrUpdate';
		if (!goes || action === 'stop' || contact.namedBy.length < 2) continue;
		const taken = new Map<string, { readonly value: FieldValue; readonly of: Row }>();
		for (const row of contact.namedBy) {
			if (row.plan && row.plan.action !== 'stop') tellOf(row, contact, taken, severities);
		}
	}
}

function tellOf(
	row: Row,
	contact: ContactRow,
	taken: Map<string, { readonly value: FieldValue; readonly of: Row }>,
	severities: RuleSeverities,
): void {
	const definitions = fieldsByPath(CONTACT.fields);
	const fields = inlineFields(row.draft);
	for (const [path, value] of Object.entries(fields)) {
		if (value === '') continue;
		const first = taken.get(path);
		const field = definitions.get(path);
		if (!first) taken.set(path, { value, of: row });
		if (!first || !field || !row.plan || sameValue(field, first.value, value)) continue;
		if (isBankDetail({ field: path }) || (path !== 'name' && TELLING.includes(path))) continue;
		const { knackRecordId } = first.of.draft.source;
		const other = knackRecordId === undefined ? '' : ` (record ${knackRecordId})`;
		const finding = {
			field: `${CONTACT_PREFIX}${path}`,
			message: `${field.label} of the contact ${quoted(contact.wanted.name ?? contact.wanted.contactNumber ?? '')} is ${quoted(String(value))} on this record, and ${quoted(String(first.value))} on another one of this run${other}, whose value goes to Xero.`,
			fix: 'Give both records the same value in Knack.',
		};
		const issues = issueOf(LATE_RULES.contactValuesDiffer, finding, severities);
		row.plan = { ...row.plan, issues: [...row.plan.issues, ...issues] };
	}
}
