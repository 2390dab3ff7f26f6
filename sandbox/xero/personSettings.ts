import Big from 'big.js';

import { Call, PERSON_CLIENT_ID } from './call';
import { accountClassOf } from './chart';
import type { OrganisationInfo } from './organisationModel';
import type { EmployeeRow, PayCalendarRow } from './payroll/model';
import { addEarningsRate, hire, postPayRun } from './payroll/payroll';
import type { World } from './world';

/** What a person does on the settings pages of an organisation, and in its payroll. */
export class SettingsPerson {
	constructor(protected readonly world: World) {}

	/** Changes what the organisation's settings pages hold: lock dates, plan limits, status … */
	setOrganisation(change: Partial<OrganisationInfo>, organisation?: string): OrganisationInfo {
		return this.world.organisation(organisation).info.update(change);
	}

	archiveAccount(code: string, archived: boolean, organisation?: string): void {
		const { ledger } = this.call(organisation);
		const account = ledger.accounts.find((held) => held.code === code);
		if (!account) throw new Error(`There is no account ${code}.`);
		ledger.accounts.put(account.accountId, {
			...account,
			status: archived ? 'ARCHIVED' : 'ACTIVE',
			updatedMs: this.world.now(),
		});
		ledger.changed('account', account.accountId, 'updated');
	}

	addAccount(
		account: {
			readonly code: string;
			readonly name: string;
			readonly type: string;
			readonly taxType: string;
		},
		organisation?: string,
	): void {
		const { ledger } = this.call(organisation);
		const accountId = this.world.ids.guid();
		ledger.accounts.put(accountId, {
			...account,
			accountId,
			accountClass: accountClassOf(account.type),
			status: 'ACTIVE',
			enablePaymentsToAccount: false,
			updatedMs: this.world.now(),
		});
		ledger.changed('account', accountId, 'created');
	}

	archiveTaxRate(taxType: string, archived: boolean, organisation?: string): void {
		const { ledger } = this.call(organisation);
		const rate = ledger.taxRates.get(taxType);
		if (!rate) throw new Error(`There is no tax rate ${taxType}.`);
		ledger.taxRates.put(taxType, { ...rate, status: archived ? 'ARCHIVED' : 'ACTIVE' });
		ledger.changed('taxRate', taxType, 'updated');
	}

	/** Archives a tracking category, or one of its options, by their names. */
	archiveTracking(category: string, option?: string, organisation?: string): void {
		const { trackingCategories } = this.call(organisation).ledger;
		const held = trackingCategories.find(({ name }) => name === category);
		if (!held) throw new Error(`There is no tracking category ${category}.`);
		const options = held.options.map((each) =>
			each.name === option ? { ...each, status: 'ARCHIVED' as const } : each,
		);
		trackingCategories.put(held.trackingCategoryId, {
			...held,
			options,
			...(option === undefined ? { status: 'ARCHIVED' as const } : {}),
		});
	}

	/** A new rate of exchange, or a currency added to the organisation. */
	addCurrency(code: string, exchangeRate?: string, organisation?: string): void {
		const { ledger } = this.call(organisation);
		ledger.currencies.put(code, code);
		const { exchangeRates, pastExchangeRates } = ledger.info.value;
		const before = exchangeRates[code];
		const rate = new Big(exchangeRate ?? before ?? '1').toFixed();
		ledger.info.update({ exchangeRates: { ...exchangeRates, [code]: rate } });
		if (before === undefined || before === rate) return;
		const until = this.call(organisation).today();
		ledger.info.update({
			pastExchangeRates: [...pastExchangeRates, { currencyCode: code, rate: before, until }],
		});
	}

	/** Somebody is hired, and so can be found by an app that enters time. */
	hire(employee: Parameters<typeof hire>[2], organisation?: string): EmployeeRow {
		const { ledger } = this.call(organisation);
		return hire(ledger, this.world.ids, employee, this.world.now());
	}

	/** The pay run of a calendar's open period is posted, and the next period opens. */
	postPayRun(calendar: string, organisation?: string): PayCalendarRow {
		return postPayRun(this.call(organisation).ledger, calendar, this.world.now());
	}

	addEarningsRate(rate: Parameters<typeof addEarningsRate>[2], organisation?: string) {
		const { ledger } = this.call(organisation);
		return addEarningsRate(ledger, this.world.ids, rate, this.world.now());
	}

	/** The payroll clerk approves a timesheet, so that the next pay run pays it. */
	approveTimesheet(timesheetId: string, organisation?: string): void {
		const { timesheets } = this.call(organisation).ledger;
		const timesheet = timesheets.get(timesheetId);
		if (!timesheet) throw new Error(`There is no timesheet ${timesheetId}.`);
		timesheets.put(timesheetId, {
			...timesheet,
			status: 'Approved',
			updatedMs: this.world.now(),
		});
	}

	/** A request no app sends: a person's own, without a bearer, a limit or a URL. */
	call(organisation?: string, query = ''): Call {
		const app = this.world.apps.all()[0];
		if (!app) throw new Error('The sandbox has no app.');
		return new Call(
			this.world,
			this.world.organisation(organisation),
			{ ...app, clientId: PERSON_CLIENT_ID, name: 'Rowan Ashby' },
			{
				method: 'POST',
				query: new URLSearchParams(query),
				params: {},
				bytes: new Uint8Array(),
				accept: 'application/json',
				contentType: 'application/json',
			},
		);
	}
}
