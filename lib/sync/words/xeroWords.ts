import type { Issue } from '../../issue';
import type { IssueCode } from '../../issueCodes';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { LATE_RULES } from '../check/rules/lateRules';
import { linePath } from '../check/draftValues';
import type { Draft } from '../draft';
import { findWord, type Word } from './word';
import { XERO_CONTACT_WORDS } from './xeroContactWords';
import { XERO_DOCUMENT_WORDS } from './xeroDocumentWords';
import { XERO_LINE_WORDS } from './xeroLineWords';
import { XERO_OTHER_WORDS } from './xeroOtherWords';

/** In the order of looking: the first that fits is taken. */
export const XERO_WORDS: readonly Word[] = [
	...XERO_CONTACT_WORDS,
	...XERO_LINE_WORDS,
	...XERO_DOCUMENT_WORDS,
	...XERO_OTHER_WORDS,
];

const TAKEN: ReadonlySet<IssueCode> = new Set<IssueCode>([
	'XERO_NUMBER_TAKEN',
	'XERO_CONTACT_NAME_TAKEN',
	'XERO_CONTACT_NUMBER_TAKEN',
	'XERO_ITEM_CODE_TAKEN',
	'XERO_OPTION_TAKEN',
]);

/** Whether Xero refused because another one was created in the meantime. */
export function isTaken(messages: readonly string[]): boolean {
	return messages.some((message) => {
		const word = findWord(XERO_WORDS, message);
		return word !== undefined && TAKEN.has(word.code);
	});
}

/** What the messages are about, so that the field can be named as precisely as possible. */
export interface Refused {
	readonly definition?: DocumentDefinition;
	readonly draft?: Draft;
}

/** An issue for each of Xero's messages, its own words kept. Unknown ones are shown whole. */
export function issuesOfXero(
	messages: readonly string[],
	severity?: Issue['severity'],
	refused: Refused = {},
): Issue[] {
	const said = messages.length > 0 ? messages : ['Xero gave no reason.'];
	return said.map((vendorMessage) => {
		const word = findWord(XERO_WORDS, vendorMessage, refused.definition);
		const field = word?.field && placeOf(word.field, vendorMessage, refused);
		return {
			code: word?.code ?? LATE_RULES.refusedByXero.code,
			severity: severity ?? word?.severity ?? 'block',
			...(field === undefined ? {} : { field }),
			message: `Xero: ${vendorMessage}`,
			fix: word?.fix ?? 'Correct the record in Knack as Xero says, and run it again.',
			vendorMessage,
		};
	});
}

const LINES = 'lineItems.';
const CONTACT = 'contact.';

/** Xero says which value it does not like, hardly ever in which line: the draft tells. */
function placeOf(field: string, message: string, { definition, draft }: Refused): string {
	if (field.startsWith(CONTACT) && definition?.isContact) {
		return field.slice(CONTACT.length);
	}
	if (!field.startsWith(LINES)) return field;
	const path = field.slice(LINES.length);
	const named = [...message.matchAll(/'([^']+)'/g)].map((match) => match[1]);
	const lines = draft?.lines ?? [];
	const index = lines.findIndex((line) => {
		const value = line.fields[path];
		return typeof value === 'string' && value !== '' && named.includes(value);
	});
	if (index >= 0) return linePath(index, path);
	return lines.length === 1 ? linePath(0, path) : 'lineItems';
}
