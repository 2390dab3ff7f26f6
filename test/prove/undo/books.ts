import type { XeroInMemory } from '../../support/xeroInMemory';

type Row = Readonly<Record<string, unknown>>;

function list(value: unknown): Row[] {
	return Array.isArray(value) ? (value as Row[]) : [];
}

/** Each account's balance at the end of a day, as the trial balance says; without what is nothing. */
export async function balancesOn(world: XeroInMemory, date: string): Promise<string[]> {
	const path = '/Reports/TrialBalance';
	const body = (await world.anotherClient().read({ path, query: { date } })) as Row;
	const balances: string[] = [];
	let seen = 0;
	const visit = (rows: readonly Row[]) => {
		for (const row of rows) {
			visit(list(row.Rows));
			const cells = list(row.Cells).map(({ Value }) => String(Value ?? ''));
			const [name = '', ...amounts] = cells;
			const [debit = 0, credit = 0] = amounts.slice(-2).map(Number);
			if (row.RowType === 'Row') seen += 1;
			const total = Math.round((debit - credit) * 100) / 100;
			if (row.RowType === 'Row' && total !== 0) balances.push(`${name} ${total.toFixed(2)}`);
		}
	};
	visit(list(list(body.Reports)[0]?.Rows));
	if (seen === 0) throw new Error('The trial balance has no accounts.');
	return balances.sort();
}

const LIVE: ReadonlySet<string> = new Set(['AUTHORISED', 'PAID']);

/** What each contact owes and is owed today, by name; without what is nothing. */
export function owedByContact({ sandbox }: XeroInMemory): string[] {
	const ledger = sandbox.xero.organisation();
	const sums = new Map<string, number>();
	const add = (name: string, cents: number) => sums.set(name, (sums.get(name) ?? 0) + cents);
	const nameOf = (id: string) => ledger.contacts.get(id)?.name ?? id;
	for (const invoice of ledger.invoices.all()) {
		if (!LIVE.has(invoice.status)) continue;
		const side = invoice.type === 'ACCREC' ? 'owes' : 'is owed';
		add(`${nameOf(invoice.contactId)} ${side}`, Math.round(invoice.amountDue.toNumber() * 100));
	}
	for (const note of ledger.creditNotes.all()) {
		if (!LIVE.has(note.status)) continue;
		const side = note.type === 'ACCRECCREDIT' ? 'owes' : 'is owed';
		add(`${nameOf(note.contactId)} ${side}`, -Math.round(note.remainingCredit.toNumber() * 100));
	}
	return [...sums]
		.filter(([, cents]) => cents !== 0)
		.map(([name, cents]) => `${name} ${(cents / 100).toFixed(2)}`)
		.sort();
}

/** What stands in the ledger, by what people know it by and its status; ids may differ. */
export function inLedger({ sandbox }: XeroInMemory): string[] {
	const ledger = sandbox.xero.organisation();
	const { invoices, creditNotes, payments, bankTransactions, manualJournals } = ledger;
	const numbered = (
		kind: string,
		rows: ReadonlyArray<{ status: string; number?: string; reference?: string }>,
	) =>
		rows.map(
			({ status, number, reference }) =>
				`${kind} ${/^CN-\d/.test(number ?? '') ? '' : (number ?? '')} ${reference ?? ''} ${status}`,
		);
	return [
		...numbered('invoice', invoices.all()),
		...numbered('credit note', creditNotes.all()),
		...numbered('quote', ledger.quotes.all()),
		...numbered('order', ledger.purchaseOrders.all()),
		...payments.all().map(({ reference, status }) => `payment ${reference ?? ''} ${status}`),
		...bankTransactions.all().map(({ reference, status }) => `money ${reference ?? ''} ${status}`),
		...manualJournals
			.all()
			.map(
				({ narration, status }) => `journal ${narration.replace(/[0-9a-f-]{36}/, 'id')} ${status}`,
			),
		...ledger.items.all().map(({ code }) => `item ${code}`),
	].sort();
}
