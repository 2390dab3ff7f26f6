import { logParameters } from '../syncLog/logParameters';

/** Where each invoice that a run deals with gets a row; a preview deals with none. */
export const LOG = logParameters({ hide: { preview: [true] } });
