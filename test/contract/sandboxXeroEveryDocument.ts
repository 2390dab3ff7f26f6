import {
	AUSTRALIAN_TENANT_ID,
	DEMO_TRADE_TENANT_ID,
	KIWI_TRADE_TENANT_ID,
} from '../../sandbox/xero/twin';
import { at, salesInvoice, type Session } from './sandboxXeroSession';

const PAYROLL = {
	'Demo Trade Ltd': DEMO_TRADE_TENANT_ID,
	'Kiwi Trade Ltd': KIWI_TRADE_TENANT_ID,
	'Wattle Trade Pty Ltd': AUSTRALIAN_TENANT_ID,
} as const;

export interface MadeDocuments {
	readonly contactId: string;
	readonly invoiceId: string;
	readonly projectId: string;
	readonly taskId: string;
	readonly timeEntryId: string;
	/** The first of each kind, by the names of Xero's models. */
	readonly ids: Readonly<Record<string, string>>;
	readonly payroll: Readonly<
		Record<keyof typeof PAYROLL, { readonly tenantId: string; readonly timesheetId: string }>
	>;
	/** What Xero answered to each write. */
	readonly writes: readonly {
		readonly path: string;
		readonly type: string;
		readonly answer: unknown;
	}[];
}

/** One at least of everything that an organisation can hold, all that it can say filled in. */
export async function everyDocument(session: Session): Promise<MadeDocuments> {
	const tenantIds = Object.values(PAYROLL);
	session.token = session.twin.signIn({ tenantIds }).access_token;
	const writes: { path: string; type: string; answer: unknown }[] = [];
	const put = async (path: string, type: string, body: unknown, below = ''): Promise<unknown> => {
		const reply = await session.api('PUT', `/${path}${below}`, body);
		if (reply.status !== 200) throw new Error(`${path}: ${reply.status} ${reply.text}`);
		const name = below === '' ? path : (below.split('/').at(-1) ?? path);
		writes.push({ path: name, type, answer: reply.json });
		return at(reply.json, name, 0);
	};

	const contact = await put('Contacts', 'Contact', {
		Name: 'Harbour Cafe',
		EmailAddress: 'cafe@example.com',
		ContactPersons: [{ FirstName: 'Ida' }],
		PaymentTerms: { Sales: { Day: 30, Type: 'DAYSAFTERBILLDATE' } },
	});
	const ContactID = String(at(contact, 'ContactID'));
	const Contact = { ContactID };
	const group = await put('ContactGroups', 'ContactGroup', { Name: 'Regulars' });
	await put(
		'ContactGroups',
		'Contact',
		{ Contacts: [Contact] },
		`/${String(at(group, 'ContactGroupID'))}/Contacts`,
	);
	await put('Accounts', 'Account', { Code: '333', Name: 'Hire', Type: 'DIRECTCOSTS' });
	await put('Currencies', 'Currency', { Code: 'USD' });
	await put('Items', 'Item', { Code: 'TAP', Name: 'Tap', SalesDetails: { UnitPrice: 12.5 } });
	const Tracking = [{ Name: 'Job', Option: 'J1003 Rewire' }];
	const line = { ItemCode: 'TAP', UnitAmount: 10, AccountCode: '200', Tracking };
	const invoice = await put('Invoices', 'Invoice', {
		...salesInvoice({ LineItems: [line], Contact }),
		Url: 'https://example.com/1',
		ExpectedPaymentDate: '2026-12-24',
	});
	const InvoiceID = String(at(invoice, 'InvoiceID'));
	await session.api('PUT', `/Invoices/${InvoiceID}/Attachments/a.txt`, 'hello');
	await session.api('PUT', `/Invoices/${InvoiceID}/History`, {
		HistoryRecords: [{ Details: 'note' }],
	});
	const credit = await put('CreditNotes', 'CreditNote', {
		...salesInvoice({ Type: 'ACCRECCREDIT', Contact }),
		DueDate: undefined,
	});
	await put(
		'CreditNotes',
		'Allocation',
		{ Allocations: [{ Amount: 1, Date: '2026-11-22', Invoice: { InvoiceID } }] },
		`/${String(at(credit, 'CreditNoteID'))}/Allocations`,
	);
	await put('Payments', 'Payment', {
		Invoice: { InvoiceID },
		Account: { Code: '090' },
		Amount: 1,
		Date: '2026-11-22',
	});
	await put('BatchPayments', 'BatchPayment', {
		Account: { Code: '090' },
		Narrative: 'Weekly run',
		Payments: [{ Invoice: { InvoiceID }, Amount: 1 }],
	});
	for (const type of ['', '-OVERPAYMENT', '-PREPAYMENT']) {
		await put('BankTransactions', 'BankTransaction', {
			Type: `RECEIVE${type}`,
			Contact,
			BankAccount: { Code: '090' },
			Url: 'https://example.com/2',
			LineItems: [{ Description: 'Deposit', UnitAmount: 5, AccountCode: '200' }],
		});
	}
	await put('ManualJournals', 'ManualJournal', {
		Narration: 'Labour of the week',
		Status: 'POSTED',
		JournalLines: [
			{ LineAmount: 100, AccountCode: '320', Tracking },
			{ LineAmount: -100, AccountCode: '469', Tracking },
		],
	});
	await put('Invoices', 'Invoice', {
		...salesInvoice({ Type: 'ACCPAY', Contact }),
		LineItems: [{ Description: 'Oak', UnitAmount: 10, AccountCode: '310' }],
		PlannedPaymentDate: '2026-12-24',
	});
	await put('Quotes', 'Quote', {
		Contact,
		Date: '2026-11-22',
		ExpiryDate: '2026-12-22',
		LineItems: [line],
	});
	await put('PurchaseOrders', 'PurchaseOrder', {
		Contact,
		DeliveryDate: '2026-12-01',
		ExpectedArrivalDate: '2026-12-02',
		LineItems: [line],
	});
	session.twin.person.addRepeatingInvoice({
		type: 'ACCREC',
		contactId: ContactID,
		members: { LineItems: [{ Description: 'Monthly', UnitAmount: 10, AccountCode: '200' }] },
		schedule: { period: 1, unit: 'MONTHLY', nextDate: '2026-12-01' },
	});
	return {
		contactId: ContactID,
		invoiceId: InvoiceID,
		...(await project(session, ContactID)),
		ids: firstIds(writes),
		payroll: {
			'Demo Trade Ltd': await timesheet(session, 'Demo Trade Ltd'),
			'Kiwi Trade Ltd': await timesheet(session, 'Kiwi Trade Ltd'),
			'Wattle Trade Pty Ltd': await timesheet(session, 'Wattle Trade Pty Ltd'),
		},
		writes,
	};
}

function firstIds(writes: MadeDocuments['writes']): Record<string, string> {
	const ids: Record<string, string> = {};
	for (const { path, type, answer } of writes) {
		const id = at(answer, path, 0, `${type}ID`);
		if (typeof id === 'string') ids[type] ??= id;
		for (const made of ['Overpayment', 'Prepayment']) {
			const madeId = at(answer, path, 0, `${made}ID`);
			if (typeof madeId === 'string') ids[made] ??= madeId;
		}
	}
	return ids;
}

async function project(
	session: Session,
	contactId: string,
): Promise<Pick<MadeDocuments, 'projectId' | 'taskId' | 'timeEntryId'>> {
	const post = (path: string, body: unknown) =>
		session.send('POST', `/projects.xro/2.0/Projects${path}`, body);
	const made = await post('', { contactId, name: 'Kitchen', estimateAmount: 500 });
	const projectId = String(at(made.json, 'projectId'));
	const task = await post(`/${projectId}/Tasks`, {
		name: 'Labour',
		chargeType: 'TIME',
		rate: { currency: 'GBP', value: 40 },
	});
	const taskId = String(at(task.json, 'taskId'));
	const time = await post(`/${projectId}/Time`, {
		userId: session.twin.organisation().users.all()[0]?.userId,
		taskId,
		dateUtc: '2026-11-20T09:00:00Z',
		duration: 60,
	});
	return { projectId, taskId, timeEntryId: String(at(time.json, 'timeEntryId')) };
}

async function timesheet(
	session: Session,
	organisation: keyof typeof PAYROLL,
): Promise<{ tenantId: string; timesheetId: string }> {
	const tenantId = PAYROLL[organisation];
	const ledger = session.twin.organisation(organisation);
	const employee = session.twin.person.hire({ firstName: 'Ida', lastName: 'Berg' }, organisation);
	const made = await session.send(
		'POST',
		'/payroll.xro/2.0/Timesheets',
		{
			employeeID: employee.employeeId,
			payrollCalendarID: employee.payrollCalendarId,
			startDate: '2026-11-16',
			endDate: '2026-11-22',
			timesheetLines: [
				{
					date: '2026-11-17',
					earningsRateID: ledger.earningsRates.all()[0]?.earningsRateId,
					numberOfUnits: 7.25,
				},
			],
		},
		{ 'xero-tenant-id': tenantId },
	);
	if (made.status !== 200) throw new Error(`${organisation}: ${made.status} ${made.text}`);
	return { tenantId, timesheetId: String(at(made.json, 'timesheet', 'timesheetID')) };
}
