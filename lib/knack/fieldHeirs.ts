import type { KnackApp, KnackField, KnackTable } from './app';

/** What was known of a field or table before it went missing. */
export interface KnownAs {
	readonly key: string;
	readonly name?: string;
	readonly type?: string;
}

const words = (name: string): string[] => name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** How alike two names are, 0 to 1, by the words that they share. */
function likeness(a: string, b: string): number {
	const [left, right] = [new Set(words(a)), new Set(words(b))];
	if (left.size === 0 || right.size === 0) return 0;
	const shared = [...left].filter((word) => right.has(word)).length;
	return (2 * shared) / (left.size + right.size);
}

/**
 * The field that most likely took the place of one that is gone: the same name (deleted and made
 * anew), else a similar name, the same type preferred. Undefined when nothing comes close.
 */
export function likelyHeir(table: KnackTable, gone: KnownAs): KnackField | undefined {
	const ranked = table.fields
		.map((field) => ({
			field,
			score: likeness(field.name, gone.name ?? '') + (field.type === gone.type ? 0.25 : 0),
		}))
		.filter(({ score }) => score >= 0.5)
		.sort((a, b) => b.score - a.score);
	return ranked[0]?.field;
}

export function likelyHeirTable(app: KnackApp, gone: KnownAs): KnackTable | undefined {
	const ranked = app.tables
		.map((table) => ({ table, score: likeness(table.name, gone.name ?? '') }))
		.filter(({ score }) => score >= 0.5)
		.sort((a, b) => b.score - a.score);
	return ranked[0]?.table;
}

/** "The field Status (field_12) is not in the table Jobs any more. Perhaps it is now …" */
export function missingFieldWords(
	table: KnackTable,
	gone: KnownAs,
): { message: string; fix: string } {
	const heir = likelyHeir(table, gone);
	const shown = gone.name ? `${gone.name} (${gone.key})` : gone.key;
	return {
		message: `The field ${shown} is not in the table ${table.name} any more.`,
		fix: heir
			? `It was deleted in Knack. ${heir.name} (${heir.key}) looks like its heir: choose that one in the node, or another.`
			: 'It was deleted in Knack. Choose another field in the node.',
	};
}

export function missingTableWords(app: KnackApp, gone: KnownAs): { message: string; fix: string } {
	const heir = likelyHeirTable(app, gone);
	const shown = gone.name ? `${gone.name} (${gone.key})` : gone.key;
	return {
		message: `The table ${shown} is not in the Knack app ${app.name}.`,
		fix: heir
			? `${heir.name} (${heir.key}) looks like its heir: choose that one in the node, or another.`
			: `The app has: ${app.tables.map(({ name }) => name).join(', ')}. Choose one of them in the node.`,
	};
}
