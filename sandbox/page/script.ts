/** What goes around both sides: the head, the requests, and what keeps all of it live. */
export const script = String.raw`
let latest;
let clockAhead = 0;
const now = () => latest && latest.frozen ? latest.now : Date.now() + clockAhead;

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
const link = (href, text) => el('a', { href, target: '_blank', rel: 'noopener' }, text);
function drawLinks(editor) {
	byId('links').hidden = !editor;
	if (!editor) return;
	const active = editor.workflows.filter(({ isActive }) => isActive);
	byId('links').replaceChildren('In n8n: ', ...active.flatMap(({ name, url }) => [link(url, name), ' ']), link(editor.url, 'All workflows'));
}
function showValues() {
	const { editor, credentials } = latest;
	const value = (label, text) => [el('dt', {}, label), el('dd', {}, el('code', {}, text), el('button', { type: 'button', class: 'small', 'aria-label': 'Copy ' + label, onclick: () => void navigator.clipboard.writeText(text) }, 'Copy'))];
	const dialog = byId('dialog');
	dialog.replaceChildren(el('div', {},
		el('h2', { id: 'dialog-title' }, 'Connect a workflow of your own'),
		editor && [el('h3', {}, 'n8n'), el('p', { class: 'says' }, link(editor.url, 'Open its list of workflows'), '. Both credentials are there already.'),
			el('dl', {}, value('E-mail', editor.signIn.email), value('Password', editor.signIn.password))],
		credentials.map(({ title, rows }) => [el('h3', {}, 'Credential: ' + title), el('dl', {}, rows.map(([label, text]) => value(label, text)))]),
		el('p', { class: 'says' }, 'None of this is a secret: it opens this sandbox and nothing else.'),
		el('div', { class: 'buttons' }, el('button', { type: 'button', onclick: () => dialog.close() }, 'Close'))));
	dialog.showModal();
}
const focusOn = (key) => { const node = document.querySelector('[data-focus="' + CSS.escape(key) + '"]'); if (node) node.focus({ preventScroll: true }); };
function redraw() {
	if (!latest || document.querySelector('.edit')) return;
	const focused = document.activeElement && document.activeElement.dataset.focus;
	drawKnack(latest.knack);
	drawXero(latest.xero);
	drawRequests(latest.journal);
	drawLinks(latest.editor);
	if (focused) focusOn(focused);
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
	byId('clock').textContent = new Date(now()).toLocaleString('en-GB', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' });
}
document.querySelectorAll('[data-advance]').forEach((button) => button.addEventListener('click', async () => {
	await send('POST', '/clock', { advanceMs: Number(button.dataset.advance) }).catch(() => {});
	await refresh();
}));
function askStartOver() {
	ask('Start over?', [el('p', { class: 'says' }, 'Every order, invoice and payment goes back to how it was at first.'),
		el('p', { class: 'says' }, 'Your workflows stay as they are, and so does what connects them: the sign-in to Xero, its webhook, and the Flows in Knack.')], async () => {
		await send('POST', '/page/startOver');
		firstDraw = true; seen.clear(); changedAt.clear(); open.clear();
		await refresh();
	}, 'Start over');
}
byId('reset').addEventListener('click', askStartOver);
byId('values').addEventListener('click', showValues);
byId('new-order').addEventListener('click', askOrder);
const events = new EventSource('/control/events');
events.addEventListener('open', () => { byId('live').textContent = 'live'; byId('live').classList.add('on'); refreshSoon(); });
events.addEventListener('error', () => { byId('live').textContent = 'not connected'; byId('live').classList.remove('on'); });
events.addEventListener('change', refreshSoon);
events.addEventListener('request', refreshSoon);
setInterval(showClock, 1000);
// What waits says after a while that it waits long; a list that is open would be closed by it.
setInterval(() => { if (document.activeElement.tagName !== 'SELECT') redraw(); }, 5000);
void refresh().then(showClock);
`;
