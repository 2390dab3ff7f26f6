import { at, salesInvoice, Session, texts } from './sandboxXeroSession';

const MINUTE = 60_000;

describe('the Xero sandbox: reading', () => {
	let xero: Session;
	const numbers = async (query: string, headers = {}): Promise<unknown[]> =>
		texts(
			at((await xero.api('GET', `/Invoices?${query}`, undefined, headers)).json, 'Invoices'),
			'InvoiceNumber',
		);
	const where = (text: string): string => `where=${encodeURIComponent(text)}`;

	beforeEach(async () => {
		xero = new Session();
		const invoices = Array.from({ length: 5 }, (_, index) => ({
			...salesInvoice({
				InvoiceNumber: `A-${index + 1}`,
				Reference: index === 2 ? 'Boiler job' : undefined,
				Date: `2026-11-0${index + 1}`,
				Status: index === 0 ? 'DRAFT' : 'AUTHORISED',
				Contact: { Name: index < 2 ? 'Harbour Cafe' : "O'Brien & Co" },
			}),
		}));
		for (const invoice of invoices) {
			await xero.api('PUT', '/Invoices', invoice);
			xero.clock.advance(5 * MINUTE);
		}
		xero.token = xero.twin.signIn().access_token;
	});

	it('leaves lines and the paging block out of unpaged lists', async () => {
		const list = await xero.api('GET', '/Invoices');
		expect(at(list.json, 'pagination')).toBeUndefined();
		expect(at(list.json, 'Invoices', 0, 'LineItems')).toEqual([]);
		const page = await xero.api('GET', '/Invoices?page=2&pageSize=2');
		expect(at(page.json, 'pagination')).toEqual({
			page: 2,
			pageSize: 2,
			pageCount: 3,
			itemCount: 5,
		});
		expect(texts(at(page.json, 'Invoices'), 'InvoiceNumber')).toEqual(['A-3', 'A-4']);
		expect(at(page.json, 'Invoices', 0, 'LineItems')).toHaveLength(1);
		const huge = await xero.api('GET', '/Invoices?page=1&pageSize=5000');
		expect(at(huge.json, 'pagination', 'pageSize')).toBe(1000);
		const summary = await xero.api('GET', '/Invoices?page=1&summaryOnly=true');
		expect(at(summary.json, 'Invoices', 0)).not.toHaveProperty('LineItems');
		expect(at(summary.json, 'Invoices', 0)).not.toHaveProperty('Payments');
		expect(at(summary.json, 'Invoices', 0)).toHaveProperty('AmountDue');
	});

	it.each([
		['InvoiceNumbers=A-2,a-4', ['A-2', 'A-4']],
		['Statuses=DRAFT', ['A-1']],
		['searchTerm=boiler', ['A-3']],
		['order=InvoiceNumber%20DESC&page=1&pageSize=2', ['A-5', 'A-4']],
		[where('Type=="ACCREC" AND Status=="DRAFT"'), ['A-1']],
		[where('Date>=DateTime(2026,11,04)'), ['A-4', 'A-5']],
		[where('Date < DateTime(2026, 11, 2) OR InvoiceNumber=="A-5"'), ['A-1', 'A-5']],
		[where('Contact.Name=="o\'brien & co"'), ['A-3', 'A-4', 'A-5']],
		[where('Contact.Name.StartsWith("Harbour") && AmountDue > 100.5'), ['A-1', 'A-2']],
		[where('Reference.ToLower().Contains("boiler")'), ['A-3']],
		[where('(Status!="DRAFT") AND (AmountPaid==0)'), ['A-2', 'A-3', 'A-4', 'A-5']],
		[where('FullyPaidOnDate!=null'), []],
	])('finds by %s', async (query, found) => {
		expect(await numbers(query)).toEqual(found);
	});

	it('finds by ids of invoices and contacts, also inside where', async () => {
		const [first, second] = xero.twin.invoices().map((one) => String(one['InvoiceID']));
		expect(await numbers(`IDs=${second},${first}`)).toEqual(['A-1', 'A-2']);
		const contactId = String(at(xero.twin.contacts(), 0, 'ContactID'));
		expect(await numbers(`ContactIDs=${contactId}`)).toEqual(['A-1', 'A-2']);
		expect(await numbers(where(`Contact.ContactID==guid("${contactId}")`))).toEqual(['A-1', 'A-2']);
	});

	it.each([
		'Status=="DRAFT',
		'Status==DRAFT',
		'Nonsense=="x"',
		'Status',
		'Name=="a "quoted" one"',
		'Status=="DRAFT" AND',
	])('says 16 for where=%s', async (text) => {
		const reply = await xero.api('GET', `/Invoices?${where(text)}`);
		expect(reply.status).toBe(400);
		expect(reply.json).toMatchObject({ ErrorNumber: 16, Type: 'QueryParseException' });
	});

	it('gives what changed since an instant, to the second, without a zone', async () => {
		const since = { 'if-modified-since': '2026-11-22T10:15:00' };
		expect(await numbers('', since)).toEqual(['A-4', 'A-5']);
		const http = { 'if-modified-since': 'Sun, 22 Nov 2026 10:15:00 GMT' };
		expect(await numbers('', http)).toEqual(['A-4', 'A-5']);
		const later = { 'if-modified-since': '2026-11-23T00:00:00' };
		expect(await numbers('', later)).toEqual([]);
		xero.twin.configure({ notModifiedAnswers304: true });
		expect((await xero.api('GET', '/Invoices', undefined, later)).status).toBe(304);
	});

	it('gives PDF, online address, history and files of an invoice', async () => {
		const id = String(at(xero.twin.invoices(), 1, 'InvoiceID'));
		const pdf = await xero.api('GET', `/Invoices/${id}`, undefined, { accept: 'application/pdf' });
		expect(pdf.text.startsWith('%PDF-1.4')).toBe(true);
		const online = await xero.api('GET', `/Invoices/${id}/OnlineInvoice`);
		expect(at(online.json, 'OnlineInvoices', 0, 'OnlineInvoiceUrl')).toContain('https://');
		const note = { HistoryRecords: [{ Details: 'Synced from Knack' }] };
		expect((await xero.api('PUT', `/Invoices/${id}/History`, note)).status).toBe(200);
		const history = await xero.api('GET', `/Invoices/${id}/History`);
		expect(at(history.json, 'HistoryRecords', 0)).toMatchObject({
			Changes: 'Note',
			Details: 'Synced from Knack',
		});
		const bytes = new Uint8Array([1, 2, 255, 0]);
		const file = `/Invoices/${id}/Attachments/job%20sheet.bin`;
		const headers = { 'content-type': 'application/x-thing' };
		const stored = await xero.api('PUT', file, bytes, headers);
		expect(at(stored.json, 'Attachments', 0)).toMatchObject({
			FileName: 'job sheet.bin',
			ContentLength: 4,
		});
		const back = await xero.api('GET', file);
		expect(back.headers.get('content-type')).toBe('application/x-thing');
		const invoice = await xero.api('GET', `/Invoices/${id}`);
		expect(at(invoice.json, 'Invoices', 0, 'HasAttachments')).toBe(true);
	});

	it('e-mails an invoice only to a contact with an address', async () => {
		const id = String(at(xero.twin.invoices(), 1, 'InvoiceID'));
		expect((await xero.api('POST', `/Invoices/${id}/Email`)).status).toBe(400);
		const ContactID = at(xero.twin.contacts(), 0, 'ContactID');
		await xero.api('POST', '/Contacts', { ContactID, EmailAddress: 'cafe@example.com' });
		expect((await xero.api('POST', `/Invoices/${id}/Email`)).status).toBe(204);
		expect(at(xero.twin.invoices(), 1, 'SentToContact')).toBe(true);
	});

	it('knows the organisation, its accounts, rates, currencies, tracking and themes', async () => {
		const organisation = await xero.api('GET', '/Organisation');
		expect(at(organisation.json, 'Organisations', 0)).toMatchObject({
			Name: 'Demo Trade Ltd',
			BaseCurrency: 'GBP',
			ShortCode: '!DmT7r',
			Timezone: 'GMTSTANDARDTIME',
		});
		const banks = await xero.api('GET', `/Accounts?${where('Status=="ACTIVE" AND Type=="BANK"')}`);
		expect(texts(at(banks.json, 'Accounts'), 'Code').sort()).toEqual(['090', '091', '092']);
		const rates = await xero.api('GET', '/TaxRates');
		const income = (at(rates.json, 'TaxRates') as unknown[]).find(
			(rate) => at(rate, 'TaxType') === 'OUTPUT2',
		);
		expect(income).toMatchObject({
			EffectiveRate: 20,
			CanApplyToRevenue: true,
			CanApplyToExpenses: false,
		});
		expect(texts(at((await xero.api('GET', '/Currencies')).json, 'Currencies'), 'Code')).toEqual([
			'GBP',
			'EUR',
		]);
		const tracking = await xero.api('GET', '/TrackingCategories');
		expect(texts(at(tracking.json, 'TrackingCategories'), 'Name')).toEqual(['Job', 'Region']);
		expect(at((await xero.api('GET', '/BrandingThemes')).json, 'BrandingThemes')).toHaveLength(2);
		expect(at((await xero.api('GET', '/Users')).json, 'Users')).toHaveLength(2);
	});
});
