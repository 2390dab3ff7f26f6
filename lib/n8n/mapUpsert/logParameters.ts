import { logParameters } from '../syncLog/logParameters';

/** Where each record that a run deals with gets a row; a preview deals with none. */
export const LOG = logParameters({
	show: { operation: ['adopt', 'changeStatus', 'compare', 'undo', 'upsert'] },
});
