import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { isRecord } from '../../sync/map/sampleShape';
import { z } from '../../vendor/zod';
import { isUnset, refuse } from '../parameters/parameter';

/** A list of rules in the panel, each with a condition and what it then chooses. */
export interface RuleList {
	readonly displayName: string;
	readonly name: string;
	readonly placeholder: string;
	readonly description: string;
	/** What a rule chooses. */
	readonly chooses: {
		readonly displayName: string;
		readonly name: string;
		readonly description: string;
	};
}

export function ruleCollection(
	{ chooses, ...list }: RuleList,
	options: readonly INodePropertyOptions[],
): INodeProperties {
	return {
		...list,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		default: {},
		options: [
			{
				displayName: 'Rule',
				name: 'entries',
				values: [
					{
						displayName: 'When',
						name: 'conditions',
						type: 'filter',
						default: {},
						placeholder: 'Add Condition',
						typeOptions: {
							filter: { version: 2, caseSensitive: false, typeValidation: 'loose' },
						},
					},
					{ ...chooses, type: 'options', options: [...options], default: '' },
				],
			},
		],
	};
}

const storedRules = z.object({
	entries: z.array(
		z
			.object({
				conditions: z
					.object({ conditions: z.array(z.object({ leftValue: z.unknown() })).optional() })
					.nullish(),
			})
			.passthrough(),
	),
});

/**
 * What the rules of a list choose, in their order. Throws for a rule that is not filled in: n8n would
 * let it fit every record.
 */
export function readRules(
	context: IExecuteFunctions,
	{ displayName, name, placeholder, chooses }: RuleList,
): unknown[] {
	const stored: unknown = context.getNode().parameters[name];
	if (isUnset(stored) || (isRecord(stored) && isUnset(stored.entries))) return [];
	const rules = storedRules.safeParse(stored);
	if (!rules.success) {
		const fix = `${placeholder.replace('Add', 'Add each')} under ${displayName}.`;
		refuse(displayName, stored, 'not a list of rules', fix, {});
	}
	return rules.data.entries.map(({ conditions, ...entry }, index) => {
		const looked = conditions?.conditions ?? [];
		const chosen: unknown = entry[chooses.name];
		const isFilledIn =
			!isUnset(chosen) && looked.length > 0 && looked.every(({ leftValue }) => !isUnset(leftValue));
		if (isFilledIn) return chosen;
		throw new NodeOperationError(
			context.getNode(),
			`Rule ${index + 1} under ${displayName} is not filled in`,
			{
				description: `Give each of its conditions a value to look at and choose its ${chooses.displayName.toLowerCase()}, or remove the rule.`,
			},
		);
	});
}

/** What the first rule that fits an item chooses; undefined where none fits. */
export function chosenByRule(
	context: IExecuteFunctions,
	{ name, chooses }: RuleList,
	index: number,
	count: number,
): { readonly value: unknown } | undefined {
	for (let rule = 0; rule < count; rule += 1) {
		const place = `${name}.entries[${rule}]`;
		const fits = context.getNodeParameter(`${place}.conditions`, index, false, {
			extractValue: true,
		});
		if (fits !== true) continue;
		return { value: context.getNodeParameter(`${place}.${chooses.name}`, index, '') };
	}
	return undefined;
}
