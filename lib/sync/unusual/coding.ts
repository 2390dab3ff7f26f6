import { booksOf } from '../../xero/books';
import type { OrganisationSettings } from '../../xero/settings';
import { linePath } from '../check/draftValues';
import { UNUSUAL_RULES } from '../check/rules/unusualRules';
import { lineText, nameOf, type Look, type Unusual } from './look';
import { newest, type LineOfPosting } from './postedHistory';
import type { PostedLine } from './posting';

type Coded = 'account' | 'taxType';

const WORDS = {
	account: { rule: UNUSUAL_RULES.account, path: 'accountCode', word: 'account' },
	taxType: { rule: UNUSUAL_RULES.taxRate, path: 'taxType', word: 'tax rate' },
} as const;

/** From so many lines on it counts that none of them was coded so. */
const ENOUGH = { ofContactAndKind: 3, ofKind: 6, ofContact: 10 } as const;
/** A contact whose lines go to more accounts than that is known for none of them. */
const FEW = 2;
/** The newest lines of a kind by which it is coded anew, for all. */
const RECODED = 3;

/** Accounts and tax rates that the contact, the item or the kind of line never had. */
export function unusualCoding(look: Look): Unusual[] {
	return look.posting.lines.flatMap((line) =>
		(['account', 'taxType'] as const).flatMap((coded) => unusualCode(look, line, coded)),
	);
}

function unusualCode(look: Look, line: PostedLine, coded: Coded): Unusual[] {
	const { index } = line;
	const value = line[coded];
	if (value === undefined) return [];
	const { posting, settings } = look;
	const ofOthers = ({ posting: of }: LineOfPosting) => of.id === undefined || of.id !== posting.id;
	const isCoded = (each: { line: PostedLine }) => each.line[coded] !== undefined;
	const ofKind = newest(look.history.ofKind(line.kind).filter(ofOthers).filter(isCoded));
	const ofContact = newest(
		look.ofContact
			.filter(({ isPosted }) => isPosted)
			.flatMap((of) => of.lines.map((each) => ({ line: each, posting: of })))
			.filter(isCoded),
	);
	const ofBoth = ofKind.filter(({ posting: of }) => of.contactId === posting.contactId);
	const compared = comparedWith(value, coded, { ofBoth, ofKind, ofContact });
	if (!compared) return [];
	const had = [...new Set(compared.lines.map((each) => each.line[coded] ?? ''))];
	const { rule, path, word } = WORDS[coded];
	const names = had.map((each) => codeText(settings, coded, each)).join(', ');
	const subject = {
		contactAndKind: `lines like ${lineText(line)} of ${nameOf(posting)}`,
		kind: `lines like ${lineText(line)}`,
		contact: `lines of ${nameOf(posting)}`,
	}[compared.by];
	return [
		{
			rule,
			field: linePath(index, path),
			message: `The ${word} ${codeText(settings, coded, value)} is new for ${subject}: ${compared.lines.length} that were posted had ${names}.`,
			numbers: { value, had: had.join(', '), count: String(compared.lines.length) },
			released: [path, String(index), line.kind, value],
		},
	];
}

interface Known {
	readonly ofBoth: readonly LineOfPosting[];
	readonly ofKind: readonly LineOfPosting[];
	readonly ofContact: readonly LineOfPosting[];
}

/** The lines, none of which was coded so; undefined where it is usual, or too little is known. */
function comparedWith(value: string, coded: Coded, { ofBoth, ofKind, ofContact }: Known) {
	const isSame = ({ line }: LineOfPosting) => line[coded] === value;
	if (ofKind.length >= RECODED && ofKind.slice(0, RECODED).every(isSame)) return undefined;
	if (ofBoth.length >= ENOUGH.ofContactAndKind) {
		return ofBoth.some(isSame) ? undefined : { by: 'contactAndKind' as const, lines: ofBoth };
	}
	// What a contact has for all else is right for a kind that it never had, such as no tax abroad.
	const isOfContact = ofContact.length > 0 && ofContact.every(isSame);
	if (coded === 'taxType' && isOfContact) return undefined;
	if (ofKind.length >= ENOUGH.ofKind) {
		return ofKind.some(isSame) ? undefined : { by: 'kind' as const, lines: ofKind };
	}
	const had = new Set(ofContact.map(({ line }) => line[coded]));
	return ofContact.length >= ENOUGH.ofContact && had.size <= FEW && !ofContact.some(isSame)
		? { by: 'contact' as const, lines: ofContact }
		: undefined;
}

function codeText(settings: OrganisationSettings, coded: Coded, value: string): string {
	const books = booksOf(settings);
	const name = coded === 'account' ? books.account(value)?.name : books.taxRate(value)?.name;
	return name === undefined ? value : `${value} ${name}`;
}

const ENOUGH_DOCUMENTS = { ofContact: 1, ofAll: 20 } as const;

/** A currency that the contact never had; of a new contact, that nobody had. */
export function unusualCurrency({ posting, ofContact, history, definition }: Look): Unusual[] {
	const { currency } = posting;
	const own = ofContact.filter(({ isPosted }) => isPosted);
	const isOwn = own.length >= ENOUGH_DOCUMENTS.ofContact;
	const compared = isOwn ? own : history.all();
	if (!isOwn && compared.length < ENOUGH_DOCUMENTS.ofAll) return [];
	if (currency === '' || compared.some((each) => each.currency === currency)) return [];
	const had = [...new Set(compared.map((each) => each.currency))].sort().join(', ');
	const whose = isOwn ? nameOf(posting) : 'the organisation, since the contact is new';
	return [
		{
			rule: UNUSUAL_RULES.currency,
			field: 'currencyCode',
			message: `${currency} is new for ${whose}: ${compared.length} ${definition.plural} that were posted are in ${had}.`,
			numbers: { value: currency, had, count: String(compared.length) },
			released: [currency],
		},
	];
}

const TRACKED_SHARE = 0.9;

/** A cost without tracking, where costs of its account have always had it. */
export function costWithoutJob({ posting, definition, draft, settings, history }: Look): Unusual[] {
	if (definition.amounts.sideOf(draft.fields) !== 'purchase') return [];
	const books = booksOf(settings);
	return posting.lines.flatMap((line) => {
		if (line.isTracked || line.account === undefined) return [];
		if (books.account(line.account)?.accountClass !== 'EXPENSE') return [];
		const others = newest(history.ofAccount(line.account));
		const tracked = others.filter((each) => each.line.isTracked).length;
		if (others.length < ENOUGH.ofContact || tracked < others.length * TRACKED_SHARE) return [];
		const name = codeText(settings, 'account', line.account);
		return [
			{
				rule: UNUSUAL_RULES.noJob,
				field: linePath(line.index, 'tracking'),
				message: `${lineText(line)} goes to ${name} without tracking: ${tracked} of ${others.length} costs there name their job.`,
				numbers: { account: line.account, tracked: String(tracked), count: String(others.length) },
				released: [String(line.index), line.kind, line.account],
			},
		];
	});
}
