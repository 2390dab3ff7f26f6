import type { XeroInMemory } from '../../support/xeroInMemory';
import type { Random } from '../random';
import { LOCKED_UNTIL } from './undoWorld';

/** What became of the documents of a run before anybody thought of undoing it. */
export type Deed = (world: XeroInMemory) => void;

/** People pay, reconcile, send, edit and void a fifth of what the run made, by number or reference. */
export function randomDeeds(
	world: XeroInMemory,
	random: Random,
	isMade: (name: string) => boolean,
): Deed[] {
	const deeds: Deed[] = [];
	const ledger = world.sandbox.xero.organisation();
	for (const { number, status, type, date, reference, lines } of ledger.invoices.all()) {
		if (!isMade(number) || !random.percent(25)) continue;
		const named = (given: XeroInMemory) => {
			const row = given.sandbox.xero.organisation().invoices.find((each) => each.number === number);
			if (!row) throw new Error(`There is no ${number}.`);
			return row;
		};
		const what = random.pick(['pay', 'send', 'edit', 'void'] as const);
		if (what === 'send' && type === 'ACCREC' && status === 'AUTHORISED') {
			deeds.push((given) => put(given, 'invoices', { ...named(given), sentToContact: true }));
		} else if (what === 'edit' && status !== 'PAID') {
			deeds.push((given) =>
				put(given, 'invoices', {
					...named(given),
					...(type === 'ACCREC'
						? { reference: `${reference ?? ''} by hand` }
						: { dueDate: '2027-01-31' }),
				}),
			);
		} else if (what === 'pay' && status === 'AUTHORISED' && date > LOCKED_UNTIL) {
			deeds.push((given) => {
				given.sandbox.xero.person.recordPayment({
					invoiceId: named(given).id,
					amount: '0.25',
					date: '2026-11-15',
					reference: `bank ${number}`,
					isReconciled: true,
				});
			});
		} else if (what === 'void' && lines.length > 1) {
			deeds.push((given) => {
				const { id, amountPaid, amountCredited } = named(given);
				if (amountPaid.plus(amountCredited).gt(0)) return;
				given.sandbox.xero.person.voidInvoice({ invoiceId: id });
			});
		}
	}
	for (const { reference } of ledger.payments.all()) {
		if (!isMade(reference ?? '') || !random.percent(30)) continue;
		deeds.push((given) => {
			const { payments } = given.sandbox.xero.organisation();
			const row = payments.find((each) => each.reference === reference);
			if (row) payments.put(row.paymentId, { ...row, isReconciled: true });
		});
	}
	for (const { reference } of ledger.bankTransactions.all()) {
		if (!isMade(reference ?? '') || !random.percent(30)) continue;
		deeds.push((given) => {
			const { bankTransactions } = given.sandbox.xero.organisation();
			const row = bankTransactions.find((each) => each.reference === reference);
			if (row) bankTransactions.put(row.id, { ...row, isReconciled: true });
		});
	}
	for (const { number } of ledger.quotes.all()) {
		if (!isMade(number) || !random.percent(20)) continue;
		deeds.push((given) => {
			const { quotes } = given.sandbox.xero.organisation();
			const row = quotes.find((each) => each.number === number);
			if (row) quotes.put(row.id, { ...row, title: 'Changed by hand' });
		});
	}
	return deeds;
}

function put(
	world: XeroInMemory,
	table: 'invoices',
	row: Parameters<
		ReturnType<XeroInMemory['sandbox']['xero']['organisation']>['invoices']['put']
	>[1],
): void {
	world.sandbox.xero.organisation()[table].put(row.id, row);
}

export function lockLastMonth(world: XeroInMemory): void {
	world.sandbox.xero.person.setOrganisation({ periodLockDate: LOCKED_UNTIL });
}
