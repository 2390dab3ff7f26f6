import { markup, type Markup } from './markup';

/**
 * For those who ask for a dark page, and for paper. All that a page needs stands with its elements:
 * many mail programs drop style sheets, and n8n's view of HTML drops everything outside the body.
 */
const STYLE = `@media (prefers-color-scheme:dark){
body,main{background:#0d1117!important;color:#e6edf3!important}
a{color:#6cb6ff!important}
caption,.aside{color:#9da7b3!important}
th,td,section{border-color:#3d444d!important}
.good{color:#57c26a!important}.note{color:#e3b341!important}.bad{color:#ff9a90!important}
.above{background:#4493f8!important}.below{background:#f0883e!important}
}
@media print{
body,main{background:#fff!important;color:#000!important}
main{max-width:none!important;padding:0!important}
tr,h2,h3{break-inside:avoid}h2,h3,caption{break-after:avoid}
.wide{overflow:visible!important}.wide table{min-width:0!important;font-size:11px!important}
td[bgcolor]{-webkit-print-color-adjust:exact;print-color-adjust:exact}
}`;

/** The page around a report. */
export function page(title: string, content: readonly Markup[]): Markup {
	return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body style="margin:0;background:#ffffff">
<main style="max-width:920px;margin:0 auto;padding:16px;background:#ffffff;color:#1f2328;font:15px/1.5 Arial,Helvetica,sans-serif;overflow-wrap:anywhere">
<h1 style="margin:0 0 8px;font-size:22px;line-height:1.3">${title}</h1>
${content}
</main>
</body>
</html>`;
}

export function heading(words: string): Markup {
	return markup`<h2 style="margin:28px 0 8px;font-size:18px;line-height:1.3">${words}</h2>`;
}

export function paragraph(words: string | Markup): Markup {
	return markup`<p style="margin:4px 0">${words}</p>`;
}

/** What stands below a name and is worth less than it. */
export function aside(words: string): Markup {
	return markup`<div class="aside" style="color:#57606a;font-size:13px">${words}</div>`;
}

const CELL = 'padding:6px 10px 6px 0;border-bottom:1px solid #d0d7de;vertical-align:top';

interface Column {
	readonly label: string;
	/** Share of the width in percent, so that a long word in one column squeezes no other. */
	readonly width: number;
	readonly isNumber?: boolean;
}

/**
 * A table whose first cell of each row says what the row is about. With a least width, in pixels, it is
 * moved sideways on a narrow screen instead of being squeezed.
 */
export function table(
	caption: string,
	columns: readonly Column[],
	rows: readonly Markup[],
	leastWidth?: number,
): Markup {
	const heads = columns.map(
		({ label, width, isNumber }) =>
			markup`<th scope="col" style="${CELL};width:${width}%;text-align:${isNumber ? 'right' : 'left'}">${label}</th>`,
	);
	const least = leastWidth === undefined ? '' : `;min-width:${leastWidth}px`;
	const made = markup`<table style="border-collapse:collapse;table-layout:fixed;width:100%;font-size:14px;margin:4px 0${least}">
<caption style="text-align:left;color:#57606a;font-size:13px">${leastWidth === undefined ? caption : inSight(caption)}</caption>
<thead><tr>${heads}</tr></thead>
<tbody>
${rows}</tbody>
</table>
`;
	if (leastWidth === undefined) return made;
	return markup`<div class="wide" role="region" tabindex="0" aria-label="${caption}" style="overflow-x:auto">${made}</div>
`;
}

/** Words above a table that is moved sideways: no wider than the screen, where the program knows that. */
function inSight(words: string): Markup {
	return markup`<span style="display:inline-block;max-width:90vw">${words}</span>`;
}

export function row(about: Markup | string, cells: readonly Markup[]): Markup {
	return markup`<tr><th scope="row" style="${CELL};text-align:left;font-weight:normal">${about}</th>${cells}</tr>
`;
}

export function cell(content: Markup | string): Markup {
	return markup`<td style="${CELL}">${content}</td>`;
}

/** Numbers stand below each other. */
export function numberCell(content: Markup | string): Markup {
	return markup`<td style="${CELL};text-align:right">${content}</td>`;
}
