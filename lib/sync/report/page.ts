import { markup, type Markup } from './markup';

/**
 * The page around a report. Styles stand with the elements, since mail programs drop style sheets,
 * and n8n's view of HTML drops everything outside the body.
 */
export function page(title: string, content: readonly Markup[]): Markup {
	return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>${title}</title>
</head>
<body style="margin:0;background:#ffffff">
<main style="max-width:880px;margin:0 auto;padding:16px;background:#ffffff;color:#1f2328;font:15px/1.5 Arial,Helvetica,sans-serif;overflow-wrap:anywhere">
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
	return markup`<div style="color:#57606a;font-size:13px">${words}</div>`;
}

const CELL = 'padding:6px 10px 6px 0;border-bottom:1px solid #d0d7de;vertical-align:top';

interface Column {
	readonly label: string;
	/** Share of the width in percent, so that a long word in one column squeezes no other. */
	readonly width: number;
	readonly isNumber?: boolean;
}

/** A table whose first cell of each row says what the row is about. */
export function table(
	caption: string,
	columns: readonly Column[],
	rows: readonly Markup[],
): Markup {
	const heads = columns.map(
		({ label, width, isNumber }) =>
			markup`<th scope="col" style="${CELL};width:${width}%;text-align:${isNumber ? 'right' : 'left'}">${label}</th>`,
	);
	return markup`<table style="border-collapse:collapse;table-layout:fixed;width:100%;font-size:14px;margin:4px 0">
<caption style="text-align:left;color:#57606a;font-size:13px">${caption}</caption>
<thead><tr>${heads}</tr></thead>
<tbody>
${rows}</tbody>
</table>
`;
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
