import type { KnackField, KnackTable } from '../knack/app';
import { isWritable } from '../knack/fields/codecs';
import type { DocumentDefinition } from '../xero/documents/definition';
import { matchNames } from './map/fieldNames';
import type { WriteBackFields } from './outcomeWriteBack';

/** A part of what is written back, and the field of a table that it is meant for by its name. */
export interface WriteBackPlace {
	readonly part: keyof WriteBackFields;
	readonly likely?: KnackField;
}

/** The parts of a document that a field of Knack can keep, each with the field named after it. */
export function writeBackPlaces(
	definition: DocumentDefinition,
	table: KnackTable,
): WriteBackPlace[] {
	const names = namesFor(definition);
	const fields = Object.entries(names).map(([part, [label = part, ...alsoCalled]]) => ({
		path: `xero ${part}`,
		label,
		alsoCalled,
		kind: 'text' as const,
		usual: true,
	}));
	const writable = table.fields.filter((field) => isWritable(field) && field.type !== 'password');
	const found = matchNames(fields, writable, ({ name }) => name);
	return PARTS.filter((part) => part in names).map((part) => {
		const likely = found.get(`xero ${part}`);
		return { part, ...(likely ? { likely } : {}) };
	});
}

const PARTS = [
	'xeroId',
	'number',
	'status',
	'link',
	'message',
	'onlineLink',
	'fingerprint',
	'planNumber',
] as const satisfies ReadonlyArray<keyof WriteBackFields>;

/** What builders tend to call the fields. None is the record's own: its "Status" is not Xero's. */
function namesFor(
	definition: DocumentDefinition,
): Partial<Record<keyof WriteBackFields, readonly string[]>> {
	const { wire, label, can, statusPath } = definition;
	const what = [wire.idName.replace(/ID$/i, ''), label];
	const each = (ending: string) => [
		...what.map((name) => `${name} ${ending}`),
		...what.map((name) => `xero ${name} ${ending}`),
		`xero ${ending}`,
	];
	return {
		xeroId: [...what.map((name) => `xero ${name} id`), 'xero id'],
		number: each('number'),
		...(statusPath === undefined ? {} : { status: each('status') }),
		link: [...each('link'), ...each('url')],
		message: ['sync message', 'xero message', 'sync error', 'xero error'],
		...(can.beEmailed
			? { onlineLink: ['online invoice link', 'online invoice', 'payment link'] }
			: {}),
		fingerprint: ['sync fingerprint', 'xero fingerprint'],
		planNumber: ['plan number', 'xero plan number'],
	};
}
