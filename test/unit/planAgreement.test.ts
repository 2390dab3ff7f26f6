import { agreedFingerprint } from '../../lib/sync/plan/agreement';
import type { Draft } from '../../lib/sync/draft';
import type { XeroDocument } from '../../lib/xero/documents/definition';
import { definitionOf } from '../support/definitionOf';
import { order, planOf, posted } from './planFixtures';

/** What may count as sent of a document that somebody else has posted. */

const PARTS = { description: 'Parts', quantity: '1', unitAmount: '4' };
const FOREIGN = { Url: undefined };
const agreed = (draft: Draft, document: XeroDocument) =>
	agreedFingerprint(definitionOf(draft.type), draft, document);

describe('a document that somebody else has posted', () => {
	it('counts as sent where record and document say the same', () => {
		const record = order({ reference: 'A' });
		const { fingerprint } = planOf(record, undefined);
		expect(fingerprint).toBeDefined();
		expect(agreed(record, posted(record, FOREIGN))).toBe(fingerprint);
		// Of whatever only one of the two has a word, nothing can differ.
		expect(agreed(record, posted(record, { ...FOREIGN, BrandingThemeID: 'theme-1' }))).toBe(
			fingerprint,
		);
		const unnamed = { ...posted(record, FOREIGN), contactName: undefined };
		expect(agreed(record, unnamed)).toBe(fingerprint);
	});

	it.each<[string, Draft, Draft]>([
		['its lines stand in another order', order({}, [PARTS, {}]), order({}, [{}, PARTS])],
		['the name has other capitals', order(), order({ 'contact.name': 'ACME  limited' })],
		['the record names no contact', order(), order({ 'contact.name': '' })],
		['Xero does not show what the record has', order(), order({ enteredTotal: '25.2' })],
		['Xero has a line more', order({}, [{}, PARTS]), order({}, [{}])],
	])('counts as sent although %s', (_what, there, record) => {
		expect(agreed(record, posted(there, FOREIGN))).toBe(planOf(record, undefined).fingerprint);
	});

	it.each<[string, Draft]>([
		['another reference', order({ reference: 'B' })],
		['another contact', order({ 'contact.name': 'Bolt Ltd' })],
		['another price', order({}, [{ unitAmount: '12' }])],
		['a line more', order({}, [{}, PARTS])],
		['other lines', order({}, [PARTS, PARTS])],
	])('does not where the record has %s', (_what, record) => {
		expect(agreed(record, posted(order({ reference: 'A' }), FOREIGN))).toBeUndefined();
		expect(agreed(record, posted(order(), FOREIGN))).toBeUndefined();
	});

	it('does not where Xero shows otherwise what it need not show, or has no lines', () => {
		const entered = (enteredTotal: string) => order({ enteredTotal });
		const there = posted(entered('25.2'), FOREIGN);
		expect(there.fields.enteredTotal).toBe('25.2');
		expect(agreed(entered('26'), there)).toBeUndefined();
		expect(agreed(order(), { ...posted(order(), FOREIGN), lines: undefined })).toBeUndefined();
		const lineless = { ...order(), lines: undefined };
		expect(agreed(lineless, posted(order(), FOREIGN))).toBe(
			planOf(lineless, undefined).fingerprint,
		);
	});

	it('does not where it is known what was sent', () => {
		expect(agreed(order(), posted(order()))).toBeUndefined();
	});

	it('may be a contact, which has no lines', () => {
		const customer = (firstName: string): Draft => ({
			type: 'contact',
			itemIndexes: [0],
			fields: { name: 'Acme', firstName },
			source: {},
			issues: [],
		});
		const there = posted(customer('Al'));
		expect(agreed(customer('Al'), there)).toBe(planOf(customer('Al'), undefined).fingerprint);
		expect(agreed(customer('Bo'), there)).toBeUndefined();
	});
});
