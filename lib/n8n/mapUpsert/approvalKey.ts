import type { IExecuteFunctions } from 'n8n-workflow';
import { createApprovalKey, type ApprovalKey } from '../../sync/approval/approvalKey';
import { credentialOf, credentialReader } from '../credentialSettings';
import { SettingError } from '../parameters/settingError';
import { XERO_CREDENTIAL } from '../xeroConnection';

/**
 * The key of the node's Xero credential; undefined where that holds no secret. Throws SettingError for
 * a credential that cannot be read.
 */
export async function approvalKeyOf(context: IExecuteFunctions): Promise<ApprovalKey | undefined> {
	const data = await credentialOf(context, XERO_CREDENTIAL);
	const read = credentialReader('Xero Sync OAuth2 API', data);
	const secret = read.secret('Client Secret', 'clientSecret');
	return secret === '' ? undefined : createApprovalKey(secret, read.text('Client ID', 'clientId'));
}

/** The same where nothing can be done without. Throws SettingError. */
export async function requireApprovalKey(context: IExecuteFunctions): Promise<ApprovalKey> {
	const key = await approvalKeyOf(context);
	if (key) return key;
	throw new SettingError(
		'The Xero credential has no client secret, by which approvals are signed.',
		'Enter the Client Secret of the app in the credential, and connect it again.',
	);
}
