import { MANUAL_JOURNAL } from '../../lib/xero/documents/manualJournal';
import { draftOf, type Kind } from './kind';

/** Debits of a record's quantities on its lines, and one credit of all of them. */
const amountsOf = (quantities: readonly number[]): readonly number[] => [
	...quantities,
	-quantities.reduce((all, quantity) => all + quantity, 0),
];

const content = (amounts: readonly number[]): string =>
	[...amounts].sort((a, b) => a - b).join(',');

/** A manual journal, which has no number: it is known by its link, and by its words and its day. */
export const JOURNAL_KIND: Kind = {
	name: 'manual journal',
	definition: MANUAL_JOURNAL,
	needsLink: true,
	draft: (order, index) => ({
		...draftOf(
			MANUAL_JOURNAL,
			order,
			index,
			{ narration: `DOC-${order.number}`, date: '2026-11-20' },
			amountsOf(order.quantities).map((amount, line) => ({
				description: `Line ${line + 1}`,
				lineAmount: String(amount),
				accountCode: '429',
			})),
		),
		source: { table: 'object_1', knackRecordId: `record${order.number}` },
	}),
	expected: (order) => ({
		key: `DOC-${order.number}`,
		content: content(amountsOf(order.quantities)),
	}),
	ledger: (sandbox) =>
		sandbox.xero
			.organisation()
			.manualJournals.all()
			.filter(({ status }) => !['VOIDED', 'DELETED'].includes(status))
			.map(({ narration, lines }) => ({
				key: narration,
				content: content(lines.map(({ lineAmount }) => lineAmount.toNumber())),
			})),
};

/** A posted journal with the one that reverses it on the first of the next month. */
export const REVERSED_JOURNAL: Kind = {
	...JOURNAL_KIND,
	name: 'manual journal that is reversed',
	isFinal: true,
	options: { reversal: 'nextMonth' },
	draft: (order, index) => {
		const draft = JOURNAL_KIND.draft(order, index);
		return { ...draft, fields: { ...draft.fields, status: 'POSTED' } };
	},
	expected: (order) => {
		const amounts = amountsOf(order.quantities);
		const turned = content(amounts.map((amount) => -amount));
		return {
			key: `DOC-${order.number}`,
			content: `${content(amounts)}, on 2026-12-01 ${turned}`,
		};
	},
	ledger: (sandbox) => {
		const rows = sandbox.xero.organisation().manualJournals.all();
		const live = rows.filter(({ status }) => status === 'POSTED');
		const amounts = ({ lines }: (typeof rows)[number]) =>
			content(lines.map(({ lineAmount }) => lineAmount.toNumber()));
		return live
			.filter(({ narration }) => !narration.startsWith('Reversal of '))
			.map((row) => ({
				key: row.narration,
				content: [
					amounts(row),
					...live
						.filter(({ narration }) => narration.startsWith(`Reversal of ${row.id}`))
						.map((reversal) => `on ${reversal.date} ${amounts(reversal)}`),
				].join(', '),
			}));
	},
};
