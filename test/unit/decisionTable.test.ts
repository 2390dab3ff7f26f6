import { readFileSync } from 'node:fs';
import path from 'node:path';

import {
	DECISION_TABLE,
	decide,
	type Against,
	type Doubt,
	type Identity,
	type TableRow,
	type Weighed,
} from '../../lib/sync/find/decisionTable';
import { withDecisionTable } from '../../scripts/decisionTablePage';

const IDENTITIES: readonly Identity[] = ['own', 'number', 'reference'];
const AGAINST: readonly Against[] = [
	'gone',
	'markOfAnother',
	'keptByAnother',
	'otherContact',
	'contactUnknown',
	'otherCurrency',
	'surerKeyDiffers',
	'otherSum',
	'mild',
];

const subsets = AGAINST.reduce<Against[][]>(
	(before, each) => before.flatMap((subset) => [subset, [...subset, each]]),
	[[]],
	// A record's contact is known to Xero or not; it cannot be both.
).filter((subset) => !(subset.includes('otherContact') && subset.includes('contactUnknown')));

/**
 * Everything that the finder can hold against the table: a sum is asked of what is not known by a
 * number or as the record's own.
 */
const cells: readonly Weighed[] = IDENTITIES.flatMap((identity) =>
	subsets
		.filter((subset) => identity === 'reference' || !subset.includes('otherSum'))
		.flatMap((subset) =>
			[0, 1, 2, 3].flatMap((support) =>
				[true, false].map((isRare) => ({ identity, against: new Set(subset), support, isRare })),
			),
		),
);

function inWords({ identity, against, support, isRare }: Weighed): string {
	return `${identity}, ${[...against].join('+') || 'nothing'} against, ${support} for${isRare ? ', rare' : ''}`;
}

const has = ({ against }: Weighed, ...kinds: readonly Against[]): boolean =>
	kinds.some((kind) => against.has(kind));
const isGone = (cell: Weighed) => has(cell, 'gone');
const isAnothers = (cell: Weighed) => has(cell, 'markOfAnother', 'keptByAnother');
const isElsewhere = (cell: Weighed) => has(cell, 'otherContact', 'contactUnknown');
/** Under the record's own contact, or nobody's, and not told apart by a surer key. */
const isNear = (cell: Weighed) =>
	cell.identity === 'reference' && !isElsewhere(cell) && !has(cell, 'surerKeyDiffers');
/** Neither out of the books nor another record's, as far as one can see. */
const isFree = (cell: Weighed) => !isGone(cell) && !isAnothers(cell);
const isStranger = (cell: Weighed, contact: Against) =>
	cell.identity === 'reference' && has(cell, contact) && !has(cell, 'surerKeyDiffers');

interface Statement {
	readonly says: string;
	readonly of: (cell: Weighed) => boolean;
	readonly answer: TableRow['answer'];
	readonly doubt?: Doubt;
}

/**
 * The rules of who owns what, each true by itself, whatever stands before or after it. No two speak
 * of the same cell, and together they speak of every one.
 */
const STATEMENTS: readonly Statement[] = [
	// An id or a link outweighs all that is mild, and what can be edited: the contact, the currency.
	{
		says: 'what the record names as its own is not posted again once a person took it out of the books',
		of: (cell) => cell.identity === 'own' && isGone(cell),
		answer: 'unclear',
		doubt: 'gone',
	},
	{
		says: 'no document is two records’ own',
		of: (cell) => cell.identity === 'own' && !isGone(cell) && isAnothers(cell),
		answer: 'unclear',
		doubt: 'ofAnother',
	},
	{
		says: 'a name that Xero does not know, on the record of a known document, is for a person',
		of: (cell) => cell.identity === 'own' && isFree(cell) && has(cell, 'contactUnknown'),
		answer: 'unclear',
		doubt: 'contactRenamed',
	},
	{
		says: 'nothing else stands against an id or a link: another known contact is an edit',
		of: (cell) => cell.identity === 'own' && isFree(cell) && !has(cell, 'contactUnknown'),
		answer: 'this',
	},

	// A number that Xero keeps unique is never passed over: a second document would be refused.
	{
		says: 'the number of a voided document is not used again by itself',
		of: (cell) => cell.identity === 'number' && isGone(cell),
		answer: 'unclear',
		doubt: 'gone',
	},
	{
		says: 'a number with anything strong against it is held, whatever speaks for it',
		of: (cell) =>
			cell.identity === 'number' &&
			!isGone(cell) &&
			(isAnothers(cell) || isElsewhere(cell) || has(cell, 'otherCurrency', 'surerKeyDiffers')),
		answer: 'unclear',
		doubt: 'ofAnother',
	},
	{
		says: 'a number with something mild against it, and nothing but itself for it, is held',
		of: (cell) => isOnlyMild(cell, 'number') && cell.support === 0,
		answer: 'unclear',
		doubt: 'contradicted',
	},
	{
		says: 'day, total or a line outweighs what is mild against a number',
		of: (cell) => isOnlyMild(cell, 'number') && cell.support > 0,
		answer: 'this',
	},
	{
		says: 'a number with nothing against it is the record’s',
		of: (cell) => cell.identity === 'number' && cell.against.size === 0,
		answer: 'this',
	},

	// A reference counts within its contact.
	{
		says: 'a document whose number is another is another, whatever its reference',
		of: (cell) =>
			cell.identity === 'reference' && has(cell, 'surerKeyDiffers') && !mayBeRenumbered(cell),
		answer: 'none',
	},
	{
		says: 'a document that only its number tells from the record’s may have been renumbered',
		of: (cell) =>
			cell.identity === 'reference' && has(cell, 'surerKeyDiffers') && mayBeRenumbered(cell),
		answer: 'unclear',
		doubt: 'contradicted',
	},
	{
		says: 'another customer’s document that is another record’s, or out of the books, stops nobody',
		of: (cell) =>
			(isStranger(cell, 'otherContact') || isStranger(cell, 'contactUnknown')) && !isFree(cell),
		answer: 'none',
	},
	{
		says: 'another customer’s document is asked about only where day, total and a line all agree',
		of: (cell) => isStranger(cell, 'otherContact') && isFree(cell) && cell.support === 3,
		answer: 'unclear',
		doubt: 'ofAnother',
	},
	{
		says: '"Deposit" on other customers’ documents stops nobody',
		of: (cell) => isStranger(cell, 'otherContact') && isFree(cell) && cell.support < 3,
		answer: 'none',
	},
	{
		says: 'a customer whom Xero does not know may have been renamed, where a sign agrees, or nobody else has the reference',
		of: (cell) => isStranger(cell, 'contactUnknown') && isFree(cell) && mayBeRenamed(cell),
		answer: 'unclear',
		doubt: 'contactRenamed',
	},
	{
		says: 'a new customer with a common reference stops nobody',
		of: (cell) => isStranger(cell, 'contactUnknown') && isFree(cell) && !mayBeRenamed(cell),
		answer: 'none',
	},
	{
		says: 'what is out of the books and another record’s is passed over',
		of: (cell) => isNear(cell) && isGone(cell) && isAnothers(cell),
		answer: 'none',
	},
	{
		says: 'what a person took out of the books is not posted again by itself, where it looks the same',
		of: (cell) => isNear(cell) && isGone(cell) && !isAnothers(cell) && cell.support >= 2,
		answer: 'unclear',
		doubt: 'gone',
	},
	{
		says: 'an older document out of the books with the same reference does not stop a new one',
		of: (cell) => isNear(cell) && isGone(cell) && !isAnothers(cell) && cell.support < 2,
		answer: 'none',
	},
	{
		says: 'two records of one customer under one reference are for a person',
		of: (cell) => isNear(cell) && !isGone(cell) && isAnothers(cell),
		answer: 'unclear',
		doubt: 'ofAnother',
	},
	{
		says: 'in another currency it is another document, unless two signs agree',
		of: (cell) => isNear(cell) && isFree(cell) && has(cell, 'otherCurrency') && cell.support < 2,
		answer: 'none',
	},
	{
		says: 'in another currency, with two signs that agree, it is for a person',
		of: (cell) => isNear(cell) && isFree(cell) && has(cell, 'otherCurrency') && cell.support >= 2,
		answer: 'unclear',
		doubt: 'contradicted',
	},
	{
		says: 'a narration and a day are not enough where the sum is another',
		of: (cell) =>
			isNear(cell) && isFree(cell) && !has(cell, 'otherCurrency') && has(cell, 'otherSum'),
		answer: 'unclear',
		doubt: 'contradicted',
	},
	{
		says: 'a reference with something mild against it, and nothing but itself for it, is held',
		of: (cell) => isOnlyMild(cell, 'reference') && cell.support === 0,
		answer: 'unclear',
		doubt: 'contradicted',
	},
	{
		says: 'day, total or a line outweighs what is mild against a reference',
		of: (cell) => isOnlyMild(cell, 'reference') && cell.support > 0,
		answer: 'this',
	},
	{
		says: 'a reference with nothing against it is the record’s',
		of: (cell) => cell.identity === 'reference' && cell.against.size === 0,
		answer: 'this',
	},
];

function isOnlyMild({ identity, against }: Weighed, wanted: Identity): boolean {
	return identity === wanted && against.size === 1 && against.has('mild');
}

function mayBeRenamed({ support, isRare }: Weighed): boolean {
	return support >= 1 || isRare === true;
}

function mayBeRenumbered(cell: Weighed): boolean {
	const isPlain = isFree(cell) && !isElsewhere(cell) && !has(cell, 'otherCurrency');
	return isPlain && cell.support === 3;
}

describe('the decision table', () => {
	it.each(STATEMENTS)('$says', ({ of, answer, doubt }) => {
		const spokenOf = cells.filter(of);
		expect(spokenOf.length).toBeGreaterThan(0);
		const otherwise = spokenOf.flatMap((cell) => {
			const row = decide(cell);
			const isAsSaid = row.answer === answer && row.doubt === doubt;
			return isAsSaid ? [] : [`${inWords(cell)}: ${row.answer} ${row.doubt ?? ''}`];
		});
		expect(otherwise).toEqual([]);
	});

	it('is spoken of in every cell, once', () => {
		const unspoken = cells.filter((cell) => STATEMENTS.filter(({ of }) => of(cell)).length !== 1);
		expect(unspoken.map(inWords)).toEqual([]);
	});

	it('has no row that decides nothing', () => {
		const deciding = new Set(cells.map(decide));
		expect(DECISION_TABLE.filter((row) => !deciding.has(row))).toEqual([]);
	});

	it.each(IDENTITIES)('ends with a row that fits everything: %s', (identity) => {
		const last = DECISION_TABLE.filter((row) => row.identity === identity).at(-1);
		const { all, any, support, isRare } = last ?? {};
		expect({ is: last?.identity, all, any, support, isRare }).toEqual({ is: identity });
	});

	it('stands in docs/never-twice.md (write it again with: node scripts/decisionTableDoc.mjs)', () => {
		const page = readFileSync(path.join(__dirname, '../../docs/never-twice.md'), 'utf8');
		expect(page).toBe(withDecisionTable(page));
	});
});
