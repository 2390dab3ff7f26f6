import type { PaymentSettings } from '../../lib/sync/payments/paymentSettings';
import { PaymentTestbed } from '../contract/paymentTestbed';
import type { Way, WayStage } from './kind';
import { Killed, randomTrouble, troubledPort, UNTROUBLED, type Trouble } from './troubledPort';
import { Random } from './random';

const FIELD = 'Repeating Invoice ID';
const PRICE = 9;

/**
 * Subscriptions in Knack, of which Xero makes an invoice now and then, and which are paid in any order.
 * What changed is brought to Knack by one or two processes at once that die; at rest each record shows
 * what the oldest of its invoices that is due says.
 */
export const SUBSCRIPTIONS: Way = {
	name: 'invoices of repeating invoices, to their subscriptions',
	play: async (stage) => await new SubscriptionScene(stage, await openBooks()).play(),
};

async function openBooks(): Promise<PaymentTestbed> {
	const bed = await PaymentTestbed.open((sandbox) => {
		sandbox.knack.addField('Orders', { name: FIELD, type: 'short_text' });
	});
	bed.sandbox.xero.configure({ limitsOn: false });
	return bed;
}

interface Subscription {
	readonly record: string;
	readonly template: string;
	readonly invoices: string[];
}

class SubscriptionScene {
	private readonly subscriptions: readonly Subscription[];
	private state: unknown = undefined;

	constructor(
		private readonly stage: WayStage,
		private readonly bed: PaymentTestbed,
	) {
		const { xero, knack } = bed.sandbox;
		const key = knack.fieldKey('Orders', FIELD);
		this.subscriptions = Array.from({ length: stage.random.int(1, 4) }, (_, index) => {
			const [contact] = xero.seedContacts([{ name: `Subscriber ${index}` }]);
			const template = xero.person.addRepeatingInvoice({
				type: 'ACCREC',
				contactId: String(contact?.contactId),
				members: {
					Status: 'AUTHORISED',
					LineAmountTypes: 'NoTax',
					LineItems: [{ Description: 'Hosting', UnitAmount: PRICE, AccountCode: '200' }],
				},
				schedule: { period: 1, unit: 'MONTHLY', nextDate: '2026-06-30' },
			});
			return { template, record: bed.order(index, { [key]: template }), invoices: [] };
		});
	}

	async play(): Promise<readonly string[]> {
		const { random, counts } = this.stage;
		for (let round = random.int(1, 4); round > 0; round -= 1) {
			for (let event = random.int(1, 5); event > 0; event -= 1) this.happens();
			const workers = random.percent(50) ? 1 : 2;
			if (workers > 1) counts.races += 1;
			await Promise.all(
				Array.from({ length: workers }, async () => {
					await this.survive(randomTrouble(random, workers === 1), random.int(0, 1_000_000));
				}),
			);
			await this.bed.later(random.int(1, 60) * 60_000);
		}
		await this.bring(UNTROUBLED, new Random(1));
		await this.bed.later(60_000);
		const writes = this.bed.knackWrites();
		await this.bring(UNTROUBLED, new Random(1));
		return [
			...(this.bed.knackWrites() > writes ? ['written although nothing was to be done'] : []),
			...this.subscriptions.flatMap((subscription) => this.wrong(subscription)),
		];
	}

	/** Xero makes the next invoice, or a customer pays one, in part or whole. */
	private happens(): void {
		const { random } = this.stage;
		const { xero } = this.bed.sandbox;
		const { template, invoices } = random.pick(this.subscriptions);
		const open = invoices.filter((id) => this.dueOf(id) > 0);
		if (open.length === 0 || (invoices.length < 5 && random.percent(50))) {
			invoices.push(String(xero.person.makeScheduledInvoice(template).InvoiceID));
			return;
		}
		const invoiceId = random.pick(open);
		const due = this.dueOf(invoiceId);
		xero.recordPayment({ invoiceId, amount: random.percent(70) ? due : Math.min(due, 2) });
	}

	private dueOf(id: string): number {
		return this.bed.sandbox.xero.organisation().invoices.get(id)?.amountDue.toNumber() ?? 0;
	}

	private async survive(trouble: Trouble, seed: number): Promise<void> {
		try {
			await this.bring(trouble, new Random(seed));
		} catch (error) {
			if (error instanceof Killed) this.stage.counts.kills += 1;
			else if (!(error instanceof Error && error.name === 'ServiceFaultError')) throw error;
		}
	}

	/** Brings what has changed to Knack. Who dies leaves the state of the run before. */
	private async bring(trouble: Trouble, chance: Random): Promise<void> {
		const { plantedFault } = this.stage;
		const { clock } = this.bed.sandbox;
		const { match } = this.bed.settings();
		const over: Partial<PaymentSettings> = {
			match: { ...match, repeatingInvoiceId: this.bed.field(FIELD) },
			whenMissing: 'skip',
		};
		const { state } = await this.bed.syncChanges(this.state, over, (inner) =>
			troubledPort(plantedFault(inner), trouble, chance, clock),
		);
		this.state = state;
	}

	private wrong({ record, invoices }: Subscription): string[] {
		const shown = this.bed.shown(record);
		const [oldest] = invoices.filter((id) => this.dueOf(id) > 0);
		const due = invoices.length === 0 ? undefined : oldest === undefined ? 0 : this.dueOf(oldest);
		const wanted = due === undefined ? '' : `£${due.toFixed(2)}`;
		if (wanted !== '' && shown['Amount Due'] !== wanted) {
			return [`a subscription shows ${shown['Amount Due']} due instead of ${wanted}`];
		}
		const isPaid = shown['Payment Status'] === 'Paid';
		return isPaid === (due === 0) ? [] : [`it is ${shown['Payment Status']} with ${wanted} due`];
	}
}
