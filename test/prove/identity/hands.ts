import { contacts } from '../../../sandbox/xero/contacts';
import { Refusal, ValidationFailure } from '../../../sandbox/xero/failures';
import { Input } from '../../../sandbox/xero/input';
import type { JsonObject } from '../../../sandbox/xero/json';
import type { ContactRow, DocumentRow } from '../../../sandbox/xero/model';
import type { Sandbox } from '../../../sandbox/sandbox';
import { folded, rowsOf } from './books';
import type { Family } from './family';
import { dayText, type Line } from './world';

export interface DocumentByHand {
	readonly contactId: string;
	readonly number?: string;
	readonly reference?: string;
	readonly day: number;
	readonly lines: readonly Line[];
}

/** `InvoiceNumber` of `invoiceNumber`. */
function wireName(path = ''): string {
	return path.charAt(0).toUpperCase() + path.slice(1);
}

/**
 * A person at Xero's own screens, or another app. What Xero would refuse them is not done, and the
 * method gives undefined.
 */
export class Hands {
	constructor(
		private readonly sandbox: Sandbox,
		private readonly family: Family,
	) {}

	addContact(name: string, code?: string, email?: string): ContactRow | undefined {
		return this.tried(() =>
			contacts.save?.(
				this.sandbox.xero.person.call(),
				new Input({
					Name: name,
					...(code === undefined ? {} : { ContactNumber: code }),
					...(email === undefined ? {} : { EmailAddress: email }),
				}),
				'create',
			),
		);
	}

	renameContact(contactId: string, name: string): ContactRow | undefined {
		const change = new Input({ ContactID: contactId, Name: name });
		return this.tried(() =>
			contacts.save?.(this.sandbox.xero.person.call(), change, 'createOrUpdate'),
		);
	}

	addDocument(given: DocumentByHand): DocumentRow | undefined {
		const { definition, isSale, isInvoice, wireType } = this.family;
		const day = dayText(given.day);
		const isTaken = rowsOf(this.family, this.sandbox).some(
			({ number }) => given.number !== undefined && folded(number) === folded(given.number),
		);
		// Xero's screens refuse it; its API would change the document that has the number.
		if (isTaken && this.family.isNumberUnique) return undefined;
		return this.save({
			...(wireType === undefined ? {} : { Type: wireType }),
			...(given.number === undefined ? {} : { [wireName(definition.numberPath)]: given.number }),
			...(given.reference === undefined ? {} : { Reference: given.reference }),
			...(isInvoice
				? { Status: 'AUTHORISED', DueDate: day, Url: 'https://shop.example/orders/7' }
				: {}),
			Contact: { ContactID: given.contactId },
			Date: day,
			LineItems: given.lines.map(({ text, quantity, price }) => ({
				Description: text,
				Quantity: quantity,
				UnitAmount: price,
				AccountCode: isSale ? '200' : '429',
				TaxType: isSale ? 'OUTPUT2' : 'INPUT2',
			})),
		});
	}

	change(row: DocumentRow, members: JsonObject): DocumentRow | undefined {
		const { screen } = this.family;
		if (!screen) return undefined;
		return this.save({
			// Quotes are refused without contact and date.
			Contact: { ContactID: row.contactId },
			Date: row.date,
			...members,
			[screen.idName]: row.id,
		});
	}

	/** Voided where it was approved, deleted where it was not. */
	takeOut(row: DocumentRow): DocumentRow | undefined {
		const isVoided =
			row.status === 'AUTHORISED' && this.family.definition.lifecycle.gone.length > 1;
		return this.change(row, { Status: isVoided ? 'VOIDED' : 'DELETED' });
	}

	pay(row: DocumentRow): boolean {
		return (
			this.family.isInvoice &&
			row.status === 'AUTHORISED' &&
			this.tried(() => this.sandbox.xero.recordPayment({ invoiceId: row.id })) !== undefined
		);
	}

	private save(members: JsonObject): DocumentRow | undefined {
		const { screen } = this.family;
		const call = this.sandbox.xero.person.call(undefined, 'unitdp=4');
		return this.tried(() =>
			call.world.atomically(call.ledger, () =>
				screen?.save?.(call, new Input(members), 'createOrUpdate'),
			),
		);
	}

	private tried<Result>(act: () => Result | undefined): Result | undefined {
		try {
			return act();
		} catch (error) {
			if (error instanceof ValidationFailure || error instanceof Refusal) return undefined;
			// What the person's screens refuse comes as an Error in plain words.
			if (error instanceof Error && error.constructor === Error) return undefined;
			throw error;
		}
	}
}
