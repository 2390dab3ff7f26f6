import type { ExpressionString } from 'n8n-workflow';
import { OPTIONS } from '../../../lib/n8n/mapUpsert/options';
import { REPORT } from '../../../lib/n8n/mapUpsert/reportParameter';

const ALWAYS = [
	{ type: 'main', displayName: 'Synced' },
	{ type: 'main', displayName: 'Needs Attention' },
];
const REPORT_OUTPUT = { type: 'main', displayName: 'Report' };

/** Synced and Needs Attention, and a report where the options ask for one. */
export const outputs: ExpressionString = `={{ ${JSON.stringify(ALWAYS)}.concat(($parameter[${JSON.stringify(OPTIONS.name)}] ?? {})[${JSON.stringify(REPORT.name)}] === true ? [${JSON.stringify(REPORT_OUTPUT)}] : []) }}`;
