import type { IAllExecuteFunctions } from 'n8n-workflow';
import { readChoice, readText } from './parameters/kinds';
import { isUnset, type Place } from './parameters/parameter';
import { SettingError } from './parameters/settingError';

/**
 * Strict reading of what a credential says. n8n fills in the credential's defaults; one that was
 * made through n8n's API, or comes out of an external secret, may hold anything.
 */
export interface CredentialReader {
	/** Text, trimmed; empty where it is not set. */
	text(label: string, name: string): string;
	/** As text, but its value is never shown. */
	secret(label: string, name: string): string;
	choice<Value extends string>(
		label: string,
		name: string,
		choices: ReadonlyArray<{ readonly name: string; readonly value: Value }>,
		unset: Value,
	): Value;
}

export function credentialReader(title: string, data: object): CredentialReader {
	const values = new Map<string, unknown>(Object.entries(data));
	const place: Place = { parameters: {}, within: `the ${title} credential` };
	return {
		text(label, name) {
			const given = values.get(name);
			return isUnset(given) ? '' : readText(label, given, place).trim();
		},
		secret(label, name) {
			const given = values.get(name);
			if (isUnset(given)) return '';
			if (typeof given === 'string') return given.trim();
			throw new SettingError(
				`${label} of the ${title} credential is not a text.`,
				'Open the credential, enter it again, and save.',
			);
		},
		choice(label, name, choices, unset) {
			const given = values.get(name);
			return isUnset(given) ? unset : readChoice(label, choices, given, place);
		},
	};
}

const SERVICES = { xeroSyncOAuth2Api: 'Xero', knackApi: 'Knack' } as const;

/** A node in which no credential of a service is chosen yet, or one that is not there any more. */
export class CredentialMissingError extends SettingError {
	constructor(
		readonly service: 'Xero' | 'Knack',
		what = 'is chosen in this node',
	) {
		super(
			`No ${service} credential ${what}.`,
			'Choose one at the top of the panel, or make one there.',
		);
		this.name = 'CredentialMissingError';
	}
}

/**
 * What a credential of the node holds. Asked for one that is not chosen, n8n names its type, or says
 * that the node needs none: throws CredentialMissingError instead.
 */
export async function credentialOf(
	context: IAllExecuteFunctions,
	type: keyof typeof SERVICES,
): Promise<object> {
	if (!context.getNode().credentials?.[type]) throw new CredentialMissingError(SERVICES[type]);
	return await context.getCredentials(type).catch((error: unknown) => {
		const message = error instanceof Error ? error.message : String(error);
		throw /credential with id .* (does not|could not)/i.test(message)
			? new CredentialMissingError(SERVICES[type], 'of that id is there any more')
			: error;
	});
}
