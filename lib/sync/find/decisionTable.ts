/** How a document in Xero is tied to a record, surest first. */
export type Identity =
	/** The record keeps its id, or its link to the source names the record. */
	| 'own'
	/** It has the record's value of a key that no two documents share, such as its number. */
	| 'number'
	/** It has the record's value of a key that documents may share, such as its reference. */
	| 'reference';

/** What can stand against a document's being the record's. */
export type Against =
	| 'gone'
	| 'markOfAnother'
	| 'keptByAnother'
	| 'otherContact'
	| 'contactUnknown'
	| 'otherCurrency'
	| 'surerKeyDiffers'
	/** Of documents that a word and a day alone tie to the record. */
	| 'otherSum'
	/** Another reference or number, a day far off, no line in common. */
	| 'mild';

type Answer = 'this' | 'none' | 'unclear';

/** Why a person has to look; each has words of its own. */
export type Doubt = 'gone' | 'ofAnother' | 'contactRenamed' | 'contradicted';

export interface TableRow {
	readonly identity: Identity;
	/** All of these stand against it. */
	readonly all?: readonly Against[];
	/** At least one of these stands against it. */
	readonly any?: readonly Against[];
	/** How many of day, total and a line at least speak for it. */
	readonly support?: number;
	/** Whether the key's value is found under one contact alone, and so is no common word. */
	readonly isRare?: boolean;
	readonly answer: Answer;
	readonly doubt?: Doubt;
	/** For the docs. */
	readonly because: string;
}

/**
 * The first row that fits decides. Printed into docs/never-twice.md.
 * @internal
 */
export const DECISION_TABLE: readonly TableRow[] = [
	{
		identity: 'own',
		any: ['gone'],
		answer: 'unclear',
		doubt: 'gone',
		because: 'What a person voided or deleted is not posted again by itself.',
	},
	{
		identity: 'own',
		any: ['markOfAnother', 'keptByAnother'],
		answer: 'unclear',
		doubt: 'ofAnother',
		because: 'Two records cannot both own it.',
	},
	{
		identity: 'own',
		any: ['contactUnknown'],
		answer: 'unclear',
		doubt: 'contactRenamed',
		because: 'Renamed in Xero, or corrected in Knack: a person decides, and no contact is made.',
	},
	{
		identity: 'own',
		answer: 'this',
		because: 'Id and link outweigh all else; another contact that Xero has is an edit.',
	},
	{
		identity: 'number',
		any: ['gone'],
		answer: 'unclear',
		doubt: 'gone',
		because: 'A voided document keeps its number, so a new one would be refused.',
	},
	{
		identity: 'number',
		any: [
			'markOfAnother',
			'keptByAnother',
			'otherContact',
			'contactUnknown',
			'otherCurrency',
			'surerKeyDiffers',
		],
		answer: 'unclear',
		doubt: 'ofAnother',
		because: 'It is another record’s, and a second document of that number would be refused.',
	},
	{
		identity: 'number',
		all: ['mild'],
		support: 1,
		answer: 'this',
		because: 'The day, the total or a line confirms the number.',
	},
	{
		identity: 'number',
		all: ['mild'],
		answer: 'unclear',
		doubt: 'contradicted',
		because: 'Nothing but the number speaks for it, and something against it.',
	},
	{ identity: 'number', answer: 'this', because: 'Nothing speaks against it.' },
	{
		identity: 'reference',
		all: ['surerKeyDiffers'],
		any: [
			'markOfAnother',
			'keptByAnother',
			'otherContact',
			'contactUnknown',
			'gone',
			'otherCurrency',
		],
		answer: 'none',
		because: 'Its number says that it is another document, and not that alone.',
	},
	{
		identity: 'reference',
		all: ['surerKeyDiffers'],
		support: 3,
		answer: 'unclear',
		doubt: 'contradicted',
		because: 'Only the number differs: renumbered, or a second one?',
	},
	{
		identity: 'reference',
		all: ['surerKeyDiffers'],
		answer: 'none',
		because: 'Its number says that it is another document.',
	},
	{
		identity: 'reference',
		all: ['contactUnknown', 'markOfAnother'],
		answer: 'none',
		because: 'Another customer’s document, whose link names another record.',
	},
	{
		identity: 'reference',
		all: ['otherContact', 'markOfAnother'],
		answer: 'none',
		because: 'Another customer’s document, whose link names another record.',
	},
	{
		identity: 'reference',
		all: ['contactUnknown'],
		any: ['keptByAnother', 'gone'],
		answer: 'none',
		because: 'Another record of the run keeps it, or it is out of the books.',
	},
	{
		identity: 'reference',
		all: ['contactUnknown'],
		support: 1,
		answer: 'unclear',
		doubt: 'contactRenamed',
		because: 'The customer may have been renamed, and the record edited: something agrees.',
	},
	{
		identity: 'reference',
		all: ['contactUnknown'],
		isRare: true,
		answer: 'unclear',
		doubt: 'contactRenamed',
		because: 'The customer may have been renamed: nobody else has this reference.',
	},
	{
		identity: 'reference',
		all: ['contactUnknown'],
		answer: 'none',
		because: '"Deposit" on other customers’ documents stops nobody.',
	},
	{
		identity: 'reference',
		all: ['otherContact'],
		any: ['keptByAnother', 'gone'],
		answer: 'none',
		because: 'Another customer’s document.',
	},
	{
		identity: 'reference',
		all: ['otherContact'],
		support: 3,
		answer: 'unclear',
		doubt: 'ofAnother',
		because: 'Day, total and a line agree: the same document under another customer?',
	},
	{
		identity: 'reference',
		all: ['otherContact'],
		answer: 'none',
		because: 'A reference counts within its contact.',
	},
	{
		identity: 'reference',
		all: ['gone'],
		any: ['markOfAnother', 'keptByAnother'],
		answer: 'none',
		because: 'Another record’s document, and out of the books.',
	},
	{
		identity: 'reference',
		all: ['gone'],
		support: 2,
		answer: 'unclear',
		doubt: 'gone',
		because: 'What a person voided or deleted is not posted again by itself.',
	},
	{
		identity: 'reference',
		all: ['gone'],
		answer: 'none',
		because: 'An older document that happens to have the same reference.',
	},
	{
		identity: 'reference',
		any: ['markOfAnother', 'keptByAnother'],
		answer: 'unclear',
		doubt: 'ofAnother',
		because: 'Two records of one customer with one reference: which is which is for a person.',
	},
	{
		identity: 'reference',
		all: ['otherCurrency'],
		support: 2,
		answer: 'unclear',
		doubt: 'contradicted',
		because: 'Day and a line agree, but the currency does not.',
	},
	{
		identity: 'reference',
		all: ['otherCurrency'],
		answer: 'none',
		because: 'Another document of the same customer.',
	},
	{
		identity: 'reference',
		all: ['otherSum'],
		answer: 'unclear',
		doubt: 'contradicted',
		because: 'A narration and a day are no proof: what it comes to has to agree.',
	},
	{
		identity: 'reference',
		all: ['mild'],
		support: 1,
		answer: 'this',
		because: 'The day, the total or a line confirms the reference.',
	},
	{
		identity: 'reference',
		all: ['mild'],
		answer: 'unclear',
		doubt: 'contradicted',
		because: 'Nothing but the reference speaks for it, and something against it.',
	},
	{ identity: 'reference', answer: 'this', because: 'Nothing speaks against it.' },
];

export interface Weighed {
	readonly identity: Identity;
	readonly against: ReadonlySet<Against>;
	readonly support: number;
	/** Asked of what a key leads to. */
	readonly isRare?: boolean;
}

/** The row of the table that decides. */
export function decide(weighed: Weighed): TableRow {
	const row = DECISION_TABLE.find((each) => fits(each, weighed));
	// The last row of each identity asks for nothing.
	if (!row) throw new Error(`The decision table has no row for ${weighed.identity}.`);
	return row;
}

function fits(row: TableRow, { identity, against, support, isRare }: Weighed): boolean {
	return (
		row.identity === identity &&
		(row.all ?? []).every((each) => against.has(each)) &&
		(row.any === undefined || row.any.some((each) => against.has(each))) &&
		support >= (row.support ?? 0) &&
		(row.isRare === undefined || row.isRare === isRare)
	);
}
