import type { INode } from 'n8n-workflow';
import type { HttpMethod } from '../../http';
import type { Issue } from '../../issue';
import type { GetParameter } from '../parameters/reader';
import { parameterReader } from '../parameters/reader';
import { SettingError } from '../parameters/settingError';
import { queryOf, type apiCallParameters, type JsonBody } from './apiCallParameters';

export const AGENT_MAY_NOT_WRITE: Issue = {
	code: 'AGENT_MAY_NOT_WRITE',
	severity: 'block',
	message: 'An AI agent may only read by an API call: nothing was sent.',
	fix: 'Use GET. To let the agent write, add the option Allow Writing as AI Tool to the node.',
};

/** How a call is to be made, which a person sets for all items alike. */
interface CallSettings {
	readonly method: HttpMethod;
	/** Read page by page to the end. */
	readonly isWhole: boolean;
	/** At most so many records are given; undefined for all. */
	readonly limit: number | undefined;
	/** Whether each record of the answer is an item. */
	readonly isSplit: boolean;
}

/** What is asked for, which each item may fill in. */
interface CallParts {
	/** Encoded, with a slash in front. */
	readonly path: string;
	readonly query: Readonly<Record<string, string>>;
	readonly body?: JsonBody;
}

/** One call as it is to be made. */
export type ApiCall = CallSettings & CallParts;

type Parameters = ReturnType<typeof apiCallParameters>;
type Shown = Readonly<Record<string, unknown>>;

/** Whether what an item may fill in comes from an expression, and so may be wrong for one item alone. */
export function isFilledInByItems({ parameters }: INode): boolean {
	return holdsExpression([parameters.path, parameters.queryParameters, parameters.body]);
}

function holdsExpression(stored: unknown): boolean {
	if (typeof stored === 'string') return stored.startsWith('=');
	return typeof stored === 'object' && stored !== null
		? Object.values(stored).some(holdsExpression)
		: false;
}

/** Reads how the call is to be made. Throws SettingError. */
export function readCallSettings(
	parameters: Parameters,
	get: GetParameter,
	shown: Shown,
): CallSettings {
	const method = parameterReader(get, { parameters: shown })(parameters.method);
	const isRead = method === 'GET';
	const read = parameterReader(get, { parameters: { ...shown, method } });
	const isWhole = isRead && read(parameters.returnAll);
	return {
		method,
		isWhole,
		limit: isRead && !isWhole ? read(parameters.limit) : undefined,
		isSplit: isWhole || read(parameters.splitRecords),
	};
}

/** Reads what is asked for. Throws SettingError. */
export function readCallParts(
	parameters: Parameters,
	get: GetParameter,
	shown: Shown,
	{ method, isWhole }: CallSettings,
): CallParts {
	const read = parameterReader(get, { parameters: { ...shown, method } });
	const path = read(parameters.path);
	if (path === '') {
		throw new SettingError('Path is empty.', `Give the path, such as ${parameters.example}.`);
	}
	const query = queryOf(read(parameters.query), isWhole ? parameters.pageParameters : []);
	const body = read(parameters.body);
	return { path, query, ...(body === undefined ? {} : { body }) };
}
