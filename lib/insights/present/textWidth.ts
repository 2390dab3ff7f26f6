import { visible } from '../../texts';

/**
 * Widths in parts of the font's size, rather too wide than too narrow: nobody knows which font a
 * reader has. The first class that a character is of counts.
 */
const WIDTHS: ReadonlyArray<readonly [characters: RegExp, width: number]> = [
	[/^\p{M}$/u, 0],
	[/^[ijltfrI.,:;'|!()[\]/ -]$/u, 0.38],
	[/^[a-z0-9]$/u, 0.6],
	[/^[A-Z]$/u, 0.76],
	[/^[\u0021-\u024f\p{Script=Greek}\p{Script=Hebrew}\p{Script=Arabic}]$/u, 0.7],
	[/^\p{Emoji_Presentation}$/u, 1.4],
];
const WIDE = 1.05;
/** Wider than the other letters of their class. */
const WIDEST = new Set(['m', 'w', 'M', 'W', '@', '%', 'Œ', 'Æ']);

/** About how wide a text is in a usual font without serifs, in pixels. */
export function textWidth(text: string, fontSize: number): number {
	return [...text].reduce((sum, character) => sum + widthOf(character), 0) * fontSize;
}

/** As much of a text as there is room for, and three dots where there is more, as it is shown. */
export function fitted(text: string, room: number, fontSize: number): string {
	const characters = [...shownInXml(text)];
	let width = 0;
	const fitting = characters.findIndex((character, index) => {
		width += widthOf(character) * fontSize;
		const dots = index === characters.length - 1 ? 0 : WIDE * fontSize;
		return width + dots > room;
	});
	return fitting < 0 ? characters.join('') : `${characters.slice(0, fitting).join('')}…`;
}

/** Of the widest of the texts; nothing where there is none. */
export function widestOf(texts: readonly string[], fontSize: number): number {
	return Math.max(0, ...texts.map((text) => textWidth(text, fontSize)));
}

/** XML 1.0 has no place for two characters that HTML takes: a file with them is not read at all. */
function shownInXml(text: string): string {
	return visible(text).replace(/[\ufffe\uffff]/g, '\ufffd');
}

function widthOf(character: string): number {
	if (WIDEST.has(character)) return WIDE;
	return WIDTHS.find(([characters]) => characters.test(character))?.[1] ?? WIDE;
}
