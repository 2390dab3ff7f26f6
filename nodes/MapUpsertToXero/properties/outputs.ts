import type { ExpressionString } from 'n8n-workflow';
import { OPTIONS } from '../../../lib/n8n/mapUpsert/options';
import { REPORT } from '../../../lib/n8n/mapUpsert/reportParameter';

const ALWAYS = [
	{ type: 'main', displayName: 'Synced' },
	{ type: 'main', displayName: 'Needs Attention' },
];
const REPORT_OUTPUT = { type: 'main', displayName: 'Report' };
const OF_API_CALL = [{ type: 'main', displayName: 'Answers' }, ALWAYS[1]];
const OF_APPROVE = [{ type: 'main', displayName: 'Approved' }, ALWAYS[1]];
const OF_SHADOW = [{ type: 'main', displayName: 'Same' }, ALWAYS[1], REPORT_OUTPUT];
const OF_UNDO = [{ type: 'main', displayName: 'Undone' }, ALWAYS[1]];
const OF_OTHERS = JSON.stringify({
	apiCall: OF_API_CALL,
	approve: OF_APPROVE,
	shadow: OF_SHADOW,
	undo: OF_UNDO,
});

/** Synced and Needs Attention, and a report where the options ask for one. */
export const outputs: ExpressionString = `={{ (${OF_OTHERS})[$parameter["operation"]] ?? ${JSON.stringify(ALWAYS)}.concat(($parameter[${JSON.stringify(OPTIONS.name)}] ?? {})[${JSON.stringify(REPORT.name)}] === true ? [${JSON.stringify(REPORT_OUTPUT)}] : []) }}`;
