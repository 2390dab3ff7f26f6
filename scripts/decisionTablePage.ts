import {
	DECISION_TABLE,
	type Against,
	type Identity,
	type TableRow,
} from '../lib/sync/find/decisionTable';

const BEGINNING = '<!-- The decision table, by node scripts/decisionTableDoc.mjs -->';
const END = '<!-- The end of the decision table -->';

const HEADINGS: Readonly<Record<Identity, string>> = {
	own: 'Known by its Xero ID, or by its link to the record',
	number: 'Known by its number',
	reference: 'Known by its reference, or a journal by its narration and day',
};

const WORDS: Readonly<Record<Against, string>> = {
	gone: 'it was voided or deleted',
	markOfAnother: 'its link names another record',
	keptByAnother: 'another record of the run keeps its Xero ID',
	otherContact: 'it is of another contact',
	contactUnknown: 'Xero has no contact of the record’s name',
	otherCurrency: 'it is in another currency',
	surerKeyDiffers: 'its number is another',
	otherSum:
		'of a journal, which a narration and a day alone tie to it: its debits come to another sum',
	mild: 'something mild',
};

const ANSWERS: Readonly<Record<TableRow['answer'], string>> = {
	this: '**the record’s**',
	none: 'another’s, passed over',
	unclear: '**held**',
};

const DOUBTS: Readonly<Record<NonNullable<TableRow['doubt']>, string>> = {
	gone: 'out of the books',
	ofAnother: 'whose is it?',
	contactRenamed: 'renamed?',
	contradicted: 'is it the one?',
};

/** The page with the table as it is now between its two marks. Throws where a mark is missing. */
export function withDecisionTable(page: string): string {
	const from = page.indexOf(BEGINNING);
	const to = page.indexOf(END);
	if (from === -1 || to < from) throw new Error('The page has no place for the decision table.');
	return `${page.slice(0, from + BEGINNING.length)}\n\n${decisionTable()}\n\n${page.slice(to)}`;
}

function decisionTable(): string {
	const identities = [...new Set(DECISION_TABLE.map(({ identity }) => identity))];
	return identities
		.map((identity) => {
			const rows = DECISION_TABLE.filter((row) => row.identity === identity);
			return [
				`**${HEADINGS[identity]}**`,
				'',
				'| what speaks against it | what speaks for it | it is | because |',
				'|---|---|---|---|',
				...rows.map(rowInWords),
			].join('\n');
		})
		.join('\n\n');
}

function rowInWords(row: TableRow): string {
	const doubt = row.doubt === undefined ? '' : `: ${DOUBTS[row.doubt]}`;
	const cells = [
		againstInWords(row),
		supportInWords(row),
		ANSWERS[row.answer] + doubt,
		row.because,
	];
	return `| ${cells.join(' | ')} |`;
}

function againstInWords({ all = [], any = [] }: TableRow): string {
	const either = any.map((each) => WORDS[each]).join(', or ');
	const parts = [...all.map((each) => WORDS[each]), ...(either === '' ? [] : [either])];
	return parts.length === 0 ? 'else' : parts.join('; and ');
}

function supportInWords({ support = 0, isRare }: TableRow): string {
	const agreeing = [
		'',
		'day, total or a line',
		'two of day, total and a line',
		'day, total and a line',
	];
	const parts = [
		agreeing[support] ?? '',
		isRare === undefined ? '' : isRare ? 'no other contact has it' : 'other contacts have it too',
	];
	return parts.filter((part) => part !== '').join('; and ');
}
