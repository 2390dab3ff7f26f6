import fc from 'fast-check';
import { pairLines } from '../../lib/sync/plan/linePairs';
import { planLines } from '../../lib/sync/plan/lines';
import type { DraftLine } from '../../lib/sync/draft';
import type { DocumentLine, FieldDefinition } from '../../lib/xero/documents/definition';

function field(path: string, kind: FieldDefinition['kind'], places?: number): FieldDefinition {
	return {
		path,
		label: path,
		kind,
		usual: true,
		...(places === undefined ? {} : { places }),
		read: () => undefined,
		write: () => undefined,
	};
}

const FIELDS = [
	field('description', 'multilineText'),
	field('quantity', 'quantity', 4),
	field('unitAmount', 'unitPrice', 4),
	field('accountCode', 'account'),
	field('lineAmount', 'money', 2),
	field('taxAmount', 'money', 2),
];
const KEEP = { removeOmitted: false, dropTaxAmounts: false };

function line(id: string, description: string, quantity: string, unitAmount: string): DocumentLine {
	return {
		id,
		fields: {
			description,
			quantity,
			unitAmount,
			accountCode: '200',
			lineAmount: '9',
			taxAmount: '2',
		},
	};
}

function planned(
	lines: readonly DraftLine[],
	present: readonly DocumentLine[],
	options: Parameters<typeof planLines>[3],
) {
	return planLines(FIELDS, pairLines(FIELDS, lines, present), present, options);
}

const wanted = (description: string, quantity: string, unitAmount: string) => ({
	fields: { description, quantity, unitAmount },
});

describe('the lines of an update', () => {
	it('sends nothing when nothing that is mapped differs', () => {
		const plan = planned(
			[wanted('Labour', '2', '10.50')],
			[line('a', 'Labour', '2.0000', '10.5')],
			KEEP,
		);
		expect(plan.lines).toBeUndefined();
		expect(plan.changes).toEqual([]);
	});

	it('keeps every LineItemID when one line changes, and sends the others as they are', () => {
		const present = [
			line('a', 'Labour', '2', '10'),
			line('b', 'Parts', '1', '5'),
			line('c', 'Travel', '1', '7'),
		];
		const plan = planned(
			[wanted('Labour', '2', '10'), wanted('Parts', '3', '5'), wanted('Travel', '1', '7')],
			present,
			KEEP,
		);
		expect(plan.lines?.map((each) => each.id)).toEqual(['a', 'b', 'c']);
		expect(plan.changes).toEqual([{ field: 'lineItems[1].quantity', before: '1', after: '3' }]);
		expect(plan.lines?.[0]?.fields.taxAmount).toBe('2');
		expect(plan.lines?.[1]?.fields).not.toHaveProperty('taxAmount');
		expect(plan.lines?.[1]?.fields.accountCode).toBe('200');
	});

	it('leaves a line that a person added in Xero alone, and does not take it for a new one', () => {
		const present = [line('a', 'Labour', '2', '10'), line('x', 'Goodwill discount', '1', '-4')];
		const plan = planned(
			[wanted('Labour', '2', '12'), wanted('Parts', '1', '5'), wanted('Travel', '1', '6')],
			present,
			KEEP,
		);
		expect(plan.left).toBe(1);
		expect(plan.added).toHaveLength(2);
		expect(plan.lines?.find((each) => each.id === 'x')?.fields.description).toBe(
			'Goodwill discount',
		);
	});

	it('removes a line that Knack no longer has only when told to', () => {
		const present = [line('a', 'Labour', '2', '10'), line('b', 'Parts', '1', '5')];
		const draft = [wanted('Labour', '2', '10')];
		expect(planned(draft, present, KEEP).lines).toBeUndefined();
		const removing = planned(draft, present, { ...KEEP, removeOmitted: true });
		expect(removing.lines?.map((each) => each.id)).toEqual(['a']);
		expect(removing.changes).toEqual([{ field: 'lineItems', before: 'Parts' }]);
	});

	it('recognises shuffled lines, and never uses a LineItemID twice or loses one', () => {
		const arbitraryLine = fc.record({
			description: fc.constantFrom('Labour', 'Parts', 'Travel', 'Paint'),
			quantity: fc.integer({ min: 1, max: 4 }).map(String),
			unitAmount: fc.integer({ min: 1, max: 4 }).map(String),
		});
		fc.assert(
			fc.property(
				fc.array(arbitraryLine, { maxLength: 8 }),
				fc.infiniteStream(fc.nat()),
				(lines, order) => {
					const present = lines.map((each, index) => ({ id: `id-${index}`, fields: each }));
					const shuffled = lines
						.map((each) => ({ each, rank: order.next().value ?? 0 }))
						.sort((a, b) => a.rank - b.rank)
						.map(({ each }) => ({ fields: each }));
					const same = planned(shuffled, present, KEEP);
					expect(same.lines).toBeUndefined();
					const grown = planned([...shuffled, wanted('Extra', '9', '9')], present, KEEP);
					const ids = (grown.lines ?? []).flatMap((each) => each.id ?? []);
					expect(new Set(ids).size).toBe(ids.length);
					expect(ids.sort()).toEqual(present.map((each) => each.id).sort());
				},
			),
		);
	});
});
