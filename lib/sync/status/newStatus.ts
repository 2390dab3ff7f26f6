import type { Issue } from '../../issue';
import { failed, ok, type Result } from '../../result';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { nameKey } from '../map/fieldNames';
import { isBlank } from '../map/readFieldValue';
import type { StatusChoice } from '../map/statusChoices';
import { statusName } from './statusName';
import { REMOVED, reachableStatuses } from './statusWish';

export interface NewStatusChoice extends StatusChoice {
	/** Whether the document is out of the books then, for good. */
	readonly isFinal: boolean;
}

/** The statuses that documents can be moved to, by the names that Xero's screens give them. */
export function newStatusChoices(definition: DocumentDefinition): NewStatusChoice[] {
	return reachableStatuses(definition).map((value) => ({
		value,
		label: statusName(definition, value),
		isFinal: value === REMOVED || definition.lifecycle.gone.includes(value),
	}));
}

/** Reads which status a record is to have, by its name or Xero's own word. Nothing is taken for granted. */
export function readNewStatus(
	definition: DocumentDefinition,
	value: unknown,
): Result<string, Issue> {
	const choices = newStatusChoices(definition);
	const names = choices.map(({ label }) => label).join(', ');
	if (isBlank(value)) {
		return failed({
			code: 'MAPPING_STATUS_MISSING',
			severity: 'block',
			field: 'newStatus',
			message: 'New Status is empty for this record, so its status is left as it is.',
			fix: `Give one of: ${names}. To leave records out, use Only Some Records.`,
		});
	}
	const wanted = nameKey(String(value));
	const choice =
		choices.find((each) => nameKey(each.value) === wanted) ??
		choices.find((each) => nameKey(each.label) === wanted);
	if (choice) return ok(choice.value);
	return failed({
		code: 'MAPPING_STATUS_UNKNOWN',
		severity: 'block',
		field: 'newStatus',
		message: `New Status is "${String(value)}", which is no status that ${definition.plural} can be given.`,
		fix: `Use one of: ${names}.`,
	});
}
