/** The right side of the page: Xero's books. */
export const ledgerScript = String.raw`
const invoiceColumns = [details, { name: 'Number', kind: 'main' }, { name: 'To', kind: 'text' }, { name: 'Status' }, { name: 'Total', num: true }, { name: 'Still due', num: true }, { name: 'Actions', quiet: true }];
const lineColumns = [{ name: 'Description', kind: 'text' }, { name: 'Qty', num: true }, { name: 'Price', num: true }, { name: 'Account' }, { name: 'Tax' }, { name: 'Amount', num: true }];
const madePayments = [{ name: 'Date' }, { name: 'Reference' }, { name: 'Amount', num: true }, { name: 'Actions', quiet: true, num: true }];
const paymentColumns = [{ name: 'Date', kind: 'nowrap' }, { name: 'Invoice', kind: 'main' }, { name: 'From' }, { name: 'Reference' }, { name: 'Amount', num: true }];
const contactColumns = [{ name: 'Name', kind: 'main' }, { name: 'E-mail' }, { name: 'Number' }, { name: 'Status' }, { name: 'Actions', quiet: true }];
const cells = (columns, values) => values.map((value, index) => cell(columns[index], value));
function action(label, of, does, tone) {
	return el('button', { type: 'button', class: 'small ' + (tone || ''), 'aria-label': label + ': ' + of, 'data-focus': label + of, onclick: does }, label);
}
function invoiceRows(invoices) {
	return invoices.flatMap((invoice) => {
		const name = invoice.number || 'invoice without a number';
		const payable = invoice.status === 'AUTHORISED' && Number(invoice.amountDue) > 0;
		const approvable = invoice.status === 'DRAFT' || invoice.status === 'SUBMITTED';
		const row = newsMark(rowOf('row', expander(invoice.id, name), cells(invoiceColumns.slice(1), [
			[invoice.number || '(no number)', invoice.reference && el('small', {}, invoice.reference)],
			invoice.contact,
			statusPill(xeroWords[invoice.status] || invoice.status),
			money(invoice.total, invoice.currency),
			money(invoice.amountDue, invoice.currency),
			el('div', { class: 'actions' },
				approvable && action('Approve', name, doing('POST', '/page/invoices/' + invoice.id + '/approve')),
				payable && action('Record payment', name, () => askPayment(invoice))),
		])), 'inv' + invoice.id, [invoice.status, invoice.amountDue, invoice.total, invoice.number]);
		return open.has(invoice.id) ? [row, invoiceDetail(invoice, name)] : [row];
	});
}
function invoiceDetail(invoice, name) {
	const lines = tableOf(lineColumns, invoice.lines.map((line) => rowOf('row', cells(lineColumns, [line.description, line.quantity, money(line.unitAmount, invoice.currency), line.account, line.tax, money(line.amount, invoice.currency)]))));
	const payments = invoice.payments.length === 0 ? [] : [el('h3', {}, 'Payments'), tableOf(madePayments, invoice.payments.map((payment) => rowOf('row', cells(madePayments, [
		day(payment.date), payment.reference, money(payment.amount, invoice.currency),
		action('Remove', 'payment of ' + name + ', ' + payment.amount, doing('DELETE', '/page/payments/' + payment.id), 'danger')]))))];
	const voidable = invoice.status === 'AUTHORISED' && Number(invoice.amountPaid) === 0;
	const fact = (label, value) => el('span', {}, label + ' ', el('b', {}, value));
	return rowOf('detail', wide(invoiceColumns.length, '',
		el('div', { class: 'facts' },
			fact('Dated', day(invoice.date)),
			invoice.dueDate && fact('Due', day(invoice.dueDate)),
			fact('Subtotal', money(invoice.subTotal, invoice.currency)),
			fact('Tax', money(invoice.totalTax, invoice.currency)),
			fact('Paid', money(invoice.amountPaid, invoice.currency))),
		lines, payments,
		voidable && el('div', { class: 'actions below' }, action('Void this invoice', name, () => askVoid(invoice), 'danger'))));
}
function drawXero(data) {
	byId('xero-name').textContent = 'Xero: ' + data.organisation;
	const sales = data.invoices.filter((invoice) => invoice.type === 'ACCREC');
	const bills = data.invoices.filter((invoice) => invoice.type === 'ACCPAY');
	const owed = new Map();
	for (const invoice of sales) {
		if (invoice.status === 'AUTHORISED') owed.set(invoice.currency, (owed.get(invoice.currency) || 0) + Math.round(Number(invoice.amountDue) * 100));
	}
	byId('xero-totals').textContent = owed.size ? 'Owed to you ' + [...owed].map(([currency, pence]) => money(pence / 100, currency)).join(' + ') : '';
	drawTabs('xero', [
		{ key: 'sales', name: 'Invoices', count: sales.length }, { key: 'bills', name: 'Bills', count: bills.length },
		{ key: 'payments', name: 'Payments', count: data.payments.length }, { key: 'contacts', name: 'Contacts', count: data.contacts.length },
	]);
	const draws = { sales: () => drawInvoices(sales), bills: () => drawInvoices(bills), payments: () => drawPayments(data.payments), contacts: () => drawContacts(data.contacts) };
	// What arrives while another tab is open is still new when its own tab is opened soon after.
	for (const invoice of data.invoices) notice('inv' + invoice.id, [invoice.status, invoice.amountDue, invoice.total, invoice.number]);
	for (const payment of data.payments) notice('pay' + payment.id, payment.amount);
	for (const contact of data.contacts) notice('con' + contact.id, contact);
	byId('xero-body').replaceChildren(draws[chosen.xero]());
}
const listOf = (columns, rows, title, hint) => rows.length === 0 ? nothing(title, hint) : tableOf(columns, rows);
const drawInvoices = (invoices) => listOf(invoiceColumns, invoiceRows(invoices), 'Nothing here yet', 'Tick an order as done, and its invoice appears here once a workflow has posted it.');
const drawPayments = (payments) => listOf(paymentColumns, payments.map((payment) => newsMark(rowOf('row', cells(paymentColumns,
	[day(payment.date), payment.invoice, payment.contact, payment.reference, money(payment.amount, payment.currency)])), 'pay' + payment.id, payment.amount)),
	'No payments yet', 'Approve an invoice, then choose "Record payment".');
const drawContacts = (contacts) => listOf(contactColumns, contacts.map((contact) => newsMark(rowOf('row', cells(contactColumns,
	[contact.name, contact.email, contact.number, statusPill(xeroWords[contact.status] || contact.status),
		el('div', { class: 'actions' }, contact.status === 'ARCHIVED' && action('Restore', contact.name, doing('POST', '/page/contacts/' + contact.id + '/restore')))])), 'con' + contact.id, contact)),
	'No contacts yet', '');
function askPayment(invoice) {
	ask('Record a payment of ' + invoice.number, [
		field('Amount (' + invoice.currency + ')', { name: 'amount', value: invoice.amountDue, inputmode: 'decimal' }),
		field('Date', { name: 'date', type: 'date', value: latest.today }),
		field('Reference', { name: 'reference', required: false, placeholder: 'as on the bank statement' }),
	], (given) => send('POST', '/page/payments', { invoiceId: invoice.id, ...given }), 'Record payment', 'xero-do');
}
function askVoid(invoice) {
	ask('Void ' + invoice.number + '?', [el('p', { class: 'says' }, 'It stays in Xero as a voided invoice, and nothing is owed on it any more.')],
		() => send('POST', '/page/invoices/' + invoice.id + '/void'), 'Void invoice', 'xero-do');
}
`;
