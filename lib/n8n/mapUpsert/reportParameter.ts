import { toggle } from '../parameters/kinds';

/** Whether there is a third output decides the node's shape, so that no expression may. */
export const REPORT = toggle({
	displayName: 'Report of the Run',
	name: 'report',
	noDataExpression: true,
	default: false,
	// Shadow has that output in any case.
	displayOptions: { hide: { '/operation': ['shadow'] } },
	description:
		'Whether to add an output that gives the run as one HTML page, to look at or to send by e-mail',
});
