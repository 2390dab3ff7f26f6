import { upsertDocuments } from '../../../lib/sync/upsert';
import { act, recordText } from './actions';
import { PARTED, type Finding } from './findings';
import { Hands } from './hands';
import { checkHeld } from './heldChecks';
import { areMixedUp } from './expectation';
import { isIndistinct } from './indistinct';
import { countWrites } from './journal';
import { checkLedger } from './ledgerChecks';
import { checkContent, checkPlan } from './planChecks';
import {
	contextOf,
	draftsOf,
	hasSettled,
	isHeld,
	observeRun,
	optionsOf,
	PAUSE_MS,
	type Delivery,
	type Observed,
	type Worker,
} from './runStep';
import { State } from './state';
import type { Run, World } from './world';

/** How a world went. */
export interface Played {
	readonly findings: readonly Finding[];
	readonly deliveries: readonly Delivery[];
	/** Everything that was done and said, in words. */
	readonly story: readonly string[];
}

/** Plays a world from an empty ledger. The first finding that parts book and ledger ends it. */
export async function playWorld(given: World, worker: Worker): Promise<Played> {
	const { sandbox } = worker.world;
	const state = new State(given, sandbox);
	const hands = new Hands(sandbox, given.family);
	const findings: Finding[] = [];
	const deliveries: Delivery[] = [];
	const story = [opening(given)];
	seedContacts(state, hands, story);
	for (const step of given.steps) {
		if (step.do !== 'run') {
			story.push(...told(act(state, hands, step)));
			continue;
		}
		try {
			const distinct = step.records.filter((each) => !isIndistinct(state, each, step.records));
			const seen = await observeRun(state, worker, { ...step, records: distinct });
			deliveries.push(...seen.deliveries);
			story.push('RUN', ...seen.deliveries.map((delivery) => deliveryText(state, delivery)));
			findings.push(
				...checkLedger(state, seen),
				...checkHeld(state, seen),
				...checkPlan(state, seen),
				...checkContent(state, seen),
			);
			if (findings.some(({ what }) => PARTED.has(what))) break;
			writeBack(state, seen);
			if (step === given.steps.at(-1)) findings.push(...(await runAgain(state, worker, seen)));
		} catch (error) {
			findings.push({
				what: 'threw',
				text: error instanceof Error ? error.message : String(error),
			});
			break;
		}
	}
	story.push(...findings.map(({ what, text }) => `WRONG ${what}: ${text}`));
	return { findings, deliveries, story };
}

function opening({ family, settings }: World): string {
	const rules = [
		settings.updatesContacts ? 'contacts are brought up to date' : 'contacts stay as they are',
		settings.removesLines ? 'lines are removed' : 'lines stay',
	];
	return `${family.name}; ${rules.join(', ')}`;
}

const told = (text: string | undefined): string[] => (text === undefined ? [] : [text]);

/** Contacts that a person had in Xero before the first run. */
function seedContacts(state: State, hands: Hands, story: string[]): void {
	const cast = castOf(state.world);
	state.customers.forEach(({ name, code, email, inXero }, index) => {
		if (cast.customers.has(index))
			story.push(`customer ${index}: ${[name, code, email].filter(Boolean).join(', ')}`);
		if (!inXero) return;
		const contact = hands.addContact(
			name,
			inXero.hasCode ? code : undefined,
			inXero.hasEmail ? email : undefined,
		);
		if (!contact) return;
		state.contactIds.set(index, contact.contactId);
		if (state.isOfContacts) state.owners.set(contact.contactId, index);
		const { contactNumber = 'no code', texts } = contact;
		const known = `${contactNumber}, ${texts['EmailAddress'] ?? 'no e-mail'}`;
		if (cast.customers.has(index)) story.push(`  in Xero from the beginning: ${known}`);
	});
	if (state.isOfContacts) return;
	state.records.forEach((record, index) => {
		if (!cast.records.has(index)) return;
		const status = record.isApproved && state.world.family.isInvoice ? ', approved' : '';
		story.push(`record ${index}: ${recordText(record)}${status}`);
	});
}

/** The records and customers that have a part in what happens. */
function castOf({
	customers,
	steps,
	records,
}: World): Record<'records' | 'customers', ReadonlySet<number>> {
	const part = { records: new Set<number>(), customers: new Set<number>() };
	for (const step of steps) {
		if ('records' in step) step.records.forEach((record) => part.records.add(record));
		if ('record' in step) part.records.add(step.record);
		const named = [
			...('customer' in step ? [step.customer] : []),
			...('into' in step ? [step.into] : []),
			...('one' in step ? [step.one, step.other] : []),
		];
		named.forEach((customer) => part.customers.add(customer));
	}
	part.records.forEach((record) => part.customers.add(records[record]?.customer ?? record));
	// Who is in Xero from the beginning may be in the way of others.
	customers.forEach(({ inXero }, index) => inXero && part.customers.add(index));
	return part;
}

function deliveryText(state: State, { record, expected, outcome }: Delivery): string {
	const why = expected.kind === 'unclear' ? ` (${expected.why})` : '';
	const id = state.xeroIds[record] === undefined ? 'no id' : 'id';
	const issues = outcome.issues.map(({ code, message }) => `${code} ${message}`).join(' | ');
	return `  record ${record}, ${id}, ${expected.kind}${why}: ${outcome.outcome}: ${outcome.summary} ${issues}`;
}

/** Knack takes the ids, but for those of which the process did not live to see. */
function writeBack(state: State, { run, deliveries }: Observed): void {
	for (const { record, outcome } of deliveries) {
		state.noteOldBase(record, outcome);
		state.lastSent[record] = outcome.sync.fingerprint ?? state.lastSent[record];
		if (hasSettled(outcome) && !run.lostIds.includes(record)) {
			state.xeroIds[record] = outcome.document.id;
			if (state.isOfContacts) state.sentCustomers[record] = state.customer(record);
			state.fingerprints[record] = outcome.sync.fingerprint ?? state.fingerprints[record];
		}
	}
}

/**
 * The same records once more. What was held may go by now, since the run has made its contact;
 * what went has nothing left to do. Where Knack did not hear of what was sent, once and again, it may
 * be a person's to tell who changed it, with nothing written; and so it may whose a contact is, where
 * Knack did not hear its id and another record of the run has the name.
 */
async function runAgain(state: State, worker: Worker, first: Observed): Promise<Finding[]> {
	const { sandbox } = worker.world;
	const wasHeld = new Set(
		first.deliveries.filter(({ outcome }) => isHeld(outcome)).map(({ record }) => record),
	);
	const run: Run = { ...first.run, records: [...new Set(first.run.records)] };
	sandbox.clock.advance(PAUSE_MS);
	sandbox.journal.clear();
	const { outcomes } = await upsertDocuments(
		contextOf(worker),
		state.world.family.definition,
		draftsOf(state, run),
		optionsOf(state),
	);
	const [later, settled] = [true, false].map((isLater) =>
		run.records.flatMap((record, position) => {
			const outcome = outcomes[position];
			return outcome && wasHeld.has(record) === isLater ? [{ record, outcome }] : [];
		}),
	);
	const isUnknown = (record: number) =>
		state.isBaseOld(record) ||
		(state.isOfContacts &&
			state.xeroIds[record] === undefined &&
			run.records.some((other) => other !== record && areMixedUp(state, record, other)));
	const findings = (settled ?? [])
		.filter(({ outcome }) => outcome.outcome !== 'unchanged')
		.filter(({ record, outcome }) => !(isHeld(outcome) && isUnknown(record)))
		.map(
			({ record, outcome }): Finding => ({
				what: 'again',
				text: `record ${record}: ${outcome.summary}`,
			}),
		);
	const writes = countWrites(sandbox);
	const isQuiet = later?.every(({ outcome }) => isHeld(outcome)) === true;
	return writes > 0 && isQuiet && findings.length === 0
		? [{ what: 'again', text: `${writes} writes, and nothing was to be done` }]
		: findings;
}
