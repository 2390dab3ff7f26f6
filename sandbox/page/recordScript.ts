/** The left side of the page: Knack's tables, edited in place. */
export const recordScript = String.raw`
'use strict';
const byId = (id) => document.getElementById(id);
function el(tag, attributes, ...children) {
	const node = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes || {})) {
		if (value === undefined || value === false) continue;
		if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
		else if (name === 'class') node.className = value;
		else node.setAttribute(name, value === true ? '' : value);
	}
	for (const child of children.flat(Infinity)) {
		if (child !== undefined && child !== null && child !== false) node.append(child);
	}
	return node;
}
function toast(message) {
	const box = byId('toast');
	box.textContent = message;
	box.hidden = false;
	clearTimeout(toast.timer);
	toast.timer = setTimeout(() => { box.hidden = true; }, 5000);
}
async function send(method, path, body) {
	const answer = await fetch('/control' + path, {
		method,
		headers: { 'content-type': 'application/json' },
		body: body === undefined ? undefined : JSON.stringify(body),
	});
	const json = await answer.json().catch(() => ({}));
	if (answer.ok) return json;
	const message = json.error || (json.errors || []).map((error) => error.message).join(' ') || 'That did not work.';
	toast(message);
	throw new Error(message);
}
const money = (amount, currency) => {
	if (amount === '' || amount === undefined || amount === null) return '';
	try {
		return new Intl.NumberFormat('en-GB', { style: 'currency', currency: currency || 'GBP' }).format(Number(amount));
	} catch { return String(amount); }
};
const tones = [
	[/^(paid|invoiced|active)$/i, 'good'],
	[/^(completed|sent|unpaid|in progress|authorised|awaiting payment)$/i, 'info'],
	[/^(partly paid|draft|overdue|submitted|awaiting approval)$/i, 'warn'],
	[/^(void|voided|deleted|cancelled|archived)$/i, 'bad'],
];
const toneOf = (text) => (tones.find(([pattern]) => pattern.test(text)) || ['', ''])[1];
/** Statuses as Xero's own screens word them. */
const xeroWords = { DRAFT: 'Draft', SUBMITTED: 'Awaiting approval', AUTHORISED: 'Awaiting payment', PAID: 'Paid', VOIDED: 'Voided', DELETED: 'Deleted', ACTIVE: 'Active', ARCHIVED: 'Archived' };
const statusPill = (text) => text ? el('span', { class: 'status ' + toneOf(text) }, text) : '';

/** What was on the page before, by row and by cell, and when it changed, to show what is new. */
const seen = new Map();
const changedAt = new Map();
const newsLasts = 7000;
let firstDraw = true;
function notice(key, value) {
	const text = JSON.stringify(value);
	// A cell that was never drawn before, as when details are opened, is not new for that.
	const known = seen.has(key) || /^(row|inv|pay|con)/.test(key);
	if (!firstDraw && known && seen.get(key) !== text) changedAt.set(key, Date.now());
	seen.set(key, text);
}
/** Marks a node whose content is new; a redraw goes on where the fading was. */
function newsMark(node, key, value, className) {
	notice(key, value);
	const ago = Date.now() - (changedAt.get(key) ?? 0);
	if (ago > newsLasts) return node;
	node.classList.add(className);
	node.style.setProperty('--ago', '-' + ago + 'ms');
	return node;
}
const computed = new Set(['equation', 'auto_increment', 'sum', 'count', 'average', 'min', 'max', 'concatenation']);
const numeric = new Set(['number', 'currency', 'equation', 'sum', 'count', 'average', 'min', 'max', 'rating', 'auto_increment']);
const typable = new Set(['short_text', 'paragraph_text', 'number', 'currency', 'date_time', 'email', 'phone', 'link', 'rating']);
const orderColumns = ['Order Number', 'Customer', 'Status', 'Total', 'Invoice Number', 'Payment Status'];
const shortNames = { 'Order Number': 'Order', 'Invoice Number': 'Invoice', 'Payment Status': 'Payment', 'Account Code': 'Account', 'Discount %': 'Disc. %', 'Customer Number': 'Number', 'Job Number': 'Job', 'Job Name': 'Name', 'Charge Type': 'Charge', 'Timesheet Number': 'Sheet' };
const lineColumns = ['Description', 'Quantity', 'Unit Price', 'Discount %', 'Account Code', 'Tax Rate', 'Line Total'];
const jobColumns = ['Job Number', 'Job Name', 'Customer', 'Status', 'Invoice Number'];
const taskColumns = ['Job', 'Name', 'Charge Type', 'Rate'];
const sheetColumns = ['Timesheet Number', 'Job', 'Task', 'Date', 'Hours', 'Approved'];
const open = new Set();

function columnsOf(table) {
	const wanted = { Orders: orderColumns, 'Order Lines': ['Order', ...lineColumns], Customers: ['Name', 'Customer Number', 'Email', 'Xero Contact ID'],
		Jobs: jobColumns, 'Job Tasks': taskColumns, Timesheets: sheetColumns }[table.name] || [];
	const found = wanted.map((name) => table.fields.find((field) => field.name === name)).filter(Boolean);
	return found.length > 1 ? found : table.fields.slice(0, 6);
}
async function saveCell(table, row, field, value) {
	await send('PUT', '/knack/tables/' + table.key + '/records/' + row.id, { values: { [field.key]: value } }).catch(() => refresh());
}
function editCell(cell, table, row, field) {
	if (cell.querySelector('input')) return;
	const input = el('input', { class: 'edit', value: row.edit[field.key] ?? '', 'aria-label': field.name });
	let done = false;
	const finish = (save) => {
		if (done) return;
		done = true;
		const value = input.value;
		input.remove();
		if (save && value !== String(row.edit[field.key] ?? '')) void saveCell(table, row, field, value);
		else redraw();
	};
	input.addEventListener('keydown', (event) => {
		if (event.key === 'Enter') finish(true);
		if (event.key === 'Escape') finish(false);
	});
	input.addEventListener('blur', () => finish(true));
	cell.replaceChildren(input);
	input.focus();
	input.select();
}
function cellOf(table, row, field) {
	const text = row.shown[field.key];
	const classes = [];
	if (numeric.has(field.type)) classes.push('num');
	if (field.name === 'Order Number' || field.name === 'Job Number') classes.push('main');
	if (field.name === 'Invoice Number') classes.push('nowrap');
	if (field.type === 'paragraph_text' || field.type === 'connection') classes.push('text');
	if (field.type === 'date_time') classes.push('nowrap');
	const cell = newsMark(el('td', { class: classes.join(' ') }), row.id + field.key, text, 'changed-cell');
	if (field.name === 'Payment Status' || field.name === 'Invoice Status') {
		cell.append(statusPill(text));
	} else if (field.type === 'multiple_choice' && field.options && !field.multi) {
		const known = field.options.includes(text) || text === '';
		const options = ['', ...field.options, ...(known ? [] : [text])];
		const picker = el('select', { class: 'status ' + toneOf(text), 'aria-label': field.name,
			onchange: (event) => void saveCell(table, row, field, event.target.value) },
			options.map((option) => el('option', { value: option, selected: option === text }, option || '—')));
		cell.append(picker);
	} else if (field.name === 'Invoice Number') {
		const link = text && Object.values(row.edit).find((value) => /^https?:/.test(value));
		cell.append(link ? el('a', { href: link, target: '_blank', rel: 'noopener' }, text) : text);
	} else if (typable.has(field.type) && !computed.has(field.type)) {
		cell.append(el('span', { class: 'editable', tabindex: '0', title: 'Click to change', style: 'display:inline-block;min-width:1.5em',
			onclick: () => editCell(cell, table, row, field),
			onkeydown: (event) => { if (event.key === 'Enter') editCell(cell, table, row, field); } }, text || '\u00a0'));
	} else {
		cell.append(text || '');
	}
	return cell;
}
function childrenOf(tables, table, row) {
	const found = [];
	for (const child of tables) {
		const link = child.fields.find((field) => field.connectsTo === table.key);
		if (!link || child.key === table.key) continue;
		const rows = child.rows.filter((candidate) => (candidate.links[link.key] || []).includes(row.id));
		if (rows.length > 0) found.push({ child, link, rows });
	}
	return found;
}
function detailOf(tables, table, row, columns) {
	const others = table.fields.filter((field) => !columns.includes(field) && field.name !== 'Sync Message' && row.shown[field.key] !== '');
	const facts = el('div', { class: 'facts' }, others.map((field) => el('span', {}, field.name + ' ', el('b', {}, row.shown[field.key]))));
	const lists = childrenOf(tables, table, row).map(({ child, rows }) => {
		const shown = (child.name === 'Order Lines' ? lineColumns : columnsOf(child).map((field) => field.name))
			.map((name) => child.fields.find((field) => field.name === name)).filter(Boolean);
		return el('div', {}, el('h3', {}, child.name),
			el('table', {}, el('thead', {}, el('tr', {}, shown.map((field) => el('th', { class: numeric.has(field.type) ? 'num' : '' }, shortNames[field.name] || field.name)))),
				el('tbody', {}, rows.map((line) => el('tr', { class: 'row' }, shown.map((field) => cellOf(child, line, field)))))));
	});
	return el('tr', { class: 'detail' }, el('td', { colspan: columns.length + 2 }, others.length ? facts : undefined, lists));
}
function drawKnack(data) {
	byId('knack-name').textContent = data.app.name;
	const tables = data.tables;
	if (!tables.some((table) => table.key === chosen.knack)) chosen.knack = (tables.find((table) => table.name === 'Orders') || tables[0] || {}).key;
	const order = (table) => ['Orders', 'Order Lines', 'Customers'].indexOf(table.name) + 1 || 9;
	drawTabs('knack', [...tables].sort((a, b) => order(a) - order(b)).map((table) => ({ key: table.key, name: table.name, count: table.total })));
	byId('new-order').hidden = !tables.some((table) => table.name === 'Orders');
	// What arrives while another table is shown is still new when its own is chosen soon after.
	for (const each of tables) for (const row of each.rows) notice('row' + row.id, true);
	const table = tables.find((candidate) => candidate.key === chosen.knack);
	if (!table) { byId('knack-body').replaceChildren(el('p', { class: 'empty' }, el('b', {}, 'No tables'), 'This Knack app is empty.')); return; }
	const columns = columnsOf(table);
	const status = table.fields.find((field) => field.options && field.options.includes('Completed'));
	const messageField = table.fields.find((field) => field.name === 'Sync Message');
	const rows = [...table.rows].reverse();
	const body = rows.map((row) => {
		const isOpen = open.has(row.id);
		const tick = status && el('td', {}, el('input', { type: 'checkbox', class: 'tick', title: 'Completed', 'aria-label': 'Completed',
			checked: row.shown[status.key] === 'Completed' || row.shown[status.key] === 'Invoiced',
			onchange: (event) => void saveCell(table, row, status, event.target.checked ? 'Completed' : 'In Progress') }));
		const toggle = el('td', {}, el('button', { type: 'button', class: 'more', 'aria-expanded': String(isOpen), 'aria-label': 'Details',
			onclick: () => { isOpen ? open.delete(row.id) : open.add(row.id); redraw(); } }, isOpen ? '▾' : '▸'));
		const main = newsMark(el('tr', { class: 'row' }, toggle, tick, columns.map((field) => cellOf(table, row, field))), 'row' + row.id, true, 'changed');
		const message = messageField && row.shown[messageField.key];
		notice('note' + row.id, message);
		const note = message && newsMark(el('tr', { class: 'note' }, el('td', { colspan: 2 }), el('td', { colspan: columns.length }, message)), 'note' + row.id, message, 'changed');
		return [main, note || '', isOpen ? detailOf(tables, table, row, columns) : ''].filter(Boolean);
	});
	byId('knack-body').replaceChildren(
		rows.length === 0 ? el('p', { class: 'empty' }, el('b', {}, 'No records yet')) :
		el('table', {}, el('thead', {}, el('tr', {}, el('th', {}), status && el('th', {}, 'Done'), columns.map((field) => el('th', { class: numeric.has(field.type) ? 'num' : '' }, shortNames[field.name] || field.name)))), el('tbody', {}, body)));
}
`;
