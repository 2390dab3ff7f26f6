import { agreesWithin } from '../../lib/sync/find/within';
import type { FieldValues } from '../../lib/xero/documents/definition';

describe('payments of one reference', () => {
	const key = {
		path: 'reference',
		enforced: false,
		withinContact: false,
		within: ['invoice.number', 'invoice.id'],
	};

	it.each<[string, FieldValues, FieldValues, boolean]>([
		['are one on one invoice', { 'invoice.number': 'INV-1' }, { 'invoice.number': 'inv-1' }, true],
		['are two on two', { 'invoice.number': 'INV-1' }, { 'invoice.number': 'INV-2' }, false],
		[
			'are two where the number is one, and the id another',
			{ 'invoice.number': 'INV-1', 'invoice.id': 'a' },
			{ 'invoice.number': 'INV-1', 'invoice.id': 'b' },
			false,
		],
		[
			'are one where both tell the number, and one the id',
			{ 'invoice.number': 'INV-1', 'invoice.id': 'a' },
			{ 'invoice.number': 'INV-1' },
			true,
		],
		[
			'are two where both tell another thing',
			{ 'invoice.number': 'INV-1' },
			{ 'invoice.id': 'a' },
			false,
		],
		['are one where ours tells no invoice', {}, { 'invoice.number': 'INV-1' }, true],
	])('%s', (_what, ours, theirs, expected) => {
		expect(agreesWithin(key, ours, theirs)).toBe(expected);
	});
});
