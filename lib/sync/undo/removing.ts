import { contentHash } from '../../hash';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { LATE_RULES } from '../check/rules/lateRules';
import type { UpsertContext } from '../upsertContext';
import { notSent } from '../words/notSent';
import { issuesOfXero } from '../words/xeroWords';
import type { Step } from './step';

const NOT_THERE = 404;

/**
 * Deletes what lies at an address. What is not there any more is gone, whoever took it. Never throws
 * for what Xero answers.
 */
export async function deleteOne(
	{ client }: UpsertContext,
	{ wire }: DocumentDefinition,
	path: string,
): Promise<Step> {
	const answer = await client.write({
		method: 'DELETE',
		path,
		api: wire.api,
		idempotencyKey: `knack-xero-undo-${contentHash({ organisation: client.organisationId ?? '', path })}`,
	});
	switch (answer.kind) {
		case 'accepted':
			return { outcome: 'undone', issues: [] };
		case 'refused':
			return answer.status === NOT_THERE
				? { outcome: 'undone', issues: [] }
				: { outcome: 'blocked', issues: issuesOfXero(answer.messages) };
		case 'stopped':
			return notSent(answer.fault, {});
		default: {
			const reason = answer.kind === 'unknown' ? answer.reason : '';
			return {
				outcome: 'failed',
				issues: [
					{
						code: LATE_RULES.noAnswer.code,
						severity: LATE_RULES.noAnswer.severity,
						message:
							`Xero did not answer, so it is not known whether it is deleted. ${reason}`.trim(),
						fix: 'Run Undo again: what is gone already is not deleted twice.',
					},
				],
			};
		}
	}
}
