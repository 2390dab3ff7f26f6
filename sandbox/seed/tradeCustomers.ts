/** The customers of the seeded trade business. */

export interface TradeCustomer {
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
export const tradeCustomers: readonly TradeCustomer[] = [
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
): TradeCustomer {
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
