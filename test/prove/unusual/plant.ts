import type { Random } from '../random';
import { dayAfter, FIRST_JUDGED_DAY, type Document, type Line } from './year';

/** How a mistake is made of a right record; undefined where it cannot be made of that one. */
type Mistake = (document: Document, random: Random) => Document | undefined;

const cents = (value: number): number => Math.round(value * 100) / 100;

/** With every line changed. */
function withLines(document: Document, change: (line: Line) => Line): Document {
	return { ...document, lines: document.lines.map(change) };
}

const STEADY = new Set(['weekly', 'agent', 'subscription', 'subcontractor', 'trade', 'merchant']);
const OTHER_ACCOUNTS = { sale: ['270'], purchase: ['400', '429', '449', '469', '473'] } as const;

/** The mistakes that are made with a record. */
export const MISTAKES: Readonly<Record<string, Mistake>> = {
	tenfold: (document, random) => {
		const factor = random.pick([10, 10, 10, 100, 0.1]);
		return withLines(document, (line) => ({ ...line, price: cents(line.price * factor) }));
	},
	farOff: (document, random) => {
		if (!STEADY.has(document.sort)) return undefined;
		const factor = random.int(35, 75) / 10;
		return withLines(document, (line) => ({ ...line, price: cents(line.price * factor) }));
	},
	otherAccount: (document, random) => {
		const others = OTHER_ACCOUNTS[document.side].filter(
			(each) => each !== document.lines[0]?.account,
		);
		const account = random.pick(others);
		return withLines(document, (line) => ({ ...line, account }));
	},
	otherTax: (document, random) => {
		if (document.currency !== 'GBP' || document.lines[0]?.tax === 'NONE') return undefined;
		const tax =
			document.side === 'sale'
				? random.pick(['ZERORATEDOUTPUT', 'RROUTPUT', 'EXEMPTOUTPUT'])
				: random.pick(['ZERORATEDINPUT', 'RRINPUT', 'NONE']);
		return withLines(document, (line) => ({ ...line, tax }));
	},
	otherCurrency: (document) =>
		document.currency === 'GBP' ? { ...document, currency: 'EUR' } : undefined,
	otherYear: (document, random) => {
		const year = Number(document.date.slice(0, 4)) + random.pick([-1, -1, 1]);
		// There is no 29 February in the years around.
		return { ...document, date: `${year}${document.date.slice(4)}`.replace('-02-29', '-02-28') };
	},
	withoutJob: (document) =>
		document.side === 'purchase' && document.lines.every(({ job }) => job !== undefined)
			? withLines(document, ({ job: _job, ...line }) => line)
			: undefined,
	exchanged: (document) =>
		document.lines.every(
			({ quantity, price }) => quantity > 1 && (price > quantity * 3 || quantity > price * 3),
		)
			? withLines(document, (line) => ({ ...line, quantity: line.price, price: line.quantity }))
			: undefined,
	taxWithoutNumber: (document) =>
		document.sort === 'soleTrader'
			? withLines(document, (line) => ({ ...line, tax: 'INPUT2' }))
			: undefined,
	belowCost: (document) =>
		document.sort === 'trade'
			? withLines(document, (line) => ({ ...line, price: cents(line.price * 0.4) }))
			: undefined,
};

/** What is entered a second time, under a number of its own. */
export const REPEATS: Readonly<Record<string, Mistake>> = {
	twice: (document, random) => {
		const days = random.int(0, 3);
		return {
			...document,
			entered: dayAfter(document.entered, days),
			date: dayAfter(document.date, days),
			number: document.side === 'sale' ? '' : `${document.number}R`,
		};
	},
	numberAgain: (document, random) => {
		if (document.side !== 'purchase') return undefined;
		const bare = document.number.replace(/[-/]/g, '');
		const number = random.pick([
			document.number.replace(/(\d+)$/, '00$1'),
			document.number.includes('/') ? document.number.replace('/', '-') : bare,
			document.number.replace(/[-/]/, ' '),
		]);
		if (number === document.number) return undefined;
		return { ...document, number, entered: dayAfter(document.entered, random.int(3, 25)) };
	},
};

/**
 * The year with mistakes in two of a hundred documents of its judged part, as many of each kind.
 * Which documents they are in is left to chance.
 */
export function withMistakes(year: readonly Document[], count: number, random: Random): Document[] {
	const judged = year.filter(({ entered }) => entered >= FIRST_JUDGED_DAY);
	const used = new Set<Document>();
	const changed = new Map<Document, Document>();
	const added: Document[] = [];
	const kinds = [...Object.entries(MISTAKES), ...Object.entries(REPEATS)];
	for (let made = 0, at = 0; made < count; at += 1) {
		const [kind, mistake] = kinds[made % kinds.length] ?? ['', () => undefined];
		const document = random.pick(judged);
		const wrong = used.has(document) ? undefined : mistake(document, random);
		if (at > 1_000_000) throw new Error(`No document takes the mistake ${kind}.`);
		if (!wrong) continue;
		used.add(document);
		made += 1;
		if (kind in REPEATS) added.push({ ...wrong, planted: { kind, right: undefined } });
		else changed.set(document, { ...wrong, planted: { kind, right: document } });
	}
	const all = [...year.map((each) => changed.get(each) ?? each), ...added].sort((a, b) =>
		a.entered < b.entered ? -1 : a.entered > b.entered ? 1 : 0,
	);
	let next = 1;
	return all.map((document) => {
		if (document.side === 'purchase') return document;
		const number = `INV-${String(next++).padStart(5, '0')}`;
		const { planted } = document;
		const right = planted?.right && { ...planted.right, number };
		return { ...document, number, ...(planted ? { planted: { ...planted, right } } : {}) };
	});
}
