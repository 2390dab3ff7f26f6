import { readCalendarDate } from '../../../lib/dates';
import { foldText } from '../../../lib/foldText';
import { decodeRaw, encodeField, FIELD_TYPES } from '../../../lib/knack/fields/codecs';
import { plainValue } from '../../../lib/knack/fields/shownValue';
import { looksLikeHtml, mixedToText, textToHtml } from '../../../lib/knack/html';
import { faultOf } from '../../../lib/knack/knackFaults';
import { readRecordCall } from '../../../lib/knack/recordCall';
import type { KnackField } from '../../../lib/knack/app';
import { parseDecimal } from '../../../lib/money';
import { withoutSecrets } from '../../../lib/n8n/httpErrors';
import { namingOf } from '../../../lib/sync/adopt/nameSigns';
import { looseName } from '../../../lib/sync/find/names';
import { draftFromValues } from '../../../lib/sync/map/draftFromValues';
import { groupLines } from '../../../lib/sync/map/groupLines';
import { lineReader } from '../../../lib/sync/map/lineList';
import { headerFields, lineFields } from '../../../lib/sync/map/mappableFields';
import { numberByTemplate } from '../../../lib/sync/map/numberTemplate';
import { readFieldValue } from '../../../lib/sync/map/readFieldValue';
import { readShape } from '../../../lib/sync/map/sampleShape';
import { invoiceOfItem } from '../../../lib/sync/payments/invoiceOfItem';
import { readFingerprint } from '../../../lib/sync/sourceLink/fingerprint';
import { readSourceMark } from '../../../lib/sync/sourceLink/sourceMark';
import { issueOfKnack } from '../../../lib/sync/words/knackWords';
import { issuesOfXero } from '../../../lib/sync/words/xeroWords';
import { isSafeUrl } from '../../../lib/urls';
import { readRefusal } from '../../../lib/xero/answers';
import { DOCUMENTS } from '../../../lib/xero/documents';
import type { OrganisationSettings } from '../../../lib/xero/settings';
import { readWebhookDelivery } from '../../../lib/xero/webhookDelivery';
import { readWireDate } from '../../../lib/xero/wireDates';

/** Something that reads text from outside, under the name of what it reads. */
export interface Parser {
	readonly name: string;
	readonly read: (text: string) => unknown;
}

const ZONE = 'Europe/London';
const SALES = DOCUMENTS.salesInvoice;

function linesOf(item: Readonly<Record<string, unknown>>, told: string): unknown {
	return [item].map(lineReader(SALES, [item], [told]));
}

/** All parsers of text that comes from records, from services, and from whoever knows an address. */
export function parsers(settings: OrganisationSettings): Parser[] {
	return [
		...FIELD_TYPES.flatMap((type) => knackFieldParsers(type)),
		...xeroFieldParsers(settings),
		{ name: 'a text as HTML', read: textToHtml },
		{ name: 'a text that may be HTML', read: (text) => looksLikeHtml(text) && mixedToText(text) },
		{ name: 'an error page of Knack', read: (text) => faultOf(answer(text), 'https://k', 0) },
		{
			name: 'a refusal of Knack',
			read: (message) => faultOf(answer({ errors: [{ message }] }), '', 0),
		},
		{ name: 'words of Knack', read: (message) => issueOfKnack({ message }) },
		{ name: 'an error page of Xero', read: readRefusal },
		{ name: 'a refusal of Xero', read: (Message) => wordsOf({ Message }) },
		{ name: 'validation errors of Xero', read: (Message) => wordsOf(refused(Message)) },
		{ name: 'an error of the network', read: withoutSecrets },
		{ name: 'a delivery of Xero', read: (text) => readWebhookDelivery(Buffer.from(text)) },
		{ name: 'an event of Xero', read: (text) => readWebhookDelivery(delivery(text)) },
		{ name: 'a call of Knack', read: (text) => readRecordCall(callOf(text)) },
		{ name: 'a date', read: (text) => readCalendarDate(text, ZONE) },
		{ name: 'a date of Xero', read: readWireDate },
		{ name: 'a number', read: parseDecimal },
		{ name: 'a text to compare', read: foldText },
		{ name: 'a name to compare', read: (text) => [looseName(text), namingOf(text, 'Acme Ltd')] },
		{ name: 'a link to a record', read: readSourceMark },
		{ name: 'a fingerprint', read: readFingerprint },
		{ name: 'an address', read: isSafeUrl },
		{ name: 'an invoice of an item', read: (text) => invoiceOfItem({ id: text, invoice: text }) },
		{ name: 'a shape of items', read: readShape },
		{ name: 'a list of lines', read: (text) => linesOf({ lines: text }, text) },
		{ name: 'a name of a list', read: (text) => linesOf({ [text]: [] }, 'Lines') },
		{ name: 'a number template', read: (text) => numberByTemplate(text, { ID: 1 }, NUMBER) },
		{
			name: 'a value in a number',
			read: (ID) => numberByTemplate('{ID:yy}-{ID:3}', { ID }, NUMBER),
		},
		{ name: 'a record of lines', read: grouped },
	];
}

const NUMBER = { path: 'invoiceNumber', label: 'Number', maxLength: 255, timeZone: ZONE };

function knackField(type: string): KnackField {
	return {
		key: 'field_1',
		name: 'Field',
		type,
		required: false,
		unique: false,
		isHtml: true,
		format: {},
		dateFormat: 'dd/mm/yyyy',
		timeFormat: 'HH:MM am',
		options: ['A', 'B'],
		allowsMany: type === 'connection',
	};
}

/** Read as a text and inside the objects that Knack sends, and written as it was read. */
function knackFieldParsers(type: string): Parser[] {
	const field = knackField(type);
	const parts = [
		'email',
		'full',
		'formatted',
		'first',
		'street',
		'date',
		'hours',
		'url',
		'filename',
	];
	return [
		{ name: `Knack ${type}`, read: (text) => plainValue(decodeRaw(text, field)) },
		{
			name: `Knack ${type}, in parts`,
			read: (text) => {
				// Together they are as long as the text.
				const share = text.slice(0, Math.ceil(text.length / parts.length));
				const raw = Object.fromEntries(parts.map((part) => [part, share]));
				return plainValue(decodeRaw(raw, field));
			},
		},
		{
			name: `Knack ${type}, in a list`,
			read: (text) => plainValue(decodeRaw([{ id: text.slice(0, 24), identifier: text }], field)),
		},
		{ name: `Knack ${type}, to write`, read: (text) => encodeField(text, field, ZONE) },
	];
}

function xeroFieldParsers(settings: OrganisationSettings): Parser[] {
	const fields = Object.values(DOCUMENTS).flatMap((definition) => [
		...headerFields(definition),
		...lineFields(definition, settings.trackingCategories),
	]);
	const kinds = new Map(
		fields.map((field) => [`${field.kind}${field.byName ? ' by name' : ''}`, field]),
	);
	return [...kinds].map(([kind, field]) => ({
		name: `${kind} for Xero`,
		read: (text) => readFieldValue(field, text, { settings, timeZone: ZONE }),
	}));
}

const answer = (body: unknown) => ({ kind: 'answer' as const, status: 400, headers: {}, body });

const refused = (Message: string) => ({
	Elements: [{ ValidationErrors: [{ Message }], LineItems: [{ ValidationErrors: [{ Message }] }] }],
});

function wordsOf(body: unknown): unknown {
	return issuesOfXero(readRefusal(body).messages);
}

function delivery(text: string): Buffer {
	const event = {
		resourceId: text,
		resourceUrl: text,
		tenantId: text,
		eventCategory: text,
		eventType: text,
		eventDateUtc: text,
	};
	return Buffer.from(JSON.stringify({ events: [event] }));
}

function callOf(text: string): unknown {
	return { recordId: text, recordIds: [text], table: text, sentAt: text, secret: text };
}

function grouped(text: string): unknown {
	const item = {
		itemIndex: 0,
		values: { reference: text },
		line: { values: { description: text } },
		source: {},
	};
	const other = { ...item, itemIndex: 1, values: { reference: text, date: text } };
	const [record] = groupLines(SALES, [item, other]);
	return record && draftFromValues(SALES, record, { timeZone: ZONE, blankPolicy: 'leave' });
}
