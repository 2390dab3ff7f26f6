import { decimal } from '../../lib/money';
import { afterWrite, foreseeAfterWriting } from '../../lib/sync/afterWrite/afterWrite';
import type { ApprovalRun } from '../../lib/sync/approval/approvalRun';
import type { Draft } from '../../lib/sync/draft';
import { createGuardMemory, type GuardMemory } from '../../lib/sync/guard/guardMemory';
import { NO_GUARDS, type GuardSettings } from '../../lib/sync/guard/guardSettings';
import type { Counted, Span } from '../../lib/sync/guard/limits';
import { createRunGuard, type RunGuard } from '../../lib/sync/guard/runGuard';
import { createChain } from '../../lib/sync/log/chain';
import { createRunLog, type RunLog } from '../../lib/sync/log/runLog';
import type { Outcome } from '../../lib/sync/outcome';
import { changeStatus } from '../../lib/sync/status/changeStatus';
import { previewDocuments, upsertDocuments, type UpsertOptions } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS } from '../../lib/sync/upsertContext';
import type { FieldValues } from '../../lib/xero/documents/definition';
import { sandboxKnackApp, type Sandbox } from '../../sandbox/sandbox';
import { definitionOf } from './definitionOf';
import { knackInMemory } from './knackInMemory';
import { logTarget } from './syncLog';
import { xeroInMemory, type XeroInMemory } from './xeroInMemory';

export interface World extends XeroInMemory {
	readonly said: string[];
	/** The Stop record: where it is, and how a person sets it. */
	readonly stop: {
		readonly place: GuardSettings['stop'];
		set(isOn: boolean): void;
		remove(): void;
	};
}

export async function openWorld(): Promise<World> {
	const world = await xeroInMemory();
	world.sandbox.xero.configure({ limitsOn: false });
	return { ...world, said: [], stop: addStop(world.sandbox) };
}

/** A Stop record, as a person makes it. */
export function addStop({ knack }: Sandbox): World['stop'] {
	knack.addTable({
		name: 'Switches',
		identifier: 'Name',
		fields: [
			{ name: 'Name', type: 'short_text' },
			{ name: 'Stop', type: 'boolean' },
		],
	});
	const record = knack.createRecord('Switches', { Name: 'All workflows', Stop: false });
	return {
		place: { table: 'Switches', record, field: 'Stop' },
		set: (isOn) => knack.updateRecord('Switches', record, { Stop: isOn }),
		remove: () => knack.deleteRecord('Switches', record),
	};
}

export interface Given {
	readonly fields?: FieldValues;
	readonly price?: string;
	readonly isLetGo?: boolean;
	readonly isEmailed?: boolean;
	readonly table?: string;
}

/** The record of a sale, of 100.00 + 20.00 unless told. */
export function sale(index: number, given: Given = {}): Draft {
	const { fields = {}, price = '100', isLetGo, isEmailed, table = 'object_2' } = given;
	const number = String(index).padStart(5, '0');
	return {
		type: 'salesInvoice',
		itemIndexes: [index],
		fields: {
			'contact.name': `Customer ${number}`,
			'contact.emailAddress': `pay${number}@example.com`,
			invoiceNumber: `INV-${number}`,
			date: '2026-11-20',
			dueDate: '2026-12-20',
			status: 'AUTHORISED',
			...fields,
		},
		lines: [
			{
				fields: {
					description: 'Labour',
					quantity: '1',
					unitAmount: price,
					accountCode: '200',
					taxType: 'OUTPUT2',
				},
			},
		],
		source: {
			applicationId: sandboxKnackApp.id,
			knackRecordId: `record-${number}`,
			table,
			guard: {
				...(isLetGo ? { isLetGo } : {}),
				...(isEmailed ? { email: 'once' as const } : {}),
			},
		},
		issues: [],
	};
}

export const sales = (count: number, given: Given = {}, from = 0): Draft[] =>
	Array.from({ length: count }, (_, index) => sale(from + index, given));

/** The record of a payment of all that a sale comes to, unless told. */
export function paymentOf(index: number, fields: FieldValues = {}): Draft {
	return {
		...sale(index),
		type: 'payment',
		lines: undefined,
		fields: {
			'invoice.number': `INV-${String(index).padStart(5, '0')}`,
			'account.code': '090',
			date: '2026-11-21',
			amount: '120.00',
			reference: `PAY-${index}`,
			...fields,
		},
	};
}

/** What is said of all that Stop holds. */
export const STOPPED = {
	code: 'XERO_GUARD_STOP',
	severity: 'hold',
	message: 'Stop is set in Switches of Knack, which stops all writing.',
	fix: 'Set Stop to No there. What is held goes over with a later run.',
};

/** What keeps Stop from being read: nothing is written then. */
export const UNREADABLE_STOPS: ReadonlyArray<readonly [string, (own: World) => unknown]> = [
	['the record of Stop is gone', (own) => own.stop.remove()],
	[
		'Knack does not answer',
		(own) => own.sandbox.faults.add({ service: 'knack', kind: 'status', status: 503, times: 1000 }),
	],
	['its field is gone', (own) => own.sandbox.knack.deleteField('Switches', 'Stop')],
];

export function most(
	span: Span,
	limits: Readonly<Partial<Record<Counted, number>>>,
): Pick<GuardSettings, 'limits'> {
	const own = Object.fromEntries(
		Object.entries(limits).map(([counted, amount]) => [counted, decimal(amount)]),
	);
	return { limits: { run: {}, day: {}, [span]: own } };
}

interface Running {
	/** Of the process that runs it; one of its own unless told. */
	readonly memory?: GuardMemory;
	readonly options?: Partial<UpsertOptions>;
	readonly isPreview?: boolean;
	readonly moveTo?: string;
	/** What another worker or person does in between: called when the run begins to write. */
	readonly beforeWriting?: () => void;
	/** Table of the Sync Log, where the run has one. */
	readonly logTable?: string;
	readonly approval?: ApprovalRun;
	/** Of the execution, where it goes on with another kind or organisation. */
	readonly guard?: RunGuard;
}

/** A run over drafts, with the e-mails that go with them, as the node makes it. */
export async function run(
	world: World,
	guards: Partial<GuardSettings>,
	drafts: readonly Draft[],
	running: Running = {},
): Promise<{ readonly outcomes: readonly Outcome[]; readonly operations: string[] }> {
	const { memory = createGuardMemory(), options, isPreview = false, moveTo } = running;
	const { beforeWriting, logTable, approval } = running;
	const knack = knackInMemory(world.sandbox);
	const log = logTable === undefined ? undefined : openLog(world, logTable);
	const guard =
		running.guard ??
		createRunGuard(
			{ ...NO_GUARDS, ...guards },
			{
				knack: async () => await Promise.resolve(knack),
				memory,
				place: 'workflow node',
				isPreview,
				...(log ? { log } : {}),
				tell: (sentence) => world.said.push(sentence),
			},
		);
	const definition = definitionOf(drafts[0]?.type ?? '');
	const chosen: UpsertOptions = { ...DEFAULT_OPTIONS, ...options };
	const context = {
		client: guard.watch(world.anotherClient()),
		settings: world.settings,
		clock: world.clock,
		turns: world.turns,
		guard,
		...(approval ? { approval } : {}),
		tell: (sentence: string) => world.said.push(sentence),
		...(beforeWriting ? { beforeWriting: async () => await Promise.resolve(beforeWriting()) } : {}),
	};
	const report =
		moveTo !== undefined
			? await changeStatus(context, definition, drafts, moveTo, chosen)
			: await (isPreview ? previewDocuments : upsertDocuments)(context, definition, drafts, chosen);
	const ofItem = new Map(drafts.map((draft) => [draft.itemIndexes[0], draft]));
	const wishOf = (outcome: Outcome) => {
		const { guard: given } = ofItem.get(outcome.itemIndexes[0])?.source ?? {};
		return given?.email
			? guard.guardWish(outcome, {
					email: given.email,
					alsoWhenUnchanged: given.isEmailedWhenUnchanged ?? given.isLetGo,
				})
			: undefined;
	};
	const goOn = isPreview ? foreseeAfterWriting : afterWrite;
	const outcomes = await goOn(context, definition, report.outcomes, wishOf, chosen);
	guard.settle(outcomes);
	log?.tell(outcomes);
	await log?.close();
	return { outcomes, operations: outcomes.flatMap(({ operations = [] }) => operations) };
}

function openLog({ sandbox }: World, table: string): RunLog {
	const openChain = async () =>
		createChain(await logTarget(sandbox, knackInMemory(sandbox), table), 'a run of the test');
	return createRunLog(openChain, {
		logged: 'changes',
		identityOf: ({ itemIndexes }) => String(itemIndexes[0]),
		handsOf: () => ({}),
	});
}

/** How many records came to what: `{ created: 2, held: 3 }`. */
export function tally(outcomes: readonly Outcome[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { outcome } of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1;
	return counts;
}

/** The codes of what was held, each once. */
export function codesOf(outcomes: readonly Outcome[]): string[] {
	return [...new Set(outcomes.flatMap(({ issues }) => issues.map(({ code }) => code)))].sort();
}

/** What stands in Xero. */
export function ledger({ sandbox }: World) {
	const organisation = sandbox.xero.organisation();
	const invoices = organisation.invoices.all();
	return {
		invoices: invoices.length,
		numbers: invoices.map(({ number }) => number ?? '').sort(),
		statuses: Object.fromEntries(invoices.map(({ number, status }) => [number ?? '', status])),
		contacts: organisation.contacts.all().length,
		emails: invoices.filter(({ sentToContact }) => sentToContact).length,
		payments: organisation.payments.all().length,
	};
}

/** Everything that was sent to Xero to be written since the journal was cleared, as text. */
export function sent({ sandbox }: World): string {
	return sandbox.journal
		.filter({ service: 'xero', kind: 'write' })
		.filter(({ path }) => !path.includes('token'))
		.map((entry) => `${entry.method} ${entry.path} ${JSON.stringify(entry)}`)
		.join('\n');
}
