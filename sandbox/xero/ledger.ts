import type {
	AllocationRow,
	BankTransactionRow,
	BatchPaymentRow,
	CreditRow,
	DocumentRow,
	InvoiceRow,
	PaymentRow,
	PurchaseOrderRow,
	QuoteRow,
	ManualJournalRow,
	ContactRow,
} from './model';
import type {
	ContactGroupRow,
	AccountRow,
	AttachmentRow,
	BrandingThemeRow,
	HistoryRow,
	ItemRow,
	OrganisationInfo,
	TaxRateRow,
	TrackingCategoryRow,
	UserRow,
	RepeatingInvoiceRow,
} from './organisationModel';
import type { EarningsRateRow, EmployeeRow, PayCalendarRow, TimesheetRow } from './payroll/model';
import type { ProjectRow, TaskRow, TimeEntryRow } from './projectModel';
import { Cell, plainTable, Table } from './table';

/** Something in an organisation's books that was made or altered. */
export interface LedgerChange {
	readonly tenantId: string;
	/** `invoice`, `contact`, `payment`, `creditNote` … */
	readonly what: string;
	readonly id: string;
	readonly action: 'created' | 'updated';
	/** Set when the row itself was left alone and only its balance moved. */
	readonly because?: 'payment';
}

/** Numbers of documents are compared without regard to case. */
const BY_NUMBER = { number: (row: DocumentRow): string => row.number.toLowerCase() };

/** One organisation's books. Everything in it takes part in snapshots. */
export class Ledger {
	readonly info: Cell<OrganisationInfo>;
	readonly accounts = new Table<AccountRow, 'code'>({ code: (account) => account.code });
	readonly taxRates = plainTable<TaxRateRow>();
	readonly currencies = plainTable<string>();
	readonly trackingCategories = plainTable<TrackingCategoryRow>();
	readonly brandingThemes = plainTable<BrandingThemeRow>();
	readonly users = plainTable<UserRow>();
	readonly contacts = new Table<ContactRow, 'name' | 'contactNumber'>({
		name: (contact) => contact.nameKey,
		contactNumber: (contact) => contact.contactNumber,
	});
	readonly invoices = new Table<InvoiceRow, 'number'>(BY_NUMBER);
	readonly creditNotes = new Table<CreditRow, 'number'>(BY_NUMBER);
	readonly overpayments = new Table<CreditRow, 'number'>(BY_NUMBER);
	readonly prepayments = new Table<CreditRow, 'number'>(BY_NUMBER);
	readonly quotes = new Table<QuoteRow, 'number'>(BY_NUMBER);
	readonly purchaseOrders = new Table<PurchaseOrderRow, 'number'>(BY_NUMBER);
	readonly bankTransactions = plainTable<BankTransactionRow>();
	readonly items = new Table<ItemRow, 'code'>({ code: (item) => item.code.toLowerCase() });
	readonly payments = plainTable<PaymentRow>();
	readonly batchPayments = plainTable<BatchPaymentRow>();
	readonly allocations = plainTable<AllocationRow>();
	readonly history = plainTable<readonly HistoryRow[]>();
	readonly attachments = plainTable<readonly AttachmentRow[]>();
	readonly manualJournals = plainTable<ManualJournalRow>();
	readonly repeatingInvoices = plainTable<RepeatingInvoiceRow>();
	readonly contactGroups = plainTable<ContactGroupRow>();
	readonly employees = plainTable<EmployeeRow>();
	readonly payCalendars = plainTable<PayCalendarRow>();
	readonly earningsRates = plainTable<EarningsRateRow>();
	readonly timesheets = plainTable<TimesheetRow>();
	readonly projects = plainTable<ProjectRow>();
	readonly tasks = plainTable<TaskRow>();
	readonly timeEntries = plainTable<TimeEntryRow>();

	constructor(
		info: OrganisationInfo,
		private readonly announce: (change: LedgerChange) => void,
	) {
		this.info = new Cell(info);
	}

	get tenantId(): string {
		return this.info.value.tenantId;
	}

	/** Tells everyone who listens that a row was made or altered. */
	changed(
		what: string,
		id: string,
		action: LedgerChange['action'],
		because?: LedgerChange['because'],
	): void {
		this.announce({ tenantId: this.tenantId, what, id, action, because });
	}

	credits(kind: CreditRow['kind']): Table<CreditRow, 'number'> {
		if (kind === 'creditNote') return this.creditNotes;
		return kind === 'overpayment' ? this.overpayments : this.prepayments;
	}

	accountByCode(code: string): AccountRow | undefined {
		return this.accounts.lookUp('code', code).find((account) => account.status !== 'DELETED');
	}

	snapshot(): LedgerSnapshot {
		return this.parts().map((part) => part.snapshot());
	}

	restore(snapshot: LedgerSnapshot): void {
		this.parts().forEach((part, index) => part.restore(snapshot[index]));
	}

	private parts(): SnapshotPart[] {
		return [
			part(this.info),
			part(this.accounts),
			part(this.taxRates),
			part(this.currencies),
			part(this.trackingCategories),
			part(this.brandingThemes),
			part(this.users),
			part(this.contacts),
			part(this.invoices),
			part(this.creditNotes),
			part(this.overpayments),
			part(this.prepayments),
			part(this.quotes),
			part(this.purchaseOrders),
			part(this.bankTransactions),
			part(this.items),
			part(this.payments),
			part(this.batchPayments),
			part(this.allocations),
			part(this.history),
			part(this.attachments),
			part(this.manualJournals),
			part(this.repeatingInvoices),
			part(this.contactGroups),
			part(this.employees),
			part(this.payCalendars),
			part(this.earningsRates),
			part(this.timesheets),
			part(this.projects),
			part(this.tasks),
			part(this.timeEntries),
		];
	}
}

export type LedgerSnapshot = unknown[];

export interface SnapshotPart {
	snapshot(): unknown;
	restore(snapshot: unknown): void;
}

/** Gives a typed table or cell the untyped face that a list of them needs. */
export function part<Taken>(stored: {
	snapshot(): Taken;
	restore(snapshot: Taken): void;
}): SnapshotPart {
	return {
		snapshot: () => stored.snapshot(),
		restore: (snapshot) => stored.restore(snapshot as Taken),
	};
}
