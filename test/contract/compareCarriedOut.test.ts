import { DECISION_FIELDS } from '../../lib/sync/compare/decisions';
import { WAYS, type Way } from '../../lib/sync/compare/kinds';
import type { InvoiceRow } from '../../sandbox/xero/model';
import { CompareWorld, DIFFERENCES } from '../prove/compare/compareWorld';
import { Random } from '../prove/random';

/** Of August, in books that are closed. */
const CLOSED = 'INV-1000';
const OPEN = 'INV-1001';

/** What was decided once is not found again, though nothing is carried out a second time. */

async function world(wanted: string): Promise<{ of: CompareWorld; issued: InvoiceRow }> {
	const of = await CompareWorld.make(3, new Random(5));
	const { invoices } = of.xero.sandbox.xero.organisation();
	const issued = invoices.all().find(({ number }) => number === wanted);
	if (issued?.status !== 'AUTHORISED') throw new Error(`${wanted} is not approved.`);
	return { of, issued };
}

async function carryOut(of: CompareWorld, way: Way): Promise<readonly string[]> {
	const first = await of.compare(false);
	expect(first.standing.map(({ state }) => state)).toEqual(['open']);
	for (const { id } of await of.differenceRecords()) {
		of.xero.sandbox.knack.updateRecord(DIFFERENCES, id, {
			[DECISION_FIELDS.way]: WAYS[way],
			[DECISION_FIELDS.by]: 'Ida Berg',
		});
	}
	const carried = await of.compare(true);
	expect(carried.standing.map(({ state, message }) => message ?? state)).toEqual(['carriedOut']);
	const last = await of.compare(false);
	expect([...last.unclear]).toEqual([]);
	return last.standing.map(({ difference }) => difference.summary);
}

function standingIn(of: CompareWorld): string[] {
	return of.xero.sandbox.xero
		.organisation()
		.invoices.all()
		.map(({ number, status }) => `${number} ${status}`);
}

describe('what Compare has carried out', () => {
	it.each([
		['bears the link of its record', {}],
		['bears no link', { Url: null }],
	])('is the contact of a new document, where the old one %s', async (_how, members) => {
		const { of, issued } = await world(CLOSED);
		const { person } = of.xero.sandbox.xero;
		person.saveInvoice({ InvoiceID: issued.id, Contact: { Name: 'Moved' }, ...members });
		expect(await carryOut(of, 'sendOurs')).toEqual([]);
		expect(standingIn(of)).toEqual(
			expect.arrayContaining(['INV-1000 PAID', 'INV-0001 AUTHORISED']),
		);
	});

	it('is a due date that only Xero had changed', async () => {
		const { of, issued } = await world(OPEN);
		of.xero.sandbox.xero.person.saveInvoice({ InvoiceID: issued.id, DueDate: '2027-03-31' });
		expect(await carryOut(of, 'sendOurs')).toEqual([]);
		const { invoices } = of.xero.sandbox.xero.organisation();
		expect(invoices.get(issued.id)?.dueDate).not.toBe('2027-03-31');
	});

	it('is another currency with its rate, and credit beside it is told in that', async () => {
		const { of, issued } = await world(OPEN);
		const { person } = of.xero.sandbox.xero;
		person.saveInvoice({ InvoiceID: issued.id, SentToContact: true });
		const record = (await of.records()).find(({ values }) => values.Number === OPEN);
		of.setInKnack(record?.id ?? '', { Currency: 'EUR', Rate: '1.15', Sent: 'Yes' });
		expect(await carryOut(of, 'sendOurs')).toEqual([]);
		const { invoices, creditNotes } = of.xero.sandbox.xero.organisation();
		const inEuros = invoices.all().find(({ number }) => number === 'INV-0001');
		expect([inEuros?.currencyCode, inEuros?.currencyRate.toString()]).toEqual(['EUR', '1.15']);
		expect(creditNotes.all().map(({ currencyCode }) => currencyCode)).toEqual(['GBP']);

		of.credits.push({
			Type: 'ACCRECCREDIT',
			Contact: { ContactID: issued.contactId },
			CurrencyCode: 'EUR',
			Date: '2026-11-12',
			Status: 'AUTHORISED',
			LineAmountTypes: 'NoTax',
			LineItems: [{ Description: 'Goodwill', Quantity: 1, UnitAmount: 5, AccountCode: '200' }],
		});
		await of.postCredits();
		expect((await of.compare(false)).standing.map(({ difference }) => difference.theirs)).toEqual([
			'EUR 5.00 of a credit lies open beside it',
		]);
	});

	it('is told for the log with who decided it, also where Knack did not take it', async () => {
		const { of, issued } = await world(OPEN);
		of.xero.sandbox.xero.person.saveInvoice({ InvoiceID: issued.id, DueDate: '2027-03-31' });
		const [{ difference } = { difference: undefined }] = (await of.compare(false)).standing;
		const [row] = await of.differenceRecords();
		const { knack } = of.xero.sandbox;
		const tick = { [DECISION_FIELDS.way]: WAYS.takeXeros, [DECISION_FIELDS.by]: 'Ida Berg' };
		const told = async (): Promise<unknown> => {
			knack.updateRecord(DIFFERENCES, row?.id ?? '', tick);
			return (await of.compare(true)).written;
		};
		const decided = { operations: ['Decided by Ida Berg'], changes: [{ field: 'Dates' }] };
		const path = `/records/${difference?.draft?.source.knackRecordId}`;
		const body = '{"errors":["no"]}';
		of.xero.sandbox.faults.add({ kind: 'status', service: 'knack', path, status: 400, body });
		expect(await told()).toMatchObject([
			{ ...decided, outcome: 'failed', summary: expect.stringMatching(/^Could not write/) },
		]);
		expect(await told()).toMatchObject([
			{ ...decided, outcome: 'updated', summary: expect.stringMatching(/^Wrote what Xero says/) },
		]);
	});

	it('is what was accepted of a record that two more documents bear the link of', async () => {
		const { of, issued } = await world(OPEN);
		const { person } = of.xero.sandbox.xero;
		const { contactId, date, url } = issued;
		const copy = (number: string) =>
			person.saveInvoice({
				Type: 'ACCREC',
				Status: 'AUTHORISED',
				Contact: { ContactID: contactId },
				InvoiceNumber: number,
				Date: date,
				DueDate: date,
				Url: url,
				LineItems: [{ Description: 'A copy', Quantity: 1, UnitAmount: 3, AccountCode: '200' }],
			});
		copy('COPY-1');
		copy('COPY-2');
		const states = async (carriesOut: boolean) =>
			(await of.compare(carriesOut)).standing.map(({ state, difference }) => [
				state,
				difference.kind,
				difference.theirs,
			]);
		const told = 'COPY-1, COPY-2 bear its link as well';
		expect(await states(false)).toEqual([['open', 'twice', told]]);
		for (const { id } of await of.differenceRecords()) {
			of.xero.sandbox.knack.updateRecord(DIFFERENCES, id, {
				[DECISION_FIELDS.way]: WAYS.accept,
				[DECISION_FIELDS.by]: 'Ida Berg',
			});
		}
		expect(await states(true)).toEqual([['accepted', 'twice', told]]);
		expect(await states(true)).toEqual([['accepted', 'twice', told]]);
	});

	it('is a voided document whose record says so by now', async () => {
		const { of, issued } = await world(CLOSED);
		of.xero.sandbox.xero.person.voidInvoice({ invoiceId: issued.id });
		expect(await carryOut(of, 'takeXeros')).toEqual([]);
	});
});
