import { likeness } from '../likeness';
import { ServiceFaultError } from '../serviceFault';
import type { KnackApp, KnackField, KnackTable } from './app';
import { findTable } from './tables';

/** What was known of a field or table before it went missing. */
export interface KnownAs {
	readonly key: string;
	readonly name?: string;
	readonly type?: string;
	/** Keys of what was there at the same time: a successor came later. */
	readonly neighbours?: ReadonlySet<string>;
}

/** Keys count upwards as fields are made. */
function keyNumber(key: string): number {
	return Number(/\d+/.exec(key)?.[0] ?? 0);
}

/**
 * The field that most likely took the place of one that is gone: the same name (deleted and made
 * anew), else a similar name; what was made since, and the same type, preferred. Undefined when nothing
 * comes close.
 */
export function likelySuccessor(table: KnackTable, gone: KnownAs): KnackField | undefined {
	const ranked = table.fields
		.map((field) => {
			const alike = likeness(field.name, gone.name ?? '');
			const sameType = field.type === gone.type;
			const isNew = gone.neighbours !== undefined && !gone.neighbours.has(field.key);
			const newcomer = isNew && (alike > 0 || sameType) ? 0.5 : 0;
			return { field, score: alike + (sameType ? 0.25 : 0) + newcomer };
		})
		.filter(({ score }) => score >= 0.5)
		.sort((a, b) => b.score - a.score || keyNumber(b.field.key) - keyNumber(a.field.key));
	return ranked[0]?.field;
}

function likelySuccessorTable(app: KnackApp, gone: KnownAs): KnackTable | undefined {
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
	const successor = likelySuccessor(table, gone);
	const shown = gone.name ? `${gone.name} (${gone.key})` : gone.key;
	return {
		message: `The field ${shown} is not in the table ${table.name} any more.`,
		fix: successor
			? `It was deleted in Knack. ${successor.name} (${successor.key}) looks like its successor: choose that one in the node, or another.`
			: 'It was deleted in Knack. Choose another field in the node.',
	};
}

export function missingTableWords(app: KnackApp, gone: KnownAs): { message: string; fix: string } {
	const successor = likelySuccessorTable(app, gone);
	const shown = gone.name ? `${gone.name} (${gone.key})` : gone.key;
	return {
		message: `The table ${shown} is not in the Knack app ${app.name}.`,
		fix: successor
			? `${successor.name} (${successor.key}) looks like its successor: choose that one in the node, or another.`
			: `The app has: ${app.tables.map(({ name }) => name).join(', ')}. Choose one of them in the node.`,
	};
}

/** The table by its key or name. Throws ServiceFaultError, with the likely successor, when it is gone. */
export function tableOrFault(app: KnackApp, keyOrName: string): KnackTable {
	const table = findTable(app, keyOrName);
	if (table) return table;
	throw new ServiceFaultError({
		service: 'knack',
		cause: 'notFound',
		...missingTableWords(app, { key: keyOrName }),
	});
}
