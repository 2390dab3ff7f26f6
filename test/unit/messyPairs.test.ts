import { ContactIndex, type WantedContact } from '../../lib/sync/find/contactIndex';
import { CONTACT_OF_DOCUMENT, findContact } from '../../lib/sync/find/findContact';
import type { XeroDocument } from '../../lib/xero/documents/definition';

/**
 * 500 pairs of a contact in Xero and a customer in Knack, as people write them. `same` says
 * whether a person who knows both would call them the same contact.
 */
interface Pair {
	readonly trouble: string;
	readonly xero: readonly XeroDocument[];
	readonly knack: WantedContact;
	readonly same: boolean;
	/** Nobody could tell without asking: holding it is the right answer. */
	readonly mustHold?: boolean;
}

const FIRST = [
	'Ashdown',
	'Bramley',
	'Copperfield',
	'Dunmore',
	'Eastgate',
	'Fairlight',
	'Greenhill',
	'Harbour',
	'Ivybridge',
	'Juniper',
];
const SECOND = ['Kitchens', 'Joinery', 'Motors', 'Dental Practice', 'Café Müller'];

function name(index: number): string {
	return `${FIRST[index % 10]} ${SECOND[Math.floor(index / 10) % 5]}`;
}

let serial = 0;
function contact(
	title: string,
	more: { email?: string; number?: string; status?: string; mergedToId?: string; id?: string } = {},
): XeroDocument {
	serial += 1;
	return {
		type: 'contact',
		id: more.id ?? `contact-${serial}`,
		status: more.status ?? 'ACTIVE',
		...(more.mergedToId === undefined ? {} : { mergedToId: more.mergedToId }),
		fields: {
			name: title,
			...(more.email === undefined ? {} : { emailAddress: more.email }),
			...(more.number === undefined ? {} : { contactNumber: more.number }),
		},
	};
}

type Make = (title: string, index: number) => Omit<Pair, 'trouble'>;

const plain = (title: string) => title.normalize('NFKD').replace(/\p{M}/gu, '');

const TROUBLES: ReadonlyArray<[string, Make]> = [
	[
		'other case',
		(title) => ({
			xero: [contact(`${title} Ltd`)],
			knack: { name: `${title} LTD`.toUpperCase() },
			same: true,
		}),
	],
	[
		'other spaces',
		(title) => ({
			xero: [contact(title)],
			knack: { name: `  ${title.replace(' ', '   ')} ` },
			same: true,
		}),
	],
	[
		'no accents',
		(title) => ({
			xero: [contact(`Bistro é ${title}`)],
			knack: { name: plain(`Bistro é ${title}`) },
			same: true,
		}),
	],
	[
		'punctuation',
		(title) => ({
			xero: [contact(`${title}, Sons & Co.`)],
			knack: { name: `${title} Sons and Co` },
			same: true,
		}),
	],
	[
		'Ltd for Limited',
		(title) => ({
			xero: [contact(`${title} Limited`)],
			knack: { name: `${title} Ltd.` },
			same: true,
		}),
	],
	[
		'shared e-mail address of another firm',
		(title, index) => ({
			xero: [contact(`Northwind Estates ${index}`, { email: 'office@shared.example' })],
			knack: { name: title, emailAddress: 'office@shared.example' },
			same: false,
		}),
	],
	[
		'archived',
		(title) => ({
			xero: [contact(title, { status: 'ARCHIVED' })],
			knack: { name: title },
			same: true,
			mustHold: true,
		}),
	],
	[
		'merged',
		(title, index) => ({
			xero: [
				contact(title, { id: `old-${index}`, mergedToId: `new-${index}`, status: 'ARCHIVED' }),
				contact(`${title} Group`, { id: `new-${index}` }),
			],
			knack: { id: `old-${index}`, name: title },
			same: true,
		}),
	],
	[
		'doubles',
		(title) => ({
			xero: [contact(`${title} & Sons`), contact(`${title} and Sons`)],
			knack: { name: `${title} + Sons` },
			same: true,
			mustHold: true,
		}),
	],
	[
		'another legal form',
		(title) => ({ xero: [contact(`${title} Ltd`)], knack: { name: `${title} Inc` }, same: false }),
	],
];

const PAIRS: readonly Pair[] = TROUBLES.flatMap(([trouble, make]) =>
	Array.from({ length: 50 }, (_, index) => ({
		trouble,
		...make(`${name(index)} ${Math.floor(index / 50)}`.trim(), index),
	})),
);

describe('500 messy pairs of contacts', () => {
	const results = PAIRS.map((pair) => {
		const match = findContact(new ContactIndex(pair.xero), pair.knack, {
			...CONTACT_OF_DOCUMENT,
			severities: {},
		});
		return { pair, match };
	});

	it('makes no false link', () => {
		expect(PAIRS).toHaveLength(500);
		const wrong = results.filter(
			({ pair, match }) => match.kind === 'matched' && (!pair.same || pair.mustHold),
		);
		expect(wrong.map(({ pair }) => `${pair.trouble}: ${pair.knack.name}`)).toEqual([]);
	});

	it('links at least 99 % of the true pairs, and holds what only a person can tell', () => {
		const linkable = results.filter(({ pair }) => pair.same && !pair.mustHold);
		const linked = linkable.filter(({ match }) => match.kind === 'matched');
		expect(linked.length / linkable.length).toBeGreaterThanOrEqual(0.99);
		const toHold = results.filter(({ pair }) => pair.mustHold);
		expect(toHold.every(({ match }) => match.kind === 'stopped')).toBe(true);
	});

	it('follows a merged contact to the one that it went into', () => {
		const merged = results.filter(({ pair }) => pair.trouble === 'merged');
		for (const { pair, match } of merged) {
			expect(match.kind === 'matched' && match.document.id).toBe(
				pair.knack.id?.replace('old', 'new'),
			);
		}
	});
});
