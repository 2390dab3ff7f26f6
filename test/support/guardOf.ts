import { createGuardMemory } from '../../lib/sync/guard/guardMemory';
import { NO_GUARDS, type GuardSettings } from '../../lib/sync/guard/guardSettings';
import { createRunGuard, type RunGuard } from '../../lib/sync/guard/runGuard';
import type { Sandbox } from '../../sandbox/sandbox';
import { knackInMemory } from './knackInMemory';

/** The guards of one execution, of a process that has run nothing before. */
export function guardOf(sandbox: Sandbox, guards: Partial<GuardSettings>): RunGuard {
	const knack = knackInMemory(sandbox);
	return createRunGuard(
		{ ...NO_GUARDS, ...guards },
		{
			knack: async () => await Promise.resolve(knack),
			memory: createGuardMemory(),
			place: 'workflow node',
			isPreview: false,
		},
	);
}
