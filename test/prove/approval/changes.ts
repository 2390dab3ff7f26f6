import type { Draft } from '../../../lib/sync/draft';
import type { UpsertOptions } from '../../../lib/sync/upsert';
import type { FieldValues } from '../../../lib/xero/documents/definition';
import { without } from '../../../lib/without';
import { definitionOf } from '../../support/definitionOf';
import type { Random } from '../random';
import type { ApprovalWorld, Given } from './approvalWorld';
import { ACCOUNTS, randomLine, type Kind } from './records';

/** What may happen between an approval and the write that it is for. */
export const CHANGES = [
	'nothing',
	'elsewhere',
	'header',
	'line',
	'lineAdded',
	'lineRemoved',
	'contact',
	'status',
	'settings',
	'mapping',
	'afterwards',
	'field',
	'backAndForth',
	'paid',
	'voided',
	'approved',
	'contactRenamed',
	'contactArchived',
	'numberTaken',
	'locked',
] as const;
export type Change = (typeof CHANGES)[number];

/** Changes after which an approval is good all the same. */
export const HARMLESS: ReadonlySet<Change> = new Set(['nothing', 'elsewhere']);

interface Scene {
	readonly world: ApprovalWorld;
	readonly kind: Kind;
	readonly random: Random;
}

/** Does it to the record, to the settings or to Xero; what is not possible there changes nothing. */
export async function make(change: Change, given: Given, scene: Scene): Promise<Given> {
	const { draft, options } = given;
	const { random, kind } = scene;
	const lines = draft.lines ?? [];
	const withFields = (fields: FieldValues): Given => ({
		options,
		draft: { ...draft, fields: { ...draft.fields, ...fields } },
	});
	const withLines = (changed: Draft['lines']): Given =>
		lines.length === 0 ? given : { options, draft: { ...draft, lines: changed } };
	switch (change) {
		case 'header':
			return withFields(
				kind === 'contact'
					? { emailAddress: `new${random.int(1, 99)}@example.com` }
					: random.pick<FieldValues>([
							{ date: `2026-11-${random.int(10, 20)}` },
							{ reference: 'R-8' },
						]),
			);
		case 'line': {
			const at = random.int(0, Math.max(0, lines.length - 1));
			const value = random.pick<FieldValues>([
				{ unitAmount: `${random.int(1, 900)}.50` },
				{ quantity: String(random.int(1, 30)) },
				{ description: 'Something else' },
			]);
			return withLines(
				lines.map((line, index) =>
					index === at ? { ...line, fields: { ...line.fields, ...value } } : line,
				),
			);
		}
		case 'lineAdded':
			return withLines([...lines, randomLine(random, kind)]);
		case 'lineRemoved':
			return lines.length < 2 ? given : withLines(lines.slice(1));
		case 'contact':
			return kind === 'contact'
				? withFields({ lastName: 'Berg' })
				: withFields({ 'contact.name': random.pick(['Timber Ltd', 'Newcomer Ltd']) });
		case 'status':
			return kind === 'salesInvoice' || kind === 'bill'
				? { options, draft: { ...draft, fields: otherStatus(draft.fields) } }
				: given;
		case 'settings':
			return { draft, options: { ...options, ...random.pick(OTHER_SETTINGS) } };
		case 'mapping':
			return withLines(
				lines.map((line) => ({
					...line,
					fields: { ...line.fields, accountCode: random.pick(ACCOUNTS) },
				})),
			);
		case 'afterwards': {
			const afterWriting = `A note, number ${random.int(1, 99)}`;
			return {
				options,
				draft: { ...draft, source: { ...draft.source, approval: { afterWriting } } },
			};
		}
		default:
			await changeXero(change, given, scene);
			return given;
	}
}

function otherStatus(fields: FieldValues): FieldValues {
	return fields.status === 'AUTHORISED'
		? without({ ...fields, status: 'AUTHORISED' }, 'status')
		: { ...fields, status: 'AUTHORISED' };
}

const OTHER_SETTINGS: ReadonlyArray<Partial<UpsertOptions>> = [
	{ sourceLink: false },
	{ removeOmittedLines: true },
	{ contactPolicy: 'matchCreateOrUpdate' },
	{ contactPolicy: 'matchOnly' },
	{ issuedDocuments: 'overwrite' },
	{ accountantEdits: 'knackWins' },
	{ writePolicy: 'createOnly' },
	{ booksClosedUntil: '2026-11-15' },
	{ booksClosedUntil: '2026-11-25', lateDocuments: 'firstOpenDay' },
];

type XeroChange = Exclude<
	Change,
	| 'header'
	| 'line'
	| 'lineAdded'
	| 'lineRemoved'
	| 'contact'
	| 'status'
	| 'settings'
	| 'mapping'
	| 'afterwards'
>;

/** As a person at Xero's screen, or another app; what Xero refuses stays undone. */
async function changeXero(change: XeroChange, { draft }: Given, scene: Scene): Promise<void> {
	const { world, random } = scene;
	const { person } = world.xero.sandbox.xero;
	const own = ownDocument(scene);
	const tag = String(random.int(1, 9_999));
	switch (change) {
		case 'nothing':
			return;
		case 'elsewhere':
			return await save(scene, 'Contacts', { Name: `Somebody Else ${tag}` });
		case 'field':
			return own && (await edit(scene, own, OTHER_FIELD[scene.kind](tag)));
		case 'backAndForth':
			if (!own) return;
			await edit(scene, own, OTHER_FIELD[scene.kind](tag));
			world.xero.sandbox.clock.advance(60_000);
			return await edit(scene, own, own.element);
		case 'paid':
			return orNot(() => own && person.recordPayment({ invoiceId: own.id, amount: '1.00' }));
		case 'voided':
			return orNot(() => own && person.voidInvoice(own.id));
		case 'approved':
			return orNot(() => own && person.approveInvoice(own.id));
		case 'contactRenamed':
		case 'contactArchived': {
			const name = draft.fields['contact.name'] ?? draft.fields.name;
			const contact = person.contacts().find((each) => each.Name === name);
			const id = String(contact?.ContactID ?? '');
			if (!contact) return;
			if (change === 'contactArchived') return orNot(() => person.archiveContact(id, true));
			return await save(scene, 'Contacts', { ContactID: id, Name: `Renamed ${tag}` });
		}
		case 'numberTaken':
			return await save(scene, 'Invoices', {
				Type: 'ACCREC',
				InvoiceNumber: 'N-7',
				Contact: { Name: 'Timber Ltd' },
				LineItems: [{ Description: 'Theirs', Quantity: 1, UnitAmount: 5, AccountCode: '200' }],
			});
		case 'locked':
			person.setOrganisation({ periodLockDate: '2026-11-30' });
			return world.forgetSettings();
	}
}

interface OwnDocument {
	readonly id: string;
	/** What of it is put back after it was changed. */
	readonly element: Readonly<Record<string, unknown>>;
}

/** The record's document, where it is there. */
function ownDocument({ world, kind }: Scene): OwnDocument | undefined {
	const { person } = world.xero.sandbox.xero;
	if (kind === 'contact') {
		const own = person.contacts().find((each) => each.ContactNumber === 'C-1');
		return own && { id: String(own.ContactID), element: { LastName: own.LastName ?? '' } };
	}
	const own = person.invoices().find((each) => each.InvoiceNumber === 'N-7');
	if (!own || (kind !== 'salesInvoice' && kind !== 'bill')) return undefined;
	return { id: String(own.InvoiceID), element: { DueDate: '2026-12-20' } };
}

const OTHER_FIELD: Readonly<Record<Kind, (tag: string) => Readonly<Record<string, unknown>>>> = {
	salesInvoice: () => ({ DueDate: '2026-12-27' }),
	bill: () => ({ DueDate: '2026-12-27' }),
	salesCreditNote: (tag) => ({ Reference: tag }),
	quote: (tag) => ({ Title: tag }),
	purchaseOrder: (tag) => ({ AttentionTo: tag }),
	contact: (tag) => ({ LastName: `Person ${tag}` }),
};

async function edit(scene: Scene, { id }: OwnDocument, element: object): Promise<void> {
	const { resource, idName } = definitionOf(scene.kind).wire;
	await save(scene, resource, { [idName]: id, ...element });
}

async function save({ world }: Scene, resource: string, element: object): Promise<void> {
	await world.xero.anotherClient().write({
		method: 'POST',
		path: `/${resource}`,
		body: { [resource]: [element] },
		idempotencyKey: `${resource} ${world.xero.clock.now()}`,
	});
}

function orNot(act: () => unknown): void {
	try {
		act();
	} catch {
		// Xero would not let them: then nothing has changed.
	}
}
