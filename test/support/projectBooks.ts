import type { XeroClient } from '../../lib/xero/client';
import type { Sandbox } from '../../sandbox/sandbox';
import type { Random } from '../prove/random';
import { at } from '../contract/sandboxXeroSession';

/** Amounts of a project in hundredths, kept while things happen to it. */
export interface KeptProject {
	readonly id: string;
	readonly name: string;
	readonly contact: string;
	readonly currency: string;
	readonly estimate: number;
	expense: number;
	expenseInvoiced: number;
	projectInvoiced: number;
	deposit: number;
	depositApplied: number;
	creditNote: number;
}

type Booked = Exclude<keyof KeptProject, 'id' | 'name' | 'contact' | 'currency' | 'estimate'>;

function inHundredths(value: unknown): number {
	return Math.round(Number(value) * 100);
}

export function asAmount(hundredths: number): string {
	return (hundredths / 100).toFixed(2);
}

/** Projects of a firm, in two currencies: what the API writes, and what a person does in Xero. */
export class ProjectBooks {
	readonly projects: KeptProject[] = [];
	private keys = 0;
	private user = '';

	constructor(
		private readonly sandbox: Sandbox,
		private readonly client: XeroClient,
	) {}

	/** A project of a customer whose currency it takes. */
	async project(
		name: string,
		{ currency = 'GBP', estimate = 0 }: { currency?: string; estimate?: number } = {},
	): Promise<KeptProject> {
		const contact = `${name} customer ${this.projects.length}`;
		const [made] = this.sandbox.xero.person.seedContacts([
			{ name: contact, fields: currency === 'GBP' ? {} : { DefaultCurrency: currency } },
		]);
		const answer = await this.write('/Projects', {
			contactId: made?.contactId ?? '',
			name,
			...(estimate === 0 ? {} : { estimateAmount: estimate / 100 }),
		});
		const kept: KeptProject = {
			id: String(at(answer, 'projectId')),
			name,
			contact,
			currency,
			estimate,
			expense: 0,
			expenseInvoiced: 0,
			projectInvoiced: 0,
			deposit: 0,
			depositApplied: 0,
			creditNote: 0,
		};
		this.projects.push(kept);
		return kept;
	}

	async task(
		project: KeptProject,
		rate: number,
		chargeType: 'TIME' | 'FIXED' | 'NON_CHARGEABLE' = 'TIME',
	): Promise<string> {
		const answer = await this.write(`/Projects/${project.id}/Tasks`, {
			name: `Task ${this.keys}`,
			rate: { currency: project.currency, value: rate / 100 },
			chargeType,
		});
		return String(at(answer, 'taskId'));
	}

	async time(project: KeptProject, taskId: string, minutes: number): Promise<void> {
		this.user ||= String(at(await this.list('/ProjectsUsers'), 0, 'userId'));
		await this.write(`/Projects/${project.id}/Time`, {
			userId: this.user,
			taskId,
			dateUtc: '2026-10-01T00:00:00Z',
			duration: minutes,
		});
	}

	/** What a person enters in Xero, in hundredths. */
	book(project: KeptProject, what: Booked, amount: number): void {
		project[what] += amount;
		this.sandbox.xero.person.bookOnProject(project.id, { [what]: asAmount(amount) });
	}

	invoiceTask(taskId: string): void {
		this.sandbox.xero.person.invoiceTask(taskId);
	}

	async list(path: string): Promise<readonly unknown[]> {
		const query = { page: '1', pageSize: '500' };
		const items = at(await this.client.read({ path, query, api: 'projects' }), 'items');
		return Array.isArray(items) ? items : [];
	}

	/** Tasks, time, expenses, invoices, deposits and credit notes by chance. */
	async anything(random: Random, project: KeptProject): Promise<void> {
		for (const chargeType of ['TIME', 'TIME', 'FIXED', 'NON_CHARGEABLE'] as const) {
			const task = await this.task(project, random.int(1_000, 9_999), chargeType);
			for (let entry = random.int(0, 2); entry > 0; entry -= 1) {
				await this.time(project, task, random.int(1, 600));
			}
			if (chargeType === 'NON_CHARGEABLE' || random.percent(50)) continue;
			this.invoiceTask(task);
			if (chargeType === 'TIME') await this.time(project, task, random.int(1, 600));
		}
		this.book(project, 'expense', random.int(20_000, 90_000));
		this.book(project, 'expenseInvoiced', random.int(0, 20_000));
		for (const what of ['projectInvoiced', 'creditNote'] as const) {
			if (random.percent(50)) this.book(project, what, random.int(1, 50_000));
		}
		this.book(project, 'deposit', random.int(10_000, 40_000));
		this.book(project, 'depositApplied', random.int(0, 10_000));
	}

	private async write(path: string, body: object): Promise<unknown> {
		const answer = await this.client.write({
			method: 'POST',
			path,
			body,
			api: 'projects',
			idempotencyKey: `project ${(this.keys += 1)}`,
		});
		if (answer.kind !== 'accepted') throw new Error(`${path}: ${JSON.stringify(answer)}`);
		return answer.body;
	}
}

/** Money and minutes of a project's tasks, added up from its time entries. */
export async function tasksOf(books: ProjectBooks, { id }: KeptProject) {
	const entries = await books.list(`/Projects/${id}/Time`);
	const found = { total: 0, invoiced: 0, minutes: 0, minutesToInvoice: 0 };
	for (const task of await books.list(`/Projects/${id}/Tasks`)) {
		const own = entries.filter((entry) => at(entry, 'taskId') === at(task, 'taskId'));
		const minutesOf = (wanted: (status: unknown) => boolean) =>
			own
				.filter((entry) => wanted(at(entry, 'status')))
				.reduce<number>((all, entry) => all + Number(at(entry, 'duration')), 0);
		const rate = inHundredths(at(task, 'rate', 'value'));
		// Half up, in whole hundredths.
		const worth = (minutes: number) => Math.floor((rate * minutes * 2 + 60) / 120);
		const all = minutesOf(() => true);
		found.minutes += all;
		if (at(task, 'chargeType') === 'TIME') {
			const invoiced = minutesOf((status) => status === 'INVOICED');
			found.total += worth(all);
			found.invoiced += worth(invoiced);
			found.minutesToInvoice += all - invoiced;
		} else if (at(task, 'chargeType') === 'FIXED') {
			found.total += rate;
			found.invoiced += at(task, 'status') === 'INVOICED' ? rate : 0;
		}
	}
	return found;
}
