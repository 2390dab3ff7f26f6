import { goneNames } from '../../lib/sync/map/goneNames';
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
