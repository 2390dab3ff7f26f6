import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { apiPath } from '../../apiPath';
import type { HttpMethod } from '../../http';
import { isRecord, parseJson } from '../../sync/map/sampleShape';
import { propertiesOf, rows } from '../parameters/collections';
import { choice, text, toggle, wholeNumber } from '../parameters/kinds';
import { parameter, refuse } from '../parameters/parameter';
import { SettingError } from '../parameters/settingError';

/** The parameters of an API call, alike in every node that has one. */

const WITH_BODY: readonly HttpMethod[] = ['PATCH', 'POST', 'PUT'];

/** A body as it is sent, and as it reads. */
export interface JsonBody {
	readonly text: string;
	readonly value: unknown;
}

/** What is particular to a node's API call. */
interface Particulars {
	/** Where the panel shows it. */
	readonly show: NonNullable<IDisplayOptions['show']>;
	readonly methods: readonly HttpMethod[];
	/** Such as `Invoices`. */
	readonly examplePath: string;
	readonly pathDescription: string;
	/** What a path begins with that has the address in it, which the credential gives. */
	readonly root: RegExp;
	/** Such as `page`: what *Return All* asks for itself. */
	readonly pageParameters: readonly string[];
}

export function apiCallParameters(particulars: Particulars) {
	const { show, methods, examplePath, pathDescription, root, pageParameters } = particulars;
	const forReading = { show: { ...show, method: ['GET'] } };
	return {
		method: choice({
			displayName: 'Method',
			name: 'method',
			displayOptions: { show },
			options: methods.map((name) => ({ name, value: name })),
			default: 'GET',
			description: 'GET reads; all others change something',
		}),
		path: parameter(
			{
				displayName: 'Path',
				name: 'path',
				type: 'string',
				required: true,
				displayOptions: { show },
				default: '',
				placeholder: `e.g. ${examplePath}`,
				description: pathDescription,
			},
			'',
			(given, place) => {
				if (typeof given !== 'string') {
					refuse('Path', given, 'not a text', `Give a path such as ${examplePath}.`, place);
				}
				const path = apiPath(given, examplePath);
				if (!path.ok) refuse('Path', given, path.failure.why, path.failure.fix, place);
				if (!root.test(path.value)) return path.value;
				const fix = `Begin behind the version: ${examplePath}.`;
				refuse('Path', given, 'a path with the address of the API in it', fix, place);
			},
		),
		query: rows(
			{
				displayName: 'Query Parameters',
				name: 'queryParameters',
				displayOptions: { show },
				placeholder: 'Add Query Parameter',
				row: { displayName: 'Query Parameter', name: 'parameters' },
			},
			[
				text({ displayName: 'Name', name: 'name', default: '' }),
				text({ displayName: 'Value', name: 'value', default: '', keepsSpaces: true }),
			],
		),
		body: parameter(
			{
				displayName: 'Body',
				name: 'body',
				type: 'json',
				displayOptions: {
					show: { ...show, method: methods.filter((each) => WITH_BODY.includes(each)) },
				},
				default: '',
				description: 'JSON, sent as it stands here',
			},
			undefined,
			(given, place): JsonBody => {
				const value = typeof given === 'string' ? parseJson(given) : given;
				if (isRecord(value) || Array.isArray(value)) {
					return { text: typeof given === 'string' ? given : JSON.stringify(value), value };
				}
				const fix = 'Give an object or a list in JSON, or leave it empty for none.';
				refuse('Body', given, 'not JSON', fix, place);
			},
		),
		returnAll: toggle({
			displayName: 'Return All',
			name: 'returnAll',
			displayOptions: forReading,
			default: false,
			description: 'Whether to return all results or only up to a given limit',
			hint: 'On, page after page is read. Off, one request is made, as it is typed.',
		}),
		limit: wholeNumber({
			displayName: 'Limit',
			name: 'limit',
			displayOptions: { show: { ...forReading.show, returnAll: [false] } },
			least: 1,
			default: 50,
			description: 'Max number of results to return',
		}),
		splitRecords: toggle({
			displayName: 'Split Into Records',
			name: 'splitRecords',
			displayOptions: { show, hide: { returnAll: [true] } },
			default: true,
			description:
				'Whether to return one item for each record of the answer. Otherwise the answer is one item, as it came.',
		}),
		pageParameters,
		example: examplePath,
	};
}

/** As the panel shows them, in their order. */
export function callProperties(call: ReturnType<typeof apiCallParameters>): INodeProperties[] {
	const { method, path, query, body, returnAll, limit, splitRecords } = call;
	return propertiesOf([method, path, query, body, returnAll, limit, splitRecords]);
}

/** The query by name. Throws SettingError for what would be left out, sent twice, or overwritten. */
export function queryOf(
	given: ReadonlyArray<{ readonly name?: string; readonly value?: string }>,
	taken: readonly string[],
): Record<string, string> {
	const query = new Map<string, string>();
	for (const { name, value } of given) {
		if (name === undefined && value === undefined) continue;
		const called = name === undefined ? 'A query parameter' : `The query parameter "${name}"`;
		if (name === undefined || value === undefined) {
			throw new SettingError(
				`${called} has no ${name === undefined ? 'name' : 'value'}: without it more would be read, or something else.`,
				'Fill it in under Query Parameters, or take it away there.',
			);
		}
		if (query.has(name)) {
			throw new SettingError(
				`${called} stands there twice.`,
				'Leave one of them under Query Parameters.',
			);
		}
		if (taken.includes(name.toLowerCase())) {
			throw new SettingError(
				`${called} is what Return All asks for itself.`,
				'Take it away under Query Parameters, or switch Return All off.',
			);
		}
		query.set(name, value);
	}
	return Object.fromEntries(query);
}
