/** The page's style sheet, light and dark by the reader's own setting. */
export const styles = `
:root {
	color-scheme: light dark;
	--ground: #f4f5f7; --card: #ffffff; --ink: #1d2433; --soft: #586274; --soft-on-line: #4d5668; --line: #e1e5eb; --edge: #b3bcc9;
	--hover: #f7f9fb; --knack: #9b2a6f; --knack-soft: #fbeaf4; --xero: #0b7fab; --link: #096a90; --xero-soft: #e4f4fb;
	--good: #136a3c; --good-soft: #e2f5ea; --warn: #8a5a00; --warn-soft: #fdf1d8;
	--bad: #b3261e; --bad-soft: #fce8e6; --flash: #fff3bf; --shadow: 0 1px 2px rgb(20 30 50 / .08), 0 4px 16px rgb(20 30 50 / .06);
}
@media (prefers-color-scheme: dark) {
	:root {
		--ground: #12151b; --card: #1b2029; --ink: #e8ebf1; --soft: #9aa5b6; --soft-on-line: #b9c2d0; --line: #2c3441; --edge: #56627a;
		--hover: #212834; --knack: #f08cc6; --knack-soft: #3a1f30; --xero: #5cc8ef; --link: #5cc8ef; --xero-soft: #14323f;
		--good: #66d19a; --good-soft: #16382a; --warn: #f2c063; --warn-soft: #3b2f13;
		--bad: #ff8a80; --bad-soft: #45201d; --flash: #57480f; --shadow: 0 1px 2px rgb(0 0 0 / .4);
	}
}
* { box-sizing: border-box; }
body { margin: 0; height: 100vh; display: grid; grid-template-rows: auto minmax(0, 1fr) auto; background: var(--ground); color: var(--ink); font: 14px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
h1, h2, h3, p, ol, dl, dd { margin: 0; padding: 0; }
h1 { font-size: 19px; letter-spacing: -.01em; }
h2 { font-size: 15px; }
.arrow { color: var(--soft); font-weight: 400; }
.pill { font-size: 11px; font-weight: 600; text-transform: uppercase; letter-spacing: .06em; background: var(--line); color: var(--soft-on-line); border-radius: 99px; padding: 2px 8px; vertical-align: 3px; margin-left: 4px; }
.lead { color: var(--soft); margin-top: 2px; }
.top { display: flex; gap: 24px; justify-content: space-between; align-items: center; padding: 14px 20px 10px; flex-wrap: wrap; }
.top > div:first-child { flex: 1 1 420px; }
.tools { display: flex; gap: 8px; align-items: center; flex-wrap: wrap; }
.clock { text-align: right; line-height: 1.25; margin-right: 4px; font-variant-numeric: tabular-nums; }
.clock .label { display: block; font-size: 11px; color: var(--soft); }
button { font: inherit; font-weight: 550; color: var(--ink); background: var(--card); border: 1px solid var(--edge); border-radius: 7px; padding: 5px 11px; min-height: 30px; cursor: pointer; }
button:hover { border-color: var(--soft); }
button:focus-visible, input:focus-visible, select:focus-visible, a:focus-visible, [tabindex]:focus-visible { outline: 2px solid var(--xero); outline-offset: 1px; }
button.primary { background: var(--knack); border-color: var(--knack); color: var(--card); }
.xero button.primary, dialog button.xero-do { background: var(--xero); border-color: var(--xero); color: var(--card); }
button.small { padding: 2px 8px; min-height: 26px; font-size: 12px; }
button.small.danger:hover { color: var(--bad); border-color: var(--bad); }
.live { font-size: 12px; color: var(--soft); display: inline-flex; align-items: center; gap: 6px; min-width: 88px; }
.live::before { content: ""; width: 8px; height: 8px; border-radius: 50%; background: var(--warn); }
.live.on::before { background: var(--good); }
main { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 14px; padding: 4px 20px 14px; min-height: 0; }
.side { background: var(--card); border: 1px solid var(--line); border-radius: 12px; box-shadow: var(--shadow); display: flex; flex-direction: column; min-height: 0; min-width: 0; overflow: hidden; }
.knack { border-top: 3px solid var(--knack); }
.xero { border-top: 3px solid var(--xero); }
.side-head { display: flex; justify-content: space-between; align-items: center; gap: 10px; padding: 10px 14px 2px; min-height: 46px; }
.mark { display: inline-grid; place-items: center; width: 24px; height: 24px; border-radius: 7px; font-size: 13px; margin-right: 6px; }
.knack .mark { background: var(--knack-soft); color: var(--knack); }
.xero .mark { background: var(--xero-soft); color: var(--xero); }
.totals { color: var(--soft); font-size: 13px; font-variant-numeric: tabular-nums; }
.tabs { display: flex; gap: 2px; padding: 4px 10px 0; border-bottom: 1px solid var(--line); flex: none; flex-wrap: wrap; }
.tabs button { min-height: 34px; border: 0; border-bottom: 2px solid transparent; border-radius: 0; background: none; color: var(--soft); padding: 6px 10px; white-space: nowrap; }
.tabs button[aria-selected=true] { color: var(--ink); }
.knack .tabs button[aria-selected=true] { border-color: var(--knack); }
.xero .tabs button[aria-selected=true] { border-color: var(--xero); }
.tabs .count { font-weight: 400; color: var(--soft); font-size: 12px; }
.body { overflow: auto; flex: 1; min-height: 0; }
table { border-collapse: separate; border-spacing: 0; width: 100%; font-size: 13px; }
td small { display: block; font-weight: 400; color: var(--soft); font-size: 12px; }
th { padding: 7px 6px; position: sticky; top: 0; z-index: 1; background: var(--card); color: var(--soft); font-weight: 550; font-size: 12px; text-align: left; border-bottom: 1px solid var(--line); white-space: nowrap; }
td { padding: 7px 6px; border-bottom: 1px solid var(--line); vertical-align: top; max-width: 260px; overflow-wrap: anywhere; }
td.num, td.main, td.nowrap { overflow-wrap: normal; }
td.text { min-width: 88px; }
td.more, td.ticks { padding: 2px; width: 30px; }
td.fills { padding: 0; }
tr.noted > td { border-bottom: 0; }
tr.note > td { padding: 0 10px 9px 36px; color: var(--soft); font-size: 13px; max-width: none; }
tr.note > td.trouble { color: var(--bad); }
tr.note .mark { display: inline-grid; place-items: center; width: 17px; height: 17px; margin: 0 7px 0 0; border-radius: 50%; background: var(--line); color: var(--soft); font-size: 12px; font-weight: 700; }
tr.note .trouble .mark { background: var(--bad); color: var(--card); }
.actions.below { margin-top: 10px; }
.actions button { white-space: nowrap; }
a { color: var(--link); }
td a, .links a { display: inline-block; min-height: 24px; }
.links a { margin-right: 10px; }
td.main { font-weight: 600; white-space: nowrap; }
td.nowrap { white-space: nowrap; }
.num { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
tbody tr.row:hover > td { background: var(--hover); }
tr.changed > td, td.changed { animation: flash 6s ease-out var(--ago, 0ms); }
@keyframes flash { from { background: var(--flash); } 40% { background: var(--flash); } to { background: transparent; } }
@media (prefers-reduced-motion: reduce) { tr.changed > td, td.changed { animation: none; box-shadow: inset 0 -2px 0 var(--warn); } }
button.more { border: 0; background: none; padding: 0; color: var(--soft); width: 28px; min-height: 28px; text-align: center; }
.ticker { display: grid; place-items: center; width: 28px; height: 28px; cursor: pointer; }
.tick { width: 17px; height: 17px; accent-color: var(--knack); cursor: pointer; margin: 0; }
.status { display: inline-block; border-radius: 99px; padding: 1px 9px; font-size: 12px; font-weight: 550; background: var(--line); color: var(--soft-on-line); white-space: nowrap; }
.status.good { background: var(--good-soft); color: var(--good); }
.status.warn { background: var(--warn-soft); color: var(--warn); }
.status.bad { background: var(--bad-soft); color: var(--bad); }
.status.info { background: var(--xero-soft); color: var(--link); }
select.status { border: 0; font: inherit; font-size: 12px; font-weight: 550; padding: 2px 4px; min-height: 26px; max-width: 178px; cursor: pointer; }
button.editable { display: block; width: 100%; min-width: 24px; min-height: 34px; padding: 7px 6px; border: 0; border-radius: 4px; background: none; font-weight: 400; text-align: inherit; white-space: inherit; overflow-wrap: inherit; text-decoration: underline dashed var(--edge); text-underline-offset: 3px; cursor: text; }
button.editable:hover { background: var(--knack-soft); }
td .edit { display: block; font: inherit; width: 100%; min-width: 80px; padding: 4px 5px; border: 1px solid var(--knack); border-radius: 5px; background: var(--card); color: var(--ink); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.detail > td { background: var(--hover); padding: 8px 12px 12px 34px; max-width: none; }
.detail td, .detail th { padding-left: 8px; padding-right: 8px; }
.detail table { background: var(--card); border: 1px solid var(--line); border-radius: 8px; overflow: hidden; }
.detail th { position: static; }
.detail tr:last-child td { border-bottom: 0; }
.facts { display: flex; flex-wrap: wrap; gap: 4px 22px; margin: 0 0 8px; color: var(--soft); font-size: 13px; }
.facts b { color: var(--ink); font-weight: 550; }
.detail h3 { font-size: 12px; color: var(--soft); margin: 10px 0 4px; font-weight: 550; }
.empty { color: var(--soft); text-align: center; padding: 48px 24px; }
.empty b { display: block; color: var(--ink); margin-bottom: 4px; font-size: 15px; }
.actions { display: flex; gap: 5px; justify-content: flex-end; }
.strip { border-top: 1px solid var(--line); background: var(--card); padding: 8px 20px 10px; }
.strip summary { font-size: 13px; color: var(--soft); font-weight: 550; min-height: 24px; cursor: pointer; }
.counts { display: flex; gap: 16px; color: var(--soft); font-size: 12.5px; font-variant-numeric: tabular-nums; flex-wrap: wrap; }
.counts b { color: var(--ink); }
.requests { list-style: none; height: 132px; overflow-y: auto; margin-top: 4px; font: 12px/1.7 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.requests li { display: grid; grid-template-columns: 66px 62px 58px minmax(0, 1fr) 52px 62px; gap: 8px; }
.requests .path { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.requests .at, .requests .ms { color: var(--soft); }
.requests .ms { text-align: right; }
.requests .svc-knack { color: var(--knack); } .requests .svc-xero, .requests .svc-identity { color: var(--xero); } .requests .svc-webhook { color: var(--warn); } .requests .svc-control { color: var(--soft); }
.requests .ok { color: var(--good); } .requests .no { color: var(--bad); }
.requests .none { color: var(--soft); display: block; padding-top: 4px; font-family: system-ui, sans-serif; }
dialog { border: 1px solid var(--line); border-radius: 12px; padding: 18px 20px; background: var(--card); color: var(--ink); box-shadow: 0 12px 48px rgb(0 0 0 / .25); width: min(560px, 94vw); max-height: 90vh; }
dialog::backdrop { background: rgb(10 14 22 / .45); }
dialog h2 { margin-bottom: 12px; font-size: 16px; }
dialog .says { margin: 12px 0; }
dialog h3 { font-size: 13px; margin: 14px 0 4px; }
dialog dl { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 4px 14px; align-items: baseline; font-size: 13px; }
dialog dt { color: var(--soft); }
dialog dd { display: flex; gap: 8px; justify-content: space-between; align-items: baseline; }
dialog code { overflow-wrap: anywhere; font-size: 12.5px; }
dialog label { display: block; margin-bottom: 10px; font-size: 12.5px; color: var(--soft); }
dialog input, dialog select { display: block; width: 100%; font: inherit; font-size: 14px; color: var(--ink); background: var(--ground); border: 1px solid var(--line); border-radius: 7px; padding: 6px 9px; margin-top: 3px; }
dialog .pair { display: grid; grid-template-columns: 1fr 1fr; gap: 10px; }
dialog .buttons { display: flex; justify-content: flex-end; gap: 8px; margin-top: 8px; }
.toast { position: fixed; left: 50%; bottom: 130px; transform: translateX(-50%); background: var(--bad); color: var(--card); border-radius: 8px; padding: 9px 16px; max-width: 80vw; box-shadow: var(--shadow); }
@media (max-width: 1000px) { body { height: auto; } main { grid-template-columns: minmax(0, 1fr); } .body { max-height: 75vh; } }
@media (max-width: 700px) {
	.top, main, .strip { padding-left: 10px; padding-right: 10px; }
	.clock { text-align: left; }
	table, tbody, tr.note, tr.detail, tr.note > td, tr.detail > td { display: block; }
	thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
	tr.row { display: flex; flex-wrap: wrap; align-items: start; gap: 2px 8px; padding: 6px; border-bottom: 1px solid var(--line); }
	tr.row.noted { border-bottom: 0; }
	tr.row > td { display: block; flex: 1 1 40%; max-width: none; padding: 4px; border: 0; text-align: left; }
	tr.row > td.more, tr.row > td.ticks { flex: 0 0 30px; padding: 0; }
	tr.row > td:empty { display: none; }
	td[data-label]::before { content: attr(data-label); display: block; font-size: 11px; font-weight: 400; color: var(--soft); }
	button.editable { padding: 2px 0; min-height: 26px; }
	.actions { justify-content: flex-start; }
	tr.note { border-bottom: 1px solid var(--line); }
	.detail > td { padding: 8px; }
	.requests li { grid-template-columns: 54px 52px minmax(0, 1fr) 44px; }
	.requests .at, .requests .ms { display: none; }
	dialog dl { grid-template-columns: minmax(0, 1fr); }
}
`;
