/** The left side of the page: Knack's tables, edited in place. */
export const recordScript = String.raw`
const computed = new Set(['equation', 'auto_increment', 'sum', 'count', 'average', 'min', 'max', 'concatenation']);
const numeric = new Set(['number', 'currency', 'equation', 'sum', 'count', 'average', 'min', 'max', 'rating', 'auto_increment']);
const typable = new Set(['short_text', 'paragraph_text', 'number', 'currency', 'date_time', 'email', 'phone', 'link', 'rating']);
const shownFields = {
	Orders: ['Order Number', 'Customer', 'Status', 'Total', 'Invoice Number', 'Payment Status'],
	'Order Lines': ['Order', 'Description', 'Quantity', 'Unit Price', 'Discount %', 'Account Code', 'Tax Rate', 'Line Total'],
	Customers: ['Name', 'Customer Number', 'Email', 'Xero Contact ID'],
	Jobs: ['Job Number', 'Job Name', 'Customer', 'Status', 'Invoice Number'],
	'Job Tasks': ['Job', 'Name', 'Charge Type', 'Rate'],
	Timesheets: ['Timesheet Number', 'Job', 'Task', 'Date', 'Hours', 'Approved'],
};
const shortNames = { 'Order Number': 'Order', 'Invoice Number': 'Invoice', 'Payment Status': 'Payment', 'Account Code': 'Account', 'Unit Price': 'Price', 'Discount %': 'Disc. %', Quantity: 'Qty', 'Line Total': 'Total', 'Customer Number': 'Number', 'Job Number': 'Job', 'Job Name': 'Name', 'Charge Type': 'Charge', 'Timesheet Number': 'Sheet' };
const titles = new Set(['Order Number', 'Job Number', 'Name']);
const mainTables = ['Orders', 'Order Lines', 'Customers'];

function columnsOf(table, without) {
	const named = (name) => table.fields.find((field) => field.name === name);
	const found = (shownFields[table.name] || []).map(named).filter((field) => field && field !== without);
	return found.length > 1 ? found : table.fields.filter((field) => field !== without).slice(0, 6);
}
function columnOf(field) {
	const kind = titles.has(field.name) ? 'main' : field.type === 'date_time' || field.name === 'Invoice Number' ? 'nowrap'
		: field.type === 'paragraph_text' || field.type === 'connection' ? 'text' : '';
	return { name: shortNames[field.name] || field.name, num: numeric.has(field.type), kind };
}
async function saveCell(table, row, field, value) {
	await send('PUT', '/page/tables/' + table.key + '/records/' + row.id, { values: { [field.key]: value } }).catch(() => refresh());
}
function editCell(place, table, row, field) {
	const isLong = field.type === 'paragraph_text';
	const before = String(row.edit[field.key] ?? '');
	const input = el(isLong ? 'textarea' : 'input', { class: 'edit', 'aria-label': field.name + ' of ' + row.title });
	input.value = before;
	let done = false;
	const finish = async (save) => {
		if (done) return;
		done = true;
		const value = input.value;
		const hadFocus = document.activeElement === input;
		input.remove();
		if (save && value !== before) await saveCell(table, row, field, value);
		redraw();
		if (hadFocus) focusOn('cell' + row.id + field.key);
	};
	input.addEventListener('keydown', (event) => {
		if (event.key === 'Enter' && !(isLong && event.shiftKey)) { event.preventDefault(); void finish(true); }
		if (event.key === 'Escape') void finish(false);
	});
	input.addEventListener('blur', () => void finish(true));
	place.classList.remove('fills');
	place.replaceChildren(input);
	input.focus();
	input.select();
}
function cellOf(table, row, field) {
	const text = row.shown[field.key];
	const what = field.name + ' of ' + row.title;
	const place = newsMark(cell(columnOf(field)), row.id + field.key, text);
	if (field.name === 'Payment Status' || field.name === 'Invoice Status') {
		place.append(statusPill(text));
	} else if (field.type === 'multiple_choice' && field.options && !field.multi) {
		const known = field.options.includes(text) || text === '';
		const options = ['', ...field.options, ...(known ? [] : [text])];
		place.append(el('select', { class: 'status ' + toneOf(text), 'aria-label': what, 'data-focus': 'cell' + row.id + field.key,
			onchange: (event) => void saveCell(table, row, field, event.target.value) },
			options.map((option) => el('option', { value: option, selected: option === text }, option || '—'))));
	} else if (field.name === 'Invoice Number') {
		const link = text && Object.values(row.edit).find((value) => /^https?:/.test(value));
		place.append(link ? el('a', { href: link, target: '_blank', rel: 'noopener', 'data-focus': 'link' + row.id }, text) : text);
	} else if (typable.has(field.type) && !computed.has(field.type)) {
		place.classList.add('fills');
		place.append(el('button', { type: 'button', class: 'editable', 'data-focus': 'cell' + row.id + field.key, 'aria-label': what + ': ' + (text || 'blank') + '. Change',
			onclick: () => editCell(place, table, row, field) }, text || '\u00a0'));
	} else {
		place.append(text || '');
	}
	return place;
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
	const lists = childrenOf(tables, table, row).map(({ child, link, rows }) => {
		const shown = columnsOf(child, link);
		return el('div', { class: 'list' }, el('h3', {}, child.name), tableOf(shown.map(columnOf), rows.map((line) => rowOf('row', shown.map((field) => cellOf(child, line, field))))));
	});
	return rowOf('detail', wide(columns.length + 2, '', others.length ? facts : undefined, lists));
}
/** Why an order is where it is, when that is not plain from its columns. */
function noteOf(table, row, isDone) {
	const shown = (name) => { const field = table.fields.find((one) => one.name === name); return field ? row.shown[field.key] : undefined; };
	const message = shown('Sync Message');
	if (message) return { tone: 'trouble', title: 'Needs attention', text: message };
	if (!isDone || shown('Xero Invoice ID') !== '') return undefined;
	if (row.savedAt === undefined) return { tone: 'waits', title: 'Not in Xero', text: 'It was completed before a workflow watched, so nothing has posted it. To post it now, untick it, wait two seconds, and tick it again.' };
	if (now() - row.savedAt < 15000) return { tone: 'waits', title: 'On its way', text: 'A workflow in n8n takes it from here.' };
	return { tone: 'waits', title: 'Not in Xero yet', text: 'Is the workflow active in n8n? What no Flow calls about waits for the next poll.' };
}
function recordRows(tables, table, row, columns, status) {
	const isDone = Boolean(status) && ['Completed', 'Invoiced'].includes(row.shown[status.key]);
	const tick = status && cell({ name: 'Done', quiet: true, kind: 'ticks' }, el('label', { class: 'ticker' }, el('input', { type: 'checkbox', class: 'tick', 'aria-label': row.title + ' is completed', 'data-focus': 'tick' + row.id,
		checked: isDone, onchange: (event) => void saveCell(table, row, status, event.target.checked ? 'Completed' : 'In Progress') })));
	const note = noteOf(table, row, isDone);
	const main = newsMark(rowOf('row' + (note ? ' noted' : ''), expander(row.id, row.title), tick, columns.map((field) => cellOf(table, row, field))), 'row' + row.id, true);
	notice('note' + row.id, note && note.text);
	const below = note && newsMark(rowOf('note', wide(columns.length + (status ? 2 : 1), note.tone, el('span', { class: 'mark', 'aria-hidden': 'true' }, note.tone === 'trouble' ? '!' : '…'), el('span', {}, el('b', {}, note.title + '. '), note.text))), 'note' + row.id, note.text);
	return [main, below, open.has(row.id) && detailOf(tables, table, row, columns)].filter(Boolean);
}
function drawKnack(data) {
	byId('knack-name').textContent = data.app.name;
	const tables = data.tables;
	if (!tables.some((table) => table.key === chosen.knack)) chosen.knack = (tables.find((table) => table.name === 'Orders') || tables[0] || {}).key;
	const place = ({ name }) => mainTables.indexOf(name) + 1 || 9;
	// A table in which nothing is yet would be one more name to read.
	const listed = tables.filter((table) => table.total > 0 || mainTables.includes(table.name) || table.key === chosen.knack);
	drawTabs('knack', listed.sort((a, b) => place(a) - place(b)).map((table) => ({ key: table.key, name: table.name, count: table.total })));
	byId('new-order').hidden = !tables.some((table) => table.name === 'Orders');
	// What arrives while another table is shown is still new when its own is chosen soon after.
	for (const each of tables) for (const row of each.rows) notice('row' + row.id, true);
	const table = tables.find((candidate) => candidate.key === chosen.knack);
	if (!table) { byId('knack-body').replaceChildren(nothing('No tables', 'This Knack app is empty.')); return; }
	const columns = columnsOf(table);
	const status = table.fields.find((one) => one.options && one.options.includes('Completed'));
	const rows = [...table.rows].reverse().flatMap((row) => recordRows(tables, table, row, columns, status));
	byId('knack-body').replaceChildren(rows.length === 0 ? nothing('No records yet', '') :
		tableOf([details, ...(status ? [{ name: 'Done' }] : []), ...columns.map(columnOf)], rows));
}
function askOrder() {
	const customers = latest.knack.tables.find((table) => table.name === 'Customers');
	const number = { inputmode: 'decimal', pattern: '\\d+(\\.\\d+)?', title: 'A number, such as 2.5' };
	ask('New order', [
		el('label', {}, 'Customer', el('select', { name: 'customer' }, (customers ? customers.rows : []).map((row) => el('option', { value: row.id }, row.title)))),
		field('What', { name: 'description', value: 'Site visit' }),
		el('div', { class: 'pair' }, field('Quantity', { name: 'quantity', value: '1', ...number }), field('Unit price (GBP)', { name: 'unitPrice', value: '95.00', ...number })),
		el('label', {}, 'Status', el('select', { name: 'status' }, ['New', 'In Progress', 'Completed'].map((status) => el('option', {}, status)))),
	], async (given) => { await send('POST', '/page/orders', given); chosen.knack = undefined; }, 'Create order');
}
`;
