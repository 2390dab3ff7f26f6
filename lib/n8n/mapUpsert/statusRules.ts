import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from '../../vendor/zod';

const storedRules = z
	.object({
		entries: z.array(
			z.object({
				conditions: z
					.object({ conditions: z.array(z.object({ leftValue: z.unknown() })) })
					.catch({ conditions: [] }),
				status: z.string().catch(''),
			}),
		),
	})
	.catch({ entries: [] });

/**
 * How many rules choose the status, 0 where none do. Throws for a rule that is not filled in: n8n
 * would let it fit every record.
 */
export function countStatusRules(context: IExecuteFunctions): number {
	if (context.getNodeParameter('useStatusRules', 0, false) !== true) return 0;
	const { entries } = storedRules.parse(context.getNode().parameters.statusRules);
	entries.forEach(({ conditions, status }, index) => {
		const isFilledIn =
			status !== '' &&
			conditions.conditions.length > 0 &&
			conditions.conditions.every(
				({ leftValue }) => leftValue !== undefined && leftValue !== null && leftValue !== '',
			);
		if (isFilledIn) return;
		throw new NodeOperationError(
			context.getNode(),
			`Rule ${index + 1} under Status Rules is not filled in`,
			{
				description:
					'Give each of its conditions a value to look at and choose its status, or remove the rule.',
			},
		);
	});
	return entries.length;
}

/** The status that the first fitting rule gives to an item; undefined where none fits. */
export function statusByRule(context: IExecuteFunctions, index: number, count: number): unknown {
	for (let rule = 0; rule < count; rule += 1) {
		const place = `statusRules.entries[${rule}]`;
		const fits = context.getNodeParameter(`${place}.conditions`, index, false, {
			extractValue: true,
		});
		if (fits === true) return context.getNodeParameter(`${place}.status`, index, '');
	}
	return undefined;
}
