import { visible } from '../../texts';
import { html } from '../../vendor/html';

/** HTML whose texts have been escaped. */
export type Markup = Awaited<ReturnType<typeof html>>;

type Part = string | number | undefined | Markup | readonly Markup[];

/** A tagged template for HTML: whatever text is put into it is shown as it stands. */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
	const made = html(strings, ...parts.map(shown));
	if (made instanceof Promise) throw new Error('A part of the page is not there yet.');
	return made;
}

/** At run time text is a string and markup an object, which is how the template tells them apart. */
function shown(part: Part): Part {
	return typeof part === 'string' ? visible(part) : part;
}

/** A value of a record: written from right to left, it leaves the text around it as it is. */
export function value(text: string): Markup {
	return markup`<bdi>${text}</bdi>`;
}

/** A link where the address is one of the web, else the words alone. */
export function linked(words: string, address: string | undefined): Markup {
	return address === undefined || !isOfTheWeb(address)
		? value(words)
		: markup`<a href="${address}" style="color:#0b5cad">${value(words)}</a>`;
}

function isOfTheWeb(address: string): boolean {
	return URL.canParse(address) && new URL(address).protocol === 'https:';
}
