/** The names in a text that has commas between them. */
export function namesIn(text: string | undefined): string[] {
	return (text ?? '')
		.split(',')
		.map((name) => name.trim())
		.filter((name) => name !== '');
}
