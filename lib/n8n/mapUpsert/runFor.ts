import { isNumbered } from '../../sync/map/numbering';
import type { MappedValues } from '../../sync/map/draftFromValues';
import { isBlank } from '../../sync/map/readFieldValue';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { without } from '../../without';
import type { RunParameters } from './runParameters';

/** The run for records that become another document than the node is set to. */
export function runFor(run: RunParameters, definition: DocumentDefinition): RunParameters {
	if (definition === run.definition) return run;
	const { upsert } = run;
	return {
		...run,
		definition,
		numbering: isNumbered(definition) ? run.numbering : { by: 'mapping' },
		upsert: definition.takesCredit ? upsert : without(upsert, 'openCredit'),
	};
}

/** Values that are mapped for one document, for another: its number has a name of its own. */
export function valuesFor(
	values: MappedValues,
	from: DocumentDefinition,
	to: DocumentDefinition,
): MappedValues {
	const number = values[from.numberPath];
	return isBlank(values[to.numberPath]) ? { ...values, [to.numberPath]: number } : values;
}
