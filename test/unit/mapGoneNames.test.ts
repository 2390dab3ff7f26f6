import { goneNames, namesOfAll } from '../../lib/sync/map/goneNames';
import { headerFields } from '../../lib/sync/map/mappableFields';
import { DOCUMENTS } from '../../lib/xero/documents';

const gone = (expressions: Record<string, string>, item: Record<string, unknown>) =>
	goneNames(headerFields(DOCUMENTS.salesInvoice), expressions, item);

describe('fields that the form names', () => {
	test('are gone when the record has no such name, blank or not', () => {
		expect(gone({ dueDate: '={{ $json["Due"] }}' }, { Due: null })).toEqual([]);
		expect(gone({ dueDate: '={{ $json["Due"] }}' }, { Ends: '2026-12-01' })).toMatchObject([
			{ code: 'MAPPING_FIELD_GONE', severity: 'hold', field: 'dueDate' },
		]);
		expect(gone({ reference: '={{ $json.Ref }}' }, {})).toHaveLength(1);
		expect(gone({ reference: "={{ $json['It''s'] }}" }, {})).toEqual([]);
		expect(gone({ reference: "={{ $json['Job No'] }}" }, {})).toHaveLength(1);
	});

	test('are proposed by what they mean, then by a word that they share, if nothing else uses them', () => {
		const fix = (item: Record<string, unknown>, more: Record<string, string> = {}) =>
			gone({ dueDate: '={{ $json["Due Date"] }}', ...more }, item)[0]?.fix;
		expect(fix({ Notes: '', 'Pay By': '2026-12-01' })).toContain('"Pay By"');
		expect(fix({ Notes: '', 'Due On': '2026-12-01' })).toContain('"Due On"');
		expect(fix({ 'Pay By': '' }, { url: '={{ $json["Pay By"] }}' })).not.toContain('Pay By');
		expect(fix({ 'Order Date': '2026-12-01' })).toContain('take it out of the form');
	});

	test('of a connected record are gone when none of the records has them, and the record tells', () => {
		const email = { 'contact.emailAddress': '={{ $json["Customer Record"]?.["Email"] }}' };
		const customer = (record: unknown) => gone(email, { 'Customer Record': record });
		expect(customer({ Email: null, knack: {} })).toEqual([]);
		expect(customer(null)).toEqual([]);
		// Parts of a value leave out what is blank.
		expect(customer({ Phone: '1' })).toEqual([]);
		expect(customer({ Phone: '1', 'E-Mail': 'a@b.example', knack: {} })).toMatchObject([
			{
				code: 'MAPPING_FIELD_GONE',
				field: 'contact.emailAddress',
				message:
					'Contact Email Address is mapped to "Customer Record → Email", and "Customer Record" has no "Email" any more.',
				fix: expect.stringContaining('"E-Mail" of "Customer Record" looks like it'),
			},
		]);
		for (const spelt of ['$json["Customer Record"].Emial', "$json['Customer Record']?.Emial"]) {
			const mistyped = { 'contact.emailAddress': `={{ ${spelt} }}` };
			const [issue] = gone(mistyped, { 'Customer Record': { Email: '', knack: {} } });
			expect(issue?.fix).toContain('"Email" of "Customer Record"');
		}
	});

	test('stand for a whole record where they name no part of it', () => {
		const whole = { reference: '={{ $json["Customer Record"] }}' };
		expect(gone(whole, { 'Customer Record': { Name: 'Acme', knack: {} } })).toEqual([]);
		expect(gone({ reference: 'ORD-1', url: '' }, {})).toEqual([]);
	});

	test('of a connected record are proposed from what nothing else takes from that record', () => {
		const fix = (customer: Record<string, unknown>, more: Record<string, string> = {}) =>
			gone(
				{ 'contact.emailAddress': '={{ $json["Customer Record"]?.["Email"] }}', ...more },
				{ 'Customer Record': { ...customer, knack: {} }, 'Job Record': {}, 'E-Mail': '' },
			)[0]?.fix;
		const used = { 'contact.name': '={{ $json["Customer Record"]?.["E-Mail"] }}' };
		expect(fix({ 'E-Mail': '' }, used)).toContain('take it out of the form');
		const usedElsewhere = { 'contact.name': '={{ $json["Job Record"]?.["E-Mail"] }}' };
		expect(fix({ 'E-Mail': '' }, usedElsewhere)).toContain('"E-Mail" of "Customer Record"');
		expect(fix({ 'E-Mail': { parts: {} } })).toContain('take it out of the form');
		expect(fix({})).toContain('take it out of the form');
	});

	test('of several records are those that any of them has', () => {
		const all = namesOfAll([
			{ A: 1, 'Customer Record': null },
			{ B: 2, 'Customer Record': { Email: 'a@b.example', knack: {} } },
			{ 'Customer Record': null },
			{ 'Customer Record': { Phone: '1', knack: {} } },
		]);
		expect(all).toMatchObject({ A: 1, B: 2 });
		expect(Object.keys(Object(all['Customer Record']))).toEqual(['Email', 'knack', 'Phone']);
	});

	test('are left alone in anything but a single name: such an expression knows what it does', () => {
		for (const expression of [
			'={{ $json["A"] ?? $json["B"] }}',
			'={{ $json["Order Lines"][0]["Description"] }}',
			'={{ $json.customer.address.city }}',
			'={{ $json.customer.trim() }}',
			'=INV-{{ $json["A"] }}',
			'={{ $("Other").item.json["A"] }}',
		]) {
			expect(gone({ reference: expression }, {})).toEqual([]);
		}
	});
});
