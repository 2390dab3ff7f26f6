import type { KnackClient } from '../../knack/client';
import type { XeroClient } from '../../xero/client';
import { readIsDemoCompany } from '../../xero/demoCompany';
import type { AfterWriting } from '../afterWrite/afterWrite';
import type { Outcome } from '../outcome';
import type { PlanGuard } from '../upsertContext';
import type { GuardMemory } from './guardMemory';
import type { GuardSettings } from './guardSettings';
import type { Guarding, Refused } from './guarding';
import { guardMoves } from './guardMoves';
import { guardRows } from './guardRows';
import { readStop } from './stop';
import { createTally } from './tally';

/** The guards of one execution. */
export interface RunGuard extends PlanGuard {
	/** The client, which sends nothing that Stop or Demo Company Only does not let through. */
	watch(client: XeroClient): XeroClient;
	/** What goes with a document, without the e-mail where none goes out, and with its addressee. */
	guardWish(outcome: Outcome, wish: AfterWriting): AfterWriting;
	/** Counts no longer for the day what was let through and not written. */
	settle(outcomes: readonly Outcome[]): void;
}

export interface GuardPorts {
	readonly knack: () => Promise<KnackClient>;
	readonly memory: GuardMemory;
	/** The node, for what is counted by the day. */
	readonly place: string;
	readonly isPreview: boolean;
}

export function createRunGuard(settings: GuardSettings, ports: GuardPorts): RunGuard {
	const { knack, memory, place, isPreview } = ports;
	const { stop } = settings;
	const demo = new Map<string, Promise<Refused>>();
	const refusal = async (client: XeroClient): Promise<Refused> => {
		if (settings.isForDemoCompanies) {
			const key = client.organisationId ?? '';
			const asked = demo.get(key) ?? demoRefusal(client);
			demo.set(key, asked);
			const refused = await asked;
			if (refused) return refused;
		}
		const fault = stop && (await readStop(knack, stop));
		return fault && { by: 'stop', fault };
	};
	const tally = createTally(settings.limits, { memory, place, isPreview });
	const guarding: Guarding = { settings, memory, tally, refusal, emails: new Map() };
	return {
		watch: (client) =>
			stop || settings.isForDemoCompanies ? watched(client, async () => await refusal(client)) : client,
		guardRows: async (...given) => await guardRows(guarding, ...given),
		guardMoves: async (...given) => await guardMoves(guarding, ...given),
		guardWish(outcome, wish) {
			const decision = guarding.emails.get(outcome.itemIndexes[0] ?? -1);
			if (wish.email === undefined || !decision) return wish;
			if (!decision.isSent) return { ...wish, email: undefined };
			const { addressee } = decision;
			return addressee === undefined ? wish : { ...wish, addressee };
		},
		settle: (outcomes) => tally.settle(outcomes),
	};
}

function watched(client: XeroClient, refusal: () => Promise<Refused>): XeroClient {
	return {
		...client,
		async write(request) {
			const refused = await refusal();
			return refused ? { kind: 'stopped', fault: refused.fault } : await client.write(request);
		},
	};
}

async function demoRefusal(client: XeroClient): Promise<Refused> {
	const { name, isDemoCompany } = await readIsDemoCompany(client);
	if (isDemoCompany) return undefined;
	return {
		by: 'demoCompany',
		fault: {
			service: 'xero',
			cause: 'stopped',
			message: `Xero does not say that ${name} is a demo company, and Demo Company Only is on.`,
			fix: 'Choose a demo company under Organisation; or switch off Demo Company Only under Guards, if these books are meant.',
		},
	};
}
