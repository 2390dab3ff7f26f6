import type { Issue } from '../../issue';
import type { KnackRecord, KnackTable } from '../../knack/app';
import type { KnackWriteAnswer } from '../../knack/client';
import { decodeField } from '../../knack/fields/codecs';
import { shownText } from '../../knack/fields/shownValue';
import { echoDifferences } from '../../knack/recordWriting';
import { fieldLabel } from '../../knack/tables';
import { issueOfKnack } from './knackWords';

/** Why Knack refused to write a record; a record that is gone is told apart. */
export function refusalIssues(
	table: KnackTable,
	answer: Extract<KnackWriteAnswer, { kind: 'refused' }>,
): Issue[] {
	if (answer.status === 404 || answer.errors.length === 0) {
		return [
			{
				code: 'KNACK_RECORD_GONE',
				severity: 'block',
				message: `The record is not in ${table.name} any more.`,
				fix: 'It was deleted in Knack. Restore it there, or leave it be.',
				vendorMessage: answer.errors.map(({ message }) => message).join(' ') || undefined,
			},
		];
	}
	return answer.errors.map((error) => {
		const field = table.fields.find((candidate) => candidate.key === error.field);
		return issueOfKnack(error, field && fieldLabel(table, field));
	});
}

/** Knack accepts some values without keeping them, such as an option that it does not have. */
export function notKeptIssues(
	table: KnackTable,
	sent: Readonly<Record<string, unknown>>,
	record: KnackRecord,
): Issue[] {
	return echoDifferences(table, sent, record).map((key) => {
		const field = table.fields.find((candidate) => candidate.key === key);
		const label = field ? fieldLabel(table, field) : key;
		const kept = field && shownText(decodeField(record, field));
		return {
			code: 'KNACK_VALUE_NOT_KEPT',
			severity: 'block',
			field: label,
			message: `Knack took the value for ${label} but ${
				kept === undefined ? 'left the field empty' : `now shows "${String(kept)}"`
			}.`,
			fix: `Look at the type and the rules of ${label} in Knack, or choose another field.`,
		};
	});
}

/** An answer that never came, in the words of what was asked. */
export function noAnswerIssue(
	reason: string,
	words: { readonly message: string; readonly fix: string; readonly field?: string },
): Issue {
	return { code: 'KNACK_NO_ANSWER', severity: 'block', ...words, vendorMessage: reason };
}
