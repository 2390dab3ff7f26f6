import type { IDataObject, INodeExecutionData, INodeProperties, INodeType } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { z } from 'zod';

/*
 * The steps of n8n's own that an example puts between ours, as far as it uses them: n8n-core works
 * out their expressions and conditions, and the end-to-end tests run the real ones.
 */

const CONDITIONS: INodeProperties = {
	displayName: 'Conditions',
	name: 'conditions',
	type: 'filter',
	default: {},
	typeOptions: { filter: { caseSensitive: true, typeValidation: 'loose', version: 2 } },
};

function step(
	name: string,
	properties: INodeProperties[],
	execute: NonNullable<INodeType['execute']>,
	ends: { inputs?: number; outputs?: number } = {},
): INodeType {
	const main = (count = 1) => Array<'main'>(count).fill(NodeConnectionTypes.Main);
	return {
		description: {
			displayName: name,
			name,
			group: ['transform'],
			version: [1, 2.2, 3, 3.2, 3.4],
			description: name,
			defaults: {},
			inputs: main(ends.inputs),
			outputs: main(ends.outputs),
			properties,
		},
		execute,
	};
}

const assignmentsSchema = z.array(z.object({ name: z.string(), value: z.unknown() }));

const set = step(
	'set',
	[
		{ displayName: 'Fields', name: 'assignments', type: 'assignmentCollection', default: {} },
		{ displayName: 'Others', name: 'includeOtherFields', type: 'boolean', default: false },
	],
	async function () {
		const items = this.getInputData().map((item, index): INodeExecutionData => {
			const given = this.getNodeParameter('assignments.assignments', index, []);
			const values = assignmentsSchema
				.parse(given)
				.map(({ name, value }): [string, unknown] => [name, value ?? null]);
			const others = this.getNodeParameter('includeOtherFields', index) === true ? item.json : {};
			const json: IDataObject = { ...others, ...Object(Object.fromEntries(values)) };
			return { json, pairedItem: { item: index } };
		});
		return [items];
	},
);

const filter = step('filter', [CONDITIONS], async function () {
	const fits = (index: number) =>
		this.getNodeParameter('conditions', index, false, { extractValue: true }) === true;
	return [this.getInputData().filter((_, index) => fits(index))];
});

const BRANCHES = 3;

/** The last branch takes what fits no rule. */
const switchNode = step(
	'switch',
	[
		{
			displayName: 'Rules',
			name: 'rules',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			default: {},
			options: [{ displayName: 'Rule', name: 'values', values: [CONDITIONS] }],
		},
	],
	async function () {
		const outputs: INodeExecutionData[][] = Array.from({ length: BRANCHES }, () => []);
		for (const [index, item] of this.getInputData().entries()) {
			const rules = z.array(z.unknown()).parse(this.getNodeParameter('rules.values', index, []));
			const at = rules.findIndex(
				(_, rule) =>
					this.getNodeParameter(`rules.values[${rule}].conditions`, index, false, {
						extractValue: true,
					}) === true,
			);
			outputs[at === -1 ? rules.length : at]?.push(item);
		}
		return outputs;
	},
	{ outputs: BRANCHES },
);

const merge = step(
	'merge',
	[],
	async function () {
		return [this.getInputData(0)];
	},
	{ inputs: 2 },
);

export const BUILT_IN_NODES: Readonly<Record<string, INodeType>> = {
	'n8n-nodes-base.set': set,
	'n8n-nodes-base.filter': filter,
	'n8n-nodes-base.switch': switchNode,
	'n8n-nodes-base.merge': merge,
};
