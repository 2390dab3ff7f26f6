import type { ProjectInput } from '../../../lib/insights/jobProfitability/input';
import { reckonProjects } from '../../../lib/insights/jobProfitability/projectProfitability';
import type { Books } from '../../../lib/insights/reading/books';
import { Random } from '../../prove/random';
import { booksOf } from '../../support/jobBooks';
import { knackInMemory } from '../../support/knackInMemory';
import { asAmount, ProjectBooks, tasksOf, type KeptProject } from '../../support/projectBooks';
import { frozenSandbox } from '../../support/xeroInMemory';

type Amounts = Readonly<Record<string, string>>;

const FIELDS = {
	job: 'Xero',
	contract: 'Contract',
	budget: 'Budget',
	costToComplete: 'To Complete',
	timeCost: 'Time',
	unbilled: 'Unbilled',
};

/** A firm with projects in Xero and jobs in Knack. */
async function firm() {
	const sandbox = frozenSandbox();
	const pounds = { type: 'currency', format: { format: '£' } } as const;
	sandbox.knack.addTable({
		name: 'Jobs',
		singular: 'Job',
		identifier: 'Name',
		fields: [
			{ name: 'Name', type: 'short_text' },
			{ name: 'Xero', type: 'short_text' },
			...['Contract', 'Budget', 'To Complete', 'Time', 'Unbilled'].map((name) => ({
				name,
				...pounds,
			})),
		],
	});
	sandbox.xero.person.addCurrency('EUR', '1.15');
	const kept = new ProjectBooks(sandbox, (await booksOf(sandbox)).client);
	const jobs: ProjectInput['jobs'] = {
		source: { client: knackInMemory(sandbox), table: 'Jobs' },
		fields: FIELDS,
	};
	return {
		sandbox,
		kept,
		addJob: (xero: string, amounts: Amounts) => {
			sandbox.knack.seedRecords('Jobs', [{ Name: `Job ${xero}`, Xero: xero, ...amounts }]);
		},
		reckon: async (input: ProjectInput = { jobs }, scopes?: readonly string[]) =>
			await reckonProjects(await booksOf(sandbox, scopes), input),
	};
}

/** With some of Xero's own words changed on the way. */
function booksWith(books: Books, change: (project: Record<string, unknown>) => void): Books {
	const read: Books['client']['read'] = async (request) => {
		const body = await books.client.read(request);
		if (request.path !== '/Projects') return body;
		const copy = JSON.parse(JSON.stringify(body)) as { items: Array<Record<string, unknown>> };
		copy.items.forEach(change);
		return copy;
	};
	return { ...books, client: { ...books.client, read } };
}

describe('job profitability by Xero project', () => {
	it('gives each project what Xero states, and its margin now and at completion', async () => {
		const { kept, addJob, reckon } = await firm();
		const kitchen = await kept.project('Kitchen', { estimate: 1_200_000 });
		const fitting = await kept.task(kitchen, 6_000);
		await kept.time(kitchen, fitting, 90);
		kept.invoiceTask(fitting);
		await kept.time(kitchen, fitting, 30);
		kept.book(kitchen, 'expense', 150_000);
		kept.book(kitchen, 'expenseInvoiced', 100_000);
		kept.book(kitchen, 'projectInvoiced', 300_000);
		kept.book(kitchen, 'deposit', 50_000);
		kept.book(kitchen, 'depositApplied', 20_000);
		kept.book(kitchen, 'creditNote', 9_000);
		addJob('kitchen', { Contract: '10000', Budget: '6000', Time: '500', Unbilled: '75' });
		const { rows, tie, summary, notIn } = await reckon();
		expect(rows).toHaveLength(1);
		expect(rows[0]).toMatchObject({
			job: 'Kitchen',
			contact: kitchen.contact,
			status: 'In Progress',
			currency: 'GBP',
			// Tasks of 90, expenses of 1,000 and 3,000 besides, less 90 credited.
			revenue: '4000.00',
			invoiced: '4000.00',
			costs: '2000.00',
			timeCost: '500.00',
			margin: '2000.00',
			marginPercent: 50,
			contract: '10000.00',
			budget: '6000.00',
			overBudget: '-4000.00',
			leftToInvoice: '6000.00',
			unbilled: '75.00',
			costsAtCompletion: '6000.00',
			marginAtCompletion: '4000.00',
			percentComplete: 33.3,
			overBilled: '666.67',
			estimate: '12000.00',
			taskAmount: '120.00',
			expenseAmount: '1500.00',
			totalInvoiced: '4300.00',
			toBeInvoiced: '530.00',
			deposit: '500.00',
			depositApplied: '200.00',
			creditNotes: '90.00',
			minutesLogged: 120,
			minutesToBeInvoiced: 30,
			projectId: kitchen.id,
			paid: null,
			retention: null,
			committed: null,
			bills: null,
			spent: null,
			otherCosts: null,
		});
		expect(tie).toMatchObject([{ state: 'agrees', difference: '0.00', currency: 'GBP' }]);
		expect(summary).toContain('GBP 4,000.00 invoiced and GBP 530.00 to be invoiced');
		expect(notIn.join(' ')).toContain('Paid, Retention, Committed, Bills, Spend Money');
	});

	it.each([1, 2, 3, 4, 5, 6])(
		'equals a second reckoning to the cent and adds up no two currencies, seed %i',
		async (seed) => {
			const { kept, addJob, reckon } = await firm();
			const random = new Random(seed);
			const times = new Map<string, number>();
			for (const currency of ['GBP', 'EUR', 'GBP', 'EUR', 'GBP']) {
				const name = `P${kept.projects.length}`;
				const project = await kept.project(name, { currency, estimate: random.int(1, 9_999_999) });
				await kept.anything(random, project);
				if (random.percent(25)) continue;
				const time = random.int(1, 90_000);
				times.set(project.id, time);
				addJob(random.percent(50) ? name : project.id, { Time: asAmount(time) });
			}
			const { rows, tie } = await reckon();
			const second = await Promise.all(
				kept.projects.map(async (project) => await secondReckoning(kept, project, times)),
			);
			expect(rows.map((row) => pick(row, second[0] ?? {}))).toEqual(second);
			const sums = ['EUR', 'GBP'].map((currency) => {
				const own = second.filter((row) => row.currency === currency);
				const total = own.reduce(
					(all, row) => all + Math.round(Number(row.totalInvoiced) * 100),
					0,
				);
				return { currency, ours: asAmount(total), figure: asAmount(total), state: 'agrees' };
			});
			expect(tie).toMatchObject(sums);
		},
	);

	it('leaves costs open where time has no cost, and what is in another currency to Xero alone', async () => {
		const { kept, addJob, reckon } = await firm();
		const loft = await kept.project('Loft');
		await kept.time(loft, await kept.task(loft, 6_000), 60);
		const shed = await kept.project('Shed', { currency: 'EUR' });
		kept.book(shed, 'expense', 4_000);
		addJob('Loft', { Contract: '900', Budget: '400' });
		addJob('Shed', { Contract: '800' });
		const { rows, notIn, summary } = await reckon();
		expect(rows).toMatchObject([
			{ job: 'Loft', costs: null, margin: null, contract: '900.00', costsAtCompletion: null },
			{ job: 'Shed', costs: '40.00', margin: '-40.00', contract: null, currency: 'EUR' },
		]);
		expect(rows[1]?.knackRecordId).not.toBeNull();
		expect(notIn.join(' ')).toMatch(/Time is logged for 1 project.*: Loft\./);
		expect(notIn.join(' ')).toMatch(/in GBP and do not count for 1 project.*: Shed\./);
		expect(summary).toContain('EUR 0.00 invoiced and EUR 40.00 to be invoiced; GBP 0.00 invoiced');
	});

	it('takes a name that two projects have for neither, and an ID for its own', async () => {
		const { kept, addJob, reckon } = await firm();
		const one = await kept.project('Roof');
		await kept.project('Roof');
		addJob('Roof', { Contract: '1' });
		addJob(one.id, { Contract: '2' });
		const { rows, notIn } = await reckon();
		expect(rows.map(({ contract }) => contract).sort()).toEqual(['2.00', null]);
		expect(notIn).toContain(
			'2 projects are called Roof: in Knack, name each by its Xero project ID.',
		);
		expect(notIn).toContain('1 record of Jobs has no project in Xero: Roof.');
	});

	it('shows what Xero leaves out as empty, and refuses amounts of two currencies', async () => {
		const { sandbox, kept } = await firm();
		kept.book(await kept.project('Barn'), 'expense', 100);
		const books = await booksOf(sandbox);
		const without = booksWith(books, (project) => {
			delete project['creditNoteAmount'];
			delete project['estimate'];
		});
		const { rows, tie } = await reckonProjects(without, {});
		expect(rows[0]).toMatchObject({
			revenue: null,
			margin: null,
			creditNotes: null,
			estimate: null,
		});
		expect(tie).toMatchObject([{ state: 'not checked', figure: null }]);
		const mixed = booksWith(await booksOf(sandbox), (project) => {
			project['deposit'] = { currency: 'USD', value: 1 };
		});
		await expect(reckonProjects(mixed, {})).rejects.toMatchObject({
			fault: { vendorMessage: '/Projects Barn has no readable deposit.' },
		});
	});

	it('says where a total of Xero is not what its parts make', async () => {
		const { sandbox, kept } = await firm();
		kept.book(await kept.project('Barn'), 'projectInvoiced', 10_000);
		const other = booksWith(await booksOf(sandbox), (project) => {
			project['totalInvoiced'] = { currency: 'GBP', value: 99.5 };
		});
		const { tie, summary } = await reckonProjects(other, {});
		expect(tie).toMatchObject([{ state: 'differs', difference: '-0.50' }]);
		expect(summary).toContain('It differs from');
	});

	it('says what to do where projects may not be read, and where there are none', async () => {
		const { sandbox, reckon } = await firm();
		const scopes = ['accounting.settings', 'accounting.contacts'];
		const refused = {
			fault: { cause: 'scopeMissing', fix: expect.stringContaining('projects.read') },
		};
		await expect(reckon({}, scopes)).rejects.toMatchObject(refused);
		const { rows, summary } = await reckon({}, [...scopes, 'projects.read']);
		expect([rows, summary]).toEqual([[], 'Xero has no project.']);
		sandbox.xero.person.setOrganisation({ hasProjects: false });
		await expect(reckon({})).rejects.toMatchObject(refused);
	});

	it('names no contact where contacts may not be read', async () => {
		const { kept, reckon } = await firm();
		await kept.project('Barn');
		const { rows, notIn } = await reckon({}, ['accounting.settings', 'projects.read']);
		expect(rows[0]).toMatchObject({ job: 'Barn', contact: null });
		expect(notIn.join(' ')).toContain('Contacts are not named. Add accounting.contacts');
	});
});

function pick(row: Readonly<Record<string, unknown>>, like: object): Record<string, unknown> {
	return Object.fromEntries(Object.keys(like).map((key) => [key, row[key]]));
}

async function secondReckoning(
	kept: ProjectBooks,
	project: KeptProject,
	times: ReadonlyMap<string, number>,
) {
	const tasks = await tasksOf(kept, project);
	const invoiced =
		tasks.invoiced + project.expenseInvoiced + project.projectInvoiced - project.creditNote;
	const time = project.currency === 'GBP' ? times.get(project.id) : undefined;
	const costs = tasks.minutes > 0 && time === undefined ? undefined : project.expense + (time ?? 0);
	return {
		job: project.name,
		contact: project.contact,
		currency: project.currency,
		revenue: asAmount(invoiced),
		costs: costs === undefined ? null : asAmount(costs),
		margin: costs === undefined ? null : asAmount(invoiced - costs),
		estimate: asAmount(project.estimate),
		taskAmount: asAmount(tasks.total),
		expenseAmount: asAmount(project.expense),
		totalInvoiced: asAmount(invoiced + project.deposit - project.depositApplied),
		toBeInvoiced: asAmount(
			tasks.total - tasks.invoiced + project.expense - project.expenseInvoiced,
		),
		deposit: asAmount(project.deposit),
		depositApplied: asAmount(project.depositApplied),
		creditNotes: asAmount(project.creditNote),
		minutesLogged: tasks.minutes,
		minutesToBeInvoiced: tasks.minutesToInvoice,
		projectId: project.id,
	};
}
