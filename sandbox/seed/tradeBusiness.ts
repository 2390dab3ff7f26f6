import { DateTime } from 'luxon';

import type { SandboxClock } from '../core/clock';
import type { KnackTwin } from '../knack/twin';
import type { XeroTwin } from '../xero/twin';
import { addTradeTables } from './tradeTables';

/** The twins a seed fills. */
export interface SeedTarget {
	clock: SandboxClock;
	knack: KnackTwin;
	xero: XeroTwin;
}

interface Customer {
	name: string;
	person: [first: string, last: string];
	email: string;
	phone: string;
	street: string;
	city: string;
	zip: string;
	country?: string;
}

/** Invented people and firms; telephone numbers from the range Ofcom keeps for drama. */
const customers: readonly Customer[] = [
	customer(
		'Ashdown Kitchens Ltd',
		'Priya Ashdown',
		'ashdown-kitchens',
		'01632 960101',
		'14 Mill Lane',
		'Lewes',
		'BN7 2ZZ',
	),
	customer(
		'Bramley & Sons Ltd',
		'Tom Bramley',
		'bramley-sons',
		'01632 960102',
		'Unit 3, Orchard Works',
		'Hereford',
		'HR1 9ZZ',
	),
	customer(
		'Copperfield Joinery',
		'Agnes Wickham',
		'copperfield',
		'01632 960103',
		'22 Dockyard Road',
		'Great Yarmouth',
		'NR30 9ZZ',
	),
	customer(
		'Dunmore Dental Practice',
		'Fiona Dunmore',
		'dunmore-dental',
		'01632 960104',
		'5 Castle Street',
		'Stirling',
		'FK8 9ZZ',
	),
	customer(
		'Eastgate Housing Association',
		'Samuel Okoro',
		'eastgate-housing',
		'01632 960105',
		'100 Eastgate',
		'Lincoln',
		'LN2 9ZZ',
	),
	customer(
		'Fernhill Primary School',
		'Helen Marsh',
		'fernhill-school',
		'01632 960106',
		'Fernhill Road',
		'Farnborough',
		'GU14 9ZZ',
	),
	customer(
		'Greenway Café',
		'Luca Moretti',
		'greenway-cafe',
		'01632 960107',
		'8 Station Parade',
		'Ilkley',
		'LS29 9ZZ',
	),
	customer(
		'Harbour View Guest House',
		'Meg Trelawney',
		'harbour-view',
		'01632 960108',
		'1 Quay Hill',
		'Falmouth',
		'TR11 9ZZ',
	),
	customer(
		'Inkwell Print Studio',
		'Dev Patel',
		'inkwell-print',
		'01632 960109',
		'47 Paper Street',
		'Bristol',
		'BS1 9ZZ',
	),
	customer(
		"O'Connor & Daughters",
		"Niamh O'Connor",
		'oconnor-daughters',
		'01632 960110',
		'6 Linen Quarter',
		'Belfast',
		'BT1 9ZZ',
	),
	customer(
		'Rivermead Properties',
		'James Whitlock',
		'rivermead',
		'01632 960111',
		'30 Rivermead Court',
		'Reading',
		'RG1 9ZZ',
	),
	customer(
		'Atelier Dubois SARL',
		'Claire Dubois',
		'atelier-dubois',
		'+33 1 99 00 12 34',
		'12 rue des Lilas',
		'Lille',
		'59000',
		'France',
	),
];

function customer(
	name: string,
	person: string,
	mailbox: string,
	phone: string,
	street: string,
	city: string,
	zip: string,
	country?: string,
): Customer {
	const [first = '', ...last] = person.split(' ');
	const email = `accounts@${mailbox}.example.com`;
	return {
		name,
		person: [first, last.join(' ')],
		email,
		phone,
		street,
		city,
		zip,
		...(country && { country }),
	};
}

interface Line {
	description: string;
	quantity: number;
	unitPrice: string;
	discount?: number;
	accountCode?: string;
	taxRate?: string;
}

interface Order {
	customer: string;
	status: string;
	/** Days before today. */
	daysAgo: number;
	currency?: string;
	reference?: string;
	notes?: string;
	lines: Line[];
}

const orders: readonly Order[] = [
	{
		customer: 'Ashdown Kitchens Ltd',
		status: 'Completed',
		daysAgo: 12,
		reference: 'PO 4471',
		lines: [
			{ description: 'Fit kitchen units', quantity: 3, unitPrice: '280', accountCode: '210' },
			{ description: 'Oak worktop, 3 m', quantity: 2, unitPrice: '189.50' },
			{ description: 'Disposal of old units', quantity: 1, unitPrice: '75' },
		],
	},
	{
		customer: 'Bramley & Sons Ltd',
		status: 'Completed',
		daysAgo: 9,
		lines: [
			{
				description: 'Cider press, spare seals\nPack of 12',
				quantity: 4,
				unitPrice: '13.33',
				discount: 5,
			},
			{ description: 'Call-out', quantity: 1, unitPrice: '60', accountCode: '210' },
		],
	},
	{
		customer: 'Fernhill Primary School',
		status: 'In Progress',
		daysAgo: 7,
		reference: 'FPS-2207',
		notes: 'Deliver before 8 am.\nAsk for the caretaker.',
		lines: [
			{ description: 'Reading corner shelving', quantity: 6, unitPrice: '42.25' },
			{ description: 'Installation, half day', quantity: 1, unitPrice: '160', accountCode: '210' },
			{
				description: 'Picture books, used',
				quantity: 30,
				unitPrice: '1.15',
				taxRate: 'Zero Rated Income',
			},
		],
	},
	{
		customer: 'Dunmore Dental Practice',
		status: 'In Progress',
		daysAgo: 5,
		lines: [{ description: 'Waiting room bench', quantity: 2, unitPrice: '345.99', discount: 10 }],
	},
	{
		customer: 'Greenway Café',
		status: 'In Progress',
		daysAgo: 4,
		lines: [
			{ description: 'Counter repair', quantity: 2.5, unitPrice: '48', accountCode: '210' },
			// An expense account on a sale with sales tax: Xero will not have it.
			{ description: 'Sundries', quantity: 1, unitPrice: '12.40', accountCode: '429' },
		],
	},
	{
		customer: 'Harbour View Guest House',
		status: 'New',
		daysAgo: 2,
		lines: [
			{ description: 'Sash window, made to measure', quantity: 4, unitPrice: '412.5' },
			{ description: 'Paint, exterior white, 5 l', quantity: 3, unitPrice: '36.95' },
			{ description: 'Fitting', quantity: 4, unitPrice: '95', accountCode: '210' },
			{
				description: 'Energy-saving seals',
				quantity: 12,
				unitPrice: '4.20',
				taxRate: '5% (VAT on Income)',
			},
		],
	},
	{
		customer: 'Atelier Dubois SARL',
		status: 'New',
		daysAgo: 1,
		currency: 'EUR',
		reference: 'BC 2026-118',
		lines: [
			{
				description: 'Display plinth, oak',
				quantity: 3,
				unitPrice: '210',
				taxRate: 'Zero Rated Income',
			},
		],
	},
	{
		customer: 'Rivermead Properties',
		status: 'New',
		daysAgo: 0,
		lines: [
			{ description: 'Fire door, 30 minute', quantity: 5, unitPrice: '149.99' },
			{ description: 'Fitting', quantity: 5, unitPrice: '85', accountCode: '210' },
		],
	},
];

/** Fills both sides: a trade business whose bookkeeper has some of the customers in Xero already. */
export function seedTradeBusiness({ clock, knack, xero }: SeedTarget): void {
	addTradeTables(knack);
	const zone = 'Europe/London';
	const today = DateTime.fromMillis(clock.now(), { zone }).startOf('day');
	const firstCustomer = today.minus({ days: 60 }).set({ hour: 9 }).toMillis();
	const customerIds = knack.seedRecords(
		'Customers',
		customers.map((entry, index) => ({
			Name: entry.name,
			'Customer Number': `C-${String(index + 1).padStart(3, '0')}`,
			'Contact Person': { first: entry.person[0], last: entry.person[1] },
			Email: { email: entry.email },
			Phone: entry.phone,
			Address: {
				street: entry.street,
				city: entry.city,
				zip: entry.zip,
				country: entry.country ?? 'United Kingdom',
			},
		})),
		{ createdAt: (index) => firstCustomer + index * 3_600_000 },
	);
	const customerId = new Map(customers.map(({ name }, index) => [name, customerIds[index]]));
	const placedAt = (order: Order): number =>
		Math.min(clock.now(), today.minus({ days: order.daysAgo }).set({ hour: 10 }).toMillis());
	const orderIds = knack.seedRecords(
		'Orders',
		orders.map((order) => {
			const date = today.minus({ days: order.daysAgo });
			return {
				Customer: customerId.get(order.customer),
				Status: order.status,
				'Order Date': date.toFormat('dd/MM/yyyy'),
				'Due Date': date.plus({ days: 30 }).toFormat('dd/MM/yyyy'),
				Currency: order.currency ?? 'GBP',
				'Customer Reference': order.reference ?? '',
				Notes: order.notes ?? '',
				Modified: DateTime.fromMillis(placedAt(order), { zone }).toFormat('dd/MM/yyyy HH:mm'),
			};
		}),
		{
			createdAt: (index) =>
				placedAt(orders[index] ?? { daysAgo: 0, customer: '', status: '', lines: [] }),
		},
	);
	const lines = orders.flatMap((order, index) =>
		order.lines.map((line) => ({ line, order, orderId: orderIds[index] })),
	);
	knack.seedRecords(
		'Order Lines',
		lines.map(({ line, orderId }) => ({
			Order: orderId,
			Description: line.description,
			Quantity: line.quantity,
			'Unit Price': line.unitPrice,
			'Discount %': line.discount ?? '',
			'Account Code': line.accountCode ?? '200',
			'Tax Rate': line.taxRate ?? '20% (VAT on Income)',
		})),
		{
			createdAt: (index) => {
				const entry = lines[index];
				return entry ? placedAt(entry.order) + 60_000 : clock.now();
			},
		},
	);
	seedXeroContacts(xero);
}

/** What the bookkeeper has already: the same firms, as people write them at different times. */
function seedXeroContacts(xero: XeroTwin): void {
	const mail = (name: string) => customers.find((entry) => entry.name === name)?.email ?? '';
	xero.seedContacts([
		{
			name: 'Ashdown Kitchens Ltd',
			emailAddress: mail('Ashdown Kitchens Ltd'),
			contactNumber: 'C-001',
		},
		{ name: 'BRAMLEY & SONS LTD', emailAddress: mail('Bramley & Sons Ltd') },
		{ name: 'Eastgate Housing Association', emailAddress: mail('Eastgate Housing Association') },
		{ name: 'Greenway Café', emailAddress: 'hello@greenway-cafe.example.com' },
		// Archived years ago; new invoices are refused until it is restored.
		{
			name: 'Dunmore Dental Practice',
			emailAddress: mail('Dunmore Dental Practice'),
			archived: true,
		},
		// Entered twice: which one is meant cannot be known from the e-mail address.
		{ name: 'Rivermead Properties Ltd', emailAddress: mail('Rivermead Properties') },
		{ name: 'Rivermead Properties (Reading)', emailAddress: mail('Rivermead Properties') },
		{ name: 'Office Supplies Direct', emailAddress: 'sales@office-supplies.example.org' },
	]);
}
