import type { IExecuteFunctions } from 'n8n-workflow';
import type { Issue } from '../../issue';
import type { GuardSettings } from '../../sync/guard/guardSettings';
import type { XeroApi } from '../../xero/urls';
import { mayAgentWrite, runsAsTool } from '../agentWriting';
import {
	isFilledInByItems,
	readCallParts,
	readCallSettings,
	type ApiCall,
} from '../apiCall/readApiCall';
import { itemParameter, parameterReader } from '../parameters/reader';
import { SettingError, unlessExpressionFails } from '../parameters/settingError';
import { GUARDS, guardAnswers, guardSettings, LET_GO } from './guardOptions';
import { ORGANISATION } from './nodeParameters';
import { API, XERO_CALL, XERO_CALL_OPTIONS } from './xeroCallParameters';

export interface XeroCallOfItem {
	readonly index: number;
	/** Undefined when the credential's only organisation is meant. */
	readonly organisation: string | undefined;
	readonly api: XeroApi;
	readonly call: ApiCall;
	/** The user's own. */
	readonly idempotencyKey: string | undefined;
	readonly modifiedSinceMs: number | undefined;
	/** A person has let it go. */
	readonly isLetGo: boolean;
}

/** A call, or why it cannot be read for its item. */
export type ReadXeroCall =
	| XeroCallOfItem
	| { readonly index: number; readonly issues: readonly Issue[] };

const OPERATION = { operation: 'apiCall' };

/**
 * Reads the calls of all items before any is made. What one item fills in and cannot be sent is an
 * issue of that item; a setting that cannot be read stops the node: throws SettingError.
 */
export function readXeroCalls(context: IExecuteFunctions): {
	readonly items: readonly ReadXeroCall[];
	readonly isTool: boolean;
	/** Whether anything but reads is sent. */
	readonly mayWrite: boolean;
	readonly guards: GuardSettings;
} {
	const items = context.getInputData().map((_item, index) =>
		unlessExpressionFails<ReadXeroCall>(
			() => readCall(context, index),
			(error) => unreadable(index, error),
		),
	);
	const isTool = runsAsTool(context);
	const read = parameterReader(itemParameter(context, 0), { parameters: OPERATION });
	const { allowWritingAsTool } = read(XERO_CALL_OPTIONS);
	const mayWrite = !isTool || mayAgentWrite(context.getNode(), allowWritingAsTool);
	const guards = guardSettings(read(GUARDS), context.getNode().parameters[GUARDS.name]);
	return { items, isTool, mayWrite, guards };
}

function readCall(context: IExecuteFunctions, index: number): ReadXeroCall {
	const get = itemParameter(context, index);
	const settings = readCallSettings(XERO_CALL, get, OPERATION);
	const parameters = { ...OPERATION, method: settings.method };
	const read = parameterReader(get, { parameters, timeZone: context.getTimezone() });
	const { idempotencyKey, modifiedSince } = read(XERO_CALL_OPTIONS);
	const letGo = guardAnswers(get(`${GUARDS.name}.${LET_GO.name}`), undefined);
	const isWrite = settings.method !== 'GET';
	if (isWrite && letGo.issues.length > 0) return { index, issues: letGo.issues };
	const isLetGo = letGo.answers.isLetGo === true;
	const place = { index, organisation: read(ORGANISATION), api: read(API), isLetGo };
	let refused: unknown;
	try {
		const call = { ...settings, ...readCallParts(XERO_CALL, get, OPERATION, settings) };
		return { ...place, call, idempotencyKey, modifiedSinceMs: modifiedSince };
	} catch (error) {
		if (isFilledInByItems(context.getNode())) return unreadable(index, error);
		refused = error;
	}
	throw refused;
}

function unreadable(index: number, error: unknown): ReadXeroCall {
	const message = error instanceof Error ? error.message : 'An expression could not be worked out.';
	const fix =
		error instanceof SettingError
			? error.fix
			: 'Look at the expressions of the node with this item; the other items went on.';
	return { index, issues: [{ code: 'API_CALL_UNREADABLE', severity: 'block', message, fix }] };
}
