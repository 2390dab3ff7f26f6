import type { SandboxClock } from '../core/clock';
import type { KnackTwin } from '../knack/twin';
import type { XeroTwin } from '../xero/twin';

/** The twins a seed fills. */
export interface SeedTarget {
	clock: SandboxClock;
	knack: KnackTwin;
	xero: XeroTwin;
}
