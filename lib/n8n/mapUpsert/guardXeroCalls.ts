import type { IExecuteFunctions } from 'n8n-workflow';
import { dayInZone, type CalendarDate } from '../../dates';
import type { Issue } from '../../issue';
import { createRunGuard } from '../../sync/guard/runGuard';
import type { GuardSettings } from '../../sync/guard/guardSettings';
import { LATE_RULES } from '../../sync/check/rules/lateRules';
import type { XeroClient } from '../../xero/client';
import { createClock } from '../clock';
import { connectKnack } from '../knackConnection';
import { processState } from '../processState';
import { triggerKey } from '../trigger/triggerKey';
import type { ReadXeroCall, XeroCallOfItem } from './readXeroCalls';
import { requireKnackForStop } from './requireKnackForStop';
import { createSettingsReader } from './runSettings';

/** What keeps API calls from running away. A call that reads is none of its business. */
interface XeroCallGuard {
	/** Why a call is not made; undefined where it may be, and then it is counted. Throws ServiceFaultError. */
	hold(client: XeroClient, item: XeroCallOfItem): Promise<Issue | undefined>;
	/** Counts a call no longer that came to nothing. */
	cameToNothing(index: number, issues: readonly Issue[]): void;
}

/** Throws NodeOperationError and SettingError where what guards need is not set up. */
export async function createXeroCallGuard(
	context: IExecuteFunctions,
	settings: GuardSettings,
	items: readonly ReadXeroCall[],
): Promise<XeroCallGuard> {
	if (items.some((item) => 'call' in item && item.call.method !== 'GET')) {
		await requireKnackForStop(context, settings);
	}
	const clock = createClock(context);
	const guard = createRunGuard(settings, {
		knack: async () => await connectKnack(context),
		memory: processState.guards,
		place: triggerKey(context),
		isPreview: false,
	});
	const todayOf = async (client: XeroClient): Promise<CalendarDate> => {
		if (settings.limits.day.documents === undefined) return dayInZone(clock.now(), 'UTC');
		const read = await createSettingsReader(context);
		const { organisation } = await read(client, false);
		return dayInZone(clock.now(), organisation.timeZone);
	};
	return {
		async hold(client, { index, call, isLetGo }) {
			if (call.method === 'GET') return undefined;
			const today = await todayOf(client);
			return await guard.guardCall(client, {
				item: index,
				path: call.path,
				body: call.body?.value,
				isLetGo,
				today,
			});
		},
		cameToNothing(index, issues) {
			if (issues.some(({ code }) => code === LATE_RULES.noAnswer.code)) return;
			guard.giveBack(index);
		},
	};
}
