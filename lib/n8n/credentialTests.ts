import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

/** For `methods.credentialTest` of every node that takes the credential, with `testedBy`. */
export const knackCredentialTest = {
	async knackApiTest(
		this: ICredentialTestFunctions,
		credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
	): Promise<INodeCredentialTestResult> {
		const { testKnackCredential } = await import('./knackCredentialTest');
		return await testKnackCredential(this.helpers, credential.data ?? {});
	},
};
