import type { KnackField, KnackTable } from '../../knack/app';

/** Names of fields that hold what a sync wrote back, as the examples and most apps call them. */
const SYNC_NAME =
	/\bxero\b|^sync(ed|hroni[sz]ed)?\b|\bsync (status|message|error|date|time|key|id)\b|^(payment status|amount (paid|due|credited)|(last )?payment date|paid (on|date))$/i;

const MODIFIED_NAME = /\b(modified|updated|changed|edited|last (change|update|edit))\b/i;

/** Connections that Knack itself stamps with who wrote last (docs.knack.com, "System Users"). */
const STAMP_NAME = /^(last )?(updated|modified|edited|changed) by$/i;

export function looksWrittenBySync(field: KnackField): boolean {
	return SYNC_NAME.test(field.name.trim());
}

/** Date fields that look as if rules keep them at the time of the last edit. */
export function modifiedDateCandidates(table: KnackTable): KnackField[] {
	return table.fields.filter(
		(field) =>
			field.type === 'date_time' &&
			field.dateFormat !== 'Ignore Date' &&
			MODIFIED_NAME.test(field.name) &&
			!looksWrittenBySync(field),
	);
}

/** The fields that the sync is taken to write: the chosen ones, else by their names. */
function syncFieldsOf(table: KnackTable, chosen: readonly string[] | undefined): KnackField[] {
	return table.fields.filter((field) =>
		chosen === undefined ? looksWrittenBySync(field) : chosen.includes(field.key),
	);
}

interface WatchChoice {
	/** All when empty. */
	readonly watchedFields?: readonly string[];
	readonly syncFields?: readonly string[];
	readonly modifiedField?: string;
}

/**
 * The fields whose change is an edit. What the sync writes is not, nor are the stamps that follow
 * every write: they would bring the sync's own writes back as events.
 */
export function watchedFieldsOf(table: KnackTable, choice: WatchChoice): KnackField[] {
	const bySync = new Set(syncFieldsOf(table, choice.syncFields).map(({ key }) => key));
	const chosen = choice.watchedFields ?? [];
	const stamps = new Set(modifiedDateCandidates(table).map(({ key }) => key));
	return table.fields.filter((field) => {
		if (field.type === 'password' || field.key === choice.modifiedField) return false;
		if (chosen.includes(field.key)) return true;
		const isStamp =
			stamps.has(field.key) || (field.type === 'connection' && STAMP_NAME.test(field.name.trim()));
		return chosen.length === 0 && !bySync.has(field.key) && !isStamp;
	});
}
