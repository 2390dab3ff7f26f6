/** What both sides of the page are drawn with. */
export const commonScript = String.raw`
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
	toast.timer = setTimeout(() => { box.hidden = true; }, 8000);
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
/** A button's work: what goes wrong is told by the toast. */
const doing = (method, path) => () => void send(method, path).catch(() => {});
function money(amount, currency) {
	if (amount === '' || amount === undefined || amount === null) return '';
	return new Intl.NumberFormat('en-GB', { style: 'currency', currency: currency || 'GBP', maximumFractionDigits: 4 }).format(Number(amount));
}
const day = (text) => text ? text.split('-').reverse().join('/') : '';

const tones = [
	[/^(paid|invoiced|active)$/i, 'good'],
	[/^(completed|sent|unpaid|in progress|authorised|awaiting payment|approved)$/i, 'info'],
	[/^(partly paid|draft|overdue|submitted|awaiting approval|archived)$/i, 'warn'],
	[/^(void|voided|deleted|cancelled)$/i, 'bad'],
];
const toneOf = (text) => (tones.find(([pattern]) => pattern.test(text)) || ['', ''])[1];
/** Statuses as Xero's own screens word them. */
const xeroWords = { DRAFT: 'Draft', SUBMITTED: 'Awaiting approval', AUTHORISED: 'Awaiting payment', PAID: 'Paid', VOIDED: 'Voided', DELETED: 'Deleted', ACTIVE: 'Active', ARCHIVED: 'Archived' };
const statusPill = (text) => text ? el('span', { class: 'status ' + toneOf(text) }, text) : '';

/**
 * A table, whose rows become cards where the page is narrow: then each cell bears its column's name,
 * and the roles say what the elements do not say any more. Names of quiet columns are for readers of
 * the screen alone.
 */
function tableOf(columns, rows) {
	const head = columns.map(({ name, num, quiet }) => el('th', { scope: 'col', role: 'columnheader', class: num ? 'num' : '' }, quiet ? el('span', { class: 'unseen' }, name) : name));
	return el('table', { role: 'table' }, el('thead', { role: 'rowgroup' }, el('tr', { role: 'row' }, head)), el('tbody', { role: 'rowgroup' }, rows));
}
const rowOf = (name, ...cells) => el('tr', { class: name, role: 'row' }, cells);
function cell({ name, num, quiet, kind }, ...children) {
	const classes = [num && 'num', kind].filter(Boolean).join(' ');
	return el('td', { role: 'cell', class: classes, 'data-label': quiet ? undefined : name }, children);
}
const wide = (span, name, ...children) => el('td', { role: 'cell', colspan: span, class: name }, children);

/** What is unfolded, by the ids of records, invoices and the like. */
const open = new Set();
const details = { name: 'Details', quiet: true, kind: 'more' };
function expander(id, title) {
	const isOpen = open.has(id);
	return cell(details, el('button', { type: 'button', class: 'more', 'data-focus': 'more' + id, 'aria-expanded': String(isOpen), 'aria-label': 'Details of ' + title,
		onclick: () => { isOpen ? open.delete(id) : open.add(id); redraw(); } }, isOpen ? '▾' : '▸'));
}

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
function newsMark(node, key, value) {
	notice(key, value);
	const ago = Date.now() - (changedAt.get(key) ?? 0);
	if (ago > newsLasts) return node;
	node.classList.add('changed');
	node.style.setProperty('--ago', '-' + ago + 'ms');
	return node;
}

const chosen = { knack: undefined, xero: 'sales' };
function drawTabs(side, tabs) {
	const choose = (key) => { chosen[side] = key; redraw(); byId(side + '-tab-' + key).focus(); };
	const step = (index, by) => choose(tabs[(index + by + tabs.length) % tabs.length].key);
	byId(side + '-tabs').replaceChildren(...tabs.map(({ key, name, count }, index) => {
		const isChosen = chosen[side] === key;
		return el('button', { type: 'button', role: 'tab', id: side + '-tab-' + key, 'data-focus': side + '-tab-' + key, 'aria-selected': String(isChosen), 'aria-controls': side + '-body', tabindex: isChosen ? '0' : '-1',
			onclick: () => choose(key),
			onkeydown: (event) => { if (event.key === 'ArrowRight') step(index, 1); if (event.key === 'ArrowLeft') step(index, -1); } },
			name, el('span', { class: 'count' }, ' ' + count));
	}));
	byId(side + '-body').setAttribute('aria-labelledby', side + '-tab-' + chosen[side]);
}
const nothing = (title, hint) => el('p', { class: 'empty' }, el('b', {}, title), hint);

function ask(title, content, doIt, label, tone) {
	const dialog = byId('dialog');
	const form = el('form', { method: 'dialog', onsubmit: async (event) => {
		event.preventDefault();
		try { await doIt(Object.fromEntries(new FormData(form))); dialog.close(); } catch { /* the toast has said why */ }
	} }, el('h2', { id: 'dialog-title' }, title), content, el('div', { class: 'buttons' }, el('button', { type: 'button', onclick: () => dialog.close() }, 'Cancel'), el('button', { class: tone || 'primary' }, label)));
	dialog.replaceChildren(form);
	dialog.showModal();
}
const field = (label, attributes) => el('label', {}, label, el('input', { required: true, autocomplete: 'off', ...attributes }));
`;
