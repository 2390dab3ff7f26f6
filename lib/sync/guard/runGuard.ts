import type { KnackClient } from '../../knack/client';
import { faultOr } from '../../serviceFault';
import type { XeroClient } from '../../xero/client';
import type { Issue } from '../../issue';
import type { AfterWriting } from '../afterWrite/afterWrite';
import type { Outcome } from '../outcome';
import type { PlanGuard } from '../upsertContext';
import type { GuardMemory } from './guardMemory';
import type { GuardSettings } from './guardSettings';
import { guardCall, type GuardedCall } from './guardCall';
import type { Guarding, Refused } from './guarding';
import { guardMoves } from './guardMoves';
import { guardRows } from './guardRows';
import { guardTakes } from './guardTakes';
import type { PortionLog } from './portions';
import { createRefusal } from './refusal';
import { createTally } from './tally';

/** The guards of one execution. */
export interface RunGuard extends PlanGuard {
	/** The client, which sends nothing that Stop or Demo Company Only does not let through. */
	watch(client: XeroClient): XeroClient;
	/** Why nothing at all may be written, asked anew. Throws ServiceFaultError of Xero's. */
	refusal(client: XeroClient): Promise<Refused>;
	/** Why a call is not made that a person wrote. Throws ServiceFaultError of Xero's. */
	guardCall(client: XeroClient, call: GuardedCall): Promise<Issue | undefined>;
	/** What goes with a document, without the e-mail where none goes out, and with its addressee. */
	guardWish(outcome: Outcome, wish: AfterWriting): AfterWriting;
}

export interface GuardPorts {
	readonly knack: () => Promise<KnackClient>;
	readonly memory: GuardMemory;
	/** The node, for what is counted by the day. */
	readonly place: string;
	readonly isPreview: boolean;
	/** By which processes share the limits of a day; each counts by itself without. */
	readonly log?: PortionLog;
	/** Says once for the run what the person who set it up should know. */
	tell?(sentence: string): void;
}

export function createRunGuard(settings: GuardSettings, ports: GuardPorts): RunGuard {
	const { knack, memory, place, isPreview, log } = ports;
	const { stop } = settings;
	const refusal = createRefusal(settings, knack);
	const tally = createTally(settings.limits, {
		memory,
		place,
		isPreview,
		...(log ? { log } : {}),
		tell: (sentence) => ports.tell?.(sentence),
	});
	const guarding: Guarding = {
		settings,
		memory,
		tally,
		refusal,
		creates: new Map(),
		emails: new Map(),
	};
	return {
		areFirstOnesDrafts: settings.areFirstOnesDrafts,
		watch: (client) =>
			stop || settings.isForDemoCompanies
				? watched(client, async () => await refusal(client))
				: client,
		guardRows: async (...given) => await guardRows(guarding, ...given),
		guardMoves: async (...given) => await guardMoves(guarding, ...given),
		guardTakes: async (...given) => await guardTakes(guarding, ...given),
		guardCall: async (...given) => await guardCall(guarding, ...given),
		refusal,
		giveBack: (item) => tally.giveBack(item),
		guardWish(outcome, wish) {
			const decision = guarding.emails.get(outcome.itemIndexes[0] ?? -1);
			if (wish.email === undefined || !decision) return wish;
			if (!decision.isSent) return { ...wish, email: undefined };
			const addressee = decision.addressee();
			return addressee === undefined ? wish : { ...wish, addressee };
		},
		settle: (outcomes) => tally.settle(outcomes),
	};
}

/** What cannot be asked lets nothing through either. */
function watched(client: XeroClient, refusal: () => Promise<Refused>): XeroClient {
	return {
		...client,
		async write(request) {
			const asked = await faultOr(refusal());
			if (!asked.ok) return { kind: 'stopped', fault: asked.failure };
			const fault = asked.value?.fault;
			return fault ? { kind: 'stopped', fault } : await client.write(request);
		},
	};
}
