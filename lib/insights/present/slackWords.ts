import { visible } from '../../texts';

/** The three characters that Slack has escapes for; with them go mentions and links. */
export function escaped(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/**
 * A text of a record outside of a block. Slack has no escape for its marks of bold, italic, struck and
 * code, and takes them for marks only where a word begins: a word joiner stands in front of each.
 */
export function inText(text: string): string {
	return escaped(visible(text)).replace(/[*_~`]/g, '\u2060$&');
}
