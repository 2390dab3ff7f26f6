import { prepareDrafts } from '../../lib/n8n/mapUpsert/prepareDrafts';
import type { ItemParameters } from '../../lib/n8n/mapUpsert/itemParameters';
import type { RunParameters } from '../../lib/n8n/mapUpsert/runParameters';
import type { RunPorts } from '../../lib/n8n/mapUpsert/runPorts';
import { createGuardMemory } from '../../lib/sync/guard/guardMemory';
import { NO_GUARDS } from '../../lib/sync/guard/guardSettings';
import { createRunGuard } from '../../lib/sync/guard/runGuard';
import { Turns } from '../../lib/sync/write/turns';
import { DEFAULT_OPTIONS } from '../../lib/sync/upsertContext';
import type { XeroClient } from '../../lib/xero/client';
import { NOTHING_SAVED } from '../../lib/sync/map/columnChoice';
import { DOCUMENTS } from '../../lib/xero/documents';
import type { OrganisationSettings } from '../../lib/xero/settings';

const settingsWith = (...codes: string[]): OrganisationSettings => ({
	organisation: {
		id: 'organisation',
		name: 'Demo',
		baseCurrency: 'GBP',
		timeZone: 'Europe/London',
		isDemoCompany: false,
	},
	accounts: codes.map((code) => ({
		id: `id-${code}`,
		code,
		name: `Account ${code}`,
		type: 'REVENUE',
		accountClass: 'REVENUE',
		status: 'ACTIVE',
		enablePaymentsToAccount: false,
	})),
	taxRates: [],
	currencies: ['GBP'],
	trackingCategories: [],
	brandingThemes: [],
});

const RUN: RunParameters = {
	definition: DOCUMENTS.salesInvoice,
	operation: 'upsert',
	isPreview: false,
	isPreviewForTool: false,
	isTool: false,
	lineSource: 'list',
	isListOfAgent: false,
	lineTable: { table: '', connection: '' },
	isAutoMapped: false,
	areLinesAutoMapped: false,
	expressions: {},
	lineForm: NOTHING_SAVED,
	hasReport: false,
	hasCondition: false,
	numbering: { by: 'mapping' },
	documentRules: { count: 0, kinds: [] },
	statusRules: 0,
	upsert: {
		...DEFAULT_OPTIONS,
		lateDocuments: 'hold',
		blankQuantity: 'hold',
	},
	guards: NO_GUARDS,
	blankPolicy: 'leave',
	defaults: {},
	lineDefaults: {},
	includeInput: false,
	warnings: [],
};

const itemWith = (accountCode: string): ItemParameters => ({
	definition: DOCUMENTS.salesInvoice,
	index: 0,
	json: { Lines: [{ Text: 'Work' }] },
	source: {},
	values: { reference: 'R-1', 'contact.name': 'Acme' },
	lineMapping: { description: 'Text', unitAmount: 5, accountCode },
	lineList: 'Lines',
	groupBy: undefined,
	status: undefined,
	issues: [],
});

/** Settings of an earlier run without account 300, which has been added in Xero since. */
function world() {
	const asked: boolean[] = [];
	let reads = 0;
	const client: XeroClient = {
		organisationId: 'organisation',
		read: async () => undefined,
		write: async () => ({ kind: 'unknown', reason: '' }),
		calls: () => ({ reads, writes: 0 }),
		dayRemaining: () => undefined,
	};
	const ports: RunPorts = {
		clock: { now: () => Date.UTC(2026, 10, 23), sleep: async () => undefined },
		turns: new Turns(),
		guard: createRunGuard(NO_GUARDS, {
			knack: async () => await Promise.reject(new Error('Knack is not asked.')),
			memory: createGuardMemory(),
			place: '',
			isPreview: false,
		}),
		history: { get: async (_key, read) => await read() },
		timeZone: 'Europe/London',
		xero: async () => client,
		settings: async (_client, isFresh) => {
			asked.push(isFresh);
			if (isFresh) reads += 6;
			return isFresh ? settingsWith('200', '300') : settingsWith('200');
		},
		knack: async () => {
			throw new Error('not asked for here');
		},
		files: async () => ({ files: [], problems: [] }),
		onProgress: () => undefined,
		tell: () => undefined,
	};
	return { client, ports, asked };
}

test('settings of an earlier run serve records that they let through', async () => {
	const { client, ports, asked } = world();
	const { drafts } = await prepareDrafts(RUN, [itemWith('200')], client, ports);
	expect(drafts[0]?.issues).toEqual([]);
	expect(asked).toEqual([false]);
});

test('no record is kept back for settings that are not fresh', async () => {
	const { client, ports, asked } = world();
	const { drafts, settings } = await prepareDrafts(RUN, [itemWith('300')], client, ports);
	expect(drafts[0]).toMatchObject({ issues: [], lines: [{ fields: { accountCode: '300' } }] });
	expect(settings.accounts).toHaveLength(2);
	expect(asked).toEqual([false, true]);
});

test('what fresh settings do not have either stays an issue, and is not asked a third time', async () => {
	const { client, ports, asked } = world();
	const { drafts } = await prepareDrafts(RUN, [itemWith('999')], client, ports);
	expect(drafts[0]?.issues).toMatchObject([{ code: 'XERO_ACCOUNT_UNKNOWN' }]);
	expect(asked).toEqual([false, true]);
});

test('a preview always looks at fresh settings, once', async () => {
	const { client, ports, asked } = world();
	await prepareDrafts({ ...RUN, isPreview: true }, [itemWith('999')], client, ports);
	expect(asked).toEqual([true]);
});
