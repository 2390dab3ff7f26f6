/** The right side of the page, the strip below, and what keeps all of it live. */
export const script = String.raw`
const chosen = { knack: undefined, xero: 'sales' };
let latest;
let clockAhead = 0;

function drawTabs(side, tabs) {
	byId(side + '-tabs').replaceChildren(...tabs.map((tab) => el('button', { type: 'button', role: 'tab', 'aria-selected': String(chosen[side] === tab.key),
		onclick: () => { chosen[side] = tab.key; redraw(); } }, tab.name, el('span', { class: 'count' }, String(tab.count)))));
}
function invoiceRows(invoices) {
	return invoices.flatMap((invoice) => {
		const isOpen = open.has(invoice.id);
		const payable = invoice.status === 'AUTHORISED' && Number(invoice.amountDue) > 0;
		const approvable = invoice.status === 'DRAFT' || invoice.status === 'SUBMITTED';
		const row = newsMark(el('tr', { class: 'row' },
			el('td', {}, el('button', { type: 'button', class: 'more', 'aria-expanded': String(isOpen), 'aria-label': 'Details',
				onclick: () => { isOpen ? open.delete(invoice.id) : open.add(invoice.id); redraw(); } }, isOpen ? '▾' : '▸')),
			el('td', { class: 'main' }, invoice.number || '(no number)', invoice.reference && el('small', {}, invoice.reference)),
			el('td', { class: 'text' }, invoice.contact),
			el('td', {}, statusPill(xeroWords[invoice.status] || invoice.status)),
			el('td', { class: 'num' }, money(invoice.total, invoice.currency)),
			el('td', { class: 'num' + (Number(invoice.amountDue) ? '' : ' none') }, money(invoice.amountDue, invoice.currency)),
			el('td', {}, el('div', { class: 'actions' },
				approvable && el('button', { type: 'button', class: 'small', onclick: () => approve(invoice) }, 'Approve'),
				payable && el('button', { type: 'button', class: 'small', onclick: () => askPayment(invoice) }, 'Record payment')))),
			'inv' + invoice.id, [invoice.status, invoice.amountDue, invoice.total, invoice.number], 'changed');
		return isOpen ? [row, invoiceDetail(invoice)] : [row];
	});
}
function invoiceDetail(invoice) {
	const head = (names) => el('thead', {}, el('tr', {}, names.map(([name, num]) => el('th', { class: num ? 'num' : '' }, name))));
	const lines = el('table', {}, head([['Description'], ['Qty', 1], ['Price', 1], ['Account'], ['Tax'], ['Amount', 1]]),
		el('tbody', {}, invoice.lines.map((line) => el('tr', { class: 'row' },
			el('td', { class: 'text' }, line.description), el('td', { class: 'num' }, line.quantity), el('td', { class: 'num' }, line.unitAmount),
			el('td', {}, line.account), el('td', { class: 'nowrap' }, line.tax), el('td', { class: 'num' }, money(line.amount, invoice.currency))))));
	const payments = invoice.payments.length === 0 ? [] : [el('h3', {}, 'Payments'), el('table', {}, head([['Date'], ['Reference'], ['Amount', 1], ['', 1]]),
		el('tbody', {}, invoice.payments.map((payment) => el('tr', { class: 'row' }, el('td', {}, day(payment.date)), el('td', {}, payment.reference), el('td', { class: 'num' }, money(payment.amount, invoice.currency)),
			el('td', { class: 'num' }, el('button', { type: 'button', class: 'small danger', onclick: () => void send('DELETE', '/page/payments/' + payment.id).catch(() => {}) }, 'Remove'))))))];
	const voidable = invoice.status === 'AUTHORISED' && Number(invoice.amountPaid) === 0;
	return el('tr', { class: 'detail' }, el('td', { colspan: 7 },
		el('div', { class: 'facts' },
			el('span', {}, 'Dated ', el('b', {}, day(invoice.date))),
			invoice.dueDate && el('span', {}, 'Due ', el('b', {}, day(invoice.dueDate))),
			el('span', {}, 'Subtotal ', el('b', {}, money(invoice.subTotal, invoice.currency))),
			el('span', {}, 'Tax ', el('b', {}, money(invoice.totalTax, invoice.currency))),
			el('span', {}, 'Paid ', el('b', {}, money(invoice.amountPaid, invoice.currency)))),
		lines, payments,
		voidable && el('div', { class: 'actions below' }, el('button', { type: 'button', class: 'small danger', onclick: () => askVoid(invoice) }, 'Void this invoice'))));
}
const day = (text) => text ? text.split('-').reverse().join('/') : '';
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
function tableWith(names, rows, empty, hint) {
	if (rows.length === 0) return el('p', { class: 'empty' }, el('b', {}, empty), hint);
	return el('table', {}, el('thead', {}, el('tr', {}, names.map(([name, num]) => el('th', { class: num ? 'num' : '' }, name)))), el('tbody', {}, rows));
}
const drawInvoices = (invoices) => tableWith([[''], ['Number'], ['To'], ['Status'], ['Total', 1], ['Still due', 1], ['']],
	invoiceRows(invoices), 'Nothing here yet', 'Tick an order as done and run the workflow: its invoice appears here.');
const drawPayments = (payments) => tableWith([['Date'], ['Invoice'], ['From'], ['Reference'], ['Amount', 1]],
	payments.map((payment) => newsMark(el('tr', { class: 'row' }, el('td', { class: 'nowrap' }, day(payment.date)), el('td', { class: 'main' }, payment.invoice), el('td', {}, payment.contact), el('td', {}, payment.reference), el('td', { class: 'num' }, money(payment.amount, payment.currency))), 'pay' + payment.id, payment.amount, 'changed')),
	'No payments yet', 'Open an approved invoice and choose "Record payment".');
const drawContacts = (contacts) => tableWith([['Name'], ['E-mail'], ['Number'], ['Status']],
	contacts.map((contact) => newsMark(el('tr', { class: 'row' }, el('td', {}, el('b', {}, contact.name)), el('td', {}, contact.email), el('td', {}, contact.number), el('td', {}, statusPill(xeroWords[contact.status] || contact.status))), 'con' + contact.id, contact, 'changed')),
	'No contacts yet', '');

function ask(title, fields, doIt, label, tone) {
	const dialog = byId('dialog');
	const form = el('form', { method: 'dialog', onsubmit: async (event) => {
		event.preventDefault();
		try { await doIt(Object.fromEntries(new FormData(form))); dialog.close(); } catch { /* the toast has said why */ }
	} }, el('h2', {}, title), fields, el('div', { class: 'buttons' }, el('button', { type: 'button', onclick: () => dialog.close() }, 'Cancel'), el('button', { class: tone || 'primary' }, label)));
	dialog.replaceChildren(form);
	dialog.showModal();
}
const field = (label, attributes) => el('label', {}, label, el('input', { required: true, autocomplete: 'off', ...attributes }));
const approve = (invoice) => void send('POST', '/page/invoices/' + invoice.id + '/approve').catch(() => {});
function askPayment(invoice) {
	ask('Record a payment of ' + invoice.number, [
		field('Amount (' + invoice.currency + ')', { name: 'amount', value: invoice.amountDue, inputmode: 'decimal' }),
		field('Date', { name: 'date', type: 'date', value: latest.today }),
		field('Reference', { name: 'reference', required: false, placeholder: 'as on the bank statement' }),
	], (given) => send('POST', '/page/payments', { invoiceId: invoice.id, ...given }), 'Record payment', 'xero-do');
}
function askVoid(invoice) {
	ask('Void ' + invoice.number + '?', [el('p', { style: 'margin-bottom:12px' }, 'It stays in Xero as a voided invoice, and nothing is owed on it any more.')],
		() => send('POST', '/page/invoices/' + invoice.id + '/void'), 'Void invoice', 'xero-do');
}
function askOrder() {
	const customers = latest.knack.tables.find((table) => table.name === 'Customers');
	ask('New order', [
		el('label', {}, 'Customer', el('select', { name: 'customer' }, (customers ? customers.rows : []).map((row) => el('option', { value: row.id }, row.title)))),
		field('What', { name: 'description', value: 'Site visit' }),
		el('div', { class: 'pair' }, field('Quantity', { name: 'quantity', value: '1', inputmode: 'decimal' }), field('Unit price', { name: 'unitPrice', value: '95.00', inputmode: 'decimal' })),
		el('label', {}, 'Status', el('select', { name: 'status' }, ['New', 'In Progress', 'Completed'].map((status) => el('option', {}, status)))),
	], async (given) => { await send('POST', '/page/orders', given); chosen.knack = undefined; }, 'Create order');
}

const services = { knack: 'Knack', xero: 'Xero', identity: 'sign-in', webhook: 'webhook', control: 'sandbox' };
function requestRow(entry) {
	const at = new Date(entry.at).toISOString().slice(11, 19);
	const query = Object.entries(entry.query).map(([name, value]) => name + '=' + value).join('&');
	const path = entry.path.replace(/^\/(knack|xero|control)/, '') + (query ? '?' + query : '');
	return el('li', {}, el('span', { class: 'at' }, at), el('span', { class: 'svc-' + entry.service }, services[entry.service]), el('span', {}, entry.method),
		el('span', { class: 'path', title: path }, path),
		el('span', { class: entry.status >= 200 && entry.status < 400 ? 'ok' : 'no' }, entry.status || 'dropped'), el('span', { class: 'ms' }, Math.round(entry.durationMs) + ' ms'));
}
function drawRequests(journal) {
	const rows = journal.entries.filter((entry) => entry.service !== 'control').slice(-60).reverse();
	byId('requests').replaceChildren(...(rows.length ? rows.map(requestRow) : [el('li', { class: 'none' }, 'Nothing has called yet. Requests from your workflows show here as they arrive.')]));
	const count = (service) => journal.counts.byService[service] || { read: 0, write: 0 };
	const [knack, xero, hook] = [count('knack'), count('xero'), count('webhook')];
	byId('counts').replaceChildren(
		el('span', {}, 'Knack ', el('b', {}, knack.read), ' read, ', el('b', {}, knack.write), ' written'),
		el('span', {}, 'Xero ', el('b', {}, xero.read), ' read, ', el('b', {}, xero.write), ' written'),
		el('span', {}, 'Webhooks ', el('b', {}, hook.write)),
		el('span', {}, 'Knack calls left today ', el('b', {}, (journal.plan.limit - journal.plan.used).toLocaleString('en-GB'))));
}
function redraw() {
	if (!latest || document.querySelector('input.edit')) return;
	drawKnack(latest.knack);
	drawXero(latest.xero);
	drawRequests(latest.journal);
	firstDraw = false;
}
let wanted = false;
let busy = false;
async function refresh() {
	if (busy) { wanted = true; return; }
	busy = true;
	try {
		latest = await (await fetch('/control/page')).json();
		clockAhead = latest.now - Date.now();
		redraw();
	} finally {
		busy = false;
		if (wanted) { wanted = false; setTimeout(refresh, 150); }
	}
}
let soon;
function refreshSoon() {
	clearTimeout(soon);
	soon = setTimeout(refresh, 120);
}
function showClock() {
	const now = new Date(latest && latest.frozen ? latest.now : Date.now() + clockAhead);
	byId('clock').textContent = now.toLocaleString('en-GB', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' });
}
document.querySelectorAll('[data-advance]').forEach((button) => button.addEventListener('click', async () => {
	await send('POST', '/clock', { advanceMs: Number(button.dataset.advance) }).catch(() => {});
	await refresh();
}));
byId('reset').addEventListener('click', () => ask('Start over?', [el('p', { style: 'margin-bottom:12px' }, 'Every order, invoice and payment goes back to how it was at first. Connections of workflows to Xero have to be made again.')], async () => { await send('POST', '/reset'); firstDraw = true; seen.clear(); changedAt.clear(); open.clear(); await refresh(); }, 'Start over'));
byId('new-order').addEventListener('click', askOrder);
const events = new EventSource('/control/events');
events.addEventListener('open', () => { byId('live').textContent = 'live'; byId('live').classList.add('on'); refreshSoon(); });
events.addEventListener('error', () => { byId('live').textContent = 'not connected'; byId('live').classList.remove('on'); });
events.addEventListener('change', refreshSoon);
events.addEventListener('request', refreshSoon);
setInterval(showClock, 1000);
void refresh().then(showClock);
`;
