import {
	isINodePropertiesList,
	isINodePropertyCollectionList,
	type INodeParameters,
	type INodeProperties,
	type INodeType,
	type NodeParameterValueType,
} from 'n8n-workflow';
import { Knack } from '../../nodes/Knack/Knack.node';
import { KnackTrigger } from '../../nodes/KnackTrigger/KnackTrigger.node';
import { MapUpsertToXero } from '../../nodes/MapUpsertToXero/MapUpsertToXero.node';
import { PaymentStatusToKnack } from '../../nodes/PaymentStatusToKnack/PaymentStatusToKnack.node';
import { XeroInsights } from '../../nodes/XeroInsights/XeroInsights.node';
import { createHarness, ours, type Harness } from './harness';

const nodes: Readonly<Record<string, INodeType>> = {
	knack: new Knack(),
	knackTrigger: new KnackTrigger(),
	mapUpsertToXero: new MapUpsertToXero(),
	paymentStatusToKnack: new PaymentStatusToKnack(),
	xeroInsights: new XeroInsights(),
};

/** Of fields of Xero's documents and settings, and of the items before the node. */
const NOT_FROM_KNACK = ['getAccounts', 'getFieldNames', 'getLineLists', 'getTrackingCategories'];

/** The dropdowns that Knack fills: node, way to the parameter, and the list's method. */
const lists = Object.entries(nodes).flatMap(([type, { description }]) =>
	description.properties
		.flatMap((property) => listsOf(property))
		.filter(([, method]) => !NOT_FROM_KNACK.includes(method))
		.map(([way, method]) => [type, way, method] as const),
);

function listsOf({ name, options, typeOptions }: INodeProperties): Array<[string, string]> {
	const method = typeOptions?.loadOptionsMethod;
	if (method !== undefined) return [[name, method]];
	const inner: Array<[string, string]> = isINodePropertyCollectionList(options)
		? options.flatMap((group) =>
				group.values
					.flatMap((each) => listsOf(each))
					.map(([way, of]): [string, string] => [`${group.name}.${way}`, of]),
			)
		: isINodePropertiesList(options)
			? options.flatMap((each) => listsOf(each))
			: [];
	return inner.map(([way, of]) => [`${name}.${way}`, of]);
}

/** A node's parameters with a value at the end of the way. */
function parametersWith(way: string, value: string): INodeParameters {
	const [key = '', ...rest] = way.split('.');
	const inner: NodeParameterValueType =
		rest.length === 0 ? value : parametersWith(rest.join('.'), value);
	// Conditions and columns are rows, of which there may be several.
	return {
		[key]: ['condition', 'column'].includes(key) && rest.length > 0 ? [inner] : inner,
	} as INodeParameters;
}

describe('a list that nothing can be chosen from', () => {
	let harness: Harness;

	beforeAll(async () => {
		harness = await createHarness({ nodes });
	});
	afterAll(async () => await harness.close());

	async function offered(
		[type, way, method]: (typeof lists)[number],
		parameters: INodeParameters,
		credentials = harness.both,
	): Promise<Array<{ name: string; value: unknown }>> {
		const context = harness.engine.loadOptionsContext({
			name: 'Step',
			type: ours(type),
			credentials,
			// n8n's editor works out "=Due Date" before it asks for the list.
			parameters: { ...parametersWith(way, 'Due Date'), ...parameters },
		});
		const list = nodes[type]?.methods?.loadOptions?.[method];
		if (!list) throw new Error(`${type} has no list ${method}`);
		return (await list.call(context)).map(({ name, value }) => ({ name, value }));
	}

	test.each(lists)('keeps a name without a Knack credential: %s %s (%s)', async (...list) => {
		const options = await offered(list, {}, harness.xero);
		expect(options).toContainEqual({ name: 'Choose a Knack credential above', value: '' });
		expect(options).toContainEqual({ name: 'Due Date', value: 'Due Date' });
	});

	test.each(lists)('keeps a name while no table is known: %s %s (%s)', async (...list) => {
		const options = await offered(list, { table: { __rl: true, mode: 'list', value: '' } });
		expect(options).toContainEqual({ name: 'Due Date', value: 'Due Date' });
		// n8n marks a blank in red that is not in its list.
		expect(options.map(({ value }) => value)).toContain('');
	});

	test('offers a way back from comparing snapshots once', async () => {
		const list = lists.find(([, , method]) => method === 'getModifiedDateFields');
		if (!list) throw new Error('There is no list of modified dates');
		const options = await offered(list, { modifiedField: 'none' }, harness.xero);
		expect(options.filter(({ value }) => value === 'none')).toHaveLength(1);
	});
});
