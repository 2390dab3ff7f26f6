import type { Random } from '../random';
import { CONTACTS, type Family } from './family';
import {
	EDITS,
	TRAITS,
	type Customer,
	type KnackRecord,
	type Line,
	type Run,
	type Step,
	type World,
} from './world';

/** No two have a word in common, so that only equal names are alike. */
const NAMES = ['Aldgate', 'Bramley', 'Corvus', 'Dunmore', 'Elstree', 'Farrow', 'Gilman', 'Hexham'];
const NEW_NAMES = ['Juniper', 'Kestrel', 'Lomond', 'Mistral', 'Nimbus', 'Orwell', 'Pelham'];
const TEXTS = ['Work', 'Boots', 'Retainer', 'Survey', 'Paint', 'Delivery'];
const PRICES = ['19.995', '80', '250.50', '7.25', '1200', '33.33'];
/** References that many customers use. */
const SHARED = ['Deposit', 'PO 1', 'October', 'PO 12'];

/** A small world of one document type, full of what makes records hard to tell apart. */
export function randomWorld(random: Random, family: Family): World {
	const customers = randomCustomers(random);
	const isContacts = family === CONTACTS;
	const records = isContacts
		? customers.map((_, index) => randomRecord(random, family, [], index))
		: randomRecords(random, family, customers.length);
	return {
		family,
		customers,
		records,
		settings: {
			updatesContacts: random.percent(25),
			removesLines: random.percent(70),
		},
		steps: randomSteps(random, customers.length, records.length),
	};
}

function randomCustomers(random: Random): Customer[] {
	const count = random.int(2, 6);
	const withCodes = random.pick([0, 50, 100]);
	const sameNames = random.percent(30) ? random.int(1, count - 1) : undefined;
	return Array.from(
		{ length: count },
		(_, index): Customer => ({
			// Two people of one name, who differ in what else is known of them.
			name: `${index === sameNames ? NAMES[0] : NAMES[index]} Ltd`,
			...(random.percent(withCodes) ? { code: `K-${100 + index}` } : {}),
			...(index === sameNames || random.percent(70)
				? { email: `office@${NAMES[index]?.toLowerCase()}.example` }
				: {}),
			...(random.percent(60)
				? { inXero: { hasCode: random.percent(70), hasEmail: random.percent(80) } }
				: {}),
		}),
	);
}

function randomRecords(random: Random, family: Family, customers: number): KnackRecord[] {
	const records: KnackRecord[] = [];
	for (let left = random.int(3, 10); left > 0; left -= 1) {
		records.push(randomRecord(random, family, records, random.int(0, customers - 1)));
	}
	return records;
}

export function randomRecord(
	random: Random,
	family: Family,
	earlier: readonly KnackRecord[],
	customer: number,
): KnackRecord {
	const position = earlier.length + customer;
	// Orders of one customer may well be alike to the letter.
	const model = earlier.length > 0 && random.percent(15) ? random.pick(earlier) : undefined;
	const taken = earlier.length > 0 ? random.pick(earlier).number : undefined;
	const isReused = random.percent(family.isNumberUnique ? 8 : 45);
	// 7, 77 and 777: numbers that contain each other.
	const fresh = random.pick([`J-${7}${'7'.repeat(earlier.length)}`, `J-${100 + earlier.length}`]);
	const day = model?.day ?? random.int(1, 24);
	return {
		knackId: `6fbd409b646808b072fe${(0x1000 + position * 16 + earlier.length).toString(16)}`,
		customer: model?.customer ?? customer,
		...(family.bears.includes('number')
			? { number: isReused && taken !== undefined ? taken : fresh }
			: {}),
		...(family.bears.includes('reference')
			? { reference: random.percent(50) ? random.pick(SHARED) : `ORD-${earlier.length + 1}` }
			: {}),
		day,
		dueDay: day + random.int(1, 5),
		isApproved: random.percent(40),
		lines: model?.lines ?? randomLines(random),
	};
}

function randomLines(random: Random): Line[] {
	const texts = [...TEXTS];
	return Array.from({ length: random.int(1, 3) }, (): Line => {
		const [text = ''] = texts.splice(random.int(0, texts.length - 1), 1);
		return { text, quantity: random.int(1, 9), price: random.pick(PRICES) };
	});
}

function randomSteps(random: Random, customers: number, records: number): Step[] {
	const steps: Step[] = [];
	const newNames = [...NEW_NAMES];
	const scene = { random, customers, records, newNames };
	for (let left = random.int(0, 2); left > 0; left -= 1) steps.push(stranger(scene));
	const runs = random.int(2, 4);
	for (let run = 1; run <= runs; run += 1) {
		if (run > 1) {
			for (let left = random.int(0, 4); left > 0; left -= 1) steps.push(editOf(scene));
			if (random.percent(45)) steps.push(oddInKnack(scene));
			if (random.percent(55)) steps.push(oddInXero(scene));
			if (random.percent(40)) steps.push(stranger(scene));
			if (random.percent(30)) steps.push({ do: 'wait', days: random.pick([1, 7, 40]) });
		}
		steps.push(randomRun(random, records));
	}
	return steps;
}

interface Scene {
	readonly random: Random;
	readonly customers: number;
	readonly records: number;
	/** Names that nobody has yet. */
	readonly newNames: string[];
}

function randomRun(random: Random, records: number): Run {
	const chosen = Array.from({ length: records }, (_, index) => index).filter(() =>
		random.percent(75),
	);
	const repeated = random.percent(25) ? chosen.filter(() => random.percent(40)) : [];
	const delivered = [...(chosen.length > 0 ? chosen : [0]), ...repeated];
	// Events come in any order.
	const order = delivered
		.map((record) => ({ record, at: random.int(0, 9_999) }))
		.sort((one, other) => one.at - other.at);
	return {
		do: 'run',
		records: order.map(({ record }) => record),
		lostIds: chosen.filter(() => random.percent(35)),
	};
}

const anyCustomer = ({ random, customers }: Scene) => random.int(0, customers - 1);
const anyRecord = ({ random, records }: Scene) => random.int(0, records - 1);

function editOf(scene: Scene): Step {
	const { random } = scene;
	const edit = random.percent(90) ? random.pick(EDITS.slice(0, -1)) : 'everything';
	return { do: 'edit', record: anyRecord(scene), edit, chance: random.int(0, 999) };
}

function newName({ random, newNames }: Scene): string {
	const name = newNames.splice(random.int(0, newNames.length - 1), 1)[0];
	return `${name ?? `Name ${random.int(1, 9_999)}`} Group`;
}

function oddInKnack(scene: Scene): Step {
	const customer = anyCustomer(scene);
	switch (scene.random.int(1, 6)) {
		case 1:
			return { do: 'renameInKnack', customer, name: newName(scene) };
		case 2:
			return { do: 'swapCodes', one: customer, other: anyCustomer(scene) };
		case 3:
			return { do: 'newEmail', customer, email: `new${customer}@post.example` };
		case 4:
			return { do: 'giveToCustomer', record: anyRecord(scene), customer };
		case 5:
			return { do: 'swapKeys', one: anyRecord(scene), other: anyRecord(scene) };
		default:
			return { do: 'loseId', record: anyRecord(scene) };
	}
}

function oddInXero(scene: Scene): Step {
	const customer = anyCustomer(scene);
	switch (scene.random.int(1, 8)) {
		case 1:
		case 2:
			return { do: 'renameInXero', customer, name: newName(scene) };
		case 3:
			return { do: 'archive', customer };
		case 4:
			return { do: 'merge', customer, into: anyCustomer(scene) };
		case 5:
		case 6:
			return { do: 'void', record: anyRecord(scene) };
		case 7:
			return { do: 'pay', record: anyRecord(scene) };
		default:
			return { do: 'send', record: anyRecord(scene) };
	}
}

/** Somebody else's document or contact with something of a record, or a record's posted by hand. */
function stranger(scene: Scene): Step {
	const { random } = scene;
	const record = anyRecord(scene);
	const traits = TRAITS.filter(() => random.percent(50));
	const isGone = random.percent(20);
	switch (random.int(1, 6)) {
		case 1:
			return {
				do: 'strangerDocument',
				record,
				contact: 'stranger',
				sharesKeys: true,
				shares: traits,
				isGone,
			};
		case 2:
			// A key of the record on its own contact, and nothing else that speaks for it.
			return {
				do: 'strangerDocument',
				record,
				contact: 'own',
				sharesKeys: true,
				shares: [],
				isGone,
			};
		case 3:
			return {
				do: 'strangerDocument',
				record,
				contact: 'own',
				sharesKeys: false,
				shares: ['day', 'total'],
				isGone,
			};
		case 4:
			return { do: 'postedByHand', record, keeps: traits.length > 0 ? traits : ['day'] };
		default:
			return {
				do: 'strangerContact',
				customer: anyCustomer(scene),
				shares: random.percent(70) ? 'name' : 'email',
				...(random.percent(50) ? { code: `S-${record}` } : {}),
			};
	}
}
