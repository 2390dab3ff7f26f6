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
