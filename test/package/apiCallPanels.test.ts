import { NodeHelpers } from 'n8n-workflow';
import type { INodeParameters, INodeType } from 'n8n-workflow';
import { Knack } from '../../nodes/Knack/Knack.node';
import { MapUpsertToXero } from '../../nodes/MapUpsertToXero/MapUpsertToXero.node';

const CALL = ['method', 'path', 'queryParameters', 'returnAll', 'limit', 'splitRecords', 'options'];

/** What the panel shows, as n8n works it out: values of what is hidden are left out first. */
function shown({ description }: INodeType, given: INodeParameters, name = description.name) {
	const told = { ...description, name };
	const node = { typeVersion: 1 };
	const values = NodeHelpers.getNodeParameters(
		description.properties,
		given,
		true,
		false,
		node,
		told,
	);
	return description.properties.filter((property) =>
		NodeHelpers.displayParameter(values ?? {}, property, node, told),
	);
}

const names = (...of: Parameters<typeof shown>) =>
	shown(...of)
		.filter(({ type }) => type !== 'hidden')
		.map(({ name }) => name);

describe('the panel of an API call', () => {
	test('of Map & Upsert to Xero asks for the call alone', () => {
		const node = new MapUpsertToXero();
		const operation = 'apiCall';
		expect(names(node, { operation })).toEqual([
			'organisation',
			'operation',
			'api',
			...CALL,
			'guards',
		]);
		expect(names(node, { operation, method: 'POST' })).toContain('body');
		expect(names(node, { operation, method: 'POST' })).not.toContain('returnAll');
		expect(names(node, { operation, returnAll: true })).not.toContain('limit');
	});

	test('of Knack asks for the call alone', () => {
		const node = new Knack();
		const resource = 'api';
		expect(names(node, { resource })).toEqual(['resource', 'operation', ...CALL]);
		expect(names(node, { resource, method: 'PUT' })).toContain('body');
		expect(names(node, { resource, method: 'DELETE' })).not.toContain('body');
	});

	test.each([
		['mapUpsertToXeroTool', new MapUpsertToXero(), { operation: 'apiCall' }],
		['knackTool', new Knack(), { resource: 'api' }],
	] as const)('of the tool %s says whether the agent may write', (tool, node, call) => {
		const allowed = { options: { allowWritingAsTool: true } };
		expect(names(node, call, tool)).toContain('agentReadsNotice');
		expect(names(node, { ...call, ...allowed }, tool)).toContain('agentCallsNotice');
		expect(names(node, { ...call, ...allowed }, tool)).not.toContain('agentReadsNotice');
	});

	test.each([
		[
			new MapUpsertToXero(),
			['upsert', 'preview', 'approve', 'changeStatus', 'adopt', 'compare', 'shadow', 'undo'],
		],
		[new Knack(), ['getAll', 'get', 'upsert', 'create', 'update', 'delete']],
	] as const)('shows nothing of it for another operation', (node, operations) => {
		for (const operation of operations) {
			const other = names(node, { operation });
			expect(
				other.filter((name) => ['api', 'method', 'path', 'splitRecords'].includes(name)),
			).toEqual([]);
		}
	});

	test('stands last among the actions, behind those that look after themselves', () => {
		const last = ({ description }: INodeType) => {
			const [operation] = description.properties
				.filter(({ name }) => name === 'operation')
				.slice(-1);
			return operation?.options?.at(-1);
		};
		for (const node of [new MapUpsertToXero(), new Knack()])
			expect(last(node)).toMatchObject({ name: 'API Call', action: 'Make an API call' });
	});

	test('of Adopt asks for nothing that only a document which is sent has', () => {
		const node = new MapUpsertToXero();
		const options = {
			contactPolicy: 'matchCreateOrUpdate',
			writePolicy: 'createOnly',
			removeOmittedLines: true,
			blankPolicy: 'clear',
		};
		const given = { document: 'salesInvoice', status: 'AUTHORISED', options };
		const { description } = node;
		const panel = (operation: string) => {
			const all = { ...given, operation };
			const told = { typeVersion: 1 };
			const { properties } = description;
			const values = NodeHelpers.getNodeParameters(properties, all, true, false, told, description);
			return { status: values?.status, options: Object.keys(Object(values?.options)).sort() };
		};
		expect(panel('upsert')).toEqual({
			status: 'AUTHORISED',
			options: Object.keys(options).sort(),
		});
		expect(panel('adopt')).toEqual({ status: undefined, options: ['blankPolicy'] });
	});

	test('leaves Change Status to documents that have statuses', () => {
		const { description } = new MapUpsertToXero();
		const operation = description.properties.find(({ name }) => name === 'operation');
		const offered = (document: string) =>
			(operation?.options ?? []).flatMap((option) => {
				if (!operation || !('value' in option)) return [];
				const asProperty = { ...operation, displayOptions: option.displayOptions };
				return NodeHelpers.displayParameter({ document }, asProperty, null, description)
					? [option.value]
					: [];
			});
		const all = [
			...['upsert', 'preview', 'approve', 'changeStatus'],
			...['adopt', 'compare', 'shadow', 'undo', 'apiCall'],
		];
		expect(offered('salesInvoice')).toEqual(all);
		expect(offered('timeEntry')).toEqual(
			all.filter((each) => !['changeStatus', 'compare', 'shadow'].includes(each)),
		);
	});
});
