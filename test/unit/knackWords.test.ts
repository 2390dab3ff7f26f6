import { issueOfKnack, KNACK_WORDS } from '../../lib/sync/words/knackWords';

const REAL: ReadonlyArray<[message: string, code: string, type?: string]> = [
	['Store is required.', 'KNACK_FIELD_REQUIRED', 'required'],
	['Please choose a store', 'KNACK_FIELD_REQUIRED', 'required'],
	['Invoice Number must be unique.', 'KNACK_VALUE_TAKEN', 'unique'],
	['That e-mail address is already in use.', 'KNACK_VALUE_TAKEN'],
	['Rate limit exceeded', 'KNACK_RATE_LIMITED'],
	['Plan limit exceeded', 'KNACK_DAY_SPENT'],
	['Invalid API key', 'KNACK_KEY_INVALID'],
	['Invalid API Key', 'KNACK_KEY_INVALID'],
	['Unauthorized Object Access', 'KNACK_KEY_INVALID'],
	['Malformed App ID.', 'KNACK_APP_ID_MALFORMED'],
	['ValidationError: Malformed App ID.', 'KNACK_APP_ID_MALFORMED'],
	['Invalid API Request', 'KNACK_KEY_MISSING'],
	['Invalid or Expired Token', 'KNACK_TOKEN_EXPIRED'],
	['Invalid request', 'KNACK_REQUEST_INVALID'],
	['Internal Server Error', 'KNACK_UNAVAILABLE'],
	['Email must be a valid email address.', 'KNACK_EMAIL_MALFORMED'],
	['Due Date must be a valid date.', 'KNACK_DATE_MALFORMED'],
	['Amount must be a valid number.', 'KNACK_NUMBER_MALFORMED'],
	['Website must be a valid URL.', 'KNACK_LINK_MALFORMED'],
	['Code must be at most 10 characters.', 'KNACK_TEXT_LENGTH'],
	['Status is invalid.', 'KNACK_VALUE_INVALID'],
];

describe('Knack’s words', () => {
	it.each(REAL)('%s', (...[message, code, type]) => {
		const issue = issueOfKnack({ message, type }, 'Store');
		expect(issue).toMatchObject({ code, field: 'Store', vendorMessage: message });
		expect(issue.fix).toMatch(/^[A-Z].{15,}\.$/);
	});

	it('are each met by one of the messages', () => {
		const met = new Set(REAL.map(([message, , type]) => issueOfKnack({ message, type }).code));
		expect(KNACK_WORDS.map((word) => word.code).filter((code) => !met.has(code))).toEqual([]);
	});

	it('that nobody has met yet are shown whole', () => {
		expect(issueOfKnack({ message: 'The moon is full.' })).toMatchObject({
			code: 'KNACK_REFUSED',
			message: 'Knack: The moon is full.',
			vendorMessage: 'The moon is full.',
		});
	});
});
